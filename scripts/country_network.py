"""
A made-up network of CAR's size as arrays, for benchmarks and tests of search: same seed, same arcs.

Towns are street grids; wiggly rural roads, long chains of nodes with two neighbours, join villages and
crossroads, many of them dead ends; rivers part the country and have few bridges; main roads between the large
towns are quicker, and more exposed. For the same as an OpenStreetMap file see ``build_country.py``.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WIDE_M, HIGH_M = 1_200_000.0, 700_000.0
RIVERS, MORE_BRIDGES = 7, 4
#: Shares of the nodes: streets of towns, and places (towns, villages, crossroads) between which roads run.
IN_TOWNS, AT_PLACES = 0.31, 0.2
#: Towns for each node, rural roads for each place, and share of the streets running north that are missing.
TOWNS, ROADS, MISSING = 1 / 200, 1.12, 0.24
BLOCK_M = 110.0
#: Towns between which main roads run, and places round which incidents gather.
LARGE, HOT = 24, 60


@dataclass(frozen=True)
class CountryNetwork:
    """
    Two-way roads, arcs ``2 i`` and ``2 i + 1`` being the two directions of one.

    Attributes
    ----------
    n_nodes : int
    tail, head : ndarray of int64, shape (arcs,)
    metres, seconds : ndarray of int64, shape (arcs,)
    exposure : ndarray of int64, shape (arcs,)
        Expected incidents along the arc in 1e-6.
    x, y : ndarray of float64, shape (n_nodes,)
        Metres on a plane.
    towns : ndarray of int64
        Nodes in the large towns, the largest first.
    """

    n_nodes: int
    tail: Ints
    head: Ints
    metres: Ints
    seconds: Ints
    exposure: Ints
    x: Floats
    y: Floats
    towns: Ints


class _Roads(NamedTuple):
    """Straight pieces: both ends and the speed there in km/h; main roads are more exposed."""

    start: Ints
    end: Ints
    speed: Floats
    is_main: NDArray[np.bool_]


def country_network(seed: int = 1, *, nodes: int = 240_000) -> CountryNetwork:
    """
    Draw the country.

    Parameters
    ----------
    seed : int
    nodes : int
        About so many; whatever the seed, all hang together.
    """
    random = np.random.default_rng(seed)
    spot, blocks = _places(random, nodes)
    crossing, streets = _streets(random, spot[: len(blocks)], blocks, first=len(spot))
    pairs = _roads_between(random, spot)
    left, first = nodes - len(spot) - len(crossing), len(spot) + len(crossing)
    bend, rural = _chains(random, spot, pairs, left, first)
    pieces = _Roads(*(np.concatenate(both) for both in zip(streets, rural, strict=True)))
    return _measured(random, np.vstack([spot, crossing, bend]), spot, pieces)


def _places(random: np.random.Generator, nodes: int) -> tuple[Floats, Ints]:
    """Where the places lie, the largest towns first, and crossings along a side of each town."""
    size = -np.sort(-(random.pareto(1.1, max(3, int(nodes * TOWNS))) + 1.0))
    size = np.minimum(size, 400.0)
    blocks = np.sqrt(size / size.sum() * nodes * IN_TOWNS).round().astype(np.int64).clip(2)
    count = max(len(blocks) + 4, int(nodes * AT_PLACES))
    return random.uniform((0, 0), (WIDE_M, HIGH_M), (count, 2)), blocks


def _roads_between(random: np.random.Generator, spot: Floats) -> Ints:
    """Pairs of places with a road: the shortest tree with as few bridges as it takes, the shortest others."""
    corners = Delaunay(spot).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)
    length = np.hypot(*(spot[pairs[:, 1]] - spot[pairs[:, 0]]).T)
    banks = _banks(random, spot)
    is_wet = (banks[pairs[:, 0]] != banks[pairs[:, 1]]).any(axis=1)
    tree = coo_array(
        minimum_spanning_tree(
            csr_array((length + 1e7 * is_wet, pairs.T), shape=(len(spot), len(spot)))
        )
    )
    key = pairs[:, 0] * len(spot) + pairs[:, 1]
    is_kept = np.isin(key, tree.row.astype(np.int64) * len(spot) + tree.col)
    bridges = np.flatnonzero(is_wet & ~is_kept)
    is_kept[random.choice(bridges, min(len(bridges), RIVERS * MORE_BRIDGES), replace=False)] = True
    dry = np.flatnonzero(~is_kept & ~is_wet)
    missing = max(0, int(ROADS * len(spot)) - int(is_kept.sum()))
    is_kept[dry[np.argsort(length[dry], kind="stable")][:missing]] = True
    return pairs[is_kept]


def _banks(random: np.random.Generator, spot: Floats) -> NDArray[np.bool_]:
    """On which side of each winding river the places lie, shape (places, rivers)."""
    across = random.uniform(0.1, 0.9, RIVERS) * np.where(np.arange(RIVERS) % 3 == 2, HIGH_M, WIDE_M)
    phase, waves = random.uniform(0, 7, RIVERS), random.uniform(1, 4, RIVERS)
    sides = []
    for k in range(RIVERS):
        along, away = spot[:, ::-1].T if k % 3 != 2 else spot.T
        wide = 40_000.0 * np.sin(phase[k] + waves[k] * along / 150_000.0)
        sides.append(away < across[k] + wide)
    return np.column_stack(sides)


def _streets(
    random: np.random.Generator, middle: Floats, blocks: Ints, *, first: int
) -> tuple[Floats, _Roads]:
    """
    Crossings and streets of all towns, the middle of each joined to one of its crossings.

    Streets that run east and the first that runs north are complete, so that a town hangs together.
    """
    points, starts, ends = [], [], []
    for node, (where, side) in enumerate(zip(middle, blocks.tolist(), strict=True)):
        number = first + np.arange(side * side).reshape(side, side)
        east, north = np.meshgrid(np.arange(side), np.arange(side))
        corner = where + 10.0 - BLOCK_M * (side // 2)
        stray = random.normal(0, 8.0, (side * side, 2))
        points.append(corner + BLOCK_M * np.column_stack([east.ravel(), north.ravel()]) + stray)
        is_there = random.random((side - 1, side)) > MISSING
        is_there[:, 0] = True
        starts += [[node], number[:, :-1].ravel(), number[:-1][is_there]]
        ends += [[number[side // 2, side // 2]], number[:, 1:].ravel(), number[1:][is_there]]
        first += side * side
    start, end = np.concatenate(starts), np.concatenate(ends)
    return np.vstack(points), _Roads(
        start, end, np.full(len(start), 25.0), np.zeros(len(start), bool)
    )


def _chains(
    random: np.random.Generator, spot: Floats, pairs: Ints, nodes: int, first: int
) -> tuple[Floats, _Roads]:
    """Nodes along the roads between places, more on longer ones, and the pieces between them."""
    a, b = spot[pairs[:, 0]], spot[pairs[:, 1]]
    length = np.hypot(*(b - a).T)
    inner = (length / length.sum() * nodes).round().astype(np.int64)
    road, count = np.repeat(np.arange(len(pairs)), inner), int(inner.sum())
    rank = np.arange(count) - np.repeat(np.cumsum(inner) - inner, inner) + 1
    share = rank / (inner[road] + 1)
    phase, waves = random.uniform(0, 7, len(pairs)), random.uniform(1, 5, len(pairs))
    stray = 0.06 * np.sin(np.pi * share) * np.sin(phase[road] + 2 * np.pi * waves[road] * share)
    ahead = (b - a)[road]
    point = a[road] + share[:, None] * ahead + stray[:, None] * ahead[:, ::-1] * (1, -1)
    node, is_last = first + np.arange(count), rank == inner[road]
    has_none = inner == 0
    start = np.concatenate([pairs[~has_none, 0], node, pairs[has_none, 0]])
    end = np.concatenate(
        [node[rank == 1], np.where(is_last, pairs[road, 1], node + 1), pairs[has_none, 1]]
    )
    of_road = np.concatenate([np.flatnonzero(~has_none), road, np.flatnonzero(has_none)])
    is_main = _main_roads(spot, pairs)
    speed = np.where(is_main, 60.0, random.uniform(12.0, 45.0, len(pairs)))
    return point, _Roads(start, end, speed[of_road], is_main[of_road])


def _main_roads(spot: Floats, pairs: Ints) -> NDArray[np.bool_]:
    """Roads on the shortest ways between the large towns."""
    length = np.hypot(*(spot[pairs[:, 1]] - spot[pairs[:, 0]]).T)
    graph = coo_array((length, pairs.T), shape=(len(spot), len(spot))).tocsr()
    _, before = dijkstra(graph, directed=False, indices=range(LARGE), return_predecessors=True)
    driven = set()
    for tree in before.tolist():
        for town in range(LARGE):
            node = town
            while tree[node] >= 0:
                driven.add(min(node, tree[node]) * len(spot) + max(node, tree[node]))
                node = tree[node]
    return np.isin(pairs[:, 0] * len(spot) + pairs[:, 1], list(driven))


def _measured(
    random: np.random.Generator, point: Floats, spot: Floats, pieces: _Roads
) -> CountryNetwork:
    """Costs of every piece, in both directions."""
    start, end = point[pieces.start], point[pieces.end]
    metres = np.hypot(*(end - start).T).round().clip(1)
    seconds = (metres / pieces.speed * 3.6).round().clip(1)
    hourly = _incidents_an_hour(random, (start + end) / 2, spot) * np.where(
        pieces.is_main, 3.0, 1.0
    )
    exposure = (hourly * seconds / 3600 * 1e6).round()
    both = (np.repeat(cost.astype(np.int64), 2) for cost in (metres, seconds, exposure))
    return CountryNetwork(
        len(point),
        np.column_stack([pieces.start, pieces.end]).ravel(),
        np.column_stack([pieces.end, pieces.start]).ravel(),
        *both,
        *point.T.copy(),
        np.arange(LARGE),
    )


def _incidents_an_hour(random: np.random.Generator, where: Floats, spot: Floats) -> Floats:
    """What a vehicle there may expect in an hour: little everywhere, more round some places."""
    found = np.full(len(where), 5e-4)
    for middle in spot[random.choice(max(HOT, len(spot) // 40), HOT, replace=False)]:
        reach, height = random.uniform(8_000.0, 40_000.0), random.exponential(0.02)
        away = where - middle
        found += height * np.exp(-0.5 * (away * away).sum(axis=1) / reach**2)
    return found
