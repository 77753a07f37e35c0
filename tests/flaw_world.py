"""
A small EXERCISE country in which everything that a check of a network tells is there exactly once.

::

    4 ------------- 3 ----- 5      a ring of good road; 3-5 ends
    |             / |
    |          /    | 6            1-6 ends 5 m before the road 2-3
    |       /       |
    1 ------------- 2              1-3: access unknown; 2-4 (not drawn): surface of a strange word
      (1-7-2 beside: no name)            21-22-23: an island 1 km to the east
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osm_world import Relation, write_world

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network.osm.build import Built, build_network
from cmcoord_geo.network.scale import metres_per_degree

Way = tuple[list[int], dict[str, str]]
LON, LAT = 20.0, 6.0
#: Metres east and north of the corner.
SPOTS = {
    1: (0.0, 0.0),
    2: (2000.0, 0.0),
    3: (2000.0, 2000.0),
    4: (0.0, 2000.0),
    5: (2600.0, 2000.0),
    6: (1995.0, 1500.0),
    7: (1000.0, -300.0),
    21: (3000.0, 0.0),
    22: (3400.0, 0.0),
    23: (3200.0, 300.0),
}
GOOD = {"highway": "primary", "surface": "asphalt", "name": "Route d’essai"}
WAYS: dict[int, Way] = {
    10: ([1, 2], GOOD),
    11: ([2, 3], GOOD),
    12: ([3, 4], GOOD),
    13: ([4, 1], GOOD),
    20: ([21, 22, 23, 21], {**GOOD, "name": "Route de l’îlot"}),
    30: ([1, 6], {**GOOD, "name": "Route du bout"}),
    31: ([3, 5], {**GOOD, "name": "Route de la fin"}),
    40: ([1, 3], {**GOOD, "name": "Route au doute", "access": "unknown"}),
    50: ([2, 4], {**GOOD, "name": "Route étrange", "surface": "marshmallow"}),
    60: ([1, 7, 2], {"highway": "primary", "surface": "asphalt"}),
}


def lonlat(east_m: float, north_m: float) -> tuple[float, float]:
    """Degrees of metres east and north of the corner."""
    scale = metres_per_degree(np.array([LAT]))[0]
    return LON + east_m / float(scale[0]), LAT + north_m / float(scale[1])


def write_flaws_world(
    path: Path,
    *,
    ways: dict[int, Way] | None = None,
    spots: dict[int, tuple[float, float]] | None = None,
    without: tuple[int, ...] = (),
    lost: tuple[int, ...] = (),
    node_tags: dict[int, dict[str, str]] | None = None,
    relations: dict[int, Relation] | None = None,
    bounds: tuple[float, float, float, float] | None = None,
) -> Path:
    """
    Write the country with some ways more, instead or fewer.

    Parameters
    ----------
    path : Path
    ways, spots : dict, optional
        More of them, or others of the same number.
    without : tuple of int
        Ways left out.
    lost : tuple of int
        Nodes that ways name and the file lacks.
    node_tags, relations : dict, optional
    bounds : tuple, optional
        West, south, east, north in metres of the box that the file says it covers.
    """
    drawn = {way: what for way, what in {**WAYS, **(ways or {})}.items() if way not in without}
    there = {
        node: lonlat(*at) for node, at in {**SPOTS, **(spots or {})}.items() if node not in lost
    }
    write_world(path, ways=drawn, nodes=there, node_tags=node_tags or {}, relations=relations)
    if bounds is not None:
        (west, south), (east, north) = lonlat(*bounds[:2]), lonlat(*bounds[2:])
        box = f'<bounds minlon="{west}" minlat="{south}" maxlon="{east}" maxlat="{north}"/>'
        text = path.read_text(encoding="utf-8")
        head, rest = text.split('generator="test">', 1)
        path.write_text(f'{head}generator="test">{box}{rest}', encoding="utf-8")
    return path


def build_flaws_world(path: Path, **what: object) -> Built:
    """Build it."""
    source = write_flaws_world(path, **what)  # type: ignore[arg-type]
    return build_network(read_osm(source), name="EXERCISE", source="OpenStreetMap, EXERCISE")
