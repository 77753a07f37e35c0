"""Departures of a folder: released now, written whole under names of their own, never over others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from render.departures import departure_sheets
from sharing import week
from towns import town, with_traffic

from cmcoord_geo.errors import DataError, WithheldError
from cmcoord_geo.picture import Patrols
from cmcoord_geo.service.departures import (
    check_departures_free,
    release_departures,
    write_departures,
)


def test_one_movement_or_all() -> None:
    found = release_departures(week.picture(), week.OWNER, week.CONFIG, days=1, movement_id="M2")
    assert [sheet.movement_id for sheet in found.sheets] == ["M2"]
    with pytest.raises(DataError, match=r"M9.*M1, M2, M3"):
        release_departures(week.picture(), week.OWNER, week.CONFIG, days=1, movement_id="M9")
    with pytest.raises(WithheldError):
        release_departures(week.picture(), week.MINUSCA, week.CONFIG, days=1)


def test_files_bear_the_movements_id_and_old_ones_go(tmp_path: Path) -> None:
    (tmp_path / "departures_H9A.png").touch()
    (tmp_path / "departures_notes.png").touch()
    seen: list[str] = []
    sheets = departure_sheets(2)[:1]
    paths = write_departures(sheets, tmp_path, lang="fr", has_pdf=True, on_progress=seen.append)
    assert [path.name for path in paths] == seen
    assert {path.name for path in tmp_path.iterdir()} == {*seen, "departures_notes.png"}
    assert seen[:2] == ["departures.txt", "departures.json"]
    (name,) = {sheet.movement_id for sheet in sheets}
    assert f"departures_{name}_A.png" in seen
    assert f"departures_{name}_A.pdf" in seen


def test_file_names_hold_what_any_file_system_takes_and_never_meet(tmp_path: Path) -> None:
    (sheet,) = departure_sheets(2)[:1]
    ids = ("EX/M:05 é", "ex-m-05", "..")
    sheets = [
        replace(sheet, movement_id=word, mark=f"H{i}", options=sheet.options[:1])
        for i, word in enumerate(ids, start=1)
    ]
    paths = write_departures(sheets, tmp_path, lang="fr")
    letter = sheet.options[0].letter
    assert [path.name for path in paths[2:]] == [
        f"departures_EX-M-05-H1_{letter}.png",
        f"departures_ex-m-05-H2_{letter}.png",
        f"departures_H3_{letter}.png",
    ]


def test_a_folder_that_holds_departures_is_refused(tmp_path: Path) -> None:
    check_departures_free(tmp_path / "none")
    check_departures_free(tmp_path)
    (tmp_path / "departures_H1B.pdf").touch()
    with pytest.raises(DataError, match="departures_H1B"):
        check_departures_free(tmp_path)


def test_a_junction_without_name_is_told_by_its_place_and_never_by_its_id() -> None:
    drawn = with_traffic(town("A--B--C", road_class="primary", route_ref="RN2"))
    network = replace(drawn, node_names=("", "Bourg", ""))
    asked = replace(
        week.request("M-1", "ORG-A", "SBT GRI", week.at(1, 7)), origin="A", destination="C"
    )
    picture = replace(week.picture((asked,)), network=network, patrols=Patrols.empty(), status=())
    (sheet,) = release_departures(picture, week.OWNER, week.CONFIG, days=1).sheets
    first, *_, last = sheet.options[0].via
    assert (first, last) == (sheet.origin, sheet.destination)
    assert "RN2" in first
