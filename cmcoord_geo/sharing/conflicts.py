"""The conflicts of a week for one audience: each goes through the gate as one of its movements sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.coordination.bundling import may_be_asked_for
from cmcoord_geo.errors import WithheldError
from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.model import Span, TimeSpan
from cmcoord_geo.network.areas import marked
from cmcoord_geo.network.nearby import where_at
from cmcoord_geo.planning.conflicts import conflict_kinds
from cmcoord_geo.sharing.conflict_views import ConflictsView, RuleView, WeekConflictView
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import refusal_of_audience
from cmcoord_geo.sharing.generalise import bin_span
from cmcoord_geo.sharing.patrols import meeting_order
from cmcoord_geo.sharing.proposals import proposals_view
from cmcoord_geo.sharing.records import conflict_record
from cmcoord_geo.sharing.refused import refused_notes
from cmcoord_geo.sharing.released import ConflictRow
from cmcoord_geo.sharing.views import WindowView
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.model import Conflict
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.conflicts import ConflictKind, Ruling, Week
    from cmcoord_geo.planning.proposals import WeekProposals
    from cmcoord_geo.sharing.audience import Audience

_NOTHING = Said(fr="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRelease:
    """Conflicts, and what the gate kept back: (kind of record, reason) to count, for the desk alone."""

    view: ConflictsView
    withheld: Mapping[tuple[str, str], int]


def build_conflicts(
    week: Week,
    rulings: Sequence[Ruling],
    audience: Audience,
    *,
    proposals: WeekProposals | None = None,
    now: datetime | None = None,
) -> ConflictRelease:
    """
    Conflicts of a week for one audience.

    The answer of a rule rests on what the audience is shown, so that it tells of nothing else.

    Parameters
    ----------
    week : Week
    rulings : sequence of Ruling
    audience : Audience
    proposals : WeekProposals, optional
        How the conflicts would go away, where somebody asked.
    now : datetime, optional
        Moment of release; without it the data cut-off alone counts, as for an exercise.

    Raises
    ------
    WithheldError
        The audience is unknown, or may not ask for a map.
    """
    if reason := refusal_of_audience(audience, "map"):
        message = f"nothing is released: {reason}"
        raise WithheldError(message, reason=reason)
    picture = week.picture
    owners = {plan.request.movement_id: plan.request.organisation for plan in week.plans}
    desk = Desk(
        replace(audience, segments=_own_segments(week, audience)),
        purpose="map",
        consents=picture.consents,
        moments=[picture.as_of] if now is None else [picture.as_of, now],
        config=week.config.sharing,
    )
    marks = (f"X{i}" for i in range(1, 10**9))
    rules = tuple(
        _rule(week, desk, ruling, owners, marks)
        for ruling in rulings
        if _is_for(conflict_kinds()[ruling.kind], audience)
    )
    answers = {rule.answer for rule in rules}
    worst = (one for one in ("conflict", "unknown") if one in answers)
    is_desk = audience.kind == "owner" and not audience.organisation
    frame = frame_view(picture, audience, shown=tuple(_shown(rules)), config=week.config.sharing)
    told = refused_notes(picture.findings) if audience.kind == "owner" else ()
    view = ConflictsView(
        frame=replace(frame, title=said("conflicts.title")),
        answer=next(worst, "no_known_conflict"),
        movements=len(week.routes) if is_desk else None,
        rules=rules,
        notes=(
            *_notes(week, audience),
            *told,
            *([] if is_desk else [said("conflicts.own_numbers")]),
        ),
        proposals=None
        if proposals is None or audience.kind != "owner"
        else proposals_view(
            week, desk, proposals, owners, told=[*_of_audience(rulings, audience, owners)]
        ),
    )
    return ConflictRelease(view=view, withheld=desk.withheld)


def _of_audience(
    rulings: Iterable[Ruling], audience: Audience, owners: Mapping[str, str]
) -> Iterator[Conflict]:
    """Conflicts that stand, of its own movements or, for the desk, of all and of none."""
    for ruling in rulings:
        for one in ruling.conflicts:
            is_own = audience.organisation in {"", owners.get(one.movement_id)}
            if one.answer == "conflict" and is_own:
                yield one


def _is_for(kind: ConflictKind, audience: Audience) -> bool:
    """Whether an audience is told of a kind at all."""
    return audience.kind == "owner" or (audience.kind == "minusca_ops" and kind.is_of_both)


def _notes(week: Week, audience: Audience) -> Iterator[Said]:
    """Own movements of the audience without a road, and from when the ways back were looked at."""
    if audience.kind != "owner":
        return
    own = [one for one in week.plans if audience.organisation in {"", one.request.organisation}]
    left = ", ".join(plan.request.movement_id for plan in own if not plan.options)
    if left:
        yield said("conflicts.no_road", movements=left)
    back = ", ".join(
        one.request.movement_id for one in own if one.options and one.options[0].back is not None
    )
    if back:
        hours = f"{week.config.rules.unload_h:g}"
        yield said("way_back.looked_at", movements=back, hours=hours)


def _own_segments(week: Week, audience: Audience) -> frozenset[str]:
    return frozenset(
        leg.segment_id
        for request, route in week.routes
        if audience.organisation in {"", request.organisation}
        for leg in route.legs
    )


def _shown(rules: Iterable[RuleView]) -> Iterator[WindowView]:
    return (conflict.window for rule in rules for conflict in rule.conflicts)


def _rule(
    week: Week,
    desk: Desk,
    ruling: Ruling,
    owners: Mapping[str, str],
    marks: Iterator[str],
) -> RuleView:
    kind = conflict_kinds()[ruling.kind]
    rows = [
        row
        for conflict in ruling.conflicts
        if (row := _released(week, desk, conflict, owners)) is not None
    ]
    shown = tuple(_view(week, kind, row, next(marks)) for row in _distinct(_nights_joined(rows)))
    answers = {one.answer for one in shown}
    lacking = _lacking(ruling, desk.audience, owners)
    is_open = bool(lacking) or "unknown" in answers
    answer = "unknown" if is_open else "no_known_conflict"
    return RuleView(
        kind=kind.kind,
        severity=kind.severity,
        source=kind.source,
        name=kind.name,
        rule=kind.rule,
        advice=kind.advice,
        answer="conflict" if "conflict" in answers else answer,
        lacking=tuple(said(f"conflicts.lacking_{one}") for one in lacking),
        conflicts=shown,
    )


def _lacking(ruling: Ruling, audience: Audience, owners: Mapping[str, str]) -> tuple[str, ...]:
    """What is lacking for an audience: of the movements of others a partner learns nothing."""
    of_own = (
        what
        for what, movements in ruling.lacking_of.items()
        if any(audience.organisation in {"", owners[one]} for one in movements)
    )
    return *ruling.lacking, *of_own


def _nights_joined(rows: Iterable[ConflictRow]) -> Iterator[ConflictRow]:
    """Rows, the nights on the road of one movement as one: on a long way there is one a day, twice told."""
    nights: dict[tuple[str, bool], list[ConflictRow]] = {}
    for row in rows:
        if row.kind == "C9" and row.movement_id:
            nights.setdefault((row.movement_id, row.is_back), []).append(row)
        else:
            yield row
    for of_one in nights.values():
        in_order = sorted(of_one, key=lambda row: row.window.earliest)
        window = TimeSpan(
            earliest=in_order[0].window.earliest,
            latest=max(row.window.latest for row in in_order),
        )
        stretches = tuple(dict.fromkeys(place for row in in_order for place in row.stretches))
        yield replace(in_order[0], window=window, stretches=stretches, km=0.0)


def _distinct(rows: Iterable[ConflictRow]) -> tuple[ConflictRow, ...]:
    """Rows in order of time; what looks alike to the reader once, so that it counts nobody's movements."""
    alike = {repr(row): row for row in rows}
    return tuple(sorted(alike.values(), key=lambda row: (*meeting_order(row), repr(row))))


