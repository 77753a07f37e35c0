"""The board of an audience is made of road data and of its own reports, and says so truly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest
from sharing.week import AS_OF, CONFIG, MINUSCA, OWNER, PUBLIC, at, picture, report, segment

from cmcoord_geo.errors import DataError, WithheldError
from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import Finding
from cmcoord_geo.picture import Incidents, Patrols
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.isolation import BoardQuestion, BoardRelease, build_boards
from cmcoord_geo.sharing.isolation_views import BoardView, LossView
from cmcoord_geo.units import BANGUI

CELLS = tuple(place.place_id for place in places().values() if place.has_cell or place.has_contact)
PAIR = (("truck_6x6", "lv_4x4"),)
QUESTION = BoardQuestion(base="BGF", targets=CELLS, pairs=PAIR)


def release(
    audience: Audience = OWNER, question: BoardQuestion = QUESTION, **more: object
) -> BoardRelease:
    return build_boards(picture(**more), question, audience, CONFIG)


@cache
def plain_board() -> BoardView:
    return release(status=()).boards[0]


def loss(board: BoardView, title: str) -> LossView:
    return next(one for one in board.losses if one.title.en == title)


def effect(board: BoardView, title: str, place: str, case: int = 0) -> str:
    target = [one.place_id for one in board.targets].index(place)
    return loss(board, title).effects[case][target].effect


# ------------------------------------------------------------ who sees what


@pytest.mark.parametrize("audience", [OWNER, MINUSCA, PUBLIC])
def test_movements_patrols_and_incidents_change_nothing(audience: Audience) -> None:
    full = release(audience)
    week = picture()
    bare = replace(
        week,
        movements=(),
        patrols=Patrols.empty(),
        incidents=Incidents.empty(),
        consents=(),
    )
    assert full.boards == build_boards(bare, QUESTION, audience, CONFIG).boards


def test_a_withheld_report_is_not_in_the_figures() -> None:
    """The public learns of a closure after some days only: until then its board counts the road as open."""
    closed = report(
        "R9", segment("SBT", "DEK"), "closed", at(-1, 12), note="dit par X", reporter="ngo"
    )
    for audience, is_told in ((OWNER, True), (MINUSCA, True), (PUBLIC, False)):
        found = release(audience, status=(closed,))
        expected = "none" if is_told else "long"
        assert effect(found.boards[0], "Sibut–Dékoa", "KBD") == expected
        told = repr(found.boards)
        assert ("Sibut–Dékoa (closed" in told) == is_told
        assert "dit par X" not in told
        assert "R9" not in told
        assert found.withheld == ({} if is_told else {("road_status", "delay"): 1})


def test_an_unknown_audience_gets_nothing() -> None:
    with pytest.raises(WithheldError):
        release(Audience(kind="press"))


def test_refused_rows_are_told_to_the_owner_alone() -> None:
    finding = Finding(severity="error", said=Said("x", "x"), file="road_status.csv", row=3)
    for audience, is_told in ((OWNER, True), (MINUSCA, False), (PUBLIC, False)):
        told = repr(release(audience, findings=(finding,)).boards[0].notes)
        assert ("road_status.csv" in told) == is_told


def test_the_frame_says_what_it_is() -> None:
    for audience in (OWNER, MINUSCA, PUBLIC):
        frame = release(audience).boards[0].frame
        assert "Bangui" in frame.title.fr
        assert "Road status only" in frame.audience_note.en
        assert frame.as_of == AS_OF
        assert frame.expires_at > AS_OF
        assert "not a clearance" in frame.disclaimer.en
        assert not any("exercice" in source.name.casefold() for source in frame.sources)


# ------------------------------------------------------------ captions


@pytest.mark.parametrize(
    ("as_of", "today", "rains"),
    [
        (
            datetime(2026, 12, 20, 12, tzinfo=BANGUI),
            "Today, Sun 20 Dec",
            "In the rains (on 15 May 2027)",
        ),
        (datetime(2026, 8, 1, 12, tzinfo=BANGUI), "Today, in the rains", "Today, in the rains"),
        (
            datetime(2026, 4, 20, 12, tzinfo=BANGUI),
            "Today, Mon 20 Apr",
            "In the rains (on 15 May 2026)",
        ),
    ],
)
def test_captions_are_true_for_the_date(as_of: datetime, today: str, rains: str) -> None:
    board = build_boards(replace(picture(status=()), as_of=as_of), QUESTION, OWNER, CONFIG).boards[
        0
    ]
    assert [case.caption.en for case in board.cases] == [today, rains]
    assert board.cases[0].at == as_of


def test_seasons_are_named_where_they_differ() -> None:
    season = plain_board().cases[0].season
    assert season.en == (
        "dry season: Centre and north-west, North, South-east; between the seasons: South-west and Bangui"
    )
    assert plain_board().cases[1].season.fr == "saison des pluies partout"


def test_reports_are_counted_for_the_day_of_each_case() -> None:
    lasting = report(
        "R1",
        segment("SBT", "DEK"),
        "open",
        at(-1, 12),
        expires_at=datetime(2027, 6, 1, tzinfo=BANGUI),
    )
    short = report("R2", segment("SBT", "GRI"), "open", at(-1, 12))
    one, both = (release(status=rows).boards[0].cases for rows in ((short,), (short, lasting)))
    assert [case.reports.en for case in one] == [
        "live reports on 1 roads or crossings", "no report of today will still be valid",
    ]  # fmt: skip
    assert both[1].reports.en == "reports still valid on that day on 1 roads or crossings"


# ------------------------------------------------------------ losses


def test_losses_run_from_the_base_outward_with_marks_in_order() -> None:
    board = plain_board()
    assert [one.mark for one in board.losses] == [str(i + 1) for i in range(len(board.losses))]
    assert {one.title.en for one in board.losses[:2]} == {"Bangui–Bossembélé", "Bangui–Sibut"}
    assert board.losses[0].from_km == 0.0


def test_only_losses_that_a_place_feels() -> None:
    for one in plain_board().losses:
        kinds = {e.effect for of_case in one.effects for e in of_case}
        assert kinds & {"cut", "long", "detour"}
        assert one.places_hit > 0
        assert one.importance > 0


def test_the_ouaka_bridge_counts_once_for_both_its_roads() -> None:
    board = plain_board()
    bridge = [one for one in board.losses if "CR15" in one.crossing_ids]
    assert [one.title.en for one in bridge] == ["Ouaka bridge in Bambari"]
    assert bridge[0].what.en == "serves 2 roads"
    assert set(bridge[0].segment_ids) == {segment("BBY", "ALI"), segment("BBY", "IPP")}
    assert effect(board, "Ouaka bridge in Bambari", "ALI") == "cut"
    assert effect(board, "Ouaka bridge in Bambari", "BIV") == "long"
    assert effect(board, "Ouaka bridge in Bambari", "BBY") == "none"
    assert (bridge[0].at_segment, round(bridge[0].at_fraction, 3)) == (segment("BBY", "ALI"), 0.008)


def test_roads_in_a_row_are_one_loss_with_all_its_parts() -> None:
    row = loss(plain_board(), "Alindao–Bangassou")
    assert row.what.fr.startswith("l’une des 4 routes, ponts")
    assert len(row.segment_ids) == 4
    assert {"CR44", "CR45", "CR46", "CR16", "CR17"} == set(row.crossing_ids)
    assert row.km == pytest.approx(242)
    assert len(set(row.names)) == len(row.names) == 9


def test_states_of_losses() -> None:
    rows = (
        report("R1", segment("SBT", "GRI"), "open", at(-1, 12)),
        report("R2", segment("SBT", "DEK"), "open", at(-90, 12)),
    )
    board = release(status=rows).boards[0]
    told = [loss(board, name) for name in ("Sibut–Grimari", "Sibut–Dékoa", "Bambari–Alindao")]
    assert [(one.state, one.basis) for one in told] == [
        ("open", "report"),
        ("unknown", "stale"),
        ("unknown", "none"),
    ]
    assert loss(board, "Bangui–Sibut").basis == "season"


def test_hours_are_there_exactly_for_detours() -> None:
    for one in plain_board().losses:
        for of_case in one.effects:
            for cell in of_case:
                assert (cell.extra_h is not None) == (cell.effect in {"detour", "long"})


def test_a_place_without_a_road_in_the_rains() -> None:
    board = plain_board()
    birao = next(one for one in board.targets if one.place_id == "IRO")
    assert birao.reach[1].hours is None
    target = board.targets.index(birao)
    assert {one.effects[1][target].effect for one in board.losses} == {"no_road"}


def test_places_that_hang_on_the_same_losses_stand_together() -> None:
    ids = [one.place_id for one in plain_board().targets]
    west = {"BSN", "BOP", "PAO", "BOC", "BBT"}
    assert {place in west for place in ids[:5]} == {True}
    assert set(ids) == set(CELLS) - {"BGF"}


def test_closed_roads_are_named_with_their_reports() -> None:
    rows = (
        report("R1", segment("SBT", "DEK"), "closed", at(-1, 12)),
        report("R2", segment("BBY", "KUA"), "closed", at(-2, 12), crossing_id="CR01"),
    )
    notes = " ".join(note.en for note in release(status=rows).boards[0].notes)
    assert "Sibut–Dékoa (closed, Sun 29 Nov)" in notes
    assert "Bombala ferry on Bambari–Kouango, Grimari–Kouango (closed, Sat 28 Nov)" in notes
    assert "No live report closes a road" in " ".join(note.en for note in plain_board().notes)


def test_no_target_left_is_refused() -> None:
    with pytest.raises(DataError, match="--to"):
        release(question=replace(QUESTION, targets=("BGF",)))


def test_missing_places_are_told() -> None:
    question = replace(QUESTION, missing=("Nulle-Part",))
    assert "Nulle-Part" in release(question=question).boards[0].notes[-1].fr


def test_another_base_turns_the_board_round() -> None:
    question = BoardQuestion(base="BBY", targets=("BGF", "ALI"), pairs=PAIR)
    board = release(question=question, status=()).boards[0]
    assert board.base.name == "Bambari"
    assert effect(board, "Bambari–Alindao", "ALI") == "cut"
    assert effect(board, "Grimari–Bambari", "BGF") in {"cut", "long"}


def test_the_board_of_a_vehicle_is_the_one_that_it_has_alone() -> None:
    """Half by half: a pair of two vehicles is the left half of one and the right half of the other."""
    pairs = (("truck_6x6", "truck_6x6"), ("lv_4x4", "lv_4x4"), ("truck_6x6", "lv_4x4"))
    truck, light, mixed = together = release(question=replace(QUESTION, pairs=pairs)).boards
    alone = [release(question=replace(QUESTION, pairs=(pair,))).boards[0] for pair in pairs]
    for board, other in zip(together, alone, strict=True):
        assert replace(board, segments=other.segments) == other
    assert [board.key for board in together] == ["truck_6x6", "lv_4x4", "truck_6x6_lv_4x4"]
    assert mixed.vehicles.en.startswith(f"{truck.vehicles.en} today, {light.vehicles.en} in")
    for place in mixed.targets:
        now, rains = (
            next(one.reach for one in board.targets if one.place_id == place.place_id)
            for board in (truck, light)
        )
        assert place.reach == (now[0], rains[1])


def test_the_road_of_any_vehicle_is_among_the_segments() -> None:
    boards = release(question=replace(QUESTION, pairs=(*PAIR, ("tanker", "motorbike")))).boards
    (shared,) = {id(board.segments) for board in boards}
    assert shared == id(boards[0].segments)
    known = {one.segment_id for one in boards[0].segments}
    assert all(set(loss.segment_ids) <= known for board in boards for loss in board.losses)


def test_same_picture_same_board() -> None:
    assert release().boards == release().boards
