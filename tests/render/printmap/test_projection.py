"""From degrees to millimetres: true to scale where the country is, and the whole of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from render.printmap.pencil import Pencil

from cmcoord_geo import facts
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.projection import PARALLEL, country_projection

FRAME = Box(left=8, top=24, right=412, bottom=270)
PROJECT = country_projection(FRAME, margin_mm=10)
EARTH = Geod(ellps="WGS84")


def length_mm(one, other) -> float:
    return float(np.hypot(*np.diff(PROJECT([one, other]), axis=0)[0]))


@given(azimuth=st.floats(0, 360), lon=st.floats(15, 27))
def test_fifty_kilometres_have_one_length_in_all_directions_along_the_parallel(azimuth, lon):
    east, north, _ = EARTH.fwd(lon, PARALLEL, azimuth, 50_000)
    assert length_mm((lon, PARALLEL), (east, north)) == pytest.approx(
        50 * PROJECT.mm_per_km, rel=0.005
    )


def test_in_all_the_country_lengths_are_true_to_one_in_a_hundred():
    outline = np.vstack(facts.basemap()["country"])
    for lat in (outline[:, 1].min(), outline[:, 1].max()):
        for azimuth in (0, 45, 90):
            east, north, _ = EARTH.fwd(21.0, lat, azimuth, 50_000)
            found = length_mm((21.0, lat), (east, north))
            assert found == pytest.approx(50 * PROJECT.mm_per_km, rel=0.012)


def test_east_is_right_and_north_is_up():
    x, y = PROJECT([(18, 5), (19, 5), (18, 6)]).T
    assert x[1] > x[0] == x[2]
    assert y[2] < y[0] == y[1]


@pytest.mark.parametrize("frame", [FRAME, Box(left=6, top=20, right=291, bottom=190)])
def test_the_whole_country_stands_in_the_frame_at_its_eastern_edge(frame):
    project = country_projection(frame, margin_mm=8)
    x, y = project(np.vstack(facts.basemap()["country"])).T
    assert x.max() == pytest.approx(frame.right - 8)
    assert x.min() >= frame.left + 8 - 1e-9
    assert frame.top + 8 * 0.6 < y.min() < y.max() < frame.bottom - 8
    filled = max(
        (x.max() - x.min()) / (frame.width - 16), (y.max() - y.min()) / (frame.height - 16)
    )
    assert filled == pytest.approx(1)


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_the_scale_that_is_printed_is_that_of_the_sheet(paper):
    sheet = Pencil(paper)
    project = country_projection(map_box(sheet), margin_mm=10.5 * sheet.scale)
    assert project.one_to * project.mm_per_km / 1e6 == pytest.approx(1, abs=0.02)
    assert project.one_to % 100_000 == 0
