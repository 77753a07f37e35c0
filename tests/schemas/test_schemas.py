"""Tables: one description for readers, templates and documentation, in both languages."""

from __future__ import annotations

import pytest

from cmcoord_geo.errors import ConfigError
from cmcoord_geo.facts import vehicles
from cmcoord_geo.schemas import KINDS, describe, get_table, tables


@pytest.mark.parametrize("name", tables())
def test_columns_are_named_once_and_said_in_both_languages(name: str) -> None:
    table = get_table(name)
    spellings = [word for column in table.columns for word in (column.name, *column.aliases)]
    assert len(set(spellings)) == len(spellings)
    assert table.max_rows > 0
    for column in table.columns:
        assert column.kind in KINDS
        assert column.said.fr
        assert column.said.en
        assert column.said.fr != column.said.en
        assert set(column.words) <= set(column.values)
        assert (column.low is None) == (column.high is None)


@pytest.mark.parametrize("name", tables())
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_description_names_every_column(name: str, lang: str) -> None:
    lines = describe(get_table(name), lang).splitlines()  # type: ignore[arg-type]
    body = [line for line in lines if line.startswith("| `")]
    assert len(body) == len(get_table(name).columns)
    assert all(line.count("|") == 6 for line in body)


def test_vehicles_of_the_tables_are_profiles() -> None:
    for table, column in (("movements", "vehicles"), ("road_status", "max_vehicle")):
        assert set(get_table(table)[column].values) <= set(vehicles())
        assert "patrol_mixed" not in get_table(table)[column].values


def test_names_that_are_not_there() -> None:
    with pytest.raises(ConfigError, match="incidents"):
        get_table("cargo")
    with pytest.raises(ConfigError, match="speed"):
        get_table("patrols")["speed"]
