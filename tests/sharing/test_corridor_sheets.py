"""The sheet and the calendar: what the other side, the desk and one owner may see of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from avenues import avenue
from sharing import week
from sharing.week import at
from towns import town

from cmcoord_geo.coordination import Issue
from cmcoord_geo.coordination.offers import offered_patrols
from cmcoord_geo.errors import WithheldError
from cmcoord_geo.model import CorridorRequest, CorridorResponse, TimeSpan
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.corridor_ranks import corridor_ranks
from cmcoord_geo.sharing.corridor_sheets import ask, asked_view, corridor_calendar, corridor_sheet
from cmcoord_geo.sharing.corridor_views import CalendarView


def asked(picture=None, seed: bytes = b"1"):
    return ask(picture or week.picture(), week.plans(), week.CONFIG, now=week.AS_OF, seed=seed)


def issued():
    """The week after its first issue."""
    return replace(week.picture(), corridors=asked().issue.ledger)


def calendar(picture=None, audience: Audience = week.OWNER) -> CalendarView:
    picture = picture or issued()
    issue = asked(picture).issue
    return corridor_calendar(picture, week.plans(), issue, audience, week.CONFIG, now=picture.as_of)


def test_a_sheet_names_ends_km_and_what_must_not_be() -> None:
    picture = week.picture()
    sheet = corridor_sheet(picture, asked(picture).issue, week.CONFIG, now=week.AS_OF)
    (corridor,) = sheet.corridors
    assert {corridor.first.name.fr, corridor.last.name.en} == {"Sibut", "Grimari"}
    road = picture.network.segment_index[week.segment("SBT", "GRI")]
    assert corridor.km == round(picture.network.length_km(road))
    assert (corridor.first.mgrs, corridor.last.mgrs) == ("", "")  # a sketch has no squares
    assert not sheet.is_surveyed
    assert "MINUSCA seule" in corridor.composition.fr
    assert any("aucun trajet de patrouille" in note.fr for note in sheet.notes)  # L046


def test_surveyed_ends_have_squares() -> None:
    network = town("A--B--C", route_ref="RN1")
    corridor = CorridorRequest(
        corridor_id="X",
        segment_ids=("A-B", "B-C"),
        window=TimeSpan(earliest=at(1, 6), latest=at(1, 9)),
        presence=("road_check",),
        accepts_mixed=True,
        priority=1,
        issued_at=week.AS_OF,
    )
    view = asked_view(network, corridor)
    assert view.first.mgrs.startswith("34N")
    assert view.line[0] == (view.first.lon, view.first.lat)
    assert view.line[-1] == (view.last.lon, view.last.lat)
    assert (view.km, view.road) == (6, "RN1")


def test_withdrawn_corridors_are_named_and_nothing_more() -> None:
    picture = replace(issued(), consents=week.CONSENTS[:1])
    issue = asked(picture).issue
    sheet = corridor_sheet(picture, issue, week.CONFIG, now=week.AS_OF)
    assert sheet.corridors == ()
    assert sheet.withdrawn == (picture.corridors[0].corridor_id,)


@pytest.mark.parametrize("audience", [week.OWNER, week.MINUSCA], ids=["desk", "minusca"])
def test_a_calendar_counts_bins(audience: Audience) -> None:
    (row,) = calendar(audience=audience).rows
    assert (row.asked, row.count("confirmed")) == (4, 0)
    # PAT-1 is offered from 12 to 17 on this road
    assert [slot.state for slot in row.slots] == ["asked", "asked", "offered", "offered"]


def test_a_calendar_shows_only_what_was_issued() -> None:
    assert calendar(week.picture()).rows == ()


def test_the_public_is_given_no_calendar() -> None:
    with pytest.raises(WithheldError):
        calendar(audience=week.PUBLIC)


def test_one_owner_sees_corridors_of_its_own_roads_only() -> None:
    def rows(name: str) -> int:
        return len(calendar(audience=Audience(kind="owner", organisation=name)).rows)

    assert (rows("ORG-A"), rows("ORG-C")) == (1, 0)


def test_a_corridor_that_lost_a_consent_leaves_the_calendar() -> None:
    assert calendar(replace(issued(), consents=week.CONSENTS[:1])).rows == ()


def test_ranks_tell_three_states_apart() -> None:
    picture = issued()
    name = picture.corridors[0].corridor_id
    told = (
        CorridorResponse(corridor_id=name, received_at=at(0, 8)),
        CorridorResponse(corridor_id=name, answer="partly", relayed_at=at(0, 9), read_at=at(0, 10)),
    )
    (rank,) = corridor_ranks(
        replace(picture, responses=told), week.plans(), asked(picture), week.CONFIG
    ).corridors
    states = rank.received_at, rank.relayed_at, rank.answered_at
    assert states == (at(0, 8), at(0, 9), None)
    assert rank.answers == ("partly",)
    assert rank.unmet_km == rank.wanted_km - rank.fresh_km > 0


def ranked(*told: CorridorResponse, as_of=None):
    """The one corridor of the week, ranked after some answers about it."""
    picture = issued()
    name = picture.corridors[0].corridor_id
    rows = tuple(replace(one, corridor_id=name, read_at=at(0, 10)) for one in told)
    after = replace(picture, responses=rows, as_of=as_of or picture.as_of)
    return corridor_ranks(after, week.plans(), asked(picture), week.CONFIG).corridors[0]


def test_the_desk_is_told_why_an_offer_does_not_count() -> None:
    offer = CorridorResponse(corridor_id="", answer="can", composition="minusca")
    assert [one.en[:30] for one in ranked(offer).not_counted] == ["offered in the very hours aske"]
    mixed = replace(
        offer, composition="mixed", window=TimeSpan(earliest=at(0, 12), latest=at(0, 15))
    )
    assert [one.en[:11] for one in ranked(mixed).not_counted] == ["composition"]
    eve = replace(mixed, composition="minusca")
    assert [one.en[:17] for one in ranked(eve, as_of=at(0, 16)).not_counted] == [
        "the offer ran out"
    ]
    assert ranked(CorridorResponse(corridor_id="", answer="cannot")).not_counted == ()


def test_a_passage_is_told_also_without_an_answer() -> None:
    done = CorridorResponse(corridor_id="", passed_at=at(0, 12), composition="unknown")
    found = ranked(done)
    assert (found.passed_at, found.answers) == (at(0, 12), ())
    assert [one.en[:11] for one in found.not_counted] == ["composition"]


def test_the_calendar_goes_back_to_what_was_reported() -> None:
    picture = issued()
    done = CorridorResponse(
        corridor_id=picture.corridors[0].corridor_id,
        answer="other_window",
        window=TimeSpan(earliest=at(0, 12), latest=at(0, 18)),
        composition="minusca",
        passed_at=at(0, 17),
        read_at=at(0, 20),
    )
    offers = offered_patrols(picture.network, picture.corridors, [done])
    later = replace(picture, as_of=at(1, 20), responses=(done,), patrols=offers)
    shown = calendar(later)
    assert shown.frame.week.start.date() == at(0, 0).date()
    states = [slot.state for row in shown.rows for slot in row.slots if slot.start < at(1, 0)]
    assert states == ["confirmed", "confirmed"]


def test_an_answer_reaches_the_calendar() -> None:
    picture = issued()
    done = CorridorResponse(
        corridor_id=picture.corridors[0].corridor_id,
        answer="can",
        composition="minusca",
        passed_at=at(1, 14),
        read_at=at(0, 10),
    )
    offers = offered_patrols(picture.network, picture.corridors, [done])
    later = replace(picture, as_of=at(1, 16), responses=(done,), patrols=offers)
    (row,) = calendar(later).rows
    assert (row.count("confirmed"), row.asked) == (3, 4)


def test_an_issue_keeps_all_that_was_ever_asked() -> None:
    issue: Issue = asked(replace(issued(), consents=())).issue
    before = [one.corridor_id for one in issued().corridors]
    assert [one.corridor_id for one in issue.ledger] == before


def test_both_carriageways_are_named_as_one_road() -> None:
    network = avenue(dashes=20)
    corridor = CorridorRequest(
        corridor_id="X",
        segment_ids=("A-B", "B-C", "C-D"),
        beside_ids=("E-F", "F-G", "G-H"),
        window=TimeSpan(earliest=at(1, 6), latest=at(1, 9)),
        presence=("road_check",),
        accepts_mixed=True,
        priority=1,
        issued_at=week.AS_OF,
    )
    view = asked_view(network, corridor)
    assert (view.is_dual, view.road, view.km) == (True, "Avenue", 2)
    assert not asked_view(network, replace(corridor, beside_ids=())).is_dual
