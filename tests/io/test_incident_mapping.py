"""A mapping of columns as a TOML file: what it may say, and what is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.incident_mapping import read_mapping

GOOD = """
source = "log"
no_export = true
zone = "+01:00"
[columns]
occurred_at = ["Quand", "Date"]
class = "Quoi"
[values.class]
"Vol à main armée" = "robbery"
[defaults]
precision = 3
[covers]
first = 2026-01-01
last = 2026-06-30
classes = ["robbery"]
areas = ["ouaka"]
"""


def read(tmp_path: Path, content: str):
    path = tmp_path / "m.toml"
    path.write_text(content, encoding="utf-8")
    return read_mapping(path)


def test_a_mapping(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert found.columns == {"occurred_at": ("Quand", "Date"), "class": ("Quoi",)}
    assert found.values["class"] == {"volamainarmee": "robbery"}
    assert found.defaults == {"precision": "3"}
    assert found.covers is not None
    assert found.covers.areas == ("Ouaka",)
    (source,) = found.declared()
    assert not source.has_export


def test_what_it_does_not_say_is_not_covered(tmp_path: Path) -> None:
    assert read(tmp_path, 'source = "a"').declared() == ()


def test_without_a_word_on_export_nothing_leaves(tmp_path: Path) -> None:
    (source,) = read(tmp_path, GOOD.replace("no_export = true", "")).declared()
    assert not source.has_export


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("source =", "sauce ="), "sauce"),
        (("no_export = true", 'no_export = "yes"'), "no_export"),
        (("+01:00", "Bangui"), "zone"),
        (('zone = "+01:00"', 'date_order = "ymd"'), "date_order"),
        (('class = "Quoi"', 'klass = "Quoi"'), "columns.klass"),
        (('class = "Quoi"', "class = 3"), "columns.class"),
        (("precision = 3", "precision = true"), "defaults.precision"),
        (("last = 2026-06-30", "last = 2025-06-30"), "covers"),
        (("first = 2026-01-01", ""), "covers"),
        (('classes = ["robbery"]', 'classes = ["thieves"]'), "robbery"),
        (('areas = ["ouaka"]', 'areas = ["Mars"]'), "Ouaka"),
        (("[columns]", "[columns"), "TOML"),
    ],
)
def test_what_is_refused_names_the_key(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(DataError, match=r"m\.toml") as caught:
        read(tmp_path, GOOD.replace(*change))
    assert word in str(caught.value)
