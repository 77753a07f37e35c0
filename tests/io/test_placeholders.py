"""The capital as a stand-in for somewhere in the country."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from cmcoord_geo.io.events import Event
from cmcoord_geo.io.placeholders import lowered
from cmcoord_geo.units import BANGUI

BASE = Event(
    incident_id="1", class_id="attack", source_id="a", at=datetime(2026, 1, 1, tzinfo=BANGUI),
    lon=18.5582, lat=4.3947, precision=3, place="Bangui", row=7,
)  # fmt: skip


def precisions(*events: Event) -> list[int]:
    return [event.precision for event in lowered(events, file="f.csv", column="lat")[0]]


def test_many_coarse_rows_on_the_capital_say_no_more_than_the_country() -> None:
    events, told = lowered([BASE] * 5, file="f.csv", column="lat")
    assert [event.precision for event in events] == [6] * 5
    (finding,) = told
    assert (finding.file, finding.row, finding.column) == ("f.csv", 7, "lat")
    assert "country”: 5 (" in finding.said.en


@pytest.mark.parametrize(
    "events",
    [
        [BASE] * 4,
        [replace(BASE, precision=2)] * 9,
        [replace(BASE, lon=20.67, lat=5.76)] * 9,
        [replace(BASE, lon=18.5 + n / 100) for n in range(9)],
    ],
)
def test_what_is_no_stand_in_stays(events: list[Event]) -> None:
    assert precisions(*events) == [event.precision for event in events]


def test_exact_rows_beside_a_stand_in_stay() -> None:
    assert precisions(*[BASE] * 5, replace(BASE, precision=1)) == [6] * 5 + [1]


@pytest.mark.parametrize("name", ["RCA", "république centrafricaine", "Central African Republic"])
def test_a_place_named_after_the_country(name: str) -> None:
    assert precisions(replace(BASE, place=name, precision=1)) == [6]


def test_what_is_coarser_already_stays() -> None:
    assert lowered([replace(BASE, precision=7, place="RCA")], file="f", column="lat")[1] == ()
