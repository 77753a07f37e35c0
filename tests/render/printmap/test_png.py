"""The palette holds every colour that means something, however rare it is in a picture."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from render.sample import product

from cmcoord_geo.render.printmap import build_picture, tokens
from cmcoord_geo.render.printmap.png import palette, to_png

MEANING = [*(style.color for style in tokens.EXPOSURE.values()), tokens.HUMANITARIAN, tokens.PATROL]


def rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


def test_the_palette_fits_into_a_byte():
    assert len(palette()) <= 256


@pytest.mark.parametrize("color", MEANING)
def test_a_single_dot_of_a_meaningful_colour_survives(color):
    pixels = np.full((60, 60, 3), 255, dtype=np.uint8)
    pixels[30, 30] = rgb(color)
    read = np.asarray(Image.open(BytesIO(to_png(pixels, dpi=100))).convert("RGB"))
    assert tuple(read[30, 30]) == rgb(color)
    assert tuple(read[0, 0]) == (255, 255, 255)


def test_every_class_of_the_legend_has_its_own_colour_in_the_file():
    png = build_picture(product("owner"), dpi=100)
    image = Image.open(BytesIO(png)).convert("RGB")
    found = {color for _, color in image.getcolors(1 << 24)}
    assert {rgb(color) for color in MEANING} <= found
