"""Files to a board: bundled and surveyed roads, a status file or a folder, and files written whole."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from osm_streets import write_streets
from osm_world import write_world
from shared_data import shared

from cmcoord_geo.config import Config
from cmcoord_geo.errors import DataError, SnapError, UnknownPlaceError
from cmcoord_geo.facts import data_dir, vehicles
from cmcoord_geo.render import board as board_room
from cmcoord_geo.service import build_network_file
from cmcoord_geo.service.isolation import (
    NAMES,
    IsolationRequest,
    ask_boards,
    check_board_free,
    release_boards,
    write_boards,
)
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.isolation_views import BoardView
from cmcoord_geo.units import BANGUI

AS_OF = datetime(2026, 12, 15, 7, tzinfo=BANGUI)
OWNER = Audience(kind="owner")
PAIR = {"vehicles": ("truck_6x6",), "wet_vehicle": "lv_4x4"}


def board_of(**asked: object) -> BoardView:
    picture, question = ask_boards(IsolationRequest(**{"as_of": AS_OF, **PAIR, **asked}))
    (board,) = release_boards(picture, question, OWNER, Config()).boards
    return board


def boards_of(**asked: object) -> tuple[BoardView, ...]:
    picture, question = ask_boards(IsolationRequest(**{"as_of": AS_OF, **asked}))
    return release_boards(picture, question, OWNER, Config()).boards


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("osm")
    out = folder / "w.network"
    build_network_file([write_world(folder / "w.osm")], out, version="1")
    return out


def test_by_default_cells_and_contact_points_from_bangui() -> None:
    board = board_of()
    assert board.base.place_id == "BGF"
    assert len(board.targets) == 14
    assert {one.role for one in board.targets} == {"cell", "contact"}
    assert not board.frame.is_exercise


def test_named_places_in_any_spelling() -> None:
    board = board_of(base="bambari", targets=("zemio", "Bria", "BRIA"))
    assert board.base.name == "Bambari"
    assert {one.place_id for one in board.targets} == {"IMO", "BIV"}


def test_a_folder_brings_its_cut_off_and_its_mark() -> None:
    picture, question = ask_boards(IsolationRequest(status=data_dir() / "exercise"))
    assert picture.as_of == datetime(2026, 11, 29, 17, tzinfo=BANGUI)
    assert picture.is_exercise
    assert release_boards(picture, question, OWNER, Config()).boards[0].frame.is_exercise


def test_a_status_file_alone(tmp_path: Path) -> None:
    """Sibut–Grimari closed: the only way left to Bambari is the one of 1,809 km by Birao."""
    table = tmp_path / "status.csv"
    table.write_text(
        "report_id,segment_id,state,reported_at\nR1,L042,closed,2026-12-14T07:00+01:00\n",
        encoding="utf-8",
    )
    board = board_of(status=table, targets=("Bambari",))
    assert board.targets[0].reach[0].km == pytest.approx(1809)
    assert any("Sibut–Grimari (closed" in note.en for note in board.notes)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"base": "Atlantide"}, UnknownPlaceError),
        ({"targets": ("Sido",)}, UnknownPlaceError),
        ({"vehicles": ("lv_4x4", "tapis")}, DataError),
        ({"wet_vehicle": "tapis"}, DataError),
        ({"targets": ("Bangui",)}, DataError),
        ({"base": "Garoua-Boulaï"}, DataError),
        ({"status": Path("nowhere.csv")}, DataError),
        ({"network": Path("nowhere.network")}, DataError),
    ],
)
def test_refused(asked: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        board_of(**asked)


def test_surveyed_roads_are_contracted_and_told_by_name(roads: Path) -> None:
    board = board_of(
        network=roads, base="Village-Essai", targets=("Ville-Essai",), vehicles=("lv_4x4",)
    )
    assert board.targets[0].name == "Ville-Essai"
    assert board.targets[0].reach[0].hours is not None
    assert board.losses
    assert all(
        ", km\N{NO-BREAK SPACE}" in one.title.en or one.what.en.startswith("serves")
        for one in board.losses
    )
    assert {one for loss in board.losses for one in loss.segment_ids} <= {
        one.segment_id for one in board.segments
    }


def test_a_base_far_from_every_road_is_refused(roads: Path) -> None:
    with pytest.raises(SnapError):
        board_of(network=roads, base="Bangui", targets=("Ville-Essai",))


def test_where_the_usual_base_is_far_the_error_says_what_to_do(roads: Path) -> None:
    with pytest.raises(SnapError, match="--from"):
        board_of(network=roads, targets=("Ville-Essai",))


def test_no_place_of_the_gazetteer_on_the_network(roads: Path) -> None:
    with pytest.raises(DataError, match="--to"):
        board_of(network=roads, base="Village-Essai")


def test_files_are_written_whole_and_named_without_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_room, "build_board_picture", lambda *_, **__: b"blank")
    boards, out = boards_of(targets=("Bria", "Obo")), tmp_path / "new" / "folder"
    seen: list[str] = []
    files = write_boards(boards, out, lang="en", on_progress=seen.append)
    pictures = {f"isolation_{key}.png" for key in vehicles()}
    assert {path.name for path in out.iterdir()} == {*NAMES.values(), *pictures} == set(seen)
    assert {path.name for path in files} == set(seen)
    told = json.loads((out / NAMES["json"]).read_text(encoding="utf-8"))
    assert (told["schema"], told["version"]) == ("cmcoord-geo/isolation", 2)
    lost = {key for board in boards for one in board.losses for key in one.segment_ids}
    assert {one["segment_id"] for one in told["segments"]} == lost
    for one, board in zip(told["boards"], boards, strict=True):
        assert one["key"] == board.key
        assert [x["place_id"] for x in one["targets"]] == [x.place_id for x in board.targets]
        assert len(one["losses"]) == len(board.losses)
        assert len(one["cases"]) == 2
    words = (out / NAMES["text"]).read_text(encoding="utf-8")
    assert words.startswith("Which loss cuts off whom?")


@pytest.mark.parametrize("name", ["isolation.html", "isolation_tanker.png"])
def test_what_stands_there_is_not_written_over(tmp_path: Path, name: str) -> None:
    check_board_free(tmp_path)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(DataError, match=name):
        check_board_free(tmp_path)


def test_by_default_every_vehicle_today_and_in_the_rains() -> None:
    """All that carry something, those of the designed board first; the patrol's pace is no vehicle."""
    boards = boards_of(targets=("Bria",))
    assert [board.key for board in boards][:2] == ["truck_6x6", "lv_4x4"]
    assert {board.key for board in boards} == set(vehicles())
    assert all([case.vehicle_id for case in board.cases] == [board.key] * 2 for board in boards)


