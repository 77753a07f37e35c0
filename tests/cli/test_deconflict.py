"""``deconflict FOLDER``: answers, files, and exit code 5 when a conflict stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import Command
from schemas.example_rows import MOVEMENT, PATROL, write

AS_OF = "as_of = 2026-11-29T17:00:00+01:00\nis_exercise = true\n"
SHORT = MOVEMENT | {"origin": "Bambari", "destination": "Ippy", "vehicles": "lv_4x4:2"}


def folder(tmp_path: Path, *, start: str = "07", purpose: str = "vivres", **files: str) -> Path:
    """A movement Bambari-Ippy on the morning of 1 December, and a patrol on that road."""
    where = tmp_path / "week"
    where.mkdir()
    (where / "picture.toml").write_text(AS_OF, encoding="utf-8")
    write(where / "movements.csv", [SHORT | {"purpose": purpose}])
    patrol = PATROL | {
        "start": f"2026-12-01T{start}:00+01:00",
        "end": f"2026-12-01T{int(start) + 1:02}:30+01:00",
    }
    write(where / "patrols.csv", [patrol])
    for name, text in files.items():
        (where / f"{name}.csv").write_text(text, encoding="utf-8")
    return where


def test_a_conflict_ends_with_five_and_says_what_stands(command: Command, tmp_path: Path) -> None:
    done = command("deconflict", folder(tmp_path), "--lang", "en")
    assert done.code == 5
    told = " ".join(done.out.split())
    assert "CONFLICT (1)" in told
    assert "movement M-1 and patrol P-1 may be at one place at one time" in told


def test_no_conflict_ends_with_zero_and_unknown_stays_unknown(
    command: Command, tmp_path: Path
) -> None:
    done = command("deconflict", folder(tmp_path, start="18"), "--lang", "en")
    assert done.code == 0
    told = " ".join(done.out.split())
    assert "no known conflict" in told
    assert "UNKNOWN" in told
    assert "CONFLICT (" not in told


def test_json_is_the_same_for_the_same_input(command: Command, tmp_path: Path) -> None:
    where = folder(tmp_path)
    one, two = (command("deconflict", where, "--json", "--lang", "en") for _ in range(2))
    assert one.out == two.out
    content = json.loads(one.out)
    assert content["schema"] == "cmcoord-geo/conflicts"
    assert content["answer"] == "conflict"
    (first,) = content["rules"][0]["conflicts"]
    assert (first["movement_id"], first["patrol_id"], first["kind"]) == ("M-1", "P-1", "C1")


def test_files_are_written_and_not_over_others(command: Command, tmp_path: Path) -> None:
    where, out = folder(tmp_path), tmp_path / "out"
    assert command("deconflict", where, "--out", out).code == 5
    assert {path.name for path in out.iterdir()} == {"conflicts.txt", "conflicts.json"}
    before = (out / "conflicts.txt").read_bytes()
    assert command("deconflict", where, "--out", out).code == 3
    assert command("deconflict", where, "--out", out, "--force").code == 5
    assert (out / "conflicts.txt").read_bytes() == before


def test_sites_and_the_weeks_before_are_read_and_not_shown(
    command: Command, tmp_path: Path
) -> None:
    where = folder(tmp_path, start="18")
    sites = write(tmp_path / "sites.csv", [{"site_id": "S", "lat": "5.7651", "lon": "20.6744"}])
    earlier = write(
        tmp_path / "earlier.csv",
        [
            SHORT | {"movement_id": f"E-{day}", "depart_earliest": f"2026-11-{day}T06:00+01:00",
                     "depart_latest": f"2026-11-{day}T08:00+01:00"}
            for day in (17, 24)
        ],
    )  # fmt: skip
    done = command(
        "deconflict", where, "--sites", sites, "--earlier", earlier, "--lang", "en", "--json"
    )
    assert done.code == 5
    answers = {rule["kind"]: rule["answer"] for rule in json.loads(done.out)["rules"]}
    assert answers["C11"] == "conflict"
    assert answers["C6"] == "no_known_conflict"
    assert "5.7651" not in done.out + done.err


def test_a_patrol_that_could_not_be_read_is_unknown_not_none(
    command: Command, tmp_path: Path
) -> None:
    """A time without a zone refuses the row (H7)."""
    where = folder(tmp_path)
    text = (where / "patrols.csv").read_text(encoding="utf-8")
    (where / "patrols.csv").write_text(text.replace("+01:00", ""), encoding="utf-8")
    done = command("deconflict", where, "--json")
    answers = {rule["kind"]: rule["answer"] for rule in json.loads(done.out)["rules"]}
    assert answers["C1"] == "unknown"
    assert done.code == 0


@pytest.mark.parametrize("audience", ["minusca", "public"])
def test_without_consent_nothing_is_told(command: Command, tmp_path: Path, audience: str) -> None:
    done = command("deconflict", folder(tmp_path), "--audience", audience, "--lang", "en")
    assert done.code == 0
    assert "M-1" not in done.out
