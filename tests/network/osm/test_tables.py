"""The tables of ``data/osm_*`` fit each other."""

from __future__ import annotations

from collections import Counter

import pytest

from cmcoord_geo.facts import rows
from cmcoord_geo.network.osm.tables import (
    SIZES,
    access_values,
    barrier_kinds,
    highway_class,
    highway_classes,
    relevant_keys,
    tag_rules,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [("osm_highways", "highway"), ("osm_access", "value"), ("osm_barriers", "barrier")],
)
def test_no_value_stands_twice(name: str, key: str) -> None:
    assert [word for word, n in Counter(r[key] for r in rows(f"{name}.csv")).items() if n > 1] == []


def test_answers_are_words_that_the_code_knows() -> None:
    assert {a for kind in barrier_kinds().values() for a in kind.answers.values()} == {
        *("yes", "no", "limit")
    }
    assert {limit["bounds"] for limit in tag_rules()["limits"].values()} <= set(SIZES)
    assert {row["is_open"] for row in rows("osm_access.csv")} == {"yes", "no"}


def test_a_row_has_as_many_cells_as_the_header() -> None:
    names = ["osm_highways", "osm_access", "osm_barriers", "osm_surfaces", "osm_season"]
    assert [
        n for n in names if any(None in r or None in r.values() for r in rows(f"{n}.csv"))
    ] == []


def test_a_road_that_is_there_is_kept_and_a_footway_is_not() -> None:
    kept = {name for name, highway in highway_classes().items() if highway.is_kept}
    assert {"primary", "track", "path", "ferry", "construction"} <= kept
    assert not {"footway", "steps", "proposed"} & kept


def test_a_ferry_is_a_class_of_its_own() -> None:
    assert highway_class({"route": "ferry"}) is highway_classes()["ferry"]
    assert highway_class({"route": "bus"}) is None
    assert highway_class({"highway": "teleport"}) is None


def test_unknown_and_private_do_not_open() -> None:
    assert not any(
        access_values()[word].is_open for word in ("unknown", "private", "military", "no")
    )


def test_keys_that_say_nothing_are_not_kept() -> None:
    assert {"maxweight", "oneway", "surface", "bridge", "toll", "hgv"} <= relevant_keys()
    assert not {"name", "lit", "sidewalk"} & relevant_keys()
