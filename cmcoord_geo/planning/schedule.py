"""A way at its times: both paces, the legs with their windows, and the patrols met or followed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.model import Span
from cmcoord_geo.planning.paces import both_paces
from cmcoord_geo.planning.patrols import coverage, patrols_on_the_way
from cmcoord_geo.planning.timetable import legs_of, merged_halts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmcoord_geo.model import Coverage, Halt, Leg, TimeSpan
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.timetable import Timetable
    from cmcoord_geo.planning.ways import Way


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
    """

    fast: Timetable
    slow: Timetable
    legs: tuple[Leg, ...]
    halts: tuple[Halt, ...]
    coverage: tuple[Coverage, ...]

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
    def waits_at_origin(self) -> bool:
        """Whether a departure is too late for the first place, at either pace."""
        return any(halt.place_id and halt.km == 0 for halt in self.halts)


def schedule(situation: Situation, way: Way) -> Schedule:
    """Drive a way at both paces and look which patrols are on it."""
    return schedules(situation, way, [situation.request.depart])[0]


def schedules(situation: Situation, way: Way, departs: Sequence[TimeSpan]) -> list[Schedule]:
    """
    Drive a way at several departures; that of the request does not matter.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    departs : sequence of TimeSpan
        At least one.
    """
    return [schedule_of(situation, way, *paces) for paces in both_paces(situation, way, departs)]


def schedule_of(situation: Situation, way: Way, fast: Timetable, slow: Timetable) -> Schedule:
    """
    Schedule of both paces along a way.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    fast, slow : Timetable
    """
    alone = unpatrolled(situation, way, fast, slow)
    patrols, as_of = situation.picture.patrols, situation.picture.as_of
    met = patrols_on_the_way(patrols, alone.legs, fast=fast.pace, slow=slow.pace)
    return replace(
        alone,
        coverage=coverage(
            patrols, met, as_of=as_of,
            accepts_mixed=situation.accepts_mixed, config=situation.config.patrol,
        ),
    )  # fmt: skip


def unpatrolled(situation: Situation, way: Way, fast: Timetable, slow: Timetable) -> Schedule:
    """
    Schedule of both paces along a way, as if there were no patrols.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    fast, slow : Timetable
    """
    legs = legs_of(situation.network, way, fast=fast, slow=slow)
    return Schedule(fast=fast, slow=slow, legs=legs, halts=merged_halts(fast, slow), coverage=())


def covered_km(cover: Iterable[Coverage]) -> float:
    """Length of the union of covered stretches: where two overlap, the road counts once."""
    total, reached = 0.0, float("-inf")
    for low, high in sorted((presence.km.low, presence.km.high) for presence in cover):
        total += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return total
