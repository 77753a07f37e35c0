"""Roads that are searched over time: of a large network the near ones, as signs and wishes let."""

from __future__ import annotations

import numpy as np
import pytest
from planning.worlds import ROW, picture, request, surveyed
from towns import town

from cmcoord_geo.config import Config, RulesConfig
from cmcoord_geo.model import ForbiddenRoad, MovementRequest
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning import timed_roads
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.timed_roads import TimedRoads
from cmcoord_geo.planning.ways import Way

#: Straight from A to D, by C a bit longer, by E much longer.
NEAR_AND_FAR = town("E---F\n|   |\n|   |\n|   |\n|   |\nA---D\n|   |\nC---G", cell_m=2_000)


def _way(network: RoadNetwork, *ids: str) -> Way:
    return tuple((network.segment_index[key.strip("<")], "<" not in key) for key in ids)


def _roads(
    network: RoadNetwork, *options: Way, asked: MovementRequest | None = None, halts: str = "none"
) -> TimedRoads:
    config = Config(rules=RulesConfig(halts=tuple(halts.split())))
    situation = situation_of(picture(network), asked or request(), config)
    return TimedRoads(situation, options)


def _reached(roads: TimedRoads) -> bool:
    return len(roads.found([7 * 3600]).arrivals) > 0


def test_of_a_large_network_the_near_roads_and_the_options_are_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    straight, around = _way(NEAR_AND_FAR, "A-D"), _way(NEAR_AND_FAR, "<E-A", "E-F", "F-D")
    whole = _roads(NEAR_AND_FAR, straight)
    assert not whole.is_part
    assert (whole.exposure > 0).all()
    monkeypatch.setattr(timed_roads, "MOST_SEGMENTS", 1)
    monkeypatch.setattr(timed_roads, "STRETCH", 2.1)
    near, more = _roads(NEAR_AND_FAR, straight), _roads(NEAR_AND_FAR, straight, around)
    assert near.is_part
    kept = {NEAR_AND_FAR.segment_ids[row] for row in np.flatnonzero(near.exposure).tolist()}
    assert kept == {"A-D", "A-C", "C-G", "D-G"}
    assert (more.exposure > 0).all()
    assert near.cost(straight) == whole.cost(straight)
    assert near.found([0, 43_200]).arrivals.tolist() == whole.found([0, 43_200]).arrivals.tolist()


def test_signs_and_wishes_are_kept() -> None:
    assert _reached(_roads(surveyed(ROW)))
    assert _reached(_roads(surveyed(ROW, oneway="B-C")))
    back = request("D", "A")
    assert not _reached(_roads(surveyed(ROW, oneway="B-C"), asked=back))
    avoid = (ForbiddenRoad(name="B-C", segment_ids=("B-C",)),)
    assert not _reached(_roads(ROW, asked=request(avoid=avoid)))


@pytest.mark.parametrize(
    ("halts", "way", "is_on"),
    [
        ("none", ("A-D",), True),
        ("none", ("A-C", "<A-C", "A-D"), False),
        ("C", ("A-C", "<A-C", "A-D"), True),
        ("A", ("A-C", "C-G", "<C-G", "<A-C", "A-D"), False),
        ("C", ("A-C", "C-G", "<C-G", "<A-C", "A-D"), False),
        ("G", ("A-C", "C-G", "<C-G", "<A-C", "A-D"), True),
    ],
)
def test_a_way_comes_back_from_an_agreed_halt_alone(
    halts: str, way: tuple[str, ...], *, is_on: bool
) -> None:
    roads = _roads(NEAR_AND_FAR, halts=halts)
    assert roads.leads_on(_way(NEAR_AND_FAR, *way)) == is_on
