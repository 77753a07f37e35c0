"""
Drawn towns as road networks: ``town("A--B")`` is a network that any room takes.

Unless a test says otherwise a drawn road is paved, open to every vehicle in both seasons and of known length,
so that a test states only what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from ascii_town import Road, parse_town

from cmcoord_geo.facts import Crossing
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.traffic import Traffic, everybody

#: Upper left corner of every drawing, in the middle of CAR.
WEST, NORTH = 20.0, 7.0
DEGREE_M = 111_000.0

#: Columns of a segment, by name of the column in :class:`RoadNetwork`.
GOOD_ROAD: Mapping[str, str] = {
    "road_class": "national",
    "route_ref": "",
    "surface": "paved",
    "season_zone": "centre",
    "status_dry": "open",
    "status_wet": "open",
    "max_vehicle_dry": "tanker",
    "max_vehicle_wet": "tanker",
    "confidence": "high",
    "note": "",
}


def town(
    drawing: str,
    *,
    cell_m: float = 1000.0,
    roads: Mapping[str, Mapping[str, object]] | None = None,
    more: Sequence[Road] = (),
    ids: Mapping[str, str] | None = None,
    crossings: tuple[Crossing, ...] = (),
    is_schematic: bool = False,
    **columns: str,
) -> RoadNetwork:
    """
    Road network of a drawing; segments are called ``A-B`` as they run, left to right or downwards.

    Parameters
    ----------
    drawing : str
        Junctions and roads, see :mod:`ascii_town`.
    cell_m : float
        Metres that one character stands for.
    roads : mapping, optional
        Segment id to what is different about it: a column of :class:`RoadNetwork`.
    more : sequence of Road
        Roads that a drawing cannot show, such as parallel ones; a repeated id becomes ``A-B#2``.
    ids : mapping, optional
        Letter to node id, such as ``{"A": "BGF"}`` for a junction that is a place of the gazetteer.
    crossings : tuple of Crossing
    **columns : str
        Column and value for every road, such as ``surface="track"``.
    """
    spots = _spots(drawing)
    drawn = [*parse_town(drawing, cell_m=cell_m), *more]
    index = {letter: i for i, letter in enumerate(spots)}
    lon = np.array([WEST + c * cell_m / DEGREE_M for _, c in spots.values()])
    lat = np.array([NORTH - r * cell_m / DEGREE_M for r, _ in spots.values()])
    start = np.array([index[road.start] for road in drawn], dtype=np.int64)
    end = np.array([index[road.end] for road in drawn], dtype=np.int64)
    segment_ids = _unique([f"{road.start}-{road.end}" for road in drawn])
    rows = [{**GOOD_ROAD, **columns, **(roads or {}).get(key, {})} for key in segment_ids]
    length_m = np.array(
        [row.get("length_m", road.length_m) for row, road in zip(rows, drawn, strict=True)]
    )
    node_ids = tuple((ids or {}).get(letter, letter) for letter in spots)
    return RoadNetwork(
        node_ids=node_ids,
        node_names=node_ids,
        lon=lon,
        lat=lat,
        segment_ids=segment_ids,
        start=start,
        end=end,
        length_m=length_m,
        length_low_m=np.array(
            [row.get("length_low_m", m) for row, m in zip(rows, length_m, strict=True)]
        ),
        length_high_m=np.array(
            [row.get("length_high_m", m) for row, m in zip(rows, length_m, strict=True)]
        ),
        lines=tuple(
            np.array([[lon[a], lat[a]], [lon[b], lat[b]]]) for a, b in zip(start, end, strict=True)
        ),
        **{column: tuple(str(row[column]) for row in rows) for column in GOOD_ROAD},
        crossings=crossings,
        is_schematic=is_schematic,
        name="town",
        source="drawn in a test",
        licence="none",
    )


def with_traffic(drawn: RoadNetwork, names: Sequence[str] = ()) -> RoadNetwork:
    """Surveyed network of a drawing: every road open both ways to everybody, without a name unless given."""
    every = np.full(len(drawn), everybody(), dtype=np.uint8)
    traffic = Traffic(
        names=tuple(names) or ("",) * len(drawn),
        forward=every,
        backward=every,
        duration_s=np.full(len(drawn), np.nan),
    )
    return replace(drawn, traffic=traffic)


def _spots(drawing: str) -> dict[str, tuple[int, int]]:
    """Row and column of each junction of a drawing."""
    found: dict[str, tuple[int, int]] = {}
    for r, line in enumerate(drawing.splitlines()):
        for c, mark in enumerate(line):
            if mark.isalnum():
                assert mark not in found, f"{mark} is drawn twice"
                found[mark] = r, c
    return found


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    earlier: dict[str, int] = {}
    found = []
    for name in names:
        earlier[name] = earlier.get(name, 0) + 1
        found.append(name if earlier[name] == 1 else f"{name}#{earlier[name]}")
    return tuple(found)
