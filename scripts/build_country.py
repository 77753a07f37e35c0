"""
A made-up country of CAR's size as an OpenStreetMap file, for benchmarks: same seed, same roads.

``python scripts/build_country.py OUT.osm.pbf [--junctions 240000] [--seed 1]``. Villages lie in clusters,
their streets are short; between them run wiggly rural roads, mostly without a second way; rivers part the
country and have few bridges; main roads lead straight from large town to large town, each with a
number. Nothing in it is real: every name carries EXERCISE.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay, KDTree

BOX = (15.0, 4.0, 27.0, 10.5)  # west, south, east, north
DEGREE_KM = 111.2
#: Segments for each junction, as in the OpenStreetMap extract of CAR (291,000 on 237,000).
DENSITY = 1.23
RIVERS = 7
BRIDGES_PER_RIVER = 6
TOWNS = 40
#: Share of junctions in villages; the others lie along the country.
IN_VILLAGES = 0.7
#: Points between the ends of a rural road, and how far they stray, as a share of its length.
BENDS, STRAY = 4, 0.08


@dataclass(frozen=True)
class Country:
    """Junctions, roads between them with class and number each, and points between the ends of each road."""

    lonlat: NDArray[np.float64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    highway: NDArray[np.str_]
    ref: NDArray[np.str_]
    is_bridge: NDArray[np.bool_]
    bends: NDArray[np.float64]
    rivers: tuple[NDArray[np.float64], ...]
    towns: NDArray[np.int64]
    villages: NDArray[np.int64]


def make_country(junctions: int, seed: int) -> Country:
    """Draw the country."""
    random = np.random.default_rng(seed)
    lonlat, centres = _junctions(random, junctions)
    rivers = tuple(_river(random, k) for k in range(RIVERS))
    start, end = _neighbours(lonlat)
    length_km = _km(lonlat, start, end)
    is_wet, is_bridge = _bridged(lonlat, start, end, length_km, rivers, random)
    dry = ~is_wet | is_bridge
    start, end, length_km, is_bridge = start[dry], end[dry], length_km[dry], is_bridge[dry]
    places = _places(lonlat, centres)
    towns, villages = places[:TOWNS], places[TOWNS:]
    highway, ref = _classes(len(lonlat), start, end, length_km, towns, random)
    kept = _kept(len(lonlat), start, end, length_km, is_bridge | (ref != ""))
    start, end, length_km, is_bridge = start[kept], end[kept], length_km[kept], is_bridge[kept]
    highway, ref = highway[kept], ref[kept]
    return Country(
        lonlat=lonlat,
        start=start,
        end=end,
        highway=highway,
        ref=ref,
        is_bridge=is_bridge,
        bends=_bends(lonlat, start, end, length_km, random),
        rivers=rivers,
        towns=towns,
        villages=villages,
    )


def _junctions(
    random: np.random.Generator, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    west, south, east, north = BOX
    centres = random.uniform((west, south), (east, north), (max(8, count // 60), 2))
    size = random.pareto(1.1, len(centres)) + 1
    in_villages = int(count * IN_VILLAGES)
    home = random.choice(len(centres), in_villages, p=size / size.sum())
    spread = 0.004 * np.sqrt(size[home])[:, None]
    village = centres[home] + np.clip(random.normal(size=(in_villages, 2)), -2.5, 2.5) * spread
    rural = random.uniform((west, south), (east, north), (count - in_villages, 2))
    lonlat = np.clip(np.vstack([village, rural]), (west, south), (east, north))
    return np.round(lonlat, 7), centres[np.argsort(-size)]


def _river(random: np.random.Generator, k: int) -> NDArray[np.float64]:
    """River from north to south, or from west to east for every third."""
    west, south, east, north = BOX
    along = np.linspace(0, 1, 60)
    drift = np.cumsum(random.normal(0, 0.06, 60))
    if k % 3 == 2:
        across = south + (north - south) * (k + 1) / (RIVERS + 2) + drift
        return np.column_stack([west + (east - west) * along, across])
    across = west + (east - west) * (k + 1) / (RIVERS + 1) + drift
    return np.column_stack([across, south + (north - south) * along])


def _neighbours(lonlat: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of junctions that a road may join: the edges of the Delaunay triangulation."""
    corners = Delaunay(lonlat).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0).astype(np.int64)
    return pairs[:, 0], pairs[:, 1]


def _km(
    lonlat: NDArray[np.float64], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.float64]:
    step = (lonlat[end] - lonlat[start]) * (0.99, 1.0) * DEGREE_KM
    km: NDArray[np.float64] = np.hypot(step[:, 0], step[:, 1])
    return km


