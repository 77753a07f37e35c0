"""Changes proposed for a week, for the desk or for one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.planning.conflicts import conflict_kinds
from cmcoord_geo.sharing.conflict_views import ChangeView, ProposalsView
from cmcoord_geo.sharing.records import proposal_record
from cmcoord_geo.sharing.released import ProposalRow
from cmcoord_geo.sharing.views import WindowView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.conflicts import Week
    from cmcoord_geo.planning.proposals import Proposal, StandingConflict, WeekProposals
    from cmcoord_geo.sharing.desk import Desk

_HOUR_MIN = 60
#: First light moves by a minute a day: shifts are told in the quarters of an hour of the departures.
_STEP_MIN = 15


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
        standing=tuple(_standing(network, found)) if is_desk else (),
        is_proven=found.is_proven,
        gap_percent=100 * found.gap,
    )


def _released(
    network: RoadNetwork, desk: Desk, answer: tuple[Proposal, ...], owners: Mapping[str, str]
) -> Iterator[ChangeView]:
    for proposal in answer:
        record = proposal_record(proposal, organisation=owners[proposal.movement_id])
        row = desk.passed(record, ProposalRow)
        if row is not None:
            yield _view(network, row)


def _view(network: RoadNetwork, row: ProposalRow) -> ChangeView:
    key = "proposals.other_road" if row.is_other_road else "proposals.departs"
    return ChangeView(
        movement_id=row.movement_id,
        letter=row.letter,
        depart=WindowView(start=row.depart.earliest, end=row.depart.latest),
        shift_min=row.shift_min,
        is_other_road=row.is_other_road,
        removes=tuple(
            said(
                "proposals.removes",
                kind=kind,
                name=conflict_kinds()[kind].name,
                other=_other(network, kind, other),
            )
            for kind, other in row.removes
        ),
        said=said(key, movement=row.movement_id, letter=row.letter, shift=_shift(row.shift_min)),
    )


def _shift(minutes: int) -> Said:
    if not minutes:
        return said("proposals.as_filed")
    hours, rest = divmod(_STEP_MIN * round(abs(minutes) / _STEP_MIN), _HOUR_MIN)
    key = "proposals.hours_minutes" if rest else "proposals.hours"
    length = said(key, hours=hours, minutes=f"{rest:02d}")
    return said("proposals.later" if minutes > 0 else "proposals.earlier", hours=length)


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
    where, _, key = other.rpartition(" ")
    if where == "crossing":
        names = {one.crossing_id: one.name for one in network.crossings}
        return names[key]
    if key in places():
        return Said(fr=places()[key].name, en=places()[key].name)
    segment = network.segment_index.get(key)
    name = other if segment is None else network.title(segment)
    return Said(fr=name, en=name)
