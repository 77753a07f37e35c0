"""Rows of occupancies for the tests, given in km and hours after a morning."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from planning.worlds import MORNING

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.conflicts import Occupancies

START_S = MORNING.timestamp()
Hours = tuple[float, float]
#: Party, segment id, km at both ends, first and last hour at both ends.
Drawn = tuple[str, str, tuple[float, float], Hours, Hours]


def occupancies(network: RoadNetwork, drawn: Iterable[Drawn]) -> Occupancies:
    rows = list(drawn)
    parties = tuple(dict.fromkeys(row[0] for row in rows))
    return Occupancies(
        parties=parties,
        party=np.array([parties.index(row[0]) for row in rows], np.int64),
        segment=np.array([network.segment_index[row[1]] for row in rows], np.int64),
        at_m=np.array([row[2] for row in rows], float).reshape(-1, 2) * 1000,
        first_s=START_S + np.array([row[3] for row in rows], float).reshape(-1, 2) * 3600,
        last_s=START_S + np.array([row[4] for row in rows], float).reshape(-1, 2) * 3600,
        is_void=np.zeros(len(rows), bool),
    )


def random_rows(
    network: RoadNetwork, rng: np.random.Generator, count: int, *, hours: float = 12.0
) -> Occupancies:
    """Rows anywhere within some hours, forward or back, one in five standing still."""
    found = []
    for i in range(count):
        segment = int(rng.integers(len(network)))
        km = np.sort(rng.uniform(0, network.length_km(segment), 2))
        first = np.sort(rng.uniform(0, hours, 2))[:: rng.choice([1, -1])]
        last = first + rng.uniform(0, 2)
        if rng.random() < 0.2:
            km[1], first[1], last[1] = km[0], first[0], last[0]
        found.append(
            (f"R{i % 7}", network.segment_ids[segment], tuple(km), tuple(first), tuple(last))
        )
    return occupancies(network, found)
