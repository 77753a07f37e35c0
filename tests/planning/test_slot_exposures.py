"""Exposure of a journey: that of the roads as they are on the day on which they are driven."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from planning.two_ways import on
from planning.worlds import ROW_WAY, Row, incidents, request, situation, source
from towns import town

from cmcoord_geo.model import Route
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import Situation
from cmcoord_geo.planning.slots import Slot, slots_of
from cmcoord_geo.units import BANGUI

LINE = town("A-B-C-D", cell_m=30_000)
#: Two days before the roads of this zone change from dry to between the seasons.
BEFORE = datetime(2027, 3, 15, 6, 30, tzinfo=BANGUI)
DAYS = 4


def asked(*rows: Row) -> tuple[Situation, Route]:
    here = situation(
        LINE, *rows, asked=request(depart=BEFORE, window=timedelta()),
        as_of=BEFORE - timedelta(days=1),
        incidents=incidents(on(LINE, "A-B", 3), source=source("ambush")),
    )  # fmt: skip
    return here, build_route(here, ROW_WAY, letter="A")


def inside(*rows: Row) -> tuple[Route, list[Slot]]:
    here, option = asked(*rows)
    return option, [slot for slot in slots_of(here, option, days=DAYS) if slot.verdict == "in"]


def mean(slot: Slot) -> float:
    assert slot.exposure_with_patrols is not None
    return slot.exposure_with_patrols.mean


def test_each_day_has_the_exposure_of_its_own_roads() -> None:
    option, slots = inside()
    here, _ = asked()
    assert option.exposure.mean > 0
    by_day = {(slot.depart.date() - BEFORE.date()).days: slot for slot in slots}
    then = [here.on_day(day) for day in by_day]
    expected = [build_route(one, ROW_WAY, letter="A").exposure.mean for one in then]
    assert (
        expected[-1] > expected[0]
    )  # the road is slower then: a test that sees no change proves nothing
    assert [mean(slot) for slot in by_day.values()] == pytest.approx(expected)
    assert mean(by_day[0]) == pytest.approx(option.exposure.mean)


def test_presence_lowers_it_on_the_slower_road_too() -> None:
    passed = BEFORE - timedelta(days=1, hours=1)
    _, plain = inside()
    _, followed = inside(Row(segment_id="A-B", passed=passed, start=passed, end=passed))
    pairs = [(mean(one), mean(other)) for one, other in zip(followed, plain, strict=True)]
    assert all(one <= other for one, other in pairs)
    assert any(one < other for one, other in pairs)
