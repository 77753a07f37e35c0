"""Columns of what is known."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import DRY, WET, Event, incidents, source
from towns import town

from cmcoord_geo.errors import DataError
from cmcoord_geo.picture import Incidents, OperationalPicture, Patrols


def columns(table: Incidents) -> list[str]:
    return [entry.name for entry in fields(table) if entry.name != "sources"]


def test_empty_tables_know_nothing() -> None:
    assert len(Incidents.empty()) == len(Patrols.empty()) == 0
    assert Incidents.empty().sources == ()


@pytest.mark.parametrize(
    "table", [Incidents.empty(), Patrols.empty()], ids=["incidents", "patrols"]
)
def test_columns_of_different_length_are_refused(table: Incidents | Patrols) -> None:
    for entry in fields(table):
        if entry.name == "sources":
            continue
        one = ("x",) if isinstance(getattr(table, entry.name), tuple) else np.zeros(1)
        with pytest.raises(DataError, match=rf"{type(table).__name__}.*{entry.name} 1"):
            replace(table, **{entry.name: one})


@given(st.integers(0, 4), st.integers(0, 4))
def test_joined_tables_follow_one_another(first: int, second: int) -> None:
    a = incidents([Event(lon=20 + i, lat=5) for i in range(first)], source("robbery"))
    b = incidents(
        [Event(lon=22, lat=6 + i) for i in range(second)], source("ambush", source_id="b")
    )
    both = a.joined(b)
    assert len(both) == first + second
    assert [s.source_id for s in both.sources] == ["log", "b"]
    for name in columns(both):
        assert list(getattr(both, name)) == [*getattr(a, name), *getattr(b, name)]
    assert both.at_s.dtype == np.int64


def test_a_picture_at_another_cut_off_holds_the_same_data() -> None:
    picture = OperationalPicture(
        network=town("A--B"), as_of=DRY, incidents=Incidents.empty(), patrols=Patrols.empty()
    )
    later = picture.at(WET)
    assert later.as_of == WET
    assert later.network is picture.network
    assert later.incidents is picture.incidents
    assert not picture.is_exercise


def linked(*pairs: tuple[str, str], precision: tuple[int, ...] = ()) -> Incidents:
    """Rows by id, each with the id of the row of another source that counts for it."""
    table = incidents([Event(lon=20, lat=5)] * len(pairs), source("robbery"))
    return replace(
        table,
        incident_id=tuple(key for key, _ in pairs),
        duplicate_of=tuple(other and f"log/{other}" for _, other in pairs),
        precision=np.array(precision or [1] * len(pairs), np.int8),
    )


def test_new_columns_have_safe_stand_ins() -> None:
    table = incidents([Event(lon=20, lat=5)] * 2, source("robbery"))
    assert table.actor == ("unknown",) * 2
    assert table.duplicate_of == table.text == ("", "")
    assert table.time_precision.tolist() == [1, 1]
    assert table.version.tolist() == [0, 0]
    assert not table.no_export.any()


@pytest.mark.parametrize(
    ("usable", "counted"),
    [
        ([True, True, True, True], [True, False, False, True]),
        ([False, True, True, True], [False, False, True, True]),
        ([False, True, False, True], [False, True, False, True]),
        ([True, False, False, False], [True, False, False, False]),
        ([False] * 4, [False] * 4),
    ],
)
def test_of_one_event_one_usable_row_counts(usable: list[bool], counted: list[bool]) -> None:
    table = linked(("a", ""), ("b", "a"), ("c", "a"), ("d", ""), precision=(1, 3, 2, 1))
    assert table.counted(np.array(usable)).tolist() == counted


def test_a_link_to_a_row_that_is_not_there_counts() -> None:
    table = linked(("a", "gone"), ("b", "gone"))
    assert table.counted(np.ones(2, bool)).tolist() == [True, False]


def test_some_rows_keep_every_column() -> None:
    table = linked(("a", ""), ("b", "a"), ("c", ""))
    picked = table.only(np.array([2, 0]))
    assert picked.incident_id == ("c", "a")
    assert picked.sources == table.sources
    assert table.only(np.array([False, True, False])).duplicate_of == ("log/a",)
    assert table.keys() == ("log/a", "log/b", "log/c")
