"""Turn restrictions, from relations of a file to the way that a plan takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osm_world import NODES, write_world

from cmcoord_geo.io.network_file import NetworkFacts, read_network, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import Built, build_network
from cmcoord_geo.network.stops import Stop, with_stops
from cmcoord_geo.planning.turning import Found, searched
from cmcoord_geo.routing import TurnGraph, shortest_path

#: 1 - 2 - 3 - 31 in a row; 2 - 7 - 8 - 31 a way round; 2 - 9 a side street.
WAYS = {
    1: ([1, 2], {"highway": "primary"}),
    2: ([2, 3], {"highway": "primary"}),
    3: ([3, 31], {"highway": "primary"}),
    4: ([2, 7, 8, 31], {"highway": "secondary"}),
    5: ([31, 4], {"highway": "primary"}),
    6: ([2, 10], {"highway": "residential"}),
}
NODE, WAY = "node", "way"


def relation(tags: dict[str, str], *members: tuple[str, int, str]) -> str:
    each = "".join(f'<member type="{kind}" ref="{n}" role="{role}"/>' for kind, n, role in members)
    told = "".join(
        f'<tag k="{key}" v="{value}"/>' for key, value in {"type": "restriction", **tags}.items()
    )
    return f'<relation id="1" version="1">{each}{told}</relation>'


def turn(value: str, start: int, via: tuple[str, int] | list[int], end: int, **more: str) -> str:
    key = more.pop("key", "restriction")
    ways = [(WAY, n, "via") for n in via] if isinstance(via, list) else [(*via, "via")]
    return relation({key: value, **more}, (WAY, start, "from"), *ways, (WAY, end, "to"))


def build(tmp_path: Path, *relations: str) -> Built:
    path = write_world(tmp_path / "w.osm", ways=WAYS)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</osm>", "".join(relations) + "</osm>"), encoding="utf-8")
    return build_network(read_osm(path), name="w", source="w")


def at(network: RoadNetwork, node: object) -> int:
    """Place of a node by its number in the file, or by its id."""
    if isinstance(node, str):
        return network.node_index[node]
    lon, lat = NODES[node]
    return int(np.hypot(network.lon - lon, network.lat - lat).argmin())


def ways_driven(network: RoadNetwork, rank: int = 1, *, start: object = 1, end: object = 4) -> str:
    """Ways from one end to the other, as one word of their numbers."""
    assert network.traffic is not None
    is_open = network.traffic.arcs_open([rank])
    bans = () if network.traffic.turns is None else network.traffic.turns.binding([rank])
    ends = [at(network, node) for node in (start, end)]
    arc_m = np.repeat(np.rint(network.length_m).astype(np.int64), 2)

    def search(turns: TurnGraph) -> Found[np.ndarray]:
        path = turns.path(shortest_path(turns.graph, turns.spread(arc_m), *ends))
        return Found(answer=path, paths=(path,))

    path = searched(network, is_open, bans, ends[1], search)
    numbers = [network.segment_ids[arc // 2].lstrip("w").partition("/")[0] for arc in path.tolist()]
    return "".join(dict.fromkeys(numbers))


def test_without_a_restriction_the_row_is_driven(tmp_path: Path) -> None:
    network = build(tmp_path).network
    assert network.traffic is not None
    assert network.traffic.turns is None
    assert ways_driven(network) == "1235"


@pytest.mark.parametrize(
    "told",
    [
        turn("no_straight_on", 1, (NODE, 2), 2),
        turn("only_right_turn", 1, (NODE, 2), 4),
        turn("no_straight_on", 1, [2], 3),
        turn("no_straight_on", 1, (NODE, 2), 2, key="restriction:motorcar"),
        turn("no_straight_on @ (07:00-09:00)", 1, (NODE, 2), 2, key="restriction:conditional"),
        turn("no_straight_on", 1, (NODE, 2), 2, **{"except": "psv;hgv"}),
    ],
    ids=["no", "only", "via a way", "by vehicle", "conditional", "except others"],
)
def test_a_banned_turn_sends_a_light_vehicle_round(told: str, tmp_path: Path) -> None:
    assert ways_driven(build(tmp_path, told).network) == "145"


@pytest.mark.parametrize(
    ("told", "light", "heavy"),
    [
        (turn("no_straight_on", 1, (NODE, 2), 2, key="restriction:hgv"), "1235", "145"),
        (turn("no_straight_on", 1, (NODE, 2), 2, **{"except": "motorcar"}), "1235", "145"),
        (turn("no_straight_on", 1, (NODE, 2), 2, key="restriction:bicycle"), "1235", "1235"),
    ],
)
def test_a_restriction_binds_the_vehicles_that_it_names(
    told: str, light: str, heavy: str, tmp_path: Path
) -> None:
    network = build(tmp_path, told).network
    assert (ways_driven(network, 1), ways_driven(network, 2)) == (light, heavy)


def test_the_other_direction_stays_free(tmp_path: Path) -> None:
    network = build(tmp_path, turn("no_straight_on", 1, (NODE, 2), 2)).network
    assert ways_driven(network, start=4, end=1) == "5321"


def test_a_ban_holds_when_a_stop_cuts_its_roads(tmp_path: Path) -> None:
    network = build(tmp_path, turn("no_straight_on", 1, [2], 3)).network
    stops = [
        Stop(stop_id=f"S{way}", name=f"S{way}", segment=network.segment_ids.index(f"w{way}"), fraction=share)
        for way, share in ((1, 0.5), (2, 0.3), (2, 0.6), (3, 0.5))
    ]  # fmt: skip
    stops = [Stop(stop_id=f"{s.stop_id}{i}", name=s.name, segment=s.segment, fraction=s.fraction)
             for i, s in enumerate(stops)]  # fmt: skip
    cut, _ = with_stops(network, stops)
    assert len(cut) == len(network) + 4
    assert ways_driven(cut) == "145"
    assert ways_driven(cut, start="S22", end=4) == "235"


def test_it_comes_back_from_its_file(tmp_path: Path) -> None:
    network = build(tmp_path, turn("no_straight_on", 1, (NODE, 2), 2)).network
    facts = NetworkFacts(sources={}, osm_date="", built_with="0")
    again, _ = read_network(write_network(network, facts, tmp_path / "n.network"))
    assert ways_driven(again) == "145"
