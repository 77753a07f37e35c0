"""What lies in maps/ is what the scripts make: EXERCISE, small, the same bytes each time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import gallery  # noqa: E402


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return gallery.gallery()


def test_pages_are_committed_as_they_are_made(made: dict[str, bytes]) -> None:
    for name, content in made.items():
        if name.endswith(".html"):
            assert (gallery.MAPS / name).read_bytes() == content, f"run scripts/gallery.py: {name}"


def test_nothing_else_lies_there(made: dict[str, bytes]) -> None:
    assert {path.name for path in gallery.MAPS.iterdir()} == set(made)


def test_files_are_small(made: dict[str, bytes]) -> None:
    assert all(len(content) <= 400_000 for name, content in made.items() if name.endswith(".html"))
    assert all(len(content) <= 1_000_000 for content in made.values())


def test_every_page_says_exercise(made: dict[str, bytes]) -> None:
    for name, content in made.items():
        if name.endswith(".html"):
            assert b"EXERCICE" in content, name
            assert b"EXERCISE" in content, name
