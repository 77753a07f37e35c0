"""Who may be where when: stretches of road, each with the range of times at both its ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.planning.pace import SAME_KM, leaving, reaching
from cmcoord_geo.planning.patrols import presence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import Leg, Pace, Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Patrols


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occupancies:
    """
    Stretches of road that somebody may use, one row each; between both ends times change evenly.

    Attributes
    ----------
    parties : tuple of str
        Ids of movements, patrols, operations or closures.
    party : ndarray of int64, shape (n,)
        Row's place in ``parties``.
    segment : ndarray of int64, shape (n,)
    at_m : ndarray of float64, shape (n, 2)
        Chainage of both ends, metres from the start of the segment, the lower one first; equal where one
        stands still.
    first_s, last_s : ndarray of float64, shape (n, 2)
        Earliest moment in and latest out at both ends, seconds since the epoch; NaN where not known.
    is_void : ndarray of bool, shape (n,)
        What was announced no longer holds, or not surely: they may be there at any time.
    """

    parties: tuple[str, ...]
    party: NDArray[np.int64]
    segment: NDArray[np.int64]
    at_m: NDArray[np.float64]
    first_s: NDArray[np.float64]
    last_s: NDArray[np.float64]
    is_void: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.party)

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether every figure of a row is there and holds, shape (n,)."""
        figures = np.column_stack([self.at_m, self.first_s, self.last_s])
        return np.isfinite(figures).all(axis=1) & ~self.is_void

    def only(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Occupancies:
        """Some rows; every party stays."""
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in _COLUMNS},
        )

    @classmethod
    def joined(cls, parts: Iterable[Occupancies]) -> Occupancies:
        """Rows of several, one after the other; a party of two parts stands twice."""
        several = tuple(parts) or (_NOBODY,)
        before = np.cumsum([0, *(len(part.parties) for part in several)])
        columns = {
            name: np.concatenate([getattr(part, name) for part in several]) for name in _COLUMNS
        }
        columns["party"] = np.concatenate(
            [part.party + shift for part, shift in zip(several, before, strict=False)]
        )
        return cls(parties=tuple(one for part in several for one in part.parties), **columns)


_COLUMNS = ("party", "segment", "at_m", "first_s", "last_s", "is_void")
_NOBODY = Occupancies(
    parties=(),
    party=np.zeros(0, np.int64),
    segment=np.zeros(0, np.int64),
    at_m=np.zeros((0, 2)),
    first_s=np.zeros((0, 2)),
    last_s=np.zeros((0, 2)),
    is_void=np.zeros(0, np.bool_),
)


def window_occupancies(
    network: RoadNetwork, stretches: Iterable[tuple[str, str, float, float, float, float]]
) -> Occupancies:
    """
    Stretches on each of which somebody may be anywhere all through a window.

    Parameters
    ----------
    network : RoadNetwork
    stretches : iterable of (party, segment id, fraction, fraction, first second, last second)
        Segments that the network does not have are left out.
    """
    rows = [row for row in stretches if row[1] in network.segment_index]
    parties = tuple(dict.fromkeys(row[0] for row in rows))
    place = {party: i for i, party in enumerate(parties)}
    segment = np.array([network.segment_index[row[1]] for row in rows], np.int64)
    fractions = np.array([row[2:4] for row in rows], float).reshape(-1, 2)
    first_s, last_s = (np.array([[row[i]] * 2 for row in rows], float) for i in (4, 5))
    return Occupancies(
        parties=parties,
        party=np.array([place[row[0]] for row in rows], np.int64),
        segment=segment,
        at_m=fractions * network.length_m[segment][:, None],
        first_s=first_s.reshape(-1, 2),
        last_s=last_s.reshape(-1, 2),
        is_void=np.zeros(len(rows), np.bool_),
    )


def patrol_occupancies(network: RoadNetwork, patrols: Patrols, *, as_of: datetime) -> Occupancies:
    """
    Presence of patrols as it is known at a cut-off, one row each.

    A time that is missing stays NaN, and an offer that is void while its window still runs is void.
    """
    known = [presence_of(patrols, row, as_of=as_of) for row in range(len(patrols))]
    found = window_occupancies(
        network,
        (
            (
                patrols.patrol_id[row],
                patrols.segment_id[row],
                float(patrols.from_fraction[row]),
                float(patrols.to_fraction[row]),
                presence.first_s,
                presence.last_s,
            )
            for row, presence in enumerate(known)
        ),
    )
    is_void = [
        not presence.is_known
        for row, presence in enumerate(known)
        if patrols.segment_id[row] in network.segment_index
    ]
    return replace(found, is_void=np.array(is_void, np.bool_))


