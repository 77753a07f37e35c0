"""The sheet of requested corridors, and the calendar of what came of them, for one audience."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.coordination import Demand, Issue
from cmcoord_geo.coordination.chains import ends_of
from cmcoord_geo.coordination.presence import Slot, slots_of
from cmcoord_geo.errors import WithheldError
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.network.dual_roads import OtherSides, other_sides
from cmcoord_geo.network.end_names import end_by_town
from cmcoord_geo.network.mgrs import to_mgrs
from cmcoord_geo.sharing.audience import Audience
from cmcoord_geo.sharing.corridor_views import (
    AskedCorridorView,
    CalendarRowView,
    CalendarView,
    CorridorEndView,
    CorridorSheetView,
    SlotView,
)
from cmcoord_geo.sharing.corridors import asked_corridors, corridor_demands
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import refusal_of_audience
from cmcoord_geo.sharing.generalise import DAY_END_H, DAY_START_H
from cmcoord_geo.sharing.product import own_segments
from cmcoord_geo.sharing.records import corridor_record, patrol_record
from cmcoord_geo.sharing.released import CorridorRow, PatrolRow
from cmcoord_geo.sharing.views import FrameView, Lonlat, WindowView

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import CorridorRequest, MovementPlan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture, Patrols

#: What an owner asks for; whoever else does, asks for the other.
PLANNING, PATROL_REQUEST = "planning", "patrol_request"
MINUSCA = Audience(kind="minusca_ops")
#: Decimals of a degree of an end on a network that is not surveyed: about a km, as a town is.
_TOWN_DECIMALS, _SURVEYED_DECIMALS = 2, 5
#: Roads that one corridor is called after.
_MOST_ROADS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What is asked of the other side, and what stays with the desk.

    Attributes
    ----------
    issue : Issue
    demands : tuple of Demand
        Of movements that the gate let through.
    withheld : mapping
        (kind of record, reason) to count.
    """

    issue: Issue
    demands: tuple[Demand, ...]
    withheld: Mapping[tuple[str, str], int]


def ask(
    picture: OperationalPicture,
    plans: Iterable[MovementPlan],
    config: Config,
    *,
    now: datetime,
    seed: bytes,
) -> Asked:
    """
    Take the movements to the gate for MINUSCA operations, and bundle what passes.

    Parameters
    ----------
    picture : OperationalPicture
    plans : iterable of MovementPlan
    config : Config
    now : datetime
        Moment of release; consent must hold then and at the cut-off of the data.
    seed : bytes
        For the names of new corridors.
    """
    desk = _desk(picture, MINUSCA, config, now=now)
    demands = corridor_demands(desk, picture, plans)
    issue = asked_corridors(picture, demands, now=desk.now, seed=seed, config=config)
    return Asked(issue=issue, demands=demands, withheld=desk.withheld)


def corridor_sheet(
    picture: OperationalPicture, issue: Issue, config: Config, *, now: datetime
) -> CorridorSheetView:
    """
    Sheet of an issue for MINUSCA operations.

    Parameters
    ----------
    picture : OperationalPicture
    issue : Issue
    config : Config
    now : datetime
    """
    desk = _desk(picture, MINUSCA, config, now=now)
    rows = sorted(
        _passed(desk, issue.asked),
        key=lambda row: (row.priority, row.window.earliest, row.segment_ids),
    )
    windows = [_window(row) for row in rows]
    return CorridorSheetView(
        frame=_frame(picture, MINUSCA, config, windows, key="sheet"),
        corridors=tuple(asked_view(picture.network, row) for row in rows),
        withdrawn=tuple(sorted(one.corridor_id for one in issue.withdrawn)),
        notes=_notes(),
        is_surveyed=not picture.network.is_schematic,
    )


