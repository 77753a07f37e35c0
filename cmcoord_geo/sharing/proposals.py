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
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from cmcoord_geo.config import ProposalConfig
    from cmcoord_geo.model import TimeSpan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.conflicts import Week
    from cmcoord_geo.planning.proposals import Proposal, StandingConflict, WeekProposals
    from cmcoord_geo.sharing.desk import Desk

_HOUR_MIN = 60
#: Departures are told in quarters of an hour.
_QUARTER = timedelta(minutes=15)


def proposals_view(
    week: Week, desk: Desk, found: WeekProposals, owners: Mapping[str, str]
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
    """
    network = week.network
    answers = [tuple(_released(network, desk, answer, owners)) for answer in found.answers]
    is_desk = not desk.audience.organisation
    return ProposalsView(
        answers=tuple(dict.fromkeys(answers)),
        standing=tuple(dict.fromkeys(_standing(network, found))) if is_desk else (),
        is_proven=found.is_proven,
        gap_percent=100 * found.gap,
        limits=tuple(_limits(week.config.proposal)),
    )


def _limits(rule: ProposalConfig) -> Iterator[Said]:
    """Which changes were tried, and the rules that they do not look at."""
    yield said(
        "proposals.limits",
        step=f"{rule.step_min:.0f}",
        most=f"{rule.most_h:g}",
        days=rule.days_later,
    )
    yield said("proposals.not_looked_at")


def _released(
    network: RoadNetwork, desk: Desk, answer: tuple[Proposal, ...], owners: Mapping[str, str]
) -> Iterator[ChangeView]:
    is_desk = not desk.audience.organisation
    for proposal in answer:
        told = proposal if is_desk else replace(proposal, room_for=())
        record = proposal_record(told, organisation=owners[proposal.movement_id])
        row = desk.passed(record, ProposalRow)
        if row is not None:
            yield _view(network, row)


def _view(network: RoadNetwork, row: ProposalRow) -> ChangeView:
    key = "proposals.other_road" if row.is_other_road else "proposals.departs"
    depart = _quarters(row.depart)
    late = -((row.depart.earliest - depart.start) // timedelta(minutes=1))
    shift = row.shift_min + late if row.shift_min else 0
    return ChangeView(
        movement_id=row.movement_id,
        letter=row.letter,
        depart=depart,
        shift_min=shift,
        is_other_road=row.is_other_road,
        removes=tuple(dict.fromkeys(_reasons(network, row))),
        said=said(key, movement=row.movement_id, letter=row.letter, shift=_shift(shift)),
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
    hours, rest = divmod(abs(minutes), _HOUR_MIN)
    days, hours = divmod(hours, 24)
    parts = [
        *([said("proposals.days", days=days)] if days else []),
        *([said("proposals.hours", hours=hours)] if hours else []),
        *([said("proposals.minutes", minutes=rest)] if rest else []),
    ]
    length = join(parts, " ")
    return said("proposals.later" if minutes > 0 else "proposals.earlier", length=length)


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
        return said("conflicts.patrol", patrol=other)
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
