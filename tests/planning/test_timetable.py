"""Laws of the timetable: by day, in order, at places of the route, every second counted (DOMAIN.md 2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.worlds import CONFIG, MORNING, ROW
from routing.oracles import unhurried
from towns import town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.pace import first_at, last_at
from cmcoord_geo.planning.stretches import parts_along
from cmcoord_geo.planning.timetable import (
    Timetable,
    legs_of,
    merged_halts,
    slacks_of,
    timetable,
)
from cmcoord_geo.planning.waits import Wait
from cmcoord_geo.planning.ways import Way, nodes_of
from cmcoord_geo.units import BANGUI, HOUR_S

#: Half an hour at B and two hours at C, or at D and C on the way back.
STOPS_S = (1800.0, 7200.0, 0.0, 0.0)
MIDNIGHT = datetime(2026, 12, 2, tzinfo=BANGUI)
LINE = town("A-B-C-D-E", cell_m=20_000)
WAYS: tuple[Way, ...] = (
    tuple((segment, True) for segment in range(4)),
    tuple((segment, False) for segment in reversed(range(4))),
)


def both(
    slow_h: list[float],
    quicker: list[float],
    *,
    way: Way = WAYS[0],
    depart: datetime = MORNING,
    window: timedelta = timedelta(),
    network: RoadNetwork = LINE,
    stops_s: Sequence[float] = (0.0, 0.0, 0.0, 0.0),
    waits: Sequence[Sequence[Wait]] = ((), (), (), ()),
) -> tuple[Timetable, Timetable]:
    """Fast and slow timetable of a way, from hours at the slow pace and the share of them at the fast one."""
    slow_s = [hours * HOUR_S for hours in slow_h]
    fast_s = [s * part for s, part in zip(slow_s, quicker, strict=True)]
    waits = waits[: len(way)]
    quick = parts_along(fast_s, waits, name="fast")
    long = parts_along(slow_s, waits, name="slow")
    slacks = slacks_of(network, way, long, depart=depart, config=CONFIG.day)
    fast, slow = (
        timetable(
            network,
            way,
            parts,
            depart=start,
            name=name,
            slacks=slacks,
            stops_s=stops_s[: len(way)],
            config=CONFIG.day,
        )
        for parts, start, name in (
            (quick, depart, "fast"),
            (long, depart + window, "slow"),
        )
    )
    return fast, slow


def moving(times: Timetable) -> list[tuple[datetime, datetime]]:
    """Stretches of time in which the convoy drives."""
    pairs = zip(pairwise(times.pace.times), pairwise(times.pace.km), strict=True)
    return [span for span, (low, high) in pairs if high > low]


HOURS = st.lists(st.floats(0.05, 30), min_size=4, max_size=4)
PARTS = st.lists(st.floats(0.3, 1), min_size=4, max_size=4)
STARTS = st.integers(0, 24 * 60).map(lambda minute: MIDNIGHT + timedelta(minutes=minute))
WINDOWS = st.integers(0, 36 * 60).map(lambda minute: timedelta(minutes=minute))
CASES = (HOURS, PARTS, st.sampled_from(WAYS), STARTS, WINDOWS)
#: Up to two crossings on each segment, with as much as five hours of waiting.
WAIT = st.tuples(st.integers(0, 20), st.floats(0, 1), st.floats(1, 18_000)).map(
    lambda drawn: Wait(share=drawn[0] / 20, low_s=drawn[1] * drawn[2], high_s=drawn[2])
)
ON_SEGMENT = st.lists(WAIT, max_size=2).map(lambda waits: sorted(waits, key=lambda w: w.share))
WAITS = st.lists(ON_SEGMENT, min_size=4, max_size=4)


@unhurried
@given(*CASES, WAITS)
def test_drives_by_day_only(
    slow_h: list[float],
    quicker: list[float],
    way: Way,
    depart: datetime,
    window: timedelta,
    waits: list[list[Wait]],
) -> None:
    """Never before the first departure where it starts, nor after the last arrival where it goes."""
    for times in both(slow_h, quicker, way=way, depart=depart, window=window, waits=waits):
        nodes = nodes_of(LINE, way)
        for (segment, _), here, there in zip(way, nodes, nodes[1:], strict=False):
            km = LINE.length_km(0) * nodes.index(here), LINE.length_km(0) * nodes.index(there)
            for start, end in moving(times):
                at_km = times.pace.km[times.pace.times.index(end)]
                if not km[0] + 1e-9 < at_km <= km[1] + 1e-9:
                    continue
                days = [
                    day_at(float(LINE.lon[node]), float(LINE.lat[node]), start, config=CONFIG.day)
                    for node in (here, there)
                ]
                assert min(day.start for day in days) <= start, segment
                assert end <= days[1].end, segment


@unhurried
@given(*CASES, WAITS)
def test_the_fast_pace_is_never_later(
    slow_h: list[float],
    quicker: list[float],
    way: Way,
    depart: datetime,
    window: timedelta,
    waits: list[list[Wait]],
) -> None:
    fast, slow = both(slow_h, quicker, way=way, depart=depart, window=window, waits=waits)
    total = fast.pace.km[-1]
    for km in (total * step / 16 for step in range(17)):
        assert first_at(fast.pace, km) <= last_at(slow.pace, km)
    for leg in legs_of(LINE, way, fast=fast, slow=slow):
        assert leg.enter.earliest <= leg.enter.latest
        assert leg.leave.earliest <= leg.leave.latest
        assert leg.enter.earliest < leg.leave.earliest


@unhurried
@given(*CASES, WAITS)
def test_every_second_is_driven_and_km_never_fall(
    slow_h: list[float],
    quicker: list[float],
    way: Way,
    depart: datetime,
    window: timedelta,
    waits: list[list[Wait]],
) -> None:
    fast, slow = both(slow_h, quicker, way=way, depart=depart, window=window, waits=waits)
    for times, parts in ((fast, quicker), (slow, [1.0] * 4)):
        wanted_h = sum(h * part for h, part in zip(slow_h, parts, strict=True))
        driven = sum((end - start for start, end in moving(times)), timedelta())
        assert driven.total_seconds() / HOUR_S == pytest.approx(wanted_h, abs=1e-6)
        assert list(times.pace.km) == sorted(times.pace.km)
        assert list(times.pace.times) == sorted(times.pace.times)
        assert times.pace.km[-1] == pytest.approx(sum(map(LINE.length_km, range(4))))
        assert times.days == (times.pace.times[-1].date() - times.pace.times[0].date()).days + 1


@unhurried
@given(*CASES)
def test_halts_are_at_places_of_the_route_or_said_to_be_between(
    slow_h: list[float], quicker: list[float], way: Way, depart: datetime, window: timedelta
) -> None:
    nodes = [LINE.node_ids[node] for node in nodes_of(LINE, way)]
    ends_km = {place: LINE.length_km(0) * i for i, place in enumerate(nodes)}
    for times in both(slow_h, quicker, way=way, depart=depart, window=window):
        assert [halt.night for halt in times.halts] == list(range(1, len(times.halts) + 1))
        for halt in times.halts:
            assert bool(halt.place_id) != bool(halt.segment_id)
            if halt.place_id:
                assert halt.km == pytest.approx(ends_km[halt.place_id])
                assert halt.place_id != nodes[-1]
            else:
                assert halt.segment_id in LINE.segment_ids


@unhurried
@given(*CASES, WAITS)
def test_later_and_slower_never_arrives_earlier(
    slow_h: list[float],
    quicker: list[float],
    way: Way,
    depart: datetime,
    window: timedelta,
    waits: list[list[Wait]],
) -> None:
    """So the two paces bound every pace and every departure between them."""
    fast, slow = both(
        slow_h, quicker, way=way, depart=depart, window=window, waits=waits, stops_s=STOPS_S
    )
    slow_s = [hours * HOUR_S for hours in slow_h]
    long = parts_along(slow_s, waits, name="slow")
    slacks = slacks_of(LINE, way, long, depart=depart, config=CONFIG.day)
    halfway = [
        [replace(wait, high_s=(wait.low_s + wait.high_s) / 2) for wait in each] for each in waits
    ]
    halfway_s = [s * (1 + part) / 2 for s, part in zip(slow_s, quicker, strict=True)]
    between = timetable(
        LINE, way, parts_along(halfway_s, halfway, name="slow"), depart=depart + window / 2,
        name="slow", slacks=slacks, stops_s=STOPS_S, config=CONFIG.day,
    )  # fmt: skip
    for i in range(4):
        assert fast.leave[i] <= between.leave[i] <= slow.leave[i]


def test_departure_too_late_for_the_first_place_waits_for_the_morning() -> None:
    noon = MORNING.replace(hour=12)
    fast, slow = both([8.0, 2.0, 1.0, 1.0], [0.5] * 3 + [0.9], depart=noon)
    assert fast.enter[0] == noon  # four hours: reached before the last arrival
    assert (slow.halts[0].place_id, slow.halts[0].km) == ("A", 0)
    assert slow.enter[0].date() == noon.date() + timedelta(days=1)
    assert slow.days == 3  # the day of waiting, eight and two hours, the rest


def test_departure_before_light_waits_for_it() -> None:
    fast, _ = both([1.0] * 4, [1.0] * 4, depart=MORNING.replace(hour=3))
    light = day_at(float(LINE.lon[0]), float(LINE.lat[0]), MORNING, config=CONFIG.day).start
    assert fast.pace.times[0] == fast.enter[0] == light
    assert not fast.halts


def test_light_comes_later_in_the_west() -> None:
    """Who starts east at first light and drives one minute west waits for the light there."""
    _, slow = both([0.02, 1.0, 1.0, 1.0], [1.0] * 4, way=WAYS[1], depart=MIDNIGHT)
    for leg, (start, end) in enumerate(moving(slow)):
        assert start == slow.enter[leg]
        assert end == slow.leave[leg]
    assert slow.enter[1] > slow.leave[0]


def test_leg_longer_than_any_day_says_that_night_falls_on_the_road() -> None:
    fast, slow = both([12.0, 1.0, 1.0, 1.0], [0.5] * 4)
    assert not fast.halts
    (halt,) = slow.halts
    assert (halt.place_id, halt.segment_id) == ("", "A-B")
    day = day_at(float(LINE.lon[1]), float(LINE.lat[1]), MORNING, config=CONFIG.day)
    part = (day.end - MORNING).total_seconds() / HOUR_S / 12
    assert halt.km == pytest.approx(part * LINE.length_km(0))


def test_long_leg_is_begun_at_once_where_waiting_spares_no_night() -> None:
    """Fifteen hours take one night whether begun at 8 or at first light; twenty do not."""
    for hours, waits in ((15.0, False), (20.0, True)):
        _, slow = both([1.0, hours, 1.0, 1.0], [1.0] * 4)
        assert (slow.halts[0].place_id == "B") == waits


def test_last_minutes_of_a_day_are_spent_at_the_place_not_just_beyond_it() -> None:
    """East of B the day has ended already: the night is at B, where a halt is known."""
    b, c = (
        day_at(float(LINE.lon[node]), float(LINE.lat[node]), MORNING, config=CONFIG.day)
        for node in (1, 2)
    )
    to_b = b.end - MORNING - timedelta(seconds=10)
    long_leg = c.end - b.start + timedelta(seconds=1)
    hours = [part / timedelta(hours=1) for part in (to_b, long_leg)]
    _, slow = both([*hours, 1.0, 1.0], [1.0] * 4)
    assert c.end < slow.leave[0] < b.end
    assert (slow.halts[0].place_id, slow.halts[0].night) == ("B", 1)


def test_hours_are_those_of_bangui_whatever_zone_they_are_given_in() -> None:
    local = both([4.0] * 4, [0.7] * 4)
    same = both([4.0] * 4, [0.7] * 4, depart=MORNING.astimezone(UTC))
    assert local == same
    assert same[0].pace.times[0].tzinfo is BANGUI


def test_halts_of_both_paces_are_told_once() -> None:
    fast, slow = both([8.0, 8.0, 3.0, 1.0], [0.9, 0.9, 0.7, 0.7])
    told = [(halt.place_id, halt.pace, halt.night) for halt in merged_halts(fast, slow)]
    assert told == [("B", "both", 1), ("C", "slow", 2)]


def test_legs_follow_one_another() -> None:
    way: Way = ((0, True), (1, True), (2, True))
    fast, slow = both([2.0] * 3, [0.6] * 3, way=way, network=ROW)
    legs = legs_of(ROW, way, fast=fast, slow=slow)
    assert [leg.segment_id for leg in legs] == ["A-B", "B-C", "C-D"]
    assert legs[0].enter.earliest == legs[0].enter.latest == MORNING
    for leg, following in pairwise(legs):
        assert leg.km.high == following.km.low
        assert leg.leave == following.enter
