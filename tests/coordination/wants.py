"""Demand in a drawn town: ``want("A", "A-B", 1, 6, 9)`` is presence on the first of December from 6 to 9."""

from __future__ import annotations

from sharing.week import at
from towns import town

from cmcoord_geo.config import CorridorConfig
from cmcoord_geo.coordination import Demand, Issue, issue_corridors
from cmcoord_geo.coordination.demand import bins_of

BIN_H = 3
CONFIG = CorridorConfig()
NETWORK = town(
    "A--B--C\n   |\n   D",
    roads={key: {"route_ref": "RN2"} for key in ("A-B", "B-C")},
)


def want(
    party: str, segment_id: str, day: int, start: int, end: int, *, network=NETWORK, **other: object
) -> Demand:
    """Presence wanted on a segment between two hours of a day."""
    given: dict[str, object] = {
        "movement_id": f"M-{party}",
        "presence": "area_presence",
        "priority": 2,
        "accepts_mixed": False,
        **other,
    }
    return Demand(
        party=party,
        segment=network.segment_index[segment_id],
        bins=bins_of(at(day, start), at(day, end), hours=BIN_H),
        **given,
    )


def issue(demands, issued=(), *, now=None, seed: bytes = b"seed", network=NETWORK) -> Issue:
    """What is asked for on the evening of the thirtieth of November."""
    return issue_corridors(
        network,
        tuple(demands),
        tuple(issued),
        now=now or at(0, 17),
        seed=seed,
        bin_h=BIN_H,
        config=CONFIG,
    )
