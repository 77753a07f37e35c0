"""
An invented week of movements, patrols and reports on any network file, for the benchmark and for trying.

``python scripts/_country_week.py NETWORK FOLDER [--movements 20] [--patrols 15] [--seed 1]``. Movements go
from town to town; patrols, reports and incidents lie on their roads, by two places, by a numbered road and
km, or by segment. Same network and seed, same bytes. Nothing in it is real: all is EXERCISE.
"""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.service import load_network
from cmcoord_geo.units import BANGUI

MONDAY = datetime(2026, 11, 30, tzinfo=BANGUI)
AS_OF = MONDAY - timedelta(hours=7)
#: How far apart the ends of a movement lie, as a share of the network's extent.
LEAST_APART, MOST_APART = 0.04, 0.16
#: Longest stretch of a patrol or report, km, and the share of a small network's trip that it is at most.
STRETCH_KM, STRETCH_SHARE = 60.0, 0.5
#: Towns are enough from so many on; else villages stand in.
MOST_TOWNS = 40
FLEETS = (
    ("lv_4x4:2", 6),
    ("truck_6x6:3; lv_4x4:1", 10),
    ("heavy_truck:2; lv_4x4:1", 7),
    ("lv_4x4:3", 9),
    ("lv_4x4:1", 3),
)
NEEDS = ("lifesaving", "urgent", "regular", "")
PRESENCE = ("", "area_presence", "road_check", "eo_verification")
INCIDENTS = 300
CLASSES = ("robbery", "checkpoint", "ambush", "attack", "clash", "abduction", "ordnance")
Row = dict[str, object]


@dataclass(frozen=True)
class Trip:
    """A way between two towns: its junctions in order, the segments between them, the km at each junction."""

    origin: str
    destination: str
    nodes: tuple[int, ...]
    segments: tuple[int, ...]
    km: NDArray[np.float64]


class Country:
    """A network, its towns and the ways between them."""

    def __init__(self, network: RoadNetwork) -> None:
        if network.places is None:
            msg = "the network has no named places"
            raise SystemExit(msg)
        self.network, places = network, network.places
        for kinds in ({"city", "town"}, {"city", "town", "village"}):
            which = [i for i, kind in enumerate(places.kinds) if kind in kinds]
            names = [places.names[i] for i in which]
            which = [i for i in which if names.count(places.names[i]) == 1][:MOST_TOWNS]
            if len(which) > MOST_TOWNS // 4:
                break
        _, near = KDTree(np.column_stack([network.lon, network.lat])).query(
            np.column_stack([places.lon, places.lat])
        )
        self.towns = {int(near[i]): places.names[i] for i in which}
        self.named = {int(node): name for node, name in zip(near, places.names, strict=True)}
        length = np.maximum(network.length_m, 1.0)
        is_numbered = np.array([bool(ref) for ref in network.route_ref])
        weight = np.where(is_numbered, 1.0, 2.0) * length  # people keep to the numbered roads
        self.between: dict[tuple[int, int], int] = {}
        for i in np.argsort(-weight, kind="stable").tolist():
            pair = int(network.start[i]), int(network.end[i])
            self.between[pair] = self.between[pair[::-1]] = i
        kept = np.unique(np.fromiter(self.between.values(), dtype=np.int64))
        ends = (
            np.r_[network.start[kept], network.end[kept]],
            np.r_[network.end[kept], network.start[kept]],
        )
        count = len(network.node_ids)
        self.graph = csr_array((np.r_[weight[kept], weight[kept]], ends), shape=(count, count))

    def trip(self, origin: int, destination: int) -> Trip | None:
        """The way from one town to another, None where there is none."""
        _, before = dijkstra(self.graph, indices=origin, return_predecessors=True)
        nodes = [destination]
        while nodes[-1] != origin and before[nodes[-1]] >= 0:
            nodes.append(int(before[nodes[-1]]))
        if nodes[-1] != origin:
            return None
        nodes.reverse()
        segments = tuple(self.between[pair] for pair in pairwise(nodes))
        km = np.concatenate([[0.0], np.cumsum(self.network.length_m[list(segments)])]) / 1000
        return Trip(self.towns[origin], self.towns[destination], tuple(nodes), segments, km)

    def places_on(self, trip: Trip) -> list[tuple[float, str]]:
        """Named places on a way between its ends, each with its km."""
        return [
            (float(km), self.named[node])
            for node, km in zip(trip.nodes[1:-1], trip.km[1:-1], strict=True)
            if node in self.named
        ]