def way_occupancies(
    network: RoadNetwork, movement_id: str, legs: Sequence[Leg], *, fast: Pace, slow: Pace
) -> Occupancies:
    """
    Where a movement may be on its way: between its fast and its slow pace, halts included.

    Legs are cut where either pace changes, so that times change evenly along each row; a halt, the origin and
    the destination are rows of one point.

    Parameters
    ----------
    network : RoadNetwork
    movement_id : str
    legs : sequence of Leg
        Of a route, or of any candidate for one.
    fast, slow : Pace
    """
    driven, stood = _driven(legs, fast, slow), _stood(legs, fast, slow)
    leg = np.concatenate([driven.leg, stood.leg])
    km, first_s, last_s = (
        np.concatenate([getattr(driven, name), getattr(stood, name)])
        for name in ("km", "first_s", "last_s")
    )
    segment, at_m, is_forward = _placed(network, legs, leg, km)
    for values in (at_m, first_s, last_s):
        values[~is_forward] = values[~is_forward, ::-1]
    return Occupancies(
        parties=(movement_id,),
        party=np.zeros(len(leg), np.int64),
        segment=segment,
        at_m=at_m,
        first_s=np.minimum(first_s, last_s),
        last_s=np.maximum(first_s, last_s),
        is_void=np.zeros(len(leg), np.bool_),
    )


class _Rows(NamedTuple):
    """Stretches of a route: leg, km and times at both ends."""

    leg: NDArray[np.int64]
    km: NDArray[np.float64]
    first_s: NDArray[np.float64]
    last_s: NDArray[np.float64]


def _cuts(legs: Sequence[Leg], fast: Pace, slow: Pace) -> NDArray[np.float64]:
    """Km at which a leg ends or a pace changes, without repeats."""
    ends = [0.0, *(leg.km.high for leg in legs)]
    km = np.sort(np.array([*ends, *fast.km, *slow.km]))
    km = km[(km >= -SAME_KM) & (km <= ends[-1] + SAME_KM)]
    is_new = np.diff(km, prepend=-np.inf) > SAME_KM
    return km[is_new]


def _driven(legs: Sequence[Leg], fast: Pace, slow: Pace) -> _Rows:
    """Stretches between two cuts: first at the fast pace, last at the slow one."""
    cuts = _cuts(legs, fast, slow)
    low, high = cuts[:-1], cuts[1:]
    first_s, last_s = (
        np.column_stack([leaving(pace, low), reaching(pace, high)]) for pace in (fast, slow)
    )
    km = np.column_stack([low, high])
    return _Rows(_leg_of(legs, (low + high) / 2), km, first_s, last_s)


def _stood(legs: Sequence[Leg], fast: Pace, slow: Pace) -> _Rows:
    """Origin, halts and destination: from the first arrival at the fast pace to the last departure."""
    end = legs[-1].km.high
    spots = np.unique([0.0, end, *_level_km(fast), *_level_km(slow)])
    arrive, depart = reaching(fast, spots), leaving(slow, spots)
    arrive[0] = leaving(fast, spots[:1])[0]  # a wait at the origin is not on the road
    km, first_s, last_s = (np.column_stack([one, one]) for one in (spots, arrive, depart))
    return _Rows(_leg_of(legs, spots - SAME_KM), km, first_s, last_s)


def _level_km(pace: Pace) -> list[float]:
    km = pace.km
    return [km[i] for i in range(1, len(km)) if km[i] - km[i - 1] <= SAME_KM]


def _leg_of(legs: Sequence[Leg], km: NDArray[np.float64]) -> NDArray[np.int64]:
    """Leg on which each km lies."""
    ends = np.array([leg.km.high for leg in legs])
    return np.minimum(np.searchsorted(ends, km), len(ends) - 1).astype(np.int64)


def _placed(
    network: RoadNetwork, legs: Sequence[Leg], leg: NDArray[np.int64], km: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    """Segment, chainage and direction of rows on the legs of a route."""
    segment = np.array([network.segment_index[one.segment_id] for one in legs], np.int64)
    begin, end = (np.array([getattr(one.km, side) for one in legs]) for side in ("low", "high"))
    is_forward = np.array([one.is_forward for one in legs], np.bool_)[leg]
    length_km = np.maximum(end - begin, SAME_KM)
    share = np.clip((km - begin[leg][:, None]) / length_km[leg][:, None], 0.0, 1.0)
    share = np.where(is_forward[:, None], share, 1.0 - share)
    return segment[leg], share * network.length_m[segment[leg]][:, None], is_forward


def movement_occupancies(network: RoadNetwork, routes: Iterable[tuple[str, Route]]) -> Occupancies:
    """
    Where several movements may be.

    Parameters
    ----------
    network : RoadNetwork
    routes : iterable of (movement id, Route)
    """
    return Occupancies.joined(
        way_occupancies(network, key, route.legs, fast=route.fast, slow=route.slow)
        for key, route in routes
    )