def corridor_calendar(
    picture: OperationalPicture,
    plans: Sequence[MovementPlan],
    issue: Issue,
    audience: Audience,
    config: Config,
    *,
    now: datetime,
) -> CalendarView:
    """
    Calendar of the corridors that were issued and still stand, or are over.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
        Whose roads are an owner's own.
    issue : Issue
        What was only added, and is not issued yet, is not shown.
    audience : Audience
    config : Config
    now : datetime

    Raises
    ------
    WithheldError
        The audience may not ask for corridors.
    """
    shown = (*issue.standing, *(one for one in issue.past if one.withdrawn_at is None))
    known = [
        one for one in shown if all(key in picture.network.segment_index for key in one.all_ids)
    ]
    own = own_segments(plans, audience)
    if not audience.organisation:  # the desk that holds the register
        own |= {key for one in known for key in one.all_ids}
    desk = _desk(picture, replace(audience, segments=own), config, now=now)
    passed = {row.corridor_id for row in _passed(desk, known)}
    patrols = _patrols(desk, picture.patrols)
    roads: defaultdict[tuple[str, ...], list[CorridorRequest]] = defaultdict(list)
    for one in known:
        if one.corridor_id in passed:
            roads[one.segment_ids].append(one)
    slots = [_slots_of(picture, group, patrols, config) for group in roads.values()]
    windows = [WindowView(start=one.start, end=one.end) for row in slots for one in row]
    frame = _frame(picture, audience, config, windows, key="calendar")
    rows = [
        _row(picture.network, group, tuple(_slots(own, frame.week)))
        for group, own in zip(roads.values(), slots, strict=True)
    ]
    return CalendarView(
        frame=frame,
        rows=tuple(sorted((row for row in rows if row.slots), key=_order)),
        notes=(said("corridors.no_contact"), said("corridors.no_routes")),
        bin_h=config.sharing.window_h,
        first_h=DAY_START_H,
        last_h=DAY_END_H,
    )


def _order(row: CalendarRowView) -> tuple[object, ...]:
    return row.priority, row.slots[0].start, row.first.fr, row.last.fr, row.corridor_ids


def _desk(
    picture: OperationalPicture, audience: Audience, config: Config, *, now: datetime
) -> Desk:
    purpose = PLANNING if audience.kind == "owner" else PATROL_REQUEST
    if reason := refusal_of_audience(audience, purpose):
        message = f"nothing is released: {reason}"
        raise WithheldError(message, reason=reason)
    return Desk(
        audience,
        purpose=purpose,
        consents=picture.consents,
        moments=[picture.as_of, now],
        config=config.sharing,
    )


def _passed(desk: Desk, corridors: Iterable[CorridorRequest]) -> list[CorridorRow]:
    return desk.views((corridor_record(one) for one in corridors), CorridorRow)


def _patrols(desk: Desk, patrols: Patrols) -> Patrols:
    """Rows of the patrols that the audience may see."""
    rows = [
        row
        for row in range(len(patrols))
        if desk.passed(patrol_record(patrols, row), PatrolRow, whole=patrols.patrol_id[row])
    ]
    return patrols.only(rows)


def _frame(
    picture: OperationalPicture,
    audience: Audience,
    config: Config,
    windows: Sequence[WindowView],
    *,
    key: str,
) -> FrameView:
    frame = frame_view(picture, audience, shown=windows, config=config.sharing)
    return replace(
        frame,
        title=said(f"corridors.title_{key}"),
        subtitle=said("corridors.subtitle", period=frame.subtitle, hours=config.sharing.window_h),
        audience_note=said("corridors.audience_note"),
    )


def _notes() -> tuple[Said, ...]:
    keys = ("no_contact", "before", "no_tasking", "no_routes", "km", "answer", "states", "names")
    return tuple(said(f"corridors.{key}") for key in keys)


def _window(row: CorridorRow | CorridorRequest) -> WindowView:
    return WindowView(start=row.window.earliest, end=row.window.latest)


def asked_view(network: RoadNetwork, row: CorridorRow | CorridorRequest) -> AskedCorridorView:
    """What is asked for on one road."""
    first, last = _ends(network, row.segment_ids)
    return AskedCorridorView(
        corridor_id=row.corridor_id,
        road=_road(network, row.segment_ids),
        first=_end(network, first),
        last=_end(network, last),
        km=_whole_km(network, row.segment_ids),
        is_dual=_is_dual(network, row),
        window=_window(row),
        presence=_presence(row.presence),
        composition=said("corridors.mixed" if row.accepts_mixed else "corridors.minusca_only"),
        priority=row.priority,
        line=_line(network, row.segment_ids, first),
    )