def write_week(network: Path, folder: Path, *, movements: int, patrols: int, seed: int) -> None:
    """Write the folder of tables."""
    country = Country(load_network(network)[0])
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    trips = _trips(country, movements, random)
    tables: Mapping[str, Sequence[Row]] = {
        "movements": _movements(country, trips, random),
        "consents": _consents(len(trips)),
        "patrols": _patrols(country, trips, patrols, random),
        "road_status": _reports(country, trips),
        "operations": _operations(country, trips),
        "activities": _activities(trips),
        "incidents": _incidents(country, trips, random),
    }
    for name, rows in tables.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    classes = ", ".join(f'"{each}"' for each in CLASSES)
    (folder / "picture.toml").write_text(
        f"as_of = {AS_OF.isoformat()}\nis_exercise = true\nnetwork = {str(network.resolve())!r}\n\n"
        '[[sources]]\nid = "exercise"\nname = "EXERCICE / EXERCISE"\nlicence = "CC0-1.0"\n'
        f"first = 2026-06-01\nlast = 2026-11-29\nclasses = [{classes}]\nareas = []\nhas_export = true\n",
        encoding="utf-8",
    )


def _trips(country: Country, count: int, random: np.random.Generator) -> list[Trip]:
    """Ways between towns that are neither next to each other nor across the country; some pairs twice."""
    network, towns = country.network, list(country.towns)
    extent = float(np.hypot(np.ptp(network.lon), np.ptp(network.lat)))
    found: list[Trip] = []
    while len(found) < count:
        if len(found) % 5 == 4:  # the same road again, for another organisation
            found.append(found[-2])
            continue
        start, end = (int(i) for i in random.choice(towns, 2, replace=False))
        apart = np.hypot(
            network.lon[start] - network.lon[end], network.lat[start] - network.lat[end]
        )
        trip = country.trip(start, end) if LEAST_APART < apart / extent < MOST_APART else None
        if trip is not None:
            found.append(trip)
    return found


