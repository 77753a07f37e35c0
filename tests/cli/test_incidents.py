"""The commands on incidents."""

from __future__ import annotations

import json
import sys
from io import StringIO
from pathlib import Path

import pytest
from cli.commands import LANGS, Command
from incident_forms import INSO, KOBO, write_acled
from schemas.example_rows import write

from cmcoord_geo.cli.incidents import incidents

WHEN = ("--as-of", "2026-11-29T17:00+01:00")


def test_the_group_can_be_added_to() -> None:
    assert {entry.name for entry in incidents.registered_commands} >= {
        "preview", "import", "map-columns",
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_preview_shows_every_file_and_its_findings(
    command: Command, tmp_path: Path, lang: str
) -> None:
    files = [write_acled(tmp_path / "a.csv", {}, {"latitude": "0", "longitude": "0"})]
    files += [write(tmp_path / "i.csv", [INSO]), write(tmp_path / "k.csv", [KOBO], separator=";")]
    ran = command("incidents", "preview", *files, *WHEN, "--lang", lang)
    assert ran.code == 0
    assert "2 lignes = 1 acceptée" in ran.out or "2 rows = 1 accepted" in ran.out
    assert "ACLED terms of use" in ran.out
    assert "a.csv, " in ran.out
    assert not list(tmp_path.glob("incidents*"))


def test_preview_as_json(command: Command, tmp_path: Path) -> None:
    ran = command("incidents", "preview", write_acled(tmp_path / "a.csv", {}), *WHEN, "--json")
    told = json.loads(ran.out)
    assert told["schema"] == "cmcoord-geo/incidents"
    assert told["files"][0]["classes"] == {"attack": 1}
    assert told["files"][0]["first"] == "2026-10-03"
    assert "Kanari" not in ran.out


def test_import_then_plan_with_it(command: Command, tmp_path: Path) -> None:
    path = write_acled(tmp_path / "a.csv", {})
    ran = command("incidents", "import", path, "-o", "incidents.csv", *WHEN, "--lang", "en")
    assert ran.code == 0
    assert "Written: incidents.csv" in ran.out
    assert "1 incident" in ran.out
    words = ("plan", "Bambari", "Bria", "--depart", "2026-12-01T06:00+01:00", *WHEN)
    ran = command(*words, "--incidents", "incidents.csv", "--lang", "en")
    assert ran.code == 0
    assert "Kanari" not in ran.out + ran.err


def test_map_columns_then_preview(command: Command, tmp_path: Path) -> None:
    row = {"Quand": "2026-11-03", "Quoi": "Coup", "lat": "6.1", "lon": "20.9"}
    path = write(tmp_path / "x.csv", [row])
    ran = command("incidents", "preview", path, "--lang", "en")
    assert (ran.code, "map-columns" in ran.err) == (3, True)
    ran = command(
        "incidents", "map-columns", path, "-o", "m.toml", "--column", "occurred_at=Quand",
        "--column", "class=Quoi", "--lang", "en",
    )  # fmt: skip
    assert ran.code == 0
    assert "Words without a class: Coup" in ran.out
    mapping = Path("m.toml")
    content = mapping.read_text(encoding="utf-8").replace('# "Coup" = ""', '"Coup" = "robbery"')
    mapping.write_text(content, encoding="utf-8")
    ran = command("incidents", "preview", path, "--mapping", "m.toml", *WHEN, "--lang", "en")
    assert "1 row = 1 accepted" in ran.out


def test_a_guided_mapping_asks_for_what_it_cannot_guess(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By number or by name; what is no answer is asked again, an empty one leaves the column out."""
    row = {"Quand": "2026-11-03", "Truc": "x", "Quoi": "Coup", "lat": "6.1", "lon": "20.9"}
    path = write(tmp_path / "x.csv", [row, row | {"Quoi": "Bruit"}])
    monkeypatch.setattr(sys, "stdin", StringIO("9\n1\nquoi\n\nrobbery\n"))
    ran = command("incidents", "map-columns", path, "-o", "m.toml", "--ask", "--lang", "fr")
    assert ran.code == 0
    assert ran.err.count("Un numéro de 1 à") == 1
    assert "«\u00a0Coup\u00a0»" in ran.err
    content = Path("m.toml").read_text(encoding="utf-8")
    assert 'occurred_at = "quand"' in content
    assert '# "Bruit" = ""' in content
    assert '"Coup" = "robbery"' in content
    ran = command("incidents", "preview", path, "--mapping", "m.toml", *WHEN, "--lang", "en")
    assert "2 rows = 1 accepted + 1 refused" in ran.out


def test_nobody_at_the_keyboard_is_asked_nothing(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", [{"Quand": "2026-11-03", "lat": "6.1", "lon": "20.9"}])
    ran = command("incidents", "map-columns", path, "-o", "m.toml", "--lang", "en")
    assert ran.code == 0
    assert "Number or name" not in ran.err


@pytest.mark.parametrize("word", ["occurred_at", "when=Quand", "class="])
def test_a_column_that_is_none_is_named(command: Command, tmp_path: Path, word: str) -> None:
    path = write(tmp_path / "x.csv", [{"a": "1"}])
    ran = command("incidents", "map-columns", path, "-o", "m", "--column", word, "--lang", "en")
    assert ran.code == 3
    assert "occurred_at" in ran.err
    assert not Path("m").exists()
