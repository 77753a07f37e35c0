"""
Ends of a movement on a network from OpenStreetMap, from the file to what the planner reads.

::

    H (hamlet)      river ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                    1 ======== RN2 ======== 2 -> 3   two carriageways, 3 <- 4 the other, 80 m south
                                            5 ---- 6 the island
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.errors import NoRouteError, SnapError, UnknownPlaceError
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.service import Question, ask, build_network_file
from cmcoord_geo.units import BANGUI

NODES = {
    1: (20.600, 5.7000), 2: (20.650, 5.7000), 3: (20.660, 5.7000), 4: (20.660, 5.6993),
    5: (20.650, 5.6993), 6: (20.640, 5.6800), 7: (20.660, 5.6800), 8: (20.590, 5.7030),
    9: (20.670, 5.7030),
}  # fmt: skip
ROAD = {"highway": "primary", "surface": "laterite", "ref": "RN2"}
WAYS = (
    ([1, 2], ROAD),
    ([2, 3], ROAD | {"oneway": "yes"}),
    ([3, 4], ROAD),
    ([4, 5], ROAD | {"oneway": "yes"}),
    ([5, 2], ROAD),
    ([6, 7], {"highway": "track"}),
    ([8, 9], {"waterway": "river", "name": "Ouaka"}),
)
PLACES = (
    (50, 20.62, 5.704, {"place": "hamlet", "name": "Ngbélé", "ref": "CF43017"}),
    (51, 20.60, 5.700, {"place": "village", "name": "Départ"}),
    (52, 20.61, 5.650, {"place": "village", "name": "Kaga"}),
    (53, 20.65, 5.6801, {"place": "village", "name": "Kaga"}),
)


@pytest.fixture(scope="module")
def question(tmp_path_factory: pytest.TempPathFactory) -> Question:
    folder = tmp_path_factory.mktemp("ends")
    source = folder / "w.osm"
    source.write_text(_osm(), encoding="utf-8")
    build_network_file([source], folder / "w.network", version="1")
    return Question(
        origin="Départ",
        destination="Ngbele",
        vehicles=(VehicleCount(vehicle_id="lv_4x4", count=2),),
        depart=datetime(2026, 12, 15, 7, tzinfo=BANGUI),
        as_of=datetime(2026, 12, 1, tzinfo=BANGUI),
        network=folder / "w.network",
    )


def _osm() -> str:
    def tagged(tags: dict[str, str]) -> str:
        return "".join(f"<tag k='{key}' v='{value}'/>" for key, value in tags.items())

    def refs_of(refs: list[int]) -> str:
        return "".join(f"<nd ref='{ref}'/>" for ref in refs)

    nodes = [f"<node id='{i}' lon='{x}' lat='{y}'/>" for i, (x, y) in NODES.items()]
    places = [f"<node id='{i}' lon='{x}' lat='{y}'>{tagged(t)}</node>" for i, x, y, t in PLACES]
    ways = [
        f"<way id='{i}'>{refs_of(refs)}{tagged(tags)}</way>"
        for i, (refs, tags) in enumerate(WAYS, start=100)
    ]
    return f"<osm version='0.6'>{''.join(nodes + places + ways)}</osm>"


def told(question: Question) -> list[str]:
    return [finding.said.en for finding in ask(question)[0].findings]


@pytest.mark.parametrize("word", ["Ngbele", "CF43017", "p50", "5.704, 20.62", "34NDM 57923 30498"])
def test_a_hamlet_across_the_river_by_any_word(question: Question, word: str) -> None:
    said = told(replace(question, destination=word))
    assert ": put on the road RN2, 44" in said[0]
    assert "A river (Ouaka) lies between" in said[1]
    assert "on the same side of the river no road open to this convoy" in said[2]


def test_the_plan_ends_where_it_was_said(question: Question) -> None:
    picture, request = ask(question)
    plan = plan_movement(picture, request, Config())
    assert plan.options[0].place_ids[-1] == request.destination == "p50"
    assert picture.network.node_names[picture.network.node_index["p50"]] == "Ngbélé"


def test_between_the_carriageways(question: Question) -> None:
    (said,) = told(replace(question, origin="Départ", destination="5.6998, 20.655"))
    assert "between the two carriageways of RN2: put on the one that leads east, 22 m away" in said


def test_two_villages_of_one_name_are_asked_back(question: Question) -> None:
    with pytest.raises(UnknownPlaceError, match=r"\[p52\].*\[p53\]"):
        ask(replace(question, destination="Kaga"))
    with pytest.raises(SnapError, match="Kaga is"):
        ask(replace(question, destination="p52"))


def test_an_island_is_told_before_no_route_is(question: Question) -> None:
    picture, request = ask(replace(question, destination="p53"))
    assert any("lies on an island of 2.2 km" in f.said.en for f in picture.findings)
    with pytest.raises(NoRouteError):
        plan_movement(picture, request, Config())


def test_a_wrong_zone_is_found_out_by_the_road(question: Question) -> None:
    with pytest.raises(SnapError, match=r"in UTM zone 34, the point would be .*write 5\.7"):
        ask(replace(question, destination="35N 460154 630069"))