def _released(
    week: Week, desk: Desk, conflict: Conflict, owners: Mapping[str, str]
) -> ConflictRow | None:
    """Row of a conflict for the audience of a desk; the other side gets wide hours and no street (H14)."""
    if desk.audience.kind != "owner" and (kept := _not_theirs(week, conflict)):
        desk.keep_back(kept, "nothing_left")
        return None
    seen = _as_seen(conflict, desk.audience, owners)
    record = conflict_record(
        seen,
        organisation=owners.get(seen.movement_id, ""),
        is_own_patrol=_is_own_patrol(week, seen, desk.audience),
    )
    row = desk.passed(record, ConflictRow)
    if row is None:
        return None
    if desk.audience.kind == "owner":
        is_with_another = conflict.other_id in owners and seen.other_id not in owners
        return _with_wide_hours(row, desk) if is_with_another else row
    network = week.network
    roads = tuple(
        (key, Span(low=0.0, high=1.0))
        for key in _roads_of_theirs(week, conflict)
        if may_be_asked_for(network, network.segment_index[key])
    )
    if not roads:
        desk.keep_back("conflict", "nothing_left")
        return None
    window = bin_span(row.window, hours=week.config.corridor.wider_h[-1])
    return replace(row, window=window, stretches=roads)


def _not_theirs(week: Week, conflict: Conflict) -> str:
    """Kind of record on which a conflict rests that is not the other side’s; empty where it is."""
    if conflict.cause:
        return "conflict"
    if _is_of_area(week, conflict):
        return "area_effect"
    return "road_status" if _is_of_report(week, conflict) else ""


