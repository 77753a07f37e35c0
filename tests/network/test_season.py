"""Seasons by zone and date, with a shoulder in which either may hold (DOMAIN.md 2.8)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import season_zones
from cmcoord_geo.network import season_of
from cmcoord_geo.units import BANGUI

CENTRE = season_zones()["centre"]  # rains from 1 April to 31 October, 15 days of shoulder


def on(*day: int, zone=CENTRE) -> str:
    return season_of(datetime(*day, 12, tzinfo=BANGUI), zone)


@pytest.mark.parametrize("year", [2024, 2026, 2027, 2100])
@pytest.mark.parametrize(
    ("month", "day", "season"),
    [
        (3, 16, "dry"), (3, 17, "shoulder"), (3, 31, "shoulder"), (4, 1, "wet"),
        (10, 31, "wet"), (11, 1, "shoulder"), (11, 15, "shoulder"), (11, 16, "dry"),
        (1, 1, "dry"), (12, 31, "dry"), (8, 15, "wet"),
    ],
)  # fmt: skip
def test_boundaries_in_every_year(year: int, month: int, day: int, season: str) -> None:
    assert on(year, month, day) == season


def test_leap_day() -> None:
    assert on(2024, 2, 29) == "dry"
    assert on(2024, 2, 29, zone=season_zones()["south_west"]) == "shoulder"  # rains from 15 March
    assert on(2026, 2, 28, zone=season_zones()["south_west"]) == "shoulder"
    assert on(2024, 2, 28, zone=season_zones()["south_west"]) == "dry"


def test_zones_differ_on_one_day() -> None:
    found = {zone_id: on(2026, 4, 20, zone=zone) for zone_id, zone in season_zones().items()}
    assert found["north"] == "dry"
    assert found["centre"] == found["south_west"] == "wet"


def test_the_day_is_that_of_bangui() -> None:
    assert season_of(datetime(2026, 3, 31, 22, 59, tzinfo=UTC), CENTRE) == "shoulder"
    assert season_of(datetime(2026, 3, 31, 23, 0, tzinfo=UTC), CENTRE) == "wet"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(DataError, match="zone"):
        season_of(datetime(2026, 4, 1), CENTRE)  # noqa: DTZ001


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(sorted(season_zones())))
def test_seasons_never_jump_from_dry_to_wet(day: date, zone_id: str) -> None:
    zone = season_zones()[zone_id]
    next_day = day + timedelta(days=1)
    seasons = {on(*d.timetuple()[:3], zone=zone) for d in (day, next_day)}
    assert seasons != {"dry", "wet"}
