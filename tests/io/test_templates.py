"""Templates: every table can be written, is read again, and never overwrites."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cmcoord_geo.errors import ConfigError, DataError
from cmcoord_geo.io import (
    read_areas,
    read_consents,
    read_incidents,
    read_movements,
    read_patrols,
    read_status,
    write_template,
)
from cmcoord_geo.io.templates import guarded
from cmcoord_geo.io.values import free_text
from cmcoord_geo.network import bundled_network

READERS = {
    "incidents": read_incidents,
    "movements": read_movements,
    "consents": read_consents,
    "areas": read_areas,
    "patrols": lambda path: read_patrols(path, network=bundled_network()),
    "road_status": lambda path: read_status(path, network=bundled_network()),
}


@pytest.mark.parametrize("table", READERS)
def test_the_example_row_is_left_out_but_would_be_right(tmp_path: Path, table: str) -> None:
    path = write_template(table, tmp_path / f"{table}.csv")
    found = READERS[table](path)
    assert len(found.content) == 0
    assert (found.report.rows, found.report.refused) == (1, 1)
    assert [f.column for f in found.findings] == ["", path.read_text("utf-8-sig").split(",")[0]]
    path.write_text(path.read_text("utf-8-sig").replace("EXAMPLE", "X"), encoding="utf-8")
    found = READERS[table](path)
    assert found.report.accepted == 1
    assert not [f for f in found.findings if f.severity == "error"]


def test_nothing_is_overwritten_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "movements.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match="not touched"):
        write_template("movements", path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_template("movements", path, is_forced=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == "movement_id"


def test_unknown_table_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="movements"):
        write_template("cargo", tmp_path / "x.csv")
    with pytest.raises(DataError, match="written"):
        write_template("movements", tmp_path / "none" / "x.csv")


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "\tx", "\rx"])
def test_the_guard_is_what_readers_undo(text: str) -> None:
    assert guarded(text) == "'" + text
    assert free_text(guarded(text)) == text
    assert guarded("x=1") == "x=1"
