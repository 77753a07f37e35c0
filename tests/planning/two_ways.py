"""Two ways between two places, incidents on one of them, and the plan that comes of it."""

from __future__ import annotations

from datetime import timedelta

from planning.worlds import AS_OF, CONFIG, incidents, picture, request, source
from towns import town

from cmcoord_geo.model import MovementPlan
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning import plan_movement

#: The short way by B, a longer one by C.
SQUARE = town("A-----B\n|     |\n|     |\n|     |\nC-----D", cell_m=20_000)
LONGER = town(
    "A-----B\n|     |\n|     |\n|     |\nC-----D", cell_m=20_000,
    roads={"A-C": {"surface": "laterite"}, "C-D": {"surface": "laterite"}},
)  # fmt: skip


def on(network: RoadNetwork, segment_id: str, count: int) -> list:
    line = network.lines[network.segment_index[segment_id]]
    lon, lat = (line[0] + line[-1]) / 2
    return [("ambush", float(lon), float(lat), AS_OF - timedelta(days=1 + i)) for i in range(count)]


def plan(events=(), *, network: RoadNetwork = LONGER, config=CONFIG, **more) -> MovementPlan:
    known = incidents(events, source=more.pop("source", source("ambush")))
    return plan_movement(picture(network, incidents=known), request("A", "D"), config, **more)


def by_way(found: MovementPlan) -> dict[str, object]:
    return {option.place_ids[1]: option for option in found.options}
