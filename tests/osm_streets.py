"""
Streets of a small town as an OpenStreetMap file, with restrictions of turns.

::

    11 --- 12 --- 13 --- 14
    |      |      |      |
    21 --- 22 --- 23 --- 24
    |      |      |      |
    31 --- 32 --- 33 --- 34

Each block is a way of its own, called by its ends: 2122 runs from 21 to 22.
"""

from __future__ import annotations

from pathlib import Path

from osm_world import Relation, write_world

Way = tuple[list[int], dict[str, str]]

STEP = 0.01
NODES = {10 * r + c: (20.5 + STEP * c, 5.8 - STEP * r) for r in (1, 2, 3) for c in (1, 2, 3, 4)}
STREET = {"highway": "tertiary", "surface": "laterite"}
BLOCKS = [(a, b) for a in NODES for b in (a + 1, a + 10) if b in NODES]
WAYS: dict[int, Way] = {100 * a + b: ([a, b], STREET) for a, b in BLOCKS}


def turn(
    value: str,
    start: int | list[int],
    via: str | int | list[int],
    end: int | list[int],
    **tags: str,
) -> Relation:
    """Restriction over a node (number) or ways (list); ``key=`` names another key than ``restriction``."""
    vias = [("via", "way", w) for w in via] if isinstance(via, list) else [("via", "node", via)]
    starts = start if isinstance(start, list) else [start]
    ends = end if isinstance(end, list) else [end]
    members = [
        *(("from", "way", way) for way in starts),
        *vias,
        *(("to", "way", way) for way in ends),
    ]
    key = tags.pop("key", "restriction")
    return members, {"type": "restriction", key: value, **tags}


def write_streets(
    path: Path,
    *relations: Relation,
    ways: dict[int, Way] | None = None,
    without: tuple[int, ...] = (),
    node_tags: dict[int, dict[str, str]] | None = None,
) -> Path:
    """Write the town with some ways more, instead, or fewer, and some restrictions."""
    drawn = {way: what for way, what in {**WAYS, **(ways or {})}.items() if way not in without}
    numbered = {900 + i: relation for i, relation in enumerate(relations)}
    return write_world(path, ways=drawn, nodes=NODES, node_tags=node_tags or {}, relations=numbered)
