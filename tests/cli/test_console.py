"""What is said, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cmcoord_geo.cli import console
from cmcoord_geo.i18n import Said, messages
from cmcoord_geo.model import Finding
from cmcoord_geo.sharing import records

FINDING = Finding(severity="error", said=Said(fr="mal", en="bad"), file="a.csv", row=3, column="x")


def test_a_finding_says_where() -> None:
    assert (
        console.finding_line(FINDING, "fr")
        == "[erreur] a.csv, ligne 3, colonne x\N{NO-BREAK SPACE}: mal"
    )
    assert console.finding_line(FINDING, "en") == "[error] a.csv, row 3, column x: bad"


@pytest.mark.parametrize("file", ["r.geojson", "R.GPKG"])
def test_a_feature_of_a_layer_is_no_row(file: str) -> None:
    found = Finding(severity="error", said=FINDING.said, file=file, sheet="routes", row=3)
    assert console.finding_line(found, "en") == f"[error] {file}, routes, feature 3: bad"
    assert f"{file}, routes, objet 3" in console.finding_line(found, "fr")


def test_a_finding_about_nothing_in_particular() -> None:
    bare = Finding(severity="warning", said=Said(fr="hm", en="hm"))
    assert console.finding_line(bare, "en") == "[warning] hm"


def test_counting_findings_quotes_none(capsys: pytest.CaptureFixture[str]) -> None:
    console.count_findings([FINDING, FINDING], "en")
    console.count_findings([], "en")
    said = capsys.readouterr()
    assert said.err.splitlines() == ["Data: 2 errors, 0 warnings. The check command tells them."]
    assert said.out == ""


def test_every_reason_and_kind_of_the_gate_has_words(capsys: pytest.CaptureFixture[str]) -> None:
    reasons = [key.removeprefix("withheld.") for key in messages() if key.startswith("withheld.")]
    told = Path(records.__file__).read_text(encoding="utf-8")
    kinds = sorted(set(re.findall(r'kind="(\w+)"', told)))
    assert {"movement", "operation"} <= set(kinds)
    withheld = {(kind, reason): 1 for kind in kinds for reason in reasons if reason != "count"}
    for lang in ("fr", "en"):
        console.show_withheld(withheld, lang)
        assert len(capsys.readouterr().err.splitlines()) == len(withheld) + 1
    console.show_withheld({}, "fr")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "shown"), [("A → B", "A -> B"), ("1–2 × l’ «é»", "1-2 x l' «é»"), ("𝄞", "?")]
)
def test_signs_that_a_code_page_lacks_become_plain(words: str, shown: str) -> None:
    console.prepare_streams()
    assert words.encode("cp437", errors="cmcoord-plain").decode("cp437") == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "[........................]   0 % w"),
        (0.999, "[#######################.]  99 % w"),
        (1.0, "[########################] 100 % w"),
        (None, "w"),
    ],
)
def test_the_bar_is_full_at_the_end_alone(share: float | None, shown: str) -> None:
    assert console.bar_line("w", share, 80) == shown


def test_the_bar_stays_on_one_line_and_is_written_for_a_person_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with console.progress_bar() as show:
        show("words", 0.5)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    with console.progress_bar() as show:
        show("x" * 100, 0.5)
        show("end", None)
    said = capsys.readouterr()
    assert said.out == ""
    first, second = said.err.removesuffix("\n").split("\r")[1:]
    assert len(first) == 59
    assert second == "end".ljust(59)  # nothing of the longer line before is left
