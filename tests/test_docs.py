"""The pages keep up with the package: commands, exit codes, rooms, links, both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cmcoord_geo.errors import CmcoordError, DataError, NoRouteError

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
GUIDES = ("guide.md", "guide.fr.md")
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
AUDIENCES = ("owner", "minusca_ops", "public")
WITHOUT_PAGE = {"cli"}  # described by the guide and by --help


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def first_words_of_rows(text: str) -> list[str]:
    """First word in backticks of each table row that starts with one."""
    return re.findall(r"^\| `(\w+)", text, re.MULTILINE)


@pytest.mark.parametrize("guide", GUIDES)
def test_guide_lists_every_command(guide: str) -> None:
    command = [sys.executable, "-m", "cmcoord_geo", "--help"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")  # noqa: S603
    listed = [word for word in first_words_of_rows(text_of(guide)) if word not in AUDIENCES]
    offered = set(re.findall(r"^\W*(\w+)  ", done.stdout, re.MULTILINE)) - {"help", "plain"}
    assert set(listed) == offered


def test_guides_are_twins() -> None:
    """Same commands, same exit codes, as many headings in both languages."""
    english, french = (text_of(name) for name in GUIDES)
    assert first_words_of_rows(english) == first_words_of_rows(french)
    assert re.findall(r"^\| (\d) ", english, re.MULTILINE) == re.findall(
        r"^\| (\d) ", french, re.MULTILINE
    )
    assert len(re.findall(r"^#", english, re.MULTILINE)) == len(
        re.findall(r"^#", french, re.MULTILINE)
    )


@pytest.mark.parametrize("guide", GUIDES)
def test_guide_knows_the_exit_codes(guide: str) -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d) ", text_of(guide), re.MULTILINE)}
    assert {CmcoordError.exit_code, DataError.exit_code, NoRouteError.exit_code} <= codes
    assert codes == {0, 2, 3, 4, 5}


def test_every_room_has_its_page() -> None:
    package = ROOT / "cmcoord_geo"
    rooms = {p.stem for p in package.glob("[a-z]*.py")} | {
        p.parent.name for p in package.glob("*/__init__.py")
    }
    pages = {path.stem for path in (DOCS / "api").glob("*.md")} - {"index"}
    assert rooms - WITHOUT_PAGE == pages


def test_every_room_is_in_the_architecture() -> None:
    named = set(re.findall(r"`(\w+)`", text_of("architecture.md")))
    assert {p.parent.name for p in (ROOT / "cmcoord_geo").glob("*/__init__.py")} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_glossary_has_both_languages() -> None:
    rows = [
        line.split("|")[1:4] for line in text_of("glossary.md").splitlines() if line.startswith("|")
    ]
    assert len(rows) > 20
    assert [row for row in rows if not all(cell.strip() for cell in row)] == []


@pytest.mark.parametrize("guide", ["guide.md", "guide.fr.md"])
def test_each_command_has_one_row_in_the_guide(guide: str) -> None:
    lines = (ROOT / "docs" / guide).read_text(encoding="utf-8").splitlines()
    commands = [line.split("|")[1].strip() for line in lines if line.startswith("| `")]
    assert commands
    assert [name for name in commands if commands.count(name) > 1] == []