def _bridged(
    lonlat: NDArray[np.float64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    length_km: NDArray[np.float64],
    rivers: tuple[NDArray[np.float64], ...],
    random: np.random.Generator,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pairs lie on both sides of a river, and which of those have a bridge."""
    pairs = shapely.linestrings(np.stack([lonlat[start], lonlat[end]], axis=1))
    tree = shapely.STRtree(pairs)
    is_wet = np.zeros(len(pairs), dtype=bool)
    is_bridge = np.zeros(len(pairs), dtype=bool)
    for river in rivers:
        wet = np.unique(tree.query(shapely.linestrings(river), predicate="intersects"))
        is_wet[wet] = True
        short = wet[np.argsort(length_km[wet], kind="stable")][: BRIDGES_PER_RIVER * 20]
        is_bridge[random.choice(short, min(BRIDGES_PER_RIVER, len(short)), replace=False)] = True
    return is_wet, is_bridge


def _kept(
    count: int,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    length_km: NDArray[np.float64],
    is_wanted: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Roads that are built: the shortest tree that joins all, those wanted, then the shortest others."""
    weight = np.maximum(length_km, 1e-6)
    graph = csr_array((weight, (start, end)), shape=(count, count))
    tree = coo_array(minimum_spanning_tree(graph))
    in_tree = set(zip(tree.row.tolist(), tree.col.tolist(), strict=True))
    pairs = zip(start.tolist(), end.tolist(), strict=True)
    is_kept = np.fromiter((pair in in_tree for pair in pairs), dtype=bool, count=len(start))
    is_kept |= is_wanted
    others = np.flatnonzero(~is_kept)
    missing = max(0, int(DENSITY * count) - int(is_kept.sum()))
    is_kept[others[np.argsort(length_km[others], kind="stable")][:missing]] = True
    return np.flatnonzero(is_kept)


def _places(lonlat: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.int64]:
    """Junction nearest to the middle of each village, the largest first, none twice."""
    _, nearest = KDTree(lonlat).query(centres)
    _, first = np.unique(nearest, return_index=True)
    found: NDArray[np.int64] = nearest[np.sort(first)].astype(np.int64)
    return found


def _classes(
    count: int,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    length_km: NDArray[np.float64],
    towns: NDArray[np.int64],
    random: np.random.Generator,
) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """Main roads between the towns with a number each, streets where they are short, tracks elsewhere."""
    weight = np.maximum(length_km, 1e-6)
    both = (np.r_[weight, weight], (np.r_[start, end], np.r_[end, start]))
    graph = csr_array(both, shape=(count, count))
    number = {
        pair: i for i, pair in enumerate(zip(start.tolist(), end.tolist(), strict=True))
    }  # of the segment between two junctions
    highway = np.where(length_km < 0.4, "residential", "track").astype("<U12")
    highway[random.random(len(highway)) < 0.3] = "unclassified"
    ref = np.full(len(highway), "", dtype="<U8")
    for name, letter, among in (("primary", "N", towns[::6]), ("secondary", "R", towns[1::3])):
        routes = 0
        _, before = dijkstra(graph, indices=among, return_predecessors=True)
        for i, source in enumerate(among.tolist()):
            for town in among[i + 1 :].tolist():
                route = [
                    number.get(step, number.get(step[::-1], 0))
                    for step in _steps(before[i], source, town)
                ]
                new = [segment for segment in route if not ref[segment]]
                routes += bool(new)
                highway[new], ref[new] = name, f"EX{letter}{routes}"
    return highway, ref


def _steps(before: NDArray[np.int32], source: int, town: int) -> Iterator[tuple[int, int]]:
    """Pairs of junctions on the way from a town back to its source."""
    while town != source and before[town] >= 0:
        yield int(before[town]), town
        town = int(before[town])


def _bends(
    lonlat: NDArray[np.float64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    length_km: NDArray[np.float64],
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Points between both ends of each road, shape (roads, bends, 2): streets straight, roads wiggly."""
    a, b = lonlat[start], lonlat[end]
    share = np.linspace(0, 1, BENDS + 2)[1:-1]
    straight = a[:, None] + share[None, :, None] * (b - a)[:, None]
    side = np.column_stack([a[:, 1] - b[:, 1], b[:, 0] - a[:, 0]])
    stray = random.normal(0, STRAY, (len(a), BENDS)) * (length_km > 0.4)[:, None]
    return np.round(straight + stray[:, :, None] * side[:, None], 7)


def write_country(country: Country, path: Path) -> None:
    """Write it as an OpenStreetMap file; the suffix says which kind."""
    node, way = osmium.osm.mutable.Node, osmium.osm.mutable.Way
    count = len(country.lonlat)
    places = {
        t: ("village", f"Village EXERCISE {i}") for i, t in enumerate(country.villages.tolist())
    }
    places |= {t: ("town", f"Ville EXERCISE {i}") for i, t in enumerate(country.towns.tolist())}
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for i, where in enumerate(country.lonlat.tolist(), start=1):
            kind, name = places.get(i - 1, ("", ""))
            tags = {"place": kind, "name": name} if name else {}
            writer.add_node(node(id=i, location=where, tags=tags))
        bend = count
        for points in country.bends.reshape(-1, 2).tolist():
            bend += 1
            writer.add_node(node(id=bend, location=points))
        for river in country.rivers:
            for where in river.tolist():
                bend += 1
                writer.add_node(node(id=bend, location=where))
        columns = (country.start, country.end, country.highway, country.ref, country.is_bridge)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        for i, (start, end, highway, ref, is_bridge) in enumerate(rows):
            first = count + 1 + i * BENDS
            tags = {"highway": highway}
            if ref:
                tags |= {"surface": "laterite", "ref": ref}
            if is_bridge:
                tags |= {"bridge": "yes"}
            refs = [start + 1, *range(first, first + BENDS), end + 1]
            writer.add_way(way(id=i + 1, nodes=refs, tags=tags))
        first = count + 1 + len(country.start) * BENDS
        for k, river in enumerate(country.rivers):
            refs = range(first + k * len(river), first + (k + 1) * len(river))
            tags = {"waterway": "river", "name": f"Rivière EXERCISE {k}"}
            writer.add_way(way(id=len(country.start) + k + 1, nodes=list(refs), tags=tags))


def main(arguments: list[str]) -> int:
    """Make the file that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--junctions", type=int, default=240_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    country = make_country(options.junctions, options.seed)
    write_country(country, options.out)
    size_mb = options.out.stat().st_size / 1e6
    roads = len(country.start)
    print(f"{options.out.name}: {options.junctions} junctions, {roads} roads, {size_mb:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
