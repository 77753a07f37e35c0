"""
Where two sides may be too near one another: every pair of rows that may is found, then tested exactly.

On one segment the distance is that along the road, between two roads (or two arms of one) it is that across
the country. Ranges of time are closed. What is not known is met anywhere and at any time, and marked so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.planning.approach import Bands, least_distance
from cmcoord_geo.planning.conflicts.candidates import Boxes, Sweep
from cmcoord_geo.planning.conflicts.nearby import RoadChords, near_pairs, road_chords
from cmcoord_geo.planning.tracks import straight_m
from cmcoord_geo.units import DAY_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.conflicts.occupancy import Occupancies

#: What rounding may take from a chainage, a position in space, or a moment: doubt falls on conflict.
_ROUNDING_M, _SPACE_M, _ROUNDING_S = 1e-6, 1e-3, 2e-6


class Meetings(NamedTuple):
    """
    Pairs of rows that may be too near one another.

    Attributes
    ----------
    ours, theirs : ndarray of int64, shape (k,)
        Rows.
    at_m : ndarray of float64, shape (k, 2)
        Stretch of our row's segment, metres from its start.
    at_s : ndarray of float64, shape (k, 2)
        Within which time, seconds since the epoch.
    is_known : ndarray of bool, shape (k,)
        False where something of either row is missing or void.
    """

    ours: NDArray[np.int64]
    theirs: NDArray[np.int64]
    at_m: NDArray[np.float64]
    at_s: NDArray[np.float64]
    is_known: NDArray[np.bool_]


class _Rows(NamedTuple):
    """Rows with every figure filled in: chainage, and times since an origin."""

    segment: NDArray[np.int64]
    at_m: NDArray[np.float64]
    first_s: NDArray[np.float64]
    last_s: NDArray[np.float64]

    def take(self, rows: NDArray[np.int64]) -> _Rows:
        return _Rows(self.segment[rows], self.at_m[rows], self.first_s[rows], self.last_s[rows])

    def cut(self, low_m: NDArray[np.float64], high_m: NDArray[np.float64]) -> _Rows:
        """Rows cut to a range of chainage; the nearest point of one that lies outside it."""
        at_m = np.clip(self.at_m, low_m[:, None], high_m[:, None])
        length_m = self.at_m[:, 1] - self.at_m[:, 0]
        step = np.where(length_m > 0, length_m, 1.0)[:, None]
        share = np.clip((at_m - self.at_m[:, :1]) / step, 0.0, 1.0)
        share = np.where((length_m > 0)[:, None], share, (0.0, 1.0))
        first_s, last_s = (
            times[:, :1] + (times[:, 1:] - times[:, :1]) * share
            for times in (self.first_s, self.last_s)
        )
        return _Rows(self.segment, at_m, first_s, last_s)

    @property
    def at_s(self) -> NDArray[np.float64]:
        """First and last moment, shape (n, 2)."""
        return np.column_stack([self.first_s.min(axis=1), self.last_s.max(axis=1)])

    def boxes(self, *, spare_m: float = 0.0, spare_s: float = 0.0) -> Boxes:
        return Boxes(self.segment, _wider(self.at_m, spare_m), _wider(self.at_s, spare_s))


def find_meetings(
    network: RoadNetwork,
    ours: Occupancies,
    theirs: Occupancies,
    *,
    separation_m: float,
    buffer_s: float = 0.0,
    once: bool = False,
) -> Meetings:
    """
    Every pair of rows of two sides that may be within a distance at times within a buffer.

    Parameters
    ----------
    network : RoadNetwork
    ours, theirs : Occupancies
    separation_m : float
        Distance up to which, itself included, two are too near; 0: at one spot of one segment.
    buffer_s : float
        Times that lie up to this apart, itself included, count as one.
    once : bool
        Who meets whom is enough: two that were found together are not looked at again.
    """
    new = _New(ours, theirs) if once else None
    origin_s, period_s = _period(ours, theirs)
    mine = _filled(network, ours, origin_s, period_s)
    others = _filled(network, theirs, origin_s, period_s)
    sweep = Sweep(mine.boxes())
    parts = [
        *_along(sweep, mine, others, separation_m, buffer_s, new),
        *(
            _across(network, sweep, mine, others, separation_m, buffer_s, new)
            if separation_m
            else ()
        ),
    ]
    if not parts:
        none, pair = np.zeros(0, np.int64), np.zeros((0, 2))
        return Meetings(none, none, pair, pair, none.astype(np.bool_))
    i, j, at_m, at_s = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Meetings(i, j, at_m, at_s + origin_s, ours.is_known[i] & theirs.is_known[j])


def _period(ours: Occupancies, theirs: Occupancies) -> tuple[float, float]:
    """Origin of times, and how long after it all that is known is over."""
    times = np.concatenate([side for one in (ours, theirs) for side in (one.first_s, one.last_s)])
    known = np.asarray(times[np.isfinite(times)], dtype=np.float64)
    if not known.size:
        return 0.0, float(DAY_S)
    return float(known.min()) - DAY_S, float(np.ptp(known)) + 2 * DAY_S


def _filled(network: RoadNetwork, rows: Occupancies, origin_s: float, period_s: float) -> _Rows:
    """Rows with what is not known filled in as: anywhere on the segment, at any time."""
    whole_m = np.column_stack([np.zeros(len(rows)), network.length_m[rows.segment]])
    first_s, last_s = rows.first_s - origin_s, rows.last_s - origin_s
    times = np.hstack([first_s, last_s])
    lost = rows.is_void | np.asarray(~np.isfinite(times).all(axis=1), dtype=np.bool_)
    return _Rows(
        segment=rows.segment,
        at_m=np.where(np.isnan(rows.at_m), whole_m, rows.at_m),
        first_s=np.where(lost[:, None], 0.0, first_s),
        last_s=np.where(lost[:, None], period_s, last_s),
    )


_Part = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]


class _New:
    """Pairs of parties that have not met yet, for what is known and for what is not."""

    def __init__(self, ours: Occupancies, theirs: Occupancies) -> None:
        self._party = ours.party, theirs.party
        self._is_known = ours.is_known, theirs.is_known
        self._has_met = np.zeros((2, len(ours.parties), len(theirs.parties)), np.bool_)

    def _place(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        is_known = self._is_known[0][i] & self._is_known[1][j]
        return is_known.astype(np.int64), self._party[0][i], self._party[1][j]

    def rows(self, i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which pairs of rows are of parties that have not met."""
        return np.asarray(~self._has_met[self._place(i, j)], np.bool_)

    def note(self, part: _Part) -> _Part:
        """Note who met."""
        self._has_met[self._place(part[0], part[1])] = True
        return part


