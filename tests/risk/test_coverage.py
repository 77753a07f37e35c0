"""What an undeclared source covers: one mistyped date must not make old records current."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from records import DRY, Event, incidents, source

from cmcoord_geo.risk.coverage import is_thin, known_sources, main_rows, whole_days
from cmcoord_geo.units import DAY_S


def days(*numbers: float) -> np.ndarray:
    return np.array(numbers, float).astype(np.int64) * DAY_S


def test_a_single_date_far_from_the_others_is_left_out_at_either_end() -> None:
    dates = days(-5000, *range(300), 6000)
    assert main_rows(dates).tolist() == [False, *[True] * 300, False]
    assert main_rows(dates[::-1]).sum() == 300


@pytest.mark.parametrize(("late", "kept"), [(9, 1000), (10, 1000), (11, 1011)])
def test_less_than_one_in_a_hundred_is_few(late: int, kept: int) -> None:
    """10 of 1,010 are less than 1 %, 11 of 1,011 are not."""
    dates = days(*np.arange(1000), *np.arange(5000, 5000 + late))
    assert main_rows(dates).sum() == kept


def test_stray_dates_in_several_places_are_all_left_out() -> None:
    dates = days(*range(1000), 3000, 6000, 9000)
    assert main_rows(dates).sum() == 1000


@pytest.mark.parametrize(("gap", "kept"), [(180, 101), (181, 100)])
def test_half_a_year_without_a_row_is_a_gap(gap: int, kept: int) -> None:
    assert main_rows(days(*range(100), 99 + gap)).sum() == kept


@pytest.mark.parametrize("n", range(6))
def test_some_row_is_always_left(n: int) -> None:
    dates = days(*(1000 * i for i in range(n)))
    assert main_rows(dates).any() == (n > 0)


def test_thin_is_few_rows_or_a_short_time() -> None:
    assert is_thin(days())
    assert is_thin(days(*np.linspace(0, 300, 19)))
    assert is_thin(days(*np.linspace(0, 59, 100)))
    assert not is_thin(days(*np.linspace(0, 60, 20)))


def test_days_are_days_in_bangui() -> None:
    """23:30 UTC on the 3rd is the 4th in Bangui."""
    late = int(datetime.fromisoformat("2026-11-03T23:30+00:00").timestamp())
    first, last = whole_days(np.array([late, late - DAY_S // 2]))
    assert first.isoformat() == "2026-11-03T00:00:00+01:00"
    assert last.isoformat() == "2026-11-04T23:59:59+01:00"


def assumed(*ages: float):
    """Rows of an undeclared source by their age at DRY, and that source."""
    own = replace(source("robbery"), is_assumed=True)
    return incidents([Event(lon=20.0, lat=6.0, age_days=age) for age in ages], own)


def test_a_declared_source_covers_what_is_declared() -> None:
    (own,) = known_sources(replace(assumed(5), sources=(source("robbery"),)), as_of=DRY)
    assert own == source("robbery")


def test_rows_after_the_cut_off_make_no_source_current() -> None:
    """200 rows of six years ago and thirty dated ahead: known until six years ago."""
    old, ahead = np.linspace(2000, 2400, 200), np.linspace(-90, -1, 30)
    (own,) = known_sources(assumed(*old, *ahead), as_of=DRY)
    assert own.last.date() == (DRY - timedelta(days=2000)).date()
    (later,) = known_sources(assumed(*old, *ahead), as_of=DRY + timedelta(days=100))
    assert later.last > DRY


def test_too_few_known_rows_cover_no_class() -> None:
    ahead = np.linspace(-90, -1, 30)
    for ages in (ahead, [*ahead, 5], [5]):
        (own,) = known_sources(assumed(*ages), as_of=DRY)
        assert own.classes == ()
    (enough,) = known_sources(assumed(*np.linspace(1, 90, 30)), as_of=DRY)
    assert enough.classes == ("robbery",)


#: Ouaka for 200 days, then three other prefectures and another class.
BAMBARI, ELSEWHERE = (20.67, 5.76), ((19.08, 5.73), (15.6, 5.95), (22.0, 6.54))


def grown():
    early = [Event(lon=BAMBARI[0], lat=BAMBARI[1], age_days=100 + 10 * n) for n in range(20)]
    late = [
        Event(lon=lon, lat=lat, age_days=3 * n, class_id="ambush")
        for lon, lat in ELSEWHERE
        for n in range(20)
    ]
    own = replace(source("robbery", "ambush"), is_assumed=True, areas=())
    return incidents([*early, *late], own)


def test_rows_after_the_cut_off_widen_neither_reach_nor_classes() -> None:
    (then,) = known_sources(grown(), as_of=DRY - timedelta(days=95))
    assert (then.areas, then.classes) == (("Ouaka",), ("robbery",))
    (now,) = known_sources(grown(), as_of=DRY)
    assert (now.areas, now.classes) == ((), ("robbery", "ambush"))


def test_a_publisher_keeps_its_classes_at_an_earlier_cut_off() -> None:
    table = grown()
    own = replace(table.sources[0], source_id="acled", classes=("attack", "robbery"))
    table = replace(table, sources=(own,), source_id=("acled",) * len(table))
    (then,) = known_sources(table, as_of=DRY - timedelta(days=95))
    assert (then.areas, then.classes) == (("Ouaka",), ("attack", "robbery"))


def test_rows_without_a_position_until_the_cut_off_cover_no_class() -> None:
    table = grown()
    lon = np.where(table.at_s <= (DRY - timedelta(days=95)).timestamp(), np.nan, table.lon)
    (then,) = known_sources(replace(table, lon=lon), as_of=DRY - timedelta(days=95))
    assert then.classes == ()
