"""Regret replay of a file of incidents: what the advice of past months would have been worth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.config import RouteConfig
from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import places, vehicles
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.i18n.numbers import said_decimal, said_signed
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import convoy_of
from cmcoord_geo.planning.replay import FEWEST, Trips, replay
from cmcoord_geo.risk.memory import read_memories
from cmcoord_geo.service.past import load_past, month_name, parse_months

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import Finding
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.replay import Replay
    from cmcoord_geo.service.skill import SkillQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """
    Answer of ``incidents replay``.

    Attributes
    ----------
    replay : Replay
    places : tuple of str
        Names of the places between which roads were sought.
    vehicle : str
        Profile.
    stretch : float
    source, first, last : str
        Name of the file; months.
    findings : tuple of Finding
    is_exercise : bool
    """

    replay: Replay
    places: tuple[str, ...]
    vehicle: str
    stretch: float
    source: str
    first: str
    last: str
    findings: tuple[Finding, ...]
    is_exercise: bool


def ask_replay(
    question: SkillQuestion,
    *,
    vehicle: str = "lv_4x4",
    on_month: Callable[[int, int], None] | None = None,
) -> ReplayReport:
    """
    Replay past months between the cells and contact points of the gazetteer (L091, L092).

    Parameters
    ----------
    question : SkillQuestion
        File, months, network and parameters.
    vehicle : str
        Profile, by the defaults of the season and no report of the week.
    on_month : callable, optional
        Called with the months done and those in all.

    Raises
    ------
    DataError
        The file or the network cannot be read, a month is none, there is no such vehicle, or no two of the
        places lie on the network.
    """
    first, last = parse_months(question.first, question.last)
    memories = read_memories(question.memories) if question.memories else None
    convoy = convoy_of([VehicleCount(vehicle_id=vehicle, count=2)])
    known = load_past(question.file, question.network)
    hubs = _hubs(known.network)
    if len(hubs) < 2:
        raise problem(DataError, "replay.no_places")
    if last < known.past.first:
        raise problem(DataError, "skill.no_past", first=month_name(known.past.first))
    stretch = RouteConfig().stretch
    trips = Trips(
        network=known.network,
        convoy=convoy,
        nodes=tuple(node for node, _ in hubs),
        stretch=stretch,
    )
    done = replay(known.past, trips, first=first, last=last, memories=memories, on_month=on_month)
    return ReplayReport(
        replay=done,
        places=tuple(name for _, name in hubs),
        vehicle=vehicle,
        stretch=stretch,
        source=question.file.name,
        first=month_name(done.months[0].month),
        last=month_name(done.months[-1].month),
        findings=known.findings,
        is_exercise=known.is_exercise,
    )


def _hubs(network: RoadNetwork) -> list[tuple[int, str]]:
    """Nodes and names of the cells and contact points on a network, by id or by name."""
    names = {name: node for node, name in enumerate(network.node_names) if name}
    found: dict[int, str] = {}
    for place in places().values():
        if place.has_cell or place.has_contact:
            node = network.node_index.get(place.place_id, names.get(place.name))
            if node is not None:
                found.setdefault(node, place.name)
    return list(found.items())


def replay_lines(report: ReplayReport) -> Iterator[Said]:
    """Whole report, line by line."""
    done = report.replay
    mean, low, high = done.less
    yield said(
        "replay.title",
        source=report.source,
        first=report.first,
        last=report.last,
        places=len(report.places),
        vehicle=vehicles()[report.vehicle].name,
        stretch=f"{report.stretch:g}",
    )
    yield said(
        "replay.counts",
        differing=done.differing,
        pairs=sum(month.pairs for month in done.months),
        on_fastest=done.on_fastest,
        on_advised=done.on_advised,
        more_h=said_decimal(done.more_h),
    )
    if not done.is_enough:
        yield said("replay.too_few", count=done.on_fastest + done.on_advised, fewest=FEWEST)
        return
    key = "better" if low > 0 else "worse" if high < 0 else "as_good"
    yield said(
        f"replay.{key}", mean=said_signed(mean), low=said_signed(low), high=said_signed(high)
    )
    yield said("replay.never")


def replay_json(report: ReplayReport) -> str:
    """Report for programs; ``less`` is records on the fastest road less those on the advised one."""
    done = report.replay
    mean, low, high = done.less
    rows = {
        "kind": "replay",
        "schema_version": 1,
        "source": report.source,
        "is_exercise": report.is_exercise,
        "from": report.first,
        "to": report.last,
        "vehicle": report.vehicle,
        "stretch": report.stretch,
        "places": list(report.places),
        "differing": done.differing,
        "on_fastest": done.on_fastest,
        "on_advised": done.on_advised,
        "less": {"mean": round(mean, 6), "low": round(low, 6), "high": round(high, 6)},
        "more_hours": round(done.more_h, 6),
        "is_enough": done.is_enough,
        "months": [
            {
                "month": month_name(month.month),
                "pairs": month.pairs,
                "differing": month.differing,
                "on_fastest": month.on_fastest,
                "on_advised": month.on_advised,
                "more_hours": round(month.more_h, 6),
            }
            for month in done.months
        ],
    }
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
