"""A block is drawn once, and once more in stripes where the data have expired."""

from __future__ import annotations

import pytest

from cmcoord_geo.render.heatstrip.cells import LOOKS, draw_block, look_name
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.sheet import Sheet

BOX = Box(left=10.0, right=40.0, top=10.0, bottom=20.0)


def pixels(name: str, *, is_stale: bool):
    sheet = Sheet(tokens.PAPERS["A4"], dpi=60)
    draw_block(sheet, BOX, name, is_stale=is_stale)
    return sheet.pixels()


@pytest.mark.parametrize("name", [name for name in LOOKS if name != "night"])
def test_expired_blocks_look_otherwise(name: str) -> None:
    assert (pixels(name, is_stale=True) != pixels(name, is_stale=False)).any()


def test_night_is_night_whatever_the_data() -> None:
    assert (pixels("night", is_stale=True) == pixels("night", is_stale=False)).all()


def test_names_of_looks() -> None:
    assert look_name("in", 2) == "in2"
    assert look_name("gate", 0) == "gate"
    assert {look_name("in", n) for n in range(4)} <= LOOKS.keys()
