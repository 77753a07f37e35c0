"""Where movements and patrols may be when, as rows that change evenly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from planning.worlds import AS_OF, MORNING, ROW, ROW_WAY, Row, patrols, request, situation

from cmcoord_geo.planning.conflicts import Occupancies, patrol_occupancies, way_occupancies
from cmcoord_geo.planning.pace import first_at, last_at
from cmcoord_geo.planning.schedule import Schedule, schedule

HOUR = timedelta(hours=1)


def drive(*, depart=MORNING, window: timedelta = HOUR) -> tuple[Schedule, Occupancies]:
    times = schedule(situation(asked=request(depart=depart, window=window)), ROW_WAY)
    rows = way_occupancies(ROW, "M1", times.legs, fast=times.fast.pace, slow=times.slow.pace)
    return times, rows


def test_each_leg_is_a_row_between_both_paces() -> None:
    times, rows = drive()
    legs = rows.only(rows.at_m[:, 1] > rows.at_m[:, 0])
    assert [ROW.segment_ids[i] for i in legs.segment] == ["A-B", "B-C", "C-D"]
    assert legs.at_m.tolist() == [[0.0, pytest.approx(105_000)]] * 3
    for row, leg in enumerate(times.legs):
        window = [leg.enter.earliest, leg.leave.earliest], [leg.enter.latest, leg.leave.latest]
        for ours, theirs in zip((legs.first_s[row], legs.last_s[row]), window, strict=True):
            assert ours.tolist() == [pytest.approx(moment.timestamp()) for moment in theirs]


def test_a_night_is_a_row_of_one_point_from_first_arrival_to_last_departure() -> None:
    times, rows = drive(depart=MORNING + 5 * HOUR)
    (night,) = [halt for halt in times.halts if halt.pace != "fast"][:1]
    point = rows.only((rows.at_m[:, 0] == rows.at_m[:, 1]) & (rows.segment == 0))
    point = point.only(point.at_m[:, 0] > 0)
    assert night.place_id == "B"
    assert point.at_m.tolist() == [[pytest.approx(105_000)] * 2]
    assert point.first_s[0, 0] == pytest.approx(first_at(times.fast.pace, night.km).timestamp())
    assert point.last_s[0, 0] == pytest.approx(last_at(times.slow.pace, night.km).timestamp())


def test_no_row_ends_before_it_begins() -> None:
    for hours in range(0, 30, 3):
        _, rows = drive(depart=MORNING + hours * HOUR, window=9 * HOUR)
        assert (rows.first_s <= rows.last_s).all()
        assert rows.is_known.all()


def test_a_segment_driven_back_has_its_times_turned() -> None:
    asked = request("D", "A")
    times = schedule(situation(asked=asked), ((2, False), (1, False), (0, False)))
    rows = way_occupancies(ROW, "M1", times.legs, fast=times.fast.pace, slow=times.slow.pace)
    legs = rows.only(rows.at_m[:, 1] > rows.at_m[:, 0])
    assert (legs.at_m[:, 0] == 0).all()
    assert (legs.first_s[:, 0] > legs.first_s[:, 1]).all()


def test_patrols_without_a_window_or_void_are_not_known() -> None:
    rows = patrol_occupancies(
        ROW,
        patrols(
            Row(start=MORNING, end=MORNING + HOUR),
            Row(start=MORNING),
            Row(start=MORNING, end=MORNING + HOUR, valid_until=AS_OF),
            Row(segment_id="nowhere", start=MORNING, end=MORNING + HOUR),
        ),
        as_of=AS_OF,
    )
    assert rows.is_known.tolist() == [True, False, False]
    assert rows.is_void.tolist() == [False, True, True]


def test_joined_rows_keep_their_parties() -> None:
    _, rows = drive()
    both = Occupancies.joined([rows, patrol_occupancies(ROW, patrols(Row()), as_of=AS_OF)])
    assert both.parties == ("M1", "P1")
    assert both.party.tolist() == [*rows.party.tolist(), 1]
    assert len(Occupancies.joined([])) == 0