def test_vehicles_named_twice_count_once_and_one_may_drive_in_the_rains() -> None:
    asked = {"vehicles": ("tanker", "motorbike", "tanker"), "wet_vehicle": "lv_4x4"}
    boards = boards_of(targets=("Bria",), **asked)
    assert [[case.vehicle_id for case in board.cases] for board in boards] == [
        ["tanker", "lv_4x4"], ["motorbike", "lv_4x4"],
    ]  # fmt: skip


def test_an_end_is_put_where_every_vehicle_may_go(tmp_path: Path) -> None:
    """The street at the end is closed to lorries: with a truck among the vehicles another one is taken."""
    ways = {2122: ([21, 22], {"highway": "tertiary", "surface": "laterite", "hgv": "no"})}
    out = tmp_path / "s.network"
    build_network_file([write_streets(tmp_path / "s.osm", ways=ways)], out, version="1")
    light, both = (
        boards_of(network=out, base="5.79,20.54", targets=("5.78,20.515",), vehicles=keys)
        for keys in (("lv_4x4",), ("lv_4x4", "truck_6x6"))
    )
    assert [board.targets[0].reach[0].hours is None for board in both] == [False, False]
    assert both[0].targets[0].reach[0].km != light[0].targets[0].reach[0].km


def test_malta(tmp_path: Path) -> None:
    """The ferry to Gozo cuts Gozo off; nothing else there has hours over it."""
    out = tmp_path / "m.network"
    build_network_file([shared("osm/malta-latest.osm.pbf")], out, version="1")
    board = board_of(
        network=out,
        base="35.8989,14.5146",
        targets=("36.0443,14.2398", "35.8858,14.4029"),
        vehicles=("lv_4x4",),
    )
    gozo = [one.place_id for one in board.targets].index("36.04430,14.23980")
    (ferry,) = [one for one in board.losses if "ferry" in one.what.en]
    assert [of_case[gozo].effect for of_case in ferry.effects] == ["cut", "cut"]


def test_areas_of_a_folder_close_nothing_on_a_board_and_that_is_said(tmp_path: Path) -> None:
    shutil.copytree(data_dir() / "exercise", tmp_path / "week")
    before, _ = ask_boards(IsolationRequest(status=tmp_path / "week"))
    (tmp_path / "week" / "areas.csv").write_text(
        "area_id,effect,until,lat,lon,radius_km\n"
        "Z1,closure,2026-12-20T00:00+01:00,5.768,20.676,5\n",
        encoding="utf-8",
    )
    after, _ = ask_boards(IsolationRequest(status=tmp_path / "week"))
    assert after.areas == ()
    told = [finding.said.en for finding in after.findings if finding not in before.findings]
    assert any("1 area to avoid: this board takes no account" in words for words in told)