def _along(
    sweep: Sweep,
    mine: _Rows,
    others: _Rows,
    separation_m: float,
    buffer_s: float,
    new: _New | None,
) -> Iterator[_Part]:
    """Meetings on one segment, by the distance along the road."""
    spare_m, spare_s = separation_m + _ROUNDING_M, buffer_s + _ROUNDING_S
    for i, j in sweep.pairs(others.boxes(spare_m=spare_m, spare_s=spare_s)):
        if new is not None:
            is_new = new.rows(i, j)
            i, j = i[is_new], j[is_new]  # noqa: PLW2901 - what is left of the block
        one, two = mine.take(i), others.take(j)
        near_m = least_distance(_on_road(one), _on_road(two), spare_s)
        part = _met(i, j, one, two, is_met=near_m <= spare_m, spare=(separation_m, buffer_s))
        yield part if new is None else new.note(part)


def _across(
    network: RoadNetwork,
    sweep: Sweep,
    mine: _Rows,
    others: _Rows,
    separation_m: float,
    buffer_s: float,
    new: _New | None,
) -> Iterator[_Part]:
    """Meetings of two roads that lie near one another, by the distance in space."""
    limit_m, spare_s = straight_m(separation_m), buffer_s + _ROUNDING_S
    roads = _near_roads(network, mine, others, separation_m)
    if not len(roads.ours.segment):
        return
    probe, near = _probes(others, roads.theirs)
    there = others.take(probe)
    chord = roads.theirs.rows(near)
    there = there.cut(chord.at_m[:, 0], chord.at_m[:, 1])
    here = roads.ours.rows(near)
    boxes = Boxes(here.segment, here.at_m, _wider(there.at_s, spare_s))
    for i, k in sweep.pairs(boxes):
        if new is not None:
            is_new = new.rows(i, probe[k])
            i, k = i[is_new], k[is_new]  # noqa: PLW2901 - what is left of the block
        one = mine.take(i).cut(here.at_m[k, 0], here.at_m[k, 1])
        two = there.take(k)
        near_m = least_distance(
            _in_space(one, here.rows(k)), _in_space(two, chord.rows(k)), spare_s
        )
        bent_m = here.bent_m[k] + chord.bent_m[k]
        is_met = near_m <= limit_m + bent_m + _SPACE_M
        part = _met(i, probe[k], one, two, is_met=is_met, spare=(np.inf, buffer_s))
        yield part if new is None else new.note(part)


