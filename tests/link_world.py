"""
Invented roads along links of the bundled network, as an OpenStreetMap file: EXERCISE, none is surveyed.

Each road zigzags from town to town so that it has the length that a test asks for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from osm_world import write_world

from cmcoord_geo.facts import places, rows
from cmcoord_geo.units import KM_M, geodesic_m, line_length_m

LINKS = {row["segment_id"]: row for row in rows("roads.csv")}


@dataclass
class LinkWorld:
    """Nodes and ways that grow link by link."""

    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], dict[str, str]]] = field(default_factory=dict)
    towns: dict[str, int] = field(default_factory=dict)

    def town(self, key: str, *, is_named: bool = True) -> int:
        """Node of a place of the gazetteer."""
        if key not in self.towns:
            place = places()[key]
            self.towns[key] = self.node(place.lon, place.lat)
            if is_named:
                self.node_tags[self.towns[key]] = {"place": "town", "name": place.name}
        return self.towns[key]

    def node(self, lon: float, lat: float) -> int:
        """New node."""
        number = len(self.nodes) + 1
        self.nodes[number] = (lon, lat)
        return number

    def way(self, refs: list[int], **tags: str) -> int:
        """New way."""
        number = 100 + len(self.ways)
        self.ways[number] = (refs, tags)
        return number

    def road(
        self,
        start: int,
        end: int,
        *,
        km: float,
        pieces: int = 4,
        bridges: dict[int, dict[str, str]] | None = None,
        **tags: str,
    ) -> list[int]:
        """
        Ways from one node to another, ``km`` long together.

        ``bridges`` gives other tags to some of the pieces, by their number from 0.
        """
        line = zigzag(self.nodes[start], self.nodes[end], km=km, corners=8 * pieces)
        refs = [start, *(self.node(*point) for point in line[1:-1].tolist()), end]
        each = []
        for k in range(pieces):
            part = refs[8 * k : 8 * k + 9]
            each.append(self.way(part, **(bridges or {}).get(k, {"highway": "primary", **tags})))
        return each

    def link(self, key: str, *, km: float | None = None, **more: object) -> list[int]:
        """Road of a link, as long as the bundled table has it unless said otherwise."""
        row = LINKS[key]
        length = float(row["km_est"]) if km is None else km
        start, end = self.town(row["from_id"]), self.town(row["to_id"])
        return self.road(start, end, km=length, **more)  # type: ignore[arg-type]

    def write(self, path: Path) -> Path:
        """Write everything as OSM XML."""
        return write_world(path, ways=self.ways, nodes=self.nodes, node_tags=self.node_tags)


def zigzag(
    start: tuple[float, float], end: tuple[float, float], *, km: float, corners: int
) -> np.ndarray:
    """Line of ``corners`` steps between two points that is ``km`` long."""
    a, b = np.array(start), np.array(end)
    straight_m = float(geodesic_m(*start, *end)[0])
    across = np.array([-(b - a)[1], (b - a)[0]])
    shares = np.linspace(0.0, 1.0, corners + 1)[:, None]
    sides = np.where(np.arange(corners + 1) % 2 == 1, 1.0, 0.0)[:, None]

    def line(width: float) -> np.ndarray:
        return a + shares * (b - a) + sides * width * across

    assert km * KM_M >= straight_m, "shorter than the straight line"
    low, high = 0.0, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if line_length_m(line(middle)) < km * KM_M else (low, middle)
    return line(high)
