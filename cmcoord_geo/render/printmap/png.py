"""Pixels to PNG bytes: one fixed palette, no text chunk, no time, the same bytes for the same pixels."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from cmcoord_geo.render.printmap import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Steps of the grey ramp, and of the edges of a colour towards white and towards black.
GREYS, TO_WHITE, TO_BLACK = 33, 12, 8


def to_png(pixels: NDArray[np.uint8], *, dpi: int) -> bytes:
    """
    Encode pixels.

    A palette made from the picture would drop a colour that is rare in it, such as the yellow of the lowest
    class where it stands in the legend alone; so the palette is that of the tokens, whatever is drawn.

    Parameters
    ----------
    pixels : array of uint8, (height, width, 3)
    dpi : int
        Written as the physical size; nothing else is.
    """
    frame = Image.new("P", (1, 1))
    frame.putpalette(palette().ravel().tolist())
    image = Image.fromarray(pixels).quantize(palette=frame, dither=Image.Dither.NONE)
    file = BytesIO()
    image.save(file, format="PNG", dpi=(dpi, dpi), compress_level=6)
    return file.getvalue()


@cache
def palette() -> NDArray[np.uint8]:
    """Colours ``(n, 3)``, n at most 256: greys, and each token's colour with its edges to white and black."""
    ramps = [np.linspace((0, 0, 0), (255, 255, 255), GREYS)]
    greys = {tokens.ABROAD, tokens.BAND, tokens.RULE, tokens.INK}
    ramps += [np.array([_rgb(color)]) for color in sorted(greys)]
    colors = [style.color for style in tokens.EXPOSURE.values()]
    own = (tokens.HUMANITARIAN, tokens.PATROL, tokens.AREA, tokens.OPERATION, tokens.WATER)
    for color in (*colors, *own):
        ramps.append(np.linspace(_rgb(color), (255, 255, 255), TO_WHITE, endpoint=False))
        ramps.append(np.linspace(_rgb(color), (0, 0, 0), TO_BLACK, endpoint=False)[1:])
    return np.rint(np.vstack(ramps)).astype(np.uint8)


def _rgb(color: str) -> tuple[int, int, int]:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue
