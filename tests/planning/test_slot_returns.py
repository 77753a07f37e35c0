"""Ways back of many departures at once."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from planning.slot_worlds import WAY, World
from planning.worlds import MORNING, Row

from cmcoord_geo.config import Ban
from cmcoord_geo.planning.slot_returns import SlotReturns
from cmcoord_geo.units import HOUR_S

FIRST = date(2026, 12, 2)


def returns(world: World) -> SlotReturns:
    return SlotReturns(world.situation(), WAY, first=FIRST, days=3)


def test_each_arrival_is_home_by_the_next_departure_and_meets_whom_that_meets() -> None:
    """A patrol is on C-D on the second afternoon alone."""
    noon = MORNING.replace(hour=12)
    day = timedelta(days=1)
    row = Row(segment_id="C-D", start=noon + day, end=noon + day + timedelta(hours=5))
    arrivals = np.array([(noon + n * day).timestamp() for n in (0, 1, 2)])
    home_s, counts = returns(World(rows=(row,))).after(arrivals)
    hours = (home_s - arrivals) / HOUR_S
    assert np.ptp(hours) < 0.1  # the same on every day
    assert 3 < hours.min() < 4
    assert counts.tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]


def test_where_nobody_gets_home_nobody_is_met() -> None:
    shut = Ban(name="ban", segments=("A-B",), first="2026-12-01", last="2027-02-01")
    arrivals = np.array([MORNING.timestamp()])
    home_s, counts = returns(World(bans=(shut,), rows=(Row(),))).after(arrivals)
    assert not np.isfinite(home_s).any()
    assert not counts.any()