def _roads_of_theirs(week: Week, conflict: Conflict) -> tuple[str, ...]:
    """
    Roads of the other side itself on which it meets the movement: where that goes on to is not told.

    Where both are near one another on different roads, its own roads that end where the movement's do.
    """
    network = week.network
    theirs = week.roads_of_others.get((conflict.kind, conflict.patrol_id or conflict.other_id), ())
    met = {conflict.segment_id, *(key for key, _ in conflict.more)}
    nodes = {node for key in met for node in _ends(network, key)}
    beside = tuple(key for key in theirs if nodes.intersection(_ends(network, key)))
    return tuple(key for key in theirs if key in met) or beside or theirs


def _ends(network: RoadNetwork, segment_id: str) -> tuple[int, int]:
    segment = network.segment_index[segment_id]
    return int(network.start[segment]), int(network.end[segment])


def _with_wide_hours(row: ConflictRow, desk: Desk) -> ConflictRow:
    """The hours of what an organisation shares with another's movement: when that comes is not told."""
    return replace(row, window=bin_span(row.window, hours=desk.config.window_h))


def _is_of_area(week: Week, conflict: Conflict) -> bool:
    """Whether it tells of an area to avoid, of which the other side learns nothing."""
    marks = (mark for mark, _ in marked(week.picture.areas))
    return conflict.kind == "C2" and conflict.other_id in marks


def _is_of_report(week: Week, row: Conflict | ConflictRow) -> bool:
    """Whether its other party is a report on a road: who reported may not be the other side's to know."""
    return row.kind == "C2" and row.other_id in week.reports


def _as_seen(conflict: Conflict, audience: Audience, owners: Mapping[str, str]) -> Conflict:
    """Conflict from the side of the partner's own movement; a movement of somebody else is not named."""
    mine = audience.organisation
    if audience.kind != "owner" or not mine:
        return conflict
    other = owners.get(conflict.other_id)
    if other is None:
        return conflict
    if owners.get(conflict.movement_id) == mine:
        return conflict if other == mine else replace(conflict, other_id="")
    if other == mine:
        return replace(conflict, movement_id=conflict.other_id, other_id="")
    return conflict


def _is_own_patrol(week: Week, conflict: Conflict, audience: Audience) -> bool:
    """
    Whether the audience may know which patrol it is (DOMAIN.md 4.7).

    A partner is given those on its own segments, the desk that holds the register every one.
    """
    if audience.kind != "owner" or not audience.organisation:
        return True
    return not audience.segments.isdisjoint(
        week.roads_of_others.get(("C1", conflict.patrol_id), ())
    )


