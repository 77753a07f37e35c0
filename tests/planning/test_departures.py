"""Another departure: by day, after the cut-off, better in what it says and worse in nothing that it hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from planning.worlds import AS_OF, CONFIG, MORNING, ROW, ROW_WAY, Row, request, situation
from routing.oracles import unhurried

from cmcoord_geo.model import MovementRequest, RoadStatus
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.departures import SHIFTS, Departure, better_departure

HOUR = timedelta(hours=1)
#: The movement is on B-C from 8:12 to noon; a patrol is there then.
DURING = Row(start=MORNING, end=MORNING + 4 * HOUR)


def better(*rows: Row, asked: MovementRequest | None = None, **more: object) -> Departure | None:
    return better_departure(situation(ROW, *rows, asked=asked, **more), ROW_WAY)


def test_nearest_shifts_come_first() -> None:
    hours = [24 * day + hour for day, hour in SHIFTS]
    assert len(set(hours)) == len(hours) == 20
    assert [abs(shift) for shift in hours] == sorted(abs(shift) for shift in hours)
    assert (min(hours), max(hours)) == (-3, 51)


def test_without_patrols_and_nights_there_is_nothing_to_gain() -> None:
    assert better() is None
    assert better(Row(segment_id="elsewhere", start=MORNING, end=MORNING)) is None


def test_a_day_later_the_patrol_that_would_be_met_is_coverage() -> None:
    found = better(DURING)
    assert found is not None
    assert len(found.now.conflicts) == 1
    assert found.then.conflicts == ()
    assert found.then.coverage
    assert found.depart.earliest.date() > MORNING.date()


def test_patrol_without_times_is_met_whenever_one_leaves() -> None:
    assert better(Row()) is None


def test_roads_must_be_open_then_too() -> None:
    """A road that is open only by today's report is not proposed for tomorrow."""
    shut = replace(ROW, max_vehicle_dry=("motorbike",) * 3)
    reports = tuple(
        RoadStatus(
            report_id=key, segment_id=key, state="restricted", max_vehicle="lv_4x4", reported_at=AS_OF,
            expires_at=MORNING + 12 * HOUR,
        )
        for key in shut.segment_ids
    )  # fmt: skip
    today = situation(shut, DURING, status=reports)
    assert all(today.passable.is_open)
    assert not any(today.on_day(1).passable.is_open)
    assert better_departure(today, ROW_WAY) is None


def busy_from(start: datetime) -> tuple[Row, ...]:
    """
    A patrol on B-C from a time until the evening, and from morning to evening on the days after.

    It is mixed, and no consent lets that count: it can be met and not be followed.
    """
    evening = start.replace(hour=18, minute=0)
    today = Row(start=start, end=evening, composition="mixed")
    days = (timedelta(days=n) for n in (1, 2))
    return today, *(
        replace(today, start=start.replace(hour=6) + day, end=evening + day) for day in days
    )


def test_departure_before_the_cutoff_is_not_proposed() -> None:
    """An hour before, the patrol would not be met; but that is over."""
    asked = request(depart=MORNING + HOUR, window=timedelta())
    rows = busy_from(MORNING + 4.5 * HOUR)
    assert better(*rows, asked=asked, as_of=MORNING + 0.75 * HOUR) is None
    before = better(*rows, asked=asked, as_of=MORNING - HOUR)
    assert before is not None
    assert before.depart.earliest == MORNING


def test_window_that_lies_in_the_dark_is_not_proposed() -> None:
    """From 4 to 5 in the morning both paces wait for light: that is one moment and no window."""
    rows = busy_from(MORNING + 3.2 * HOUR)
    assert better(*rows) is None
    moment = better(*rows, asked=request(window=timedelta()))
    assert moment is not None
    assert moment.depart.earliest == moment.depart.latest < MORNING


HOURS = st.floats(-30, 60)
ROWS = st.lists(
    st.builds(
        lambda start, length, segment: Row(
            segment_id=segment, start=AS_OF + start * HOUR, end=AS_OF + (start + length) * HOUR
        ),
        HOURS,
        st.floats(0, 12),
        st.sampled_from(ROW.segment_ids),
    ),
    min_size=1,
    max_size=4,
)
DEPARTS = st.integers(0, 40).map(lambda n: AS_OF + n * timedelta(minutes=30))
WINDOWS = st.sampled_from([0, 1, 2]).map(lambda n: n * HOUR)


@unhurried
@given(ROWS, DEPARTS, WINDOWS)
def test_what_is_proposed_is_better_and_by_day(
    rows: list[Row], depart: object, window: timedelta
) -> None:
    """A proposed window in the dark was a slip of the first drawing."""
    found = better(*rows, asked=request(depart=depart, window=window))
    if found is None:
        return
    now, then = found.now, found.then
    for moment in (found.depart.earliest, found.depart.latest):
        day = day_at(float(ROW.lon[0]), float(ROW.lat[0]), moment, config=CONFIG.day)
        assert day.start <= moment <= day.end
        assert moment >= AS_OF
    assert found.depart.earliest <= found.depart.latest
    assert not then.waits_at_origin
    assert len(then.conflicts) <= len(now.conflicts)
    assert then.nights_between <= now.nights_between
    assert then.days.high <= now.days.high
    gains = (
        len(then.conflicts) < len(now.conflicts)
        or then.nights_between < now.nights_between
        or then.unpatrolled_km < now.unpatrolled_km
    )
    assert gains
