"""A way at its times: both paces, the legs with their windows, and the patrols met or followed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cmcoord_geo.model import Span
from cmcoord_geo.planning.patrols import conflicts, coverage, patrols_on_the_way
from cmcoord_geo.planning.timetable import (
    legs_of,
    merged_halts,
    parts_along,
    slacks_of,
    stops_along,
    timetable,
)
from cmcoord_geo.planning.waits import rest_share, waits_along

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cmcoord_geo.model import Conflict, Coverage, Halt, Leg, TimeSpan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.timetable import Timetable
    from cmcoord_geo.planning.waits import Wait
    from cmcoord_geo.planning.ways import Way


class Stand(NamedTuple):
    """
    A stand that a movement makes by choice, at either pace, beyond those asked for.

    Attributes
    ----------
    place : int
        Segment of the way at whose end it is, by its place in the way.
    seconds : float
        Infinite for the night.
    """

    place: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """
    A way at its times.

    Attributes
    ----------
    fast, slow : Timetable
        From the earliest departure at the fast pace; from the latest at the slow one.
    legs : tuple of Leg
    halts : tuple of Halt
    coverage : tuple of Coverage
    conflicts : tuple of Conflict
    """

    fast: Timetable
    slow: Timetable
    legs: tuple[Leg, ...]
    halts: tuple[Halt, ...]
    coverage: tuple[Coverage, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def days(self) -> Span:
        """
        Calendar days, fewest and most.

        Either pace may need more: who starts late may wait at home for a morning on which all is reached.
        """
        low, high = sorted((self.fast.days, self.slow.days))
        return Span(low=low, high=high)

    @property
    def unpatrolled_km(self) -> float:
        """Length without presence that is fresh at passage."""
        return self.legs[-1].km.high - covered_km(self.coverage)

    @property
    def nights_between(self) -> int:
        """Nights, at either pace, that fall between two places."""
        return sum(not halt.place_id for halt in self.halts)

    @property
    def waits_at_origin(self) -> bool:
        """Whether a departure is too late for the first place, at either pace."""
        return any(halt.place_id and halt.km == 0 for halt in self.halts)


def schedule(situation: Situation, way: Way) -> Schedule:
    """Drive a way at both paces and look which patrols are on it."""
    return Trip(situation, way).at(situation.request.depart)


class Trip:
    """
    A way of a situation, to be driven at any hour of its day: what does not depend on the hour is kept.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    """

    def __init__(self, situation: Situation, way: Way) -> None:
        network, passable = situation.network, situation.passable
        segments = [segment for segment, _ in way]
        rules = situation.config.rules
        self._situation = situation
        self._way = way
        self._paces = Paces(
            network, way, low_s=passable.low_s[segments], high_s=passable.high_s[segments],
            waits=waits_along(network, way, passable, convoy=situation.convoy, rules=rules),
            situation=situation,
        )  # fmt: skip

    def at(self, depart: TimeSpan, stand: Stand | None = None) -> Schedule:
        """
        Drive it at both paces and look which patrols are on it.

        Parameters
        ----------
        depart : TimeSpan
        stand : Stand, optional
        """
        situation = self._situation
        times = self.alone(depart, stand)
        fast, slow, legs = times.fast, times.slow, times.legs
        patrols, as_of = situation.picture.patrols, situation.picture.as_of
        met = patrols_on_the_way(patrols, legs, fast=fast.pace, slow=slow.pace)
        return replace(
            times,
            coverage=coverage(
                patrols, met, as_of=as_of,
                accepts_mixed=situation.accepts_mixed, config=situation.config.patrol,
            ),
            conflicts=conflicts(
                patrols, met, movement_id=situation.request.movement_id, as_of=as_of
            ),
        )  # fmt: skip

    def alone(self, depart: TimeSpan, stand: Stand | None = None) -> Schedule:
        """
        Drive it at both paces, as if there were no patrols.

        Parameters
        ----------
        depart : TimeSpan
        stand : Stand, optional
        """
        fast, slow = self._paces.at(depart, stand)
        return Schedule(
            fast=fast,
            slow=slow,
            legs=legs_of(self._situation.network, self._way, fast=fast, slow=slow),
            halts=merged_halts(fast, slow),
            coverage=(),
            conflicts=(),
        )


class Paces:
    """
    Both paces along a way; the slow one makes every rest and waits the most.

    Parameters
    ----------
    network : RoadNetwork
        The situation's, or a part of it.
    way : sequence of (segment, is_forward)
    low_s, high_s : ndarray of float64, shape (len(way),)
        Fewest and most moving seconds.
    waits : sequence of sequence of Wait
        On each segment.
    situation : Situation
        Its request says where the convoy stops, its configuration when it rests.
    """

    def __init__(
        self,
        network: RoadNetwork,
        way: Way,
        *,
        low_s: NDArray[np.float64],
        high_s: NDArray[np.float64],
        waits: Sequence[Sequence[Wait]],
        situation: Situation,
    ) -> None:
        config = situation.config
        self._network = network
        self._way = way
        self._day = config.day
        self._stops_s = stops_along(network, way, situation.request.stops)
        self._quick = parts_along(low_s.tolist(), waits, name="fast")
        slowest_s = high_s * (1 + rest_share(config.rules))
        self._long = parts_along(slowest_s.tolist(), waits, name="slow")

    def at(self, depart: TimeSpan, stand: Stand | None = None) -> tuple[Timetable, Timetable]:
        """
        Timetables of a departure: of the fast pace from its earliest, of the slow one from its latest.

        Parameters
        ----------
        depart : TimeSpan
        stand : Stand, optional
        """
        network, way = self._network, self._way
        stops_s = list(self._stops_s)
        if stand is not None:
            stops_s[stand.place] += stand.seconds
        slacks = slacks_of(network, way, self._long, depart=depart.earliest, config=self._day)
        fast = timetable(
            network, way, self._quick, depart=depart.earliest, name="fast", slacks=slacks,
            stops_s=stops_s, config=self._day,
        )  # fmt: skip
        slow = timetable(
            network, way, self._long, depart=depart.latest, name="slow", slacks=slacks,
            stops_s=stops_s, config=self._day,
        )  # fmt: skip
        return fast, slow


def covered_km(cover: Iterable[Coverage]) -> float:
    """Length of the union of covered stretches: where two overlap, the road counts once."""
    total, reached = 0.0, float("-inf")
    for low, high in sorted((presence.km.low, presence.km.high) for presence in cover):
        total += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return total
