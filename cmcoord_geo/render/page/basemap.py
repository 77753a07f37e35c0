"""
The base map as the page takes it: lines in whole thousandths of a degree, point after point as steps.

``[lon, lat, step east, step north, ...]``, written as Google's encoded polyline does: five bits to a
character, "?" to "~", so that none of them is one of HTML. 0.001 degree is 110 m: less than the outline's own
precision.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from cmcoord_geo.i18n import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmcoord_geo.render.page.pack import Plain

#: Parts of a degree in one step of a line of the base map, and of a road.
BASE_SCALE = 1000
ROAD_SCALE = 100_000

#: Of an encoded number: its first character, and what a character is higher when another follows.
_FIRST_LETTER = 63
_MORE = 32


def steps(line: Iterable[Sequence[float]], *, scale: int = BASE_SCALE) -> list[int]:
    """
    Line as whole steps, without points that fall together.

    Raises
    ------
    ValueError
        A coordinate is NaN or infinite.

    Examples
    --------
    >>> steps([(18.5, 4.25), (18.5, 4.25), (18.501, 4.249)])
    [18500, 4250, 1, -1]
    """
    found: list[int] = []
    before: tuple[int, int] | None = None
    for lon, lat in line:
        if not (isfinite(lon) and isfinite(lat)):
            message = f"a coordinate is not finite: {lon}, {lat}"
            raise ValueError(message)
        here = (round(lon * scale), round(lat * scale))
        if before is None:
            found += here
        elif here != before:
            found += (here[0] - before[0], here[1] - before[1])
        before = here
    return found


def encoded(numbers: Iterable[int]) -> str:
    r"""
    Whole numbers as text, five bits to a character, the low ones first; the sign is the lowest bit.

    Examples
    --------
    >>> encoded([0, -1, 15, 16, 18500])
    '?@]_@gcc@'
    """
    return "".join(_letters(2 * n if n >= 0 else -2 * n - 1) for n in numbers)


def _letters(number: int) -> str:
    found = ""
    while number >= _MORE:
        found += chr(_FIRST_LETTER + _MORE + number % _MORE)
        number //= _MORE
    return found + chr(_FIRST_LETTER + number)


def base_payload(base: Mapping[str, Any]) -> dict[str, Plain]:
    """Country, neighbours, waters and prefectures of ``facts.basemap()`` for the page."""
    west, south, east, north = base["box"]
    return {
        "box": [west, south, east, north],
        "country": [encoded(steps(ring)) for ring in base["country"]],
        "neighbours": [
            {
                "name": Said(part["name_fr"], part["name_en"]),
                "label": part["label"],
                "rings": [encoded(steps(ring)) for ring in part["rings"]],
            }
            for part in base["neighbours"]
        ],
        "rivers": [
            {
                "name": part["name"],
                "rank": part["rank"],
                "lines": [encoded(steps(x)) for x in part["lines"]],
            }
            for part in base["rivers"]
        ],
        "lakes": [encoded(steps(ring)) for part in base["lakes"] for ring in part["rings"]],
        "prefectures": [
            {"name": part["name"], "label": part["label"]} for part in base["prefectures"]
        ],
        "prefectureLines": [encoded(steps(line)) for line in base["prefecture_lines"]],
    }
