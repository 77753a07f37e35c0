"""What bars a planned way: seasons that change on the way, bans at their hours, nights left out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from planning.worlds import AS_OF, CONFIG, MORNING, ROW_WAY, picture, request
from towns import town

from cmcoord_geo.config import Ban, Config, RulesConfig
from cmcoord_geo.model import Operation
from cmcoord_geo.planning.barred import Barred, Bars
from cmcoord_geo.planning.schedule import schedule
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.units import BANGUI

HOUR = timedelta(hours=1)


def met(
    *bans: Ban, depart: datetime = MORNING, cell_m: float = 52_500, **more: object
) -> list[Barred]:
    """Bars that the way along the row meets."""
    config = Config(rules=RulesConfig(bans=bans, rest_every_h=0.0))
    known = picture(town("A-B-C-D", cell_m=cell_m, **more.pop("roads", {})), **more)
    there = situation_of(known, request(depart=depart), config)
    times = schedule(there, ROW_WAY)
    bars = Bars(known, there.convoy, [times.legs], config)
    return list(bars.met(times.legs, times.halts))


def test_nothing_bars_a_plain_way() -> None:
    assert met() == []
    assert CONFIG.rules.bans == ()


def test_a_ban_is_met_from_its_begin_to_the_last_passage() -> None:
    (one,) = met(Ban(name="x", hours="09:00-20:00"))
    assert (one.bar.name, one.legs, one.place_id) == ("x", (0, 1, 2), "")
    assert one.window.earliest == MORNING.replace(hour=9)
    assert one.window.latest == MORNING + 7 * HOUR  # the slow pace, an hour late and 6 h on the way


@pytest.mark.parametrize(
    ("ban", "legs"),
    [
        (Ban(name="x", segments=("B-C",)), [(1,)]),
        (Ban(name="x", hours="20:00-05:00"), []),
        (Ban(name="x", hours="06:00-06:30"), []),
        (Ban(name="x", last="2026-12-01"), []),
        (Ban(name="x", places=("C",), hours="09:00-12:30"), [(1,)]),
        (Ban(name="x", places=("A",), hours="07:00-08:00"), [(0,)]),
        (Ban(name="x", places=("A",), hours="09:00-12:00"), []),
    ],
)
def test_bans_are_met_where_and_when_they_hold(ban: Ban, legs: list[tuple[int, ...]]) -> None:
    assert [one.legs for one in met(ban)] == legs


def test_a_curfew_at_night_is_not_met_by_who_drives_by_day() -> None:
    """Legs of the second day may be passed on either of two days; the night between is none of them."""
    assert met(Ban(name="night", hours="19:00-05:00"), cell_m=200_000) == []
    morning = Ban(name="morning", hours="19:00-08:00")
    assert [one.bar.name for one in met(morning, cell_m=200_000)] == ["morning"]


def test_a_season_that_closes_a_road_on_the_way_is_met_from_its_day() -> None:
    depart = datetime(2027, 3, 16, 6, tzinfo=BANGUI)
    closed = {"status_wet": "closed"}
    (one, *_) = found = met(depart=depart, cell_m=200_000, roads=closed, as_of=AS_OF)
    assert {bar.bar.source for bar in found} == {"road"}
    assert one.window.earliest >= datetime(2027, 3, 17, tzinfo=BANGUI)
    assert 0 not in one.legs
    assert met(depart=depart - 5 * 24 * HOUR, cell_m=52_500, roads=closed) == []


def test_what_was_announced_is_met_too() -> None:
    operation = Operation(
        operation_id="O", stretches=(("B-C", 0.0, 1.0),), start=MORNING, end=MORNING + HOUR
    )
    assert met(operations=(operation,)) == []
    (one,) = met(operations=(Operation(**{**_fields(operation), "end": MORNING + 2 * HOUR}),))
    assert (one.bar.key, one.legs) == ("operation:O", (1,))


def _fields(operation: Operation) -> dict[str, object]:
    return {name: getattr(operation, name) for name in operation.__dataclass_fields__}
