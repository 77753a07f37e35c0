"""Metre, second, UTC, WGS84."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.units import (
    BANGUI,
    CAR_BOX,
    geodesic_m,
    is_in_car_box,
    line_length_m,
    to_datetime,
    utc_seconds,
)


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(-12, 14),
)
def test_seconds_and_back_are_one_instant(naive: datetime, hours: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    again = to_datetime(utc_seconds(moment))
    assert again == moment
    assert again.utcoffset() == timedelta(hours=1)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(DataError, match=r"\+01:00"):
        utc_seconds(datetime(2026, 12, 1, 6))  # noqa: DTZ001


def test_bangui_is_one_hour_ahead_all_year() -> None:
    for month in range(1, 13):
        assert datetime(2026, month, 1, tzinfo=BANGUI).utcoffset() == timedelta(hours=1)
    assert utc_seconds(datetime(2026, 12, 1, 5, tzinfo=UTC)) == utc_seconds(
        datetime(2026, 12, 1, 6, tzinfo=BANGUI)
    )


def test_distances_are_geodesic() -> None:
    """One degree along the equator of WGS84 is 111,319.49 m (Karney 2013); along a meridian it is less."""
    assert geodesic_m(20, 0, 21, 0)[0] == pytest.approx(111_319.4908, abs=1e-3)
    assert geodesic_m(20, 0, 20, 1)[0] == pytest.approx(110_574.3886, abs=1e-3)


def test_distances_of_many_points_broadcast() -> None:
    found = geodesic_m([20.0, 21.0], 5.0, 20.0, 5.0)
    assert found.shape == (2,)
    assert found[0] == 0
    assert geodesic_m([], [], [], []).shape == (0,)


def test_length_of_a_line_is_that_of_its_parts() -> None:
    line = np.array([[20.0, 5.0], [21.0, 5.0], [21.0, 6.0]])
    parts = geodesic_m(20, 5, 21, 5)[0] + geodesic_m(21, 5, 21, 6)[0]
    assert line_length_m(line) == pytest.approx(parts)
    assert line_length_m([[20.0, 5.0]]) == 0
    assert line_length_m([]) == 0


@pytest.mark.parametrize(
    ("lon", "lat", "is_in"),
    [(18.55, 4.36, True), (4.36, 18.55, False), (14.0, 2.0, True), (28.1, 5.0, False),
     (float("nan"), 5.0, False)],
)  # fmt: skip
def test_box_of_car(lon: float, lat: float, *, is_in: bool) -> None:
    """SAFETY.md: 14 to 28 E, 2 to 11.5 N; swapped coordinates fall out."""
    assert is_in_car_box(lon, lat) is is_in
    assert CAR_BOX == (14.0, 2.0, 28.0, 11.5)
