"""The next rains: now when it rains everywhere, else the first day on which it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from towns import town

from cmcoord_geo.facts import season_zones
from cmcoord_geo.network import bundled_network, season_of
from cmcoord_geo.network.rains import next_rains
from cmcoord_geo.units import BANGUI

ROADS = bundled_network()


def test_the_last_zone_to_begin_decides() -> None:
    """South-west and Bangui begin on 15 March, the north on 15 May (data/season_zones.csv)."""
    after = datetime(2026, 11, 29, 17, tzinfo=BANGUI)
    assert next_rains(ROADS, after) == datetime(2027, 5, 15, 12, tzinfo=BANGUI)
    west = replace(town("A-B"), season_zone=("south_west",))
    assert next_rains(west, after) == datetime(2027, 3, 15, 12, tzinfo=BANGUI)


def test_in_the_rains_it_is_now() -> None:
    now = datetime(2026, 8, 1, 3, 4, tzinfo=BANGUI)
    assert next_rains(ROADS, now) == now


@pytest.mark.parametrize("day", range(0, 366, 7))
def test_no_earlier_day_will_do(day: int) -> None:
    after = datetime(2026, 1, 1, 9, tzinfo=BANGUI) + timedelta(days=day)
    found = next_rains(ROADS, after)
    zones = [season_zones()[name] for name in set(ROADS.season_zone)]
    assert {season_of(found, zone) for zone in zones} == {"wet"}
    before = after
    while before < found - timedelta(days=1):
        assert {season_of(before, zone) for zone in zones} != {"wet"}
        before += timedelta(days=1)
