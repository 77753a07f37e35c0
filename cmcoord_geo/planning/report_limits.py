"""
What the reports on a route say besides open and closed: hours of passage, and time that it costs.

Neither closes a road. A passage that may fall outside the hours is told with both, because the planner can
shift the departure or ask; waiting is told apart, and is not part of the driving time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.model import TimeSpan
from cmcoord_geo.network.hours import is_within, parse_hours
from cmcoord_geo.network.status import NOTHING
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.model import Leg, Passage, RoadStatus
    from cmcoord_geo.planning.schedule import Schedule
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way


def limits_of_reports(
    situation: Situation, way: Way, times: Schedule, crossed: Sequence[Passage]
) -> Iterator[Said]:
    """
    Warnings about hours, and about waiting, each report once.

    Parameters
    ----------
    situation : Situation
    way : tuple
    times : Schedule
    crossed : sequence of Passage
    """
    outside: dict[str, Said] = {}
    costs: dict[str, tuple[float, Said]] = {}
    for name, report, leg in _met(situation, way, times, crossed):
        if report.hours and report.report_id not in outside and _may_miss(report.hours, leg):
            outside[report.report_id] = said(
                "warn.report_hours",
                name=name,
                report=report.report_id,
                hours=report.hours,
                first=f"{leg.enter.earliest.astimezone(BANGUI):%d/%m %H:%M}",
                last=f"{leg.leave.latest.astimezone(BANGUI):%d/%m %H:%M}",
            )
        if report.ferry_state == "slow" and not report.delay_min:
            costs.setdefault(
                report.report_id, (0.0, said("warn.ferry_slow", name=name, report=report.report_id))
            )
        elif report.delay_min:
            minutes = f"{report.delay_min:.0f}"
            words = said("warn.delay", name=name, report=report.report_id, minutes=minutes)
            costs.setdefault(report.report_id, (report.delay_min, words))
    yield from outside.values()
    yield from (words for _, words in costs.values())
    told = [minutes for minutes, _ in costs.values() if minutes]
    if len(told) > 1:
        yield said("warn.delays", minutes=f"{sum(told):.0f}", n=len(told))


def _met(
    situation: Situation, way: Way, times: Schedule, crossed: Sequence[Passage]
) -> Iterator[tuple[str | Said, RoadStatus, Leg]]:
    """Name, live report and leg of every road and crossing that the route passes."""
    legs = {leg.segment_id: leg for leg in times.legs}
    for (segment, _), leg in zip(way, times.legs, strict=True):
        report = situation.passable.known[segment].limiting
        if report is not None:
            yield said_road(situation.network.title(segment)), report, leg
    for passage in crossed:
        known = situation.passable.crossing_states.get(passage.crossing_id, NOTHING)
        if known.limiting is not None:
            yield passage.name, known.limiting, legs[passage.segment_id]


def _may_miss(hours: str, leg: Leg) -> bool:
    span = TimeSpan(earliest=leg.enter.earliest, latest=leg.leave.latest)
    parsed = parse_hours(hours)
    return parsed is not None and not is_within(span, parsed)
