"""A clock notes where a convoy is: what it drives, where it stands, where it sleeps."""

from __future__ import annotations

from datetime import timedelta

from planning.worlds import MORNING, ROW, ROW_WAY

from cmcoord_geo.planning.clock import Clock

HOUR = timedelta(hours=1)


def test_drives_stands_and_nights_are_noted_in_order() -> None:
    clock = Clock(ROW, ROW_WAY, MORNING, "slow")
    assert not clock.is_on_its_way
    clock.mark()
    clock.advance(105.0, 2 * HOUR)
    clock.stand_until(MORNING + 3 * HOUR)
    clock.stand_until(MORNING)  # long past: nothing is noted
    clock.sleep_until(MORNING + 24 * HOUR, place_id="B", segment_id="")
    assert clock.is_on_its_way
    assert clock.pace.km == (0.0, 105.0, 105.0, 105.0)
    assert [moment - MORNING for moment in clock.pace.times] == [
        timedelta(), 2 * HOUR, 3 * HOUR, 24 * HOUR,
    ]  # fmt: skip
    (night,) = clock.halts
    assert (night.place_id, night.km, night.pace, night.night) == ("B", 105.0, "slow", 1)