def _view(week: Week, kind: ConflictKind, row: ConflictRow, mark: str) -> WeekConflictView:
    movement = (
        said("conflicts.movement", movement=row.movement_id)
        if row.movement_id
        else said("conflicts.a_movement")
    )
    if row.kind == "C10" and not row.movement_id and row.other_id:
        movement = said("conflicts.distribution")
    other, place = _other(week, row), _place(week.network, row)
    if row.is_back:
        place = said("way_back.place", place=place)
    return WeekConflictView(
        mark=mark,
        kind=row.kind,
        severity=kind.severity,
        answer=row.answer,
        movement=movement,
        other=other,
        movement_id=row.movement_id,
        patrol_id=row.patrol_id,
        other_id=row.other_id,
        place=place,
        place_id=row.place_id,
        crossing_id=row.crossing_id,
        stretches=tuple((key, span.low, span.high) for key, span in row.stretches),
        window=WindowView(start=row.window.earliest, end=row.window.latest),
        said=said(
            _sentence(week, row),
            movement=movement,
            other=other,
            place=place,
            count=row.count,
            km=f"{row.km:.0f}",
        ),
    )


def _sentence(week: Week, row: ConflictRow) -> str:
    """Key of the sentence that says a conflict."""
    cause = row.cause or ("report" if _is_of_report(week, row) else "")
    key = f"conflicts.said_{row.kind}_{cause}" if cause else f"conflicts.said_{row.kind}"
    return key + ("" if row.answer == "conflict" else "_unknown")


def _other(week: Week, row: ConflictRow) -> Said:
    """The other party in words."""
    if row.kind in {"C1", "C4", "C5"}:
        is_answer = week.picture.is_answer(row.patrol_id)
        key = "answer" if is_answer else "patrol"
        name = said(f"conflicts.{key}", patrol=row.patrol_id)
        return name if row.patrol_id else said("conflicts.a_patrol")
    if row.kind == "C7":
        name = said("conflicts.movement", movement=row.other_id)
        return name if row.other_id else said("conflicts.another_movement")
    return Said(fr=row.other_id, en=row.other_id) if row.other_id else _NOTHING


def _place(network: RoadNetwork, row: ConflictRow) -> Said:
    """Place, or road and km from a named end with what else there is."""
    if row.place_id:
        return _town(network, row.place_id)
    if not row.stretches:
        return _NOTHING
    (segment_id, span), *more = row.stretches
    first = _stretch(network, segment_id, span)
    if row.crossing_id:
        names = {one.crossing_id: one.name for one in network.crossings}
        key = "conflicts.at_crossings" if row.count > 1 else "conflicts.at_crossing"
        return said(key, name=names[row.crossing_id], place=first, count=row.count - 1)
    if more and row.km:
        return said("conflicts.in_all", place=first, km=f"{row.km:.0f}")
    return said("conflicts.and_more", place=first, count=len(more)) if more else first


def _town(network: RoadNetwork, place_id: str) -> Said:
    known = places().get(place_id)
    node = network.node_index.get(place_id)
    name = known.name if known else network.node_names[node] if node is not None else place_id
    return Said(fr=name or place_id, en=name or place_id)


def _stretch(network: RoadNetwork, segment_id: str, span: Span) -> Said:
    """
    Stretch of a segment in whole km, counted from the end that is named.

    A surveyed segment is short and ends at junctions: its road and the nearest town say more than its km.
    """
    segment = network.segment_index[segment_id]
    road = network.title(segment)
    if network.traffic is not None:
        line = np.asarray(network.lines[segment], float)
        where = where_at(*map(float, line[len(line) // 2]), own=network.places)
        return said("conflicts.near", road=said_road(road), where=where)
    length_km = float(network.length_m[segment]) / KM_M
    if (span.low, span.high) == (0.0, 1.0):
        return said("conflicts.whole", road=road, km=f"{length_km:.0f}")
    low, high = f"{span.low * length_km:.0f}", f"{span.high * length_km:.0f}"
    km = low if low == high else f"{low}–{high}"
    return said("conflicts.km", road=road, km=km, end=network.ends(segment)[0])