class _NearRoads(NamedTuple):
    """Pairs of chords near one another."""

    ours: RoadChords
    theirs: RoadChords


def _near_roads(
    network: RoadNetwork, mine: _Rows, others: _Rows, separation_m: float
) -> _NearRoads:
    """
    Pairs of chords of roads that both sides use.

    On one segment only where its arms come nearer in space than along the road; a road that is drawn from
    town to town has none.
    """
    ours, theirs = (road_chords(network, np.unique(one.segment).tolist()) for one in (mine, others))
    i, j = near_pairs(ours, theirs, straight_m(separation_m))
    is_one = ours.segment[i] == theirs.segment[j]
    gap_m = np.maximum(ours.at_m[i, 0] - theirs.at_m[j, 1], theirs.at_m[j, 0] - ours.at_m[i, 1])
    is_apart = (gap_m > 0) & (not network.is_schematic)
    keep = ~is_one | is_apart
    return _NearRoads(ours.rows(i[keep]), theirs.rows(j[keep]))


def _probes(rows: _Rows, chords: RoadChords) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each row with each chord of its segment that it touches: places in the rows and in the chords."""
    order = np.argsort(chords.segment, kind="stable")
    segment = chords.segment[order]
    low = np.searchsorted(segment, rows.segment, side="left")
    count = np.searchsorted(segment, rows.segment, side="right") - low
    row = np.repeat(np.arange(len(count)), count)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    chord = order[np.repeat(low, count) + rank]
    touches = rows.at_m[row, 0] <= chords.at_m[chord, 1] + _ROUNDING_M
    touches &= chords.at_m[chord, 0] <= rows.at_m[row, 1] + _ROUNDING_M
    return row[touches], chord[touches]


def _on_road(rows: _Rows) -> Bands:
    return Bands(
        start=rows.at_m[:, :1],
        step=rows.at_m[:, 1:] - rows.at_m[:, :1],
        first_s=rows.first_s,
        last_s=rows.last_s,
    )


def _in_space(rows: _Rows, chords: RoadChords) -> Bands:
    """Rows on the chords that they were cut to."""
    length_m = chords.at_m[:, 1:] - chords.at_m[:, :1]
    share = (rows.at_m - chords.at_m[:, :1]) / np.where(length_m > 0, length_m, 1.0)
    return Bands(
        start=chords.start + chords.step * share[:, :1],
        step=chords.step * (share[:, 1:] - share[:, :1]),
        first_s=rows.first_s,
        last_s=rows.last_s,
    )


def _met(
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    one: _Rows,
    two: _Rows,
    *,
    is_met: NDArray[np.bool_],
    spare: tuple[float, float],
) -> _Part:
    """Where on our road, and within which time, the pairs that meet may do so."""
    rows = np.flatnonzero(is_met)
    here, there = one.take(rows), two.take(rows)
    separation_m, buffer_s = spare
    if np.isfinite(separation_m):
        reach_m = _wider(there.at_m, separation_m)
        here = here.cut(reach_m[:, 0], reach_m[:, 1])
    theirs_s = _wider(there.at_s, buffer_s)
    first_s = np.maximum(here.at_s[:, 0], theirs_s[:, 0])
    last_s = np.minimum(here.at_s[:, 1], theirs_s[:, 1])
    at_s = np.column_stack([np.minimum(first_s, last_s), last_s])
    return i[rows], j[rows], here.at_m, at_s


def _wider(ranges: NDArray[np.float64], spare: float) -> NDArray[np.float64]:
    """Ranges that reach farther at both ends."""
    return np.asarray(ranges + np.array([-spare, spare]), dtype=np.float64)
