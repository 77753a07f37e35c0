"""
The base map as the page takes it: lines in whole thousandths of a degree, point after point as steps.

``[lon, lat, step east, step north, ...]``. 0.001 degree is 110 m: less than the outline's own precision.
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


def steps(line: Iterable[Sequence[float]], *, scale: int = BASE_SCALE) -> list[Plain]:
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
    found: list[Plain] = []
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


def base_payload(base: Mapping[str, Any]) -> dict[str, Plain]:
    """Country, neighbours, waters and prefectures of ``facts.basemap()`` for the page."""
    west, south, east, north = base["box"]
    return {
        "box": [west, south, east, north],
        "country": [steps(ring) for ring in base["country"]],
        "neighbours": [
            {
                "name": Said(part["name_fr"], part["name_en"]),
                "label": part["label"],
                "rings": [steps(ring) for ring in part["rings"]],
            }
            for part in base["neighbours"]
        ],
        "rivers": [
            {"name": part["name"], "rank": part["rank"], "lines": [steps(x) for x in part["lines"]]}
            for part in base["rivers"]
        ],
        "lakes": [steps(ring) for part in base["lakes"] for ring in part["rings"]],
        "prefectures": [
            {"name": part["name"], "label": part["label"]} for part in base["prefectures"]
        ],
        "prefectureLines": [steps(line) for line in base["prefecture_lines"]],
    }