def _is_dual(network: RoadNetwork, row: CorridorRow | CorridorRequest) -> bool:
    course, beside = (_chain(network, keys) for keys in (row.segment_ids, row.beside_ids))
    sides = other_sides(network, (*course, *beside)) if beside else OtherSides({})
    return any(sides.is_beside(one, frozenset(course)) for one in beside)


def _presence(kinds: Iterable[str]) -> tuple[Said, ...]:
    return tuple(said(f"corridors.presence.{kind}") for kind in kinds)


def _chain(network: RoadNetwork, keys: Sequence[str]) -> tuple[int, ...]:
    return tuple(network.segment_index[key] for key in keys)


def _ends(network: RoadNetwork, keys: Sequence[str]) -> tuple[int, int]:
    return ends_of(network, _chain(network, keys))


def _whole_km(network: RoadNetwork, keys: Sequence[str]) -> int:
    return max(1, round(sum(network.length_km(segment) for segment in _chain(network, keys))))


def _road(network: RoadNetwork, keys: Sequence[str]) -> str:
    """Numbers or names of the roads, the longest first; empty where none has one."""
    own = network.traffic.names if network.traffic is not None else None
    km: defaultdict[str, float] = defaultdict(float)
    for segment in _chain(network, keys):
        name = network.route_ref[segment] or (own[segment] if own is not None else "")
        km[name] += network.length_km(segment)
    named = sorted((name for name in km if name), key=lambda name: (-km[name], name))
    return ", ".join(named[:_MOST_ROADS])


def _end(network: RoadNetwork, node: int) -> CorridorEndView:
    is_sketch = network.is_schematic
    decimals = _TOWN_DECIMALS if is_sketch else _SURVEYED_DECIMALS
    lon, lat = float(network.lon[node]), float(network.lat[node])
    return CorridorEndView(
        name=end_by_town(network, node),
        lon=round(lon, decimals),
        lat=round(lat, decimals),
        mgrs="" if is_sketch else to_mgrs(lon, lat),
    )


def _line(network: RoadNetwork, keys: Sequence[str], node: int) -> tuple[Lonlat, ...]:
    """Course from the first end to the last."""
    found: list[Lonlat] = []
    for segment in _chain(network, keys):
        points = [(float(lon), float(lat)) for lon, lat in network.lines[segment]]
        is_forward = int(network.start[segment]) == node
        node = int(network.end[segment]) if is_forward else int(network.start[segment])
        points = points if is_forward else points[::-1]
        found += points[1:] if found else points
    return tuple((round(lon, 5), round(lat, 5)) for lon, lat in found)


def _slots_of(
    picture: OperationalPicture, group: Sequence[CorridorRequest], patrols: Patrols, config: Config
) -> tuple[Slot, ...]:
    return slots_of(
        picture.network,
        group,
        patrols,
        picture.responses,
        as_of=picture.as_of,
        bin_h=config.sharing.window_h,
        fresh_h=config.patrol.fresh_h,
    )


def _row(
    network: RoadNetwork, group: Sequence[CorridorRequest], slots: tuple[SlotView, ...]
) -> CalendarRowView:
    keys = group[0].segment_ids
    first, last = _ends(network, keys)
    kinds = sorted({kind for one in group for kind in one.presence})
    return CalendarRowView(
        corridor_ids=tuple(sorted(one.corridor_id for one in group)),
        road=_road(network, keys),
        first=end_by_town(network, first),
        last=end_by_town(network, last),
        km=_whole_km(network, keys),
        presence=_presence(kinds),
        priority=min(one.priority for one in group),
        slots=slots,
    )


def _slots(slots: Iterable[Slot], week: WindowView) -> Iterator[SlotView]:
    """Bins that lie in the days of the calendar."""
    for slot in slots:
        if week.start <= slot.start < week.end:
            yield SlotView(
                start=slot.start,
                end=slot.end,
                state=slot.state,
                share=slot.share,
                is_asked=slot.is_asked,
            )
