"""A guessed mapping is a mapping, says what it could not tell, and reads the file once it is checked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from schemas.example_rows import write

from cmcoord_geo.io import read_incidents
from cmcoord_geo.io.incident_guess import guess_mapping
from cmcoord_geo.io.incident_mapping import read_mapping

ROW = {"Quand": "25/11/2025", "Type d'incident": "Vol à main armée", "Lat.": "6,1", "Lon.": "20,9"}


def guess(tmp_path: Path, *rows: dict[str, str], lang: str = "en", **chosen: str):
    path = write(tmp_path / "week.csv", list(rows), separator=";")
    return path, guess_mapping(path, lang=lang, chosen=chosen)


def test_what_is_guessed_and_what_is_not(tmp_path: Path) -> None:
    _, made = guess(tmp_path, ROW, ROW | {"Type d'incident": "Fête"})
    assert made.columns == {"class": "type d'incident", "lat": "lat.", "lon": "lon."}
    assert made.missing == ("occurred_at",)
    assert made.unknown_words == ("Fête",)
    content = tomllib.loads(made.content)
    assert content["decimal_comma"] is True
    assert content["no_export"] is True
    assert content["values"]["class"] == {"Vol à main armée": "robbery"}
    assert '# "Fête" = ""' in made.content
    assert "# occurred_at = " in made.content


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_with_the_column_that_a_person_names_it_reads_the_file(tmp_path: Path, lang: str) -> None:
    path, made = guess(tmp_path, ROW, lang=lang, occurred_at="quand")
    assert made.missing == ()
    mapping = tmp_path / "m.toml"
    mapping.write_text(made.content, encoding="utf-8")
    found = read_incidents(path, mapping=read_mapping(mapping)).content
    assert found.class_id == ("robbery",)
    assert (found.lat[0], found.lon[0]) == (6.1, 20.9)
    assert found.no_export.all()


def test_a_chosen_column_stands_before_a_guessed_one(tmp_path: Path) -> None:
    _, made = guess(tmp_path, ROW | {"type": "x", "Nature": "Embuscade"}, **{"class": "Nature"})
    assert made.columns["class"] == "nature"


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (("25/11/2025", "03/04/2025"), 'date_order = "dmy"'),
        (("11/25/2025", "03/04/2025"), 'date_order = "mdy"'),
        (("03/04/2025", "05/06/2025"), '# date_order = "dmy"   # or "mdy": no row decides it'),
        (("25/11/2025", "11/25/2025"), '# date_order = "dmy"   # mixed orders'),
        (("2025-11-25",), ""),
    ],
)
def test_the_order_of_a_date_is_said_only_where_the_rows_decide_it(
    tmp_path: Path, days: tuple[str, ...], line: str
) -> None:
    _, made = guess(
        tmp_path, *({"date": day, "type": "x", "lat": "6", "lon": "20"} for day in days)
    )
    lines = [entry for entry in made.content.splitlines() if "date_order" in entry]
    assert [entry.startswith(line) for entry in lines] == [True] * bool(line)


def test_a_sheet_of_insos_kind_is_guessed_by_its_own_words(tmp_path: Path) -> None:
    """What the reader understands without a mapping, the guess does not lose."""
    row = {
        "Acte": "Confinement",
        "Acteur": "Inconnu",
        "Lieu": "Bria",
        "Impact": "ONG",
        "Date": "2026-11-03",
    }
    _, made = guess(tmp_path, row, row | {"Acte": "Meurtre"})
    assert made.columns["text"] == "impact"
    assert made.unknown_words == ()
    content = tomllib.loads(made.content)
    assert content["values"]["class"] == {"Confinement": "abduction", "Meurtre": "attack"}
    assert content["no_export"] is True
