"""``check``: everything that is wrong with a folder at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import LANGS, Command
from schemas.example_rows import MOVEMENT, PATROL, write

from cmcoord_geo.export import SCHEMA_VERSION


@pytest.mark.parametrize("lang", LANGS)
def test_check_tells_everything_at_once(command: Command, folder: Path, lang: str) -> None:
    bad = {**MOVEMENT, "movement_id": "M-2", "depart_earliest": "01/12/2026", "vehicles": "bike:2"}
    write(folder / "movements.csv", [bad, MOVEMENT])
    write(folder / "patrols.csv", [{**PATROL, "from_place": "Sido"}, PATROL])
    done = command("check", folder, "--lang", lang)
    assert done.code == 3
    for words in ("movements.csv", "patrols.csv", "depart_earliest", "vehicles", "from_place"):
        assert words in done.out
    accepted = "2 lignes = 1 acceptée" if lang == "fr" else "2 rows = 1 accepted"
    assert done.out.count(accepted) == 2
    assert done.err == ""


def test_check_as_json(command: Command, folder: Path) -> None:
    done = command("check", folder, "--json")
    told = json.loads(done.out)
    assert (done.code, told["schema"], told["version"]) == (0, "cmcoord-geo/check", SCHEMA_VERSION)
    assert {report["file"] for report in told["reports"]} == {"movements.csv", "patrols.csv"}
