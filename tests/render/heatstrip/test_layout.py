"""Hours stand where they belong, whatever the sun does."""

from __future__ import annotations

from datetime import datetime

import pytest
from render.departures import first_option

from cmcoord_geo.render.heatstrip.layout import lay_out
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.units import BANGUI

LAYOUT = lay_out(Sheet(tokens.PAPERS["A4"], dpi=40), first_option()[1], "fr")


def test_hours_rise_along_the_grid_and_stay_inside() -> None:
    x = [LAYOUT.x_at(hour) for hour in range(25)]
    assert x == sorted(x)
    assert x[0] == LAYOUT.grid.left
    assert x[24] == LAYOUT.grid.right
    noon = datetime(2026, 12, 1, 12, 30, tzinfo=BANGUI)
    assert LAYOUT.x_of(noon) == pytest.approx((LAYOUT.x_at(12) + LAYOUT.x_at(13)) / 2)


def test_parts_do_not_cover_each_other() -> None:
    assert LAYOUT.grid.right < LAYOUT.offers.left
    assert LAYOUT.grid.bottom <= LAYOUT.keys_top < LAYOUT.notes_top < LAYOUT.inner.bottom
    assert not LAYOUT.grid.overlaps(LAYOUT.offers)
