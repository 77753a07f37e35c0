"""Figures of proposals: a week of 50 movements and 60 patrol rows, planned, judged and resolved."""

import time
from datetime import datetime, timedelta

import numpy as np
from _figures import Figure

from cmcoord_geo.config import Config
from cmcoord_geo.model import MovementRequest, TimeSpan, VehicleCount
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.picture import Incidents, OperationalPicture, Patrols
from cmcoord_geo.planning.conflicts import Week
from cmcoord_geo.planning.proposals import propose_changes
from cmcoord_geo.service import plan_week
from cmcoord_geo.units import BANGUI, HOUR_S

MOVEMENTS, PATROLS, SEED = 50, 60, 26
MONDAY = datetime(2026, 12, 7, tzinfo=BANGUI)


def proposals(_: int) -> list[Figure]:
    """Time to the proven answer, and how far from proven it is."""
    network, config = bundled_network(), Config()
    rng = np.random.default_rng(SEED)
    picture = OperationalPicture(
        network=network,
        as_of=MONDAY - timedelta(days=1),
        incidents=Incidents.empty(),
        patrols=_patrols(network, rng),
        movements=_requests(network, rng),
        is_exercise=True,
    )
    week = Week(picture=picture, plans=plan_week(picture, config), config=config)
    start = time.process_time()
    found = propose_changes(week)
    seconds = time.process_time() - start
    planned = sum(bool(plan.options) for plan in week.plans)
    return [
        Figure(f"week of {planned} movements, proposals, CPU", seconds, "s", 60.0),
        Figure("  gap to the proven bound", 100 * found.gap, "%", 2.0),
        Figure("  movements that would change", float(len(found.answers[0])), ""),
        Figure("  conflicts that no change removes", float(len(found.standing)), ""),
    ]


def _requests(network: RoadNetwork, rng: np.random.Generator) -> tuple[MovementRequest, ...]:
    """Requests between towns of one region, by day, filed in the week before."""
    nodes = [i for i, key in enumerate(network.node_ids) if network.node_names[i] and key]
    found = []
    while len(found) < MOVEMENTS:
        start, end = (int(i) for i in rng.choice(nodes, 2, replace=False))
        apart = abs(network.lon[start] - network.lon[end]) + abs(
            network.lat[start] - network.lat[end]
        )
        if apart > 4:
            continue
        depart = MONDAY + timedelta(days=int(rng.integers(0, 5)), hours=int(rng.integers(6, 10)))
        found.append(
            MovementRequest(
                movement_id=f"M{len(found):02d}",
                organisation=f"ORG-{int(rng.integers(0, 9))}",
                origin=network.node_ids[start],
                destination=network.node_ids[end],
                depart=TimeSpan(earliest=depart, latest=depart + timedelta(hours=1)),
                vehicles=(VehicleCount(vehicle_id="truck_6x6", count=3),),
                submitted_at=MONDAY - timedelta(hours=int(rng.integers(24, 120))),
            )
        )
    return tuple(found)


def _patrols(network: RoadNetwork, rng: np.random.Generator) -> Patrols:
    """Windows of four hours on whole segments."""
    start_s = MONDAY.timestamp() + rng.integers(6, 5 * 24, PATROLS) * float(HOUR_S)
    segments = rng.integers(0, len(network), PATROLS)
    none = np.full(PATROLS, np.nan)
    return Patrols(
        patrol_id=tuple(f"P{i:02d}" for i in range(PATROLS)),
        segment_id=tuple(network.segment_ids[i] for i in segments.tolist()),
        from_fraction=np.zeros(PATROLS),
        to_fraction=np.ones(PATROLS),
        start_s=start_s,
        end_s=start_s + 4 * HOUR_S,
        passed_s=none,
        valid_until_s=none,
        provider=("force",) * PATROLS,
        composition=("minusca",) * PATROLS,
    )
