"""Polygons as files write them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.io.polygons import (
    as_tuples,
    circle,
    is_sound,
    polygons_in,
    polygons_of,
    wkt_polygons,
)

HOLED = "POLYGON ((20 5, 22 5, 22 7, 20 7, 20 5), (20.5 5.5, 21 5.5, 21 6, 20.5 5.5))"


@pytest.mark.parametrize("text", [HOLED, f"MULTIPOLYGON ({HOLED[8:]}, ((0 0, 1 0, 1 1, 0 0)))"])
def test_every_writing_of_one_shape_gives_the_same(text: str) -> None:
    shape = shapely.from_wkt(text)
    told = as_tuples(wkt_polygons(text))
    assert as_tuples(polygons_in(shape)) == told
    plain = shapely.geometry.mapping(shape)
    assert as_tuples(polygons_of(plain["type"], plain["coordinates"])) == told
    again = shapely.union_all([shapely.Polygon(rings[0], rings[1:]) for rings in told])
    assert again.area == pytest.approx(shape.area)


def test_heights_are_dropped() -> None:
    ((ring,),) = wkt_polygons("POLYGON Z ((20 5 400, 21 5 401, 21 6 402, 20 5 400))")
    assert ring.shape == (4, 2)


@pytest.mark.parametrize(
    "text",
    ["", "x", "POLYGON EMPTY", "POINT (20 5)", "POLYGON ((20 5, 21 5, 20 5))",
     "SRID=4326;POLYGON ((20 5, 21 5, 21 6, 20 5))", "POLYGON ((20 5, inf 5, 21 6, 20 5))",
     "MULTIPOLYGON (((20 5, 21 5, 21 6, 20 5)), EMPTY)", "GEOMETRYCOLLECTION EMPTY"],
)  # fmt: skip
def test_what_is_no_polygon_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the caller says what to do
        wkt_polygons(text)


def test_an_outline_that_crosses_itself_or_a_hole_outside_is_not_sound() -> None:
    assert is_sound(wkt_polygons(HOLED))
    assert not is_sound(wkt_polygons("POLYGON ((20 5, 21 6, 21 5, 20 6, 20 5))"))
    outside = "POLYGON ((20 5, 22 5, 22 7, 20 5), (30 5, 31 5, 31 6, 30 5))"
    assert not is_sound(wkt_polygons(outside))


@given(st.floats(14, 28), st.floats(2, 11.5), st.floats(0.05, 500))
def test_circles_are_sound_and_round_their_centre(lon: float, lat: float, radius_km: float) -> None:
    found = circle(lon, lat, radius_km)
    assert is_sound(found)
    ((ring,),) = found
    assert np.allclose((ring.min(axis=0) + ring.max(axis=0)) / 2, (lon, lat), atol=0.1)