def _movements(country: Country, trips: list[Trip], random: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for i, trip in enumerate(trips):
        day = MONDAY + timedelta(days=int(random.integers(0, 5)))
        vehicles, persons = FLEETS[i % len(FLEETS)]
        on_the_way = country.places_on(trip)
        stop = on_the_way[len(on_the_way) // 2][1] if on_the_way and i % 3 == 0 else ""
        rows.append({
            "movement_id": f"EX-M{i + 1:02}",
            "organisation": f"ORG-{'ABCDEFG'[i % 7]}",
            "origin": trip.origin,
            "destination": trip.destination,
            "depart_earliest": _at(day, 6),
            "depart_latest": _at(day, 6 + int(random.integers(1, 4))),
            "vehicles": vehicles,
            "persons": persons,
            "cargo": "vivres",
            "marking": "drapeau et logo (EXERCICE)",
            "purpose": "distribution générale",
            "trip": "one way" if i % 4 == 3 else "return",
            "arrive_by": _at(day + timedelta(days=1), 16) if i % 4 == 1 else "",
            "stops": f"{stop}:45" if stop else "",
            "submitted_at": _at(MONDAY - timedelta(days=4), 8 + i % 8),
            "need": NEEDS[i % len(NEEDS)],
            "presence": PRESENCE[i % 3],
        })  # fmt: skip
    return rows


def _consents(movements: int) -> list[Row]:
    """All organisations but the last consent; the sixth has withdrawn."""
    return [
        {
            "organisation": f"ORG-{letter}",
            "audience": "minusca_ops",
            "until": _at(MONDAY + timedelta(days=7), 0),
            "withdrawn": "yes" if letter == "F" else "no",
            "accepts_mixed_patrols": "yes" if letter in "CE" else "no",
        }
        for letter in "ABCDEF"[:movements]
    ]


def _patrols(
    country: Country, trips: list[Trip], count: int, random: np.random.Generator
) -> list[Row]:
    """Stretches of the movements' roads, named in every way that the table knows."""
    rows: list[Row] = []
    for i in range(count):
        trip = trips[i % len(trips)]
        day = MONDAY + timedelta(days=int(random.integers(-1, 5)))
        row: Row = {
            "patrol_id": f"EX-P{i + 1:02}",
            **_stretch(country, trip, ("places", "road", "segment")[i % 3]),
            "start": _at(day, 7 + i % 6),
            "end": _at(day, 11 + i % 6),
            "provider": ("force", "unpol", "fpu")[i % 3],
            "composition": "mixed" if i % 7 == 6 else "minusca",
            "valid_until": _at(day, 11 + i % 6),
        }
        if day < MONDAY:
            row |= {"passed_at": _at(day, 11 + i % 6), "valid_until": ""}
        rows.append(row)
    return rows


def _stretch(country: Country, trip: Trip, kind: str) -> Row:
    """A stretch of a trip by two places, by a numbered road and kilometres, or by a segment in its middle."""
    middle = trip.segments[len(trip.segments) // 2]
    row: Row = {
        "segment_id": "",
        "from_place": "",
        "to_place": "",
        "road": "",
        "km_from": "",
        "km_to": "",
    }
    places = [(0.0, trip.origin), *country.places_on(trip), (float(trip.km[-1]), trip.destination)]
    if kind == "places":
        first = len(places) // 3
        most = places[first][0] + min(STRETCH_KM, STRETCH_SHARE * float(trip.km[-1]))
        last = max(i for i in range(len(places)) if i <= first + 1 or places[i][0] <= most)
        return row | {"from_place": places[first][1], "to_place": places[last][1]}
    if kind == "road":
        for (at, name), segment in _named_on_numbered(country, trip):
            ref, last = country.network.route_ref[segment], _last_on(country, trip, at, segment)
            if last:
                return row | {
                    "road": ref,
                    "from_place": name,
                    "to_place": last[1],
                    "km_from": 0,
                    "km_to": round(min(STRETCH_KM, last[0] - at)),
                }
    return row | {"segment_id": country.network.segment_ids[middle]}


def _named_on_numbered(country: Country, trip: Trip) -> list[tuple[tuple[float, str], int]]:
    """Named places where a numbered road of the trip begins or goes on, each with its segment there."""
    return [
        ((float(trip.km[i]), country.named[node]), trip.segments[i])
        for i, node in enumerate(trip.nodes[:-1])
        if node in country.named and country.network.route_ref[trip.segments[i]]
    ]


def _last_on(country: Country, trip: Trip, at: float, segment: int) -> tuple[float, str] | None:
    """The farthest named place of a trip that is reached from a km of it on one number alone."""
    ref, found = country.network.route_ref, None
    for i, node in enumerate(trip.nodes[1:]):
        if trip.km[i] >= at and ref[trip.segments[i]] != ref[segment]:
            break
        if node in country.named and trip.km[i + 1] > at + 1:
            found = float(trip.km[i + 1]), country.named[node]
    return found


def _reports(country: Country, trips: list[Trip]) -> list[Row]:
    """What was reported: closed, restricted, open, stale, and a crossing."""
    said = [
        ("places", {"state": "open", "reported_at": _at(MONDAY, -10)}),
        ("road", {"state": "restricted", "max_gross_t": "10", "reported_at": _at(MONDAY, -40)}),
        ("segment", {"state": "closed", "reported_at": _at(MONDAY, -60)}),
        (
            "places",
            {"state": "restricted", "max_vehicle": "lv_4x4", "reported_at": _at(MONDAY, -1200)},
        ),
        ("road", {"state": "restricted", "hours": "06:00-17:00", "reported_at": _at(MONDAY, -20)}),
    ]
    rows: list[Row] = [
        {
            "report_id": f"EX-R{i + 1:02}",
            **_stretch(country, trips[(3 * i) % len(trips)], kind),
            "crossing_id": "",
            **what,
            "reporter": "ngo",
            "verified": "yes" if i % 2 else "no",
            "note": "EXERCICE",
        }
        for i, (kind, what) in enumerate(said)
    ]
    crossings = {road: each for each in country.network.crossings for road in each.at_km}
    on_the_way = (country.network.segment_ids[i] for trip in trips for i in trip.segments)
    met = next((crossings[i] for i in on_the_way if i in crossings), None)
    if met:
        seen = {"state": "open", "reported_at": _at(MONDAY, -30), "reporter": "ngo"}
        rows.append({"report_id": "EX-R99", "crossing_id": met.crossing_id, **seen})
    return rows


def _operations(country: Country, trips: list[Trip]) -> list[Row]:
    return [
        {
            "operation_id": f"EX-O{i + 1:02}",
            **_stretch(country, trips[i], ("road", "places")[i % 2]),
            "start": _at(MONDAY + timedelta(days=i + 1), 6),
            "end": _at(MONDAY + timedelta(days=i + 1), 18),
        }
        for i in range(2)
    ]


def _activities(trips: list[Trip]) -> list[Row]:
    day = MONDAY + timedelta(days=2)
    return [
        {"activity_id": f"EX-A{i + 1:02}", "kind": kind, "place": trips[i // 2].destination,
         "start": _at(day, 8 + i), "end": _at(day, 14 + i)}
        for i, kind in enumerate(("distribution", "qip", "cimic"))
    ]  # fmt: skip


def _incidents(country: Country, trips: list[Trip], random: np.random.Generator) -> list[Row]:
    network = country.network
    rows: list[Row] = []
    for i in range(INCIDENTS):
        trip = trips[int(random.integers(0, len(trips)))]
        node = trip.nodes[int(random.integers(0, len(trip.nodes)))]
        day = MONDAY - timedelta(days=1 + int(random.integers(0, 180)))
        rows.append({
            "incident_id": f"EX-{i + 1:04}",
            "occurred_at": day.date().isoformat(),
            "class": CLASSES[int(random.integers(0, len(CLASSES)))],
            "lat": f"{network.lat[node] + random.normal(0, 0.003):.4f}",
            "lon": f"{network.lon[node] + random.normal(0, 0.003):.4f}",
            "precision": 1 + int(random.integers(0, 2)),
            "source_id": "exercise",
        })  # fmt: skip
    return rows


def _at(day: datetime, hour: int) -> str:
    return (day.replace(hour=0) + timedelta(hours=hour)).isoformat(timespec="minutes")


def main(arguments: list[str]) -> int:
    """Write the week that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--movements", type=int, default=20)
    parser.add_argument("--patrols", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    write_week(
        asked.network,
        asked.folder,
        movements=asked.movements,
        patrols=asked.patrols,
        seed=asked.seed,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
