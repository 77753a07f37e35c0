"""Pixels to PNG bytes: palette, no text chunk, no time, the same bytes for the same pixels."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Fewer colours turn the blue and the purple of small lines into grey.
COLOURS = 240


def to_png(pixels: NDArray[np.uint8], *, dpi: int) -> bytes:
    """
    Encode pixels.

    Parameters
    ----------
    pixels : array of uint8, (height, width, 3)
    dpi : int
        Written as the physical size; nothing else is.
    """
    image = Image.fromarray(pixels, mode="RGB")
    image = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = BytesIO()
    image.save(file, format="PNG", dpi=(dpi, dpi), compress_level=6)
    return file.getvalue()
