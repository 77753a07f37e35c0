"""The last departure that still gets back: before a ban, a closure, the rains."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from planning.slot_worlds import World
from planning.worlds import MORNING, surveyed

from cmcoord_geo.config import Ban
from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.planning.return_trap import ReturnTrap, return_trap, trap_or_none
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.units import BANGUI


def trap(world: World, *, days: int = 10) -> ReturnTrap | None:
    return return_trap(world.situation(), days=days)


def test_nothing_shuts_nothing_traps() -> None:
    assert trap(World()) is None


def test_whoever_leaves_before_the_ban_is_back_before_it() -> None:
    found = trap(World(bans=(Ban(name="opération", first="2026-12-07", segments=("B-C",)),)))
    assert found is not None
    assert found.depart is not None
    assert found.back_by is not None
    assert found.depart < found.back_by < datetime(2026, 12, 7, 12, tzinfo=BANGUI)
    assert found.depart < datetime(2026, 12, 7, tzinfo=BANGUI)
    assert found.because is not None
    assert "opération" in found.because.fr
    later = trap(World(bans=(Ban(name="opération", first="2026-12-08", segments=("B-C",)),)))
    assert later is not None
    assert later.depart is not None
    assert later.depart.date() == found.depart.date() + timedelta(days=1)


def test_a_short_closure_is_waited_out_and_traps_nobody() -> None:
    ban = Ban(name="x", first="2026-12-06", last="2026-12-06", segments=("B-C",))
    assert trap(World(bans=(ban,))) is None


def test_a_longer_unloading_means_leaving_earlier() -> None:
    world = World(bans=(Ban(name="x", first="2026-12-08", segments=("B-C",)),))
    situation = world.situation()
    rules = replace(situation.config.rules, unload_h=48.0)
    slow = replace(situation, config=replace(situation.config, rules=rules))
    quick, late = return_trap(situation, days=10), return_trap(slow, days=10)
    assert quick is not None
    assert late is not None
    assert late.depart is not None
    assert quick.depart is not None
    assert late.depart < quick.depart - timedelta(days=1)


def test_the_rains_close_a_road_on_their_day() -> None:
    situation = World(more={"depart": datetime(2027, 2, 20, 7, tzinfo=BANGUI)}).situation()
    network = replace(
        situation.network, status_wet=("open", "closed", "open"),
        max_vehicle_wet=("tanker", "motorbike", "tanker"),
    )  # fmt: skip
    picture = replace(situation.picture, network=network)
    rainy = situation_of(picture, situation.request, situation.config)
    found = return_trap(rainy, days=90)
    assert found is not None
    assert found.back_by is not None
    assert found.back_by.date() < date(2027, 5, 15)
    assert found.because is not None


def test_no_departure_at_all() -> None:
    found = trap(World(leg_km=900.0))
    assert found == ReturnTrap(depart=None, back_by=None, because=None)


def test_the_way_back_is_driven_as_the_map_allows() -> None:
    """A road that may be driven one way only is no way back."""
    world = World().situation()
    picture = replace(world.picture, network=surveyed(world.network, oneway="B-C"))
    assert trap_or_none(situation_of(picture, world.request, world.config), days=5) == (False, None)


def test_where_no_road_leads_today() -> None:
    situation = World().situation()
    shut = replace(
        situation.passable, is_open=situation.passable.is_open & False,
        is_arc_open=situation.passable.is_arc_open & False,
    )  # fmt: skip
    closed = replace(situation, passable=shut)
    with pytest.raises(NoRouteError):
        return_trap(closed, days=5)
    assert trap_or_none(closed, days=5) == (False, None)
    assert trap_or_none(World().situation(), days=5) == (True, None)
    assert MORNING.date() == date(2026, 12, 2)
