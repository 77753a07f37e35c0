"""Changes proposed for a week, for the desk or for one organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.planning.conflicts import conflict_kinds
from cmcoord_geo.sharing.conflict_views import ChangeView, ProposalsView
from cmcoord_geo.sharing.records import proposal_record
from cmcoord_geo.sharing.released import ProposalRow
from cmcoord_geo.sharing.views import WindowView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.config import ProposalConfig
    from cmcoord_geo.model import Conflict, TimeSpan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.conflicts import Week
    from cmcoord_geo.planning.proposals import Proposal, StandingConflict, WeekProposals
    from cmcoord_geo.sharing.desk import Desk

_HOUR_MIN = 60
#: Kinds that none of the changes tried is meant to remove, and on what they rest.
_BEYOND = {"C3": "presence", "C4": "presence", "C5": "presence", "C8": "team", "C10": "listed"}
#: Departures are told in quarters of an hour.
_QUARTER = timedelta(minutes=15)


def proposals_view(
    week: Week,
    desk: Desk,
    found: WeekProposals,
    owners: Mapping[str, str],
    *,
    told: Sequence[Conflict] = (),
) -> ProposalsView:
    """
    Changes as the audience of a desk sees them: an organisation its own, without what stands elsewhere.

    Parameters
    ----------
    week : Week
    desk : Desk
    found : WeekProposals
    owners : mapping
        Movement to its organisation.
    told : sequence of Conflict
        Conflicts of which the audience is told.
    """
    network = week.network
    answers = [tuple(_released(week, desk, answer, owners)) for answer in found.answers]
    is_desk = not desk.audience.organisation
    return ProposalsView(
        answers=tuple(dict.fromkeys(answers)),
        standing=tuple(dict.fromkeys(_standing(network, found))) if is_desk else (),
        is_proven=found.is_proven,
        gap_percent=100 * found.gap,
        limits=tuple(_limits(week.config.proposal)),
        beyond=tuple(_beyond(told)),
    )


def _limits(rule: ProposalConfig) -> Iterator[Said]:
    """Which changes were tried, and the rules that they do not look at."""
    yield said(
        "proposals.limits",
        step=f"{rule.step_min:.0f}",
        most=f"{rule.most_h:g}",
        days=rule.days_later,
        wait=f"{rule.most_wait_h:g}",
    )
    yield said("proposals.not_looked_at")


def _beyond(told: Sequence[Conflict]) -> Iterator[Said]:
    """Kinds that no change of a movement is looked for: they rest on the other side, the team or a list."""
    kinds = {one.kind for one in told if one.kind != "C10" or not one.movement_id}
    for kind in (one for one in _BEYOND if one in kinds):
        why = said(f"proposals.because_{_BEYOND[kind]}")
        yield said("proposals.beyond", kind=kind, name=conflict_kinds()[kind].name, why=why)


def _released(
    week: Week, desk: Desk, answer: tuple[Proposal, ...], owners: Mapping[str, str]
) -> Iterator[ChangeView]:
    is_desk = not desk.audience.organisation
    for proposal in answer:
        told = proposal if is_desk else _for_partner(week, desk, proposal)
        record = proposal_record(told, organisation=owners[proposal.movement_id])
        row = desk.passed(record, ProposalRow)
        if row is not None:
            yield _view(week, row)


def _for_partner(week: Week, desk: Desk, proposal: Proposal) -> Proposal:
    """Change without others' movements, and without the name of a patrol off the partner's own segments."""
    own = desk.audience.segments
    removes = tuple(
        (kind, "" if kind == "C1" and own.isdisjoint(_roads(week, other)) else other)
        for kind, other in proposal.removes
    )
    return replace(proposal, room_for=(), removes=removes)


def _roads(week: Week, patrol_id: str) -> tuple[str, ...]:
    """Segments of a patrol."""
    return week.roads_of_others.get(("C1", patrol_id), ())


def _view(week: Week, row: ProposalRow) -> ChangeView:
    network, depart = week.network, _quarters(row.depart)
    is_stale = depart.end >= week.config.sharing.expiry(week.picture.as_of)
    late = -((row.depart.earliest - depart.start) // timedelta(minutes=1))
    shift = row.shift_min + late if row.shift_min else 0
    return ChangeView(
        movement_id=row.movement_id,
        letter=row.letter,
        depart=depart,
        shift_min=shift,
        is_other_road=row.is_other_road,
        halt_id=row.halt_id,
        wait_min=row.wait_min,
        stop_min=row.stop_min,
        removes=tuple(dict.fromkeys(_reasons(network, row))),
        said=_said(network, row, shift),
        is_stale=is_stale,
        via=row.via,
        fresh_km=row.fresh_km,
        notes=tuple(_notes(network, row, is_stale=is_stale)),
    )


def _notes(network: RoadNetwork, row: ProposalRow, *, is_stale: bool) -> Iterator[Said]:
    """What to write besides, what is to be asked again, and what presence is lost."""
    if is_stale:
        yield said("proposals.stale")
    if row.halt_id:
        yield said("proposals.stop", halt=_place(network, row.halt_id), minutes=row.stop_min)
    if row.via is None:
        yield said("proposals.other_then")
    elif row.via:
        names = join([_place(network, key) for key in row.via], ", ")
        yield said("proposals.via", places=names)
    before, after = (round(km) for km in row.fresh_km)
    if after < before:
        yield said("proposals.loses", km=before - after, after=after)


def _said(network: RoadNetwork, row: ProposalRow, shift: int) -> Said:
    """A change in a sentence; who stands elsewhere by choice leaves as filed."""
    what = "departs"
    if row.halt_id:
        what = "waits" if row.wait_min else "sleeps"
    return said(
        f"proposals.{what}_other_road" if row.is_other_road else f"proposals.{what}",
        movement=row.movement_id,
        letter=row.letter,
        shift=said("proposals.cut", shift=_shift(shift)) if row.cut_min else _shift(shift),
        halt=_place(network, row.halt_id),
        wait=_length(row.wait_min),
    )


def _reasons(network: RoadNetwork, row: ProposalRow) -> Iterator[Said]:
    """Conflicts that go away; of a movement that had none, whom it makes room for."""
    for kind, other in row.removes:
        yield said(
            "proposals.removes",
            kind=kind,
            name=conflict_kinds()[kind].name,
            other=_other(network, kind, other),
        )
    if not row.removes and row.room_for:
        yield said("proposals.room_for", movements=", ".join(row.room_for))
    elif not row.removes:
        yield said("proposals.room")


def _quarters(depart: TimeSpan) -> WindowView:
    """Window narrowed to whole quarters of an hour, as it is where it holds none."""
    first, last = depart.earliest, depart.latest
    start = first + -_past_the_quarter(first) % _QUARTER
    end = last - _past_the_quarter(last)
    return WindowView(start=start, end=end) if start <= end else WindowView(start=first, end=last)


def _past_the_quarter(moment: datetime) -> timedelta:
    return (
        timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
        % _QUARTER
    )


def _shift(minutes: int) -> Said:
    if not minutes:
        return said("proposals.as_filed")
    key = "proposals.later" if minutes > 0 else "proposals.earlier"
    return said(key, length=_length(abs(minutes)))


def _length(minutes: int) -> Said:
    hours, rest = divmod(minutes, _HOUR_MIN)
    days, hours = divmod(hours, 24)
    parts = [
        *([said("proposals.days", days=days)] if days else []),
        *([said("proposals.hours", hours=hours)] if hours else []),
        *([said("proposals.minutes", minutes=rest)] if rest else []),
    ]
    return join(parts, " ")


def _standing(network: RoadNetwork, found: WeekProposals) -> Iterator[Said]:
    for one in found.standing:
        yield said(
            f"proposals.{_standing_key(one)}",
            kind=one.kind,
            name=conflict_kinds()[one.kind].name,
            movements=", ".join(one.movement_ids),
            other=_other(network, one.kind, one.other),
        )


def _standing_key(one: StandingConflict) -> str:
    """Of two movements, each may have another departure even where one is not free of all conflicts."""
    if not one.is_alone:
        return "together"
    return "alone" if len(one.movement_ids) == 1 else "either"


def _other(network: RoadNetwork, kind: str, other: str) -> Said:
    """Patrol, crossing, place, road or what was announced."""
    if kind == "C1":
        return said("conflicts.patrol", patrol=other) if other else said("conflicts.a_patrol")
    where, _, key = other.partition(" ")
    if where == "crossing":
        names = {one.crossing_id: one.name for one in network.crossings}
        return names[key]
    if where == "place" or other in places():
        return _place(network, key or other)
    segment = network.segment_index.get(other)
    if segment is not None:
        return said_road(network.title(segment))
    return Said(fr=other, en=other)


def _place(network: RoadNetwork, place_id: str) -> Said:
    """Place by the name that a person knows."""
    known, node = places().get(place_id), network.node_index.get(place_id)
    name = known.name if known else "" if node is None else end_name(network, node)
    return Said(fr=name or place_id, en=name or place_id)
