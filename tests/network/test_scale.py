"""Metres around a position, against the geodesic."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.network.scale import metres_per_degree
from cmcoord_geo.units import geodesic_m


@pytest.mark.parametrize(("away_m", "wrong_m"), [(5_000.0, 0.5), (20_000.0, 7.0)])
def test_the_plane_is_as_wrong_as_is_said_and_not_more(away_m: float, wrong_m: float) -> None:
    lat = np.repeat(np.linspace(0.0, 12.0, 25), 72)
    bearing = np.radians(np.tile(np.arange(72) * 5.0, 25))
    scale = metres_per_degree(lat)
    step = np.column_stack([np.sin(bearing), np.cos(bearing)]) * away_m / scale
    true = geodesic_m(20.0, lat, 20.0 + step[:, 0], lat + step[:, 1])
    assert np.abs(true - away_m).max() < wrong_m
    assert np.abs(true - away_m).max() > wrong_m / 4  # the figure is said for a reason
