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
