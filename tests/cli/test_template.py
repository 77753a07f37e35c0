"""``template``: tables to fill in that read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.commands import LANGS, Command
from sharing.week import at

from cmcoord_geo.io import (
    read_areas,
    read_consents,
    read_incidents,
    read_movements,
    read_patrols,
    read_status,
)
from cmcoord_geo.io.announced import read_activities, read_operations, read_sites
from cmcoord_geo.io.corridor_answers import read_answers
from cmcoord_geo.io.corridors import read_corridors
from cmcoord_geo.model import CorridorRequest, TimeSpan
from cmcoord_geo.network import bundled_network
from cmcoord_geo.schemas import tables

#: The corridor that the example answer is about.
CORRIDOR = CorridorRequest(
    corridor_id="1",
    segment_ids=("L041",),
    window=TimeSpan(earliest=at(1, 6), latest=at(1, 18)),
    presence=("area_presence",),
    accepts_mixed=False,
    priority=2,
    issued_at=at(0, 17),
)
READERS = {
    "incidents": read_incidents,
    "movements": read_movements,
    "consents": read_consents,
    "areas": read_areas,
    "patrols": lambda path: read_patrols(path, network=bundled_network()),
    "road_status": lambda path: read_status(path, network=bundled_network()),
    "operations": lambda path: read_operations(path, network=bundled_network()),
    "activities": lambda path: read_activities(path, network=bundled_network()),
    "sites": read_sites,
    "ucdp_ged": read_incidents,
    "acled": read_incidents,
    "acled_deleted": read_incidents,
    "corridor_requests": lambda path: read_corridors(path, network=bundled_network()),
    "corridor_answers": lambda path: read_answers(
        path, corridors=[CORRIDOR], network=bundled_network(), as_of=at(0, 17)
    ),
}


@pytest.mark.parametrize("table", list(tables()))
def test_a_template_reads_back(command: Command, table: str, tmp_path: Path) -> None:
    """With an id of its own, the example row is a good row."""
    path = tmp_path / "table.csv"
    done = command("template", table, "--out", path, "--lang", "en")
    assert (done.code, done.out) == (0, f"Written: {path}\n")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("EXAMPLE-", "").replace("EXAMPLE", "X"), encoding="utf-8")
    reading = READERS[table](path)
    assert (reading.report.rows, reading.report.accepted) == (1, 1), reading.findings


def test_a_template_is_not_written_over(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "movements.csv"
    path.write_text("mine", encoding="utf-8")
    assert command("template", "movements", "--out", path).code == 3
    assert path.read_text(encoding="utf-8") == "mine"
    assert command("template", "movements", "--out", path, "--force").code == 0


@pytest.mark.parametrize("lang", LANGS)
def test_template_lists_and_explains(command: Command, lang: str) -> None:
    listed = command("template", "--lang", lang)
    assert all(name in listed.out for name in tables())
    explained = command("template", "patrols", "--lang", lang)
    assert explained.code == 0
    assert "valid_until" in explained.out


def test_the_file_that_says_what_a_folder_is(command: Command, tmp_path: Path) -> None:
    shown = command("template", "picture")
    assert "date_order" in shown.out
    path = tmp_path / "week" / "picture.toml"
    assert command("template", "picture", "--out", str(path)).code == 0
    assert path.read_text(encoding="utf-8").rstrip() == shown.out.rstrip()
    assert "picture" in command("template").out
