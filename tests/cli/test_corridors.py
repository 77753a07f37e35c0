"""``corridors``: request, answer, rank and calendar from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli.commands import Command

from cmcoord_geo.facts import data_dir
from cmcoord_geo.render import calendar

#: Two that share the road to Sibut, and one that is alone beyond it.
KEPT = ("movement_id", "EX-M01", "EX-M03", "EX-M13")


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """The exercise with three movements and no incidents."""
    folder = Path(shutil.copytree(data_dir() / "exercise", tmp_path / "week"))
    (folder / "incidents.csv").unlink()
    path = folder / "movements.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if line.startswith(KEPT)), "utf-8")
    return folder


def test_without_out_nothing_is_requested(command: Command, week: Path) -> None:
    done = command("corridors", "request", week, "--lang", "en")
    assert done.code == 0
    assert "BGPQQ" in done.out
    assert "A trial" in done.err
    assert not (week / "corridor_requests.csv").exists()


def test_request_answer_rank_and_calendar(
    command: Command, week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command("corridors", "request", week, "--out", "r.csv", "--lang", "fr")
    assert done.code == 0
    assert "EX-M13" in done.err  # the desk is told; the product is not
    assert "EX-M" not in done.out + Path("r.csv").read_text(encoding="utf-8-sig")
    again = command("corridors", "request", week, "--out", "r.csv", "--lang", "en")
    assert (again.code, "r.csv is already there" in again.err) == (3, True)
    lines = Path("r.csv").read_text(encoding="utf-8-sig").splitlines()
    Path("r.csv").write_text("\n".join([lines[0], lines[1].replace(",,0,", ",oui,0,")]), "utf-8")
    read = command("corridors", "answer", week, "r.csv", "--lang", "en")
    assert (read.code, "new: 1" in read.out) == (0, True)
    assert "Composition missing" in read.err
    told = command("corridors", "rank", week, "--json")
    ranks = json.loads(told.out)
    assert ranks["schema"] == "cmcoord-geo/corridor_ranks"
    assert len(ranks["corridors"]) == 2
    assert "EX-M" not in told.out
    monkeypatch.setattr(calendar, "build_calendar", lambda *_, **__: b"blank")
    assert command("corridors", "calendar", week, "--out", "c.pdf").code == 0
    assert Path("c.pdf").read_bytes() == b"blank"
    public = command("corridors", "calendar", week, "--out", "p.png", "--audience", "public")
    assert (public.code, Path("p.png").exists()) == (3, False)
    _drop_movements(Path(week))
    left = command("corridors", "rank", week, "--lang", "en")
    names = [one["corridor"]["corridor_id"] for one in ranks["corridors"]]
    assert "no longer match the movements" in left.out
    assert all(name in left.out for name in names)
    assert "No corridor was requested" not in left.out


def _drop_movements(folder: Path) -> None:
    """Leave the first movement alone."""
    table = folder / "movements.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(rows[:2]), encoding="utf-8")


def test_answers_without_a_request_are_refused(command: Command, week: Path) -> None:
    done = command("corridors", "answer", week, "r.csv", "--lang", "fr")
    assert done.code == 3
    assert "corridors request" in done.err
