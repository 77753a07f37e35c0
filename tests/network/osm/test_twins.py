"""Roads that are drawn twice count once."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_streets import NODES, STREET, turn, write_streets

from cmcoord_geo.facts import vehicles
from cmcoord_geo.io.network_file import NetworkFacts, read_network, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.matching import pieces_of
from cmcoord_geo.network.osm.build import Built, build_network
from cmcoord_geo.network.turns import Turns

Way = tuple[list[int], dict[str, str]]


def build(path: Path, *turns: object, **more: object) -> Built:
    return build_network(
        read_osm(write_streets(path / "s.osm", *turns, **more)), name="s", source=""
    )


def ids(network: RoadNetwork) -> set[str]:
    return {key for key in network.segment_ids if key.startswith(("w2122", "w900"))}


@pytest.mark.parametrize(
    ("refs", "tags", "left"),
    [
        ([21, 22], STREET, {"w2122"}),
        ([22, 21], STREET, {"w2122"}),  # drawn the other way round
        ([21, 22], {"highway": "track"}, {"w2122"}),  # lets fewer through
        ([21, 22], {**STREET, "oneway": "yes"}, {"w2122"}),
        ([21, 22], {"highway": "construction"}, {"w2122"}),
        ([21, 22, 23], STREET, {"w2122", "w9000.1", "w9000.2"} - {"w9000.1", "w9000.2"}),
    ],
)
def test_of_two_drawings_the_one_that_lets_more_through_gives_the_id(
    tmp_path: Path, refs: list[int], tags: dict[str, str], left: set[str]
) -> None:
    alone = build(tmp_path)
    made = build(tmp_path, ways={9000: (refs, tags)})
    assert ids(made.network) == left
    assert len(made.network) == len(alone.network)
    said = [what.en for what in made.told if "drawn twice" in what.en]
    (told,) = said
    count = len(refs) - 1
    assert told.startswith(
        f"{count} segment{'s' if count > 1 else ''} drawn twice over the same points"
    )


def only(made: Built) -> int:
    """Place of the one segment between 21 and 22."""
    (key,) = ids(made.network)
    return made.network.segment_index[key]


def who(made: Built) -> tuple[int, int]:
    """Masks from 21 to 22 and back."""
    network, i = made.network, only(made)
    there, back = int(network.traffic.forward[i]), int(network.traffic.backward[i])
    is_turned = network.lon[network.start[i]] > network.lon[network.end[i]]
    return (back, there) if is_turned else (there, back)


def mask(*names: str) -> int:
    return sum(1 << vehicles()[name].rank for name in names)


ALL = mask(*vehicles())
SMALL = mask("motorbike", "lv_4x4")


def test_two_one_way_drawings_in_opposite_directions_are_one_road_both_ways(tmp_path: Path) -> None:
    there = {
        9001: ([21, 22], {**STREET, "oneway": "yes"}),
        9002: ([22, 21], {**STREET, "oneway": "yes", "maxweight": "5"}),
    }
    made = build(tmp_path, ways=there, without=(2122,))
    assert ids(made.network) == {"w9001"}
    assert who(made) == (SMALL, SMALL)


@pytest.mark.parametrize("refs", [[21, 22], [22, 21]])
@pytest.mark.parametrize(
    ("tags", "masks"),
    [
        ({**STREET, "maxweight": "5"}, (SMALL, SMALL)),
        ({**STREET, "bridge": "yes", "bridge:condition": "broken"}, (0, 0)),
        ({"highway": "construction"}, (0, 0)),
        ({**STREET, "access": "private"}, (0, 0)),
        ({"highway": "path"}, (mask("motorbike"),) * 2),
        # no drawing of the road: the outline of a square, which says nothing of who may drive
        ({**STREET, "area": "yes"}, (ALL, ALL)),
        ({**STREET, "area": "yes", "maxweight": "5"}, (0, 0)),
        ({**STREET, "area": "yes", "access": "no"}, (0, 0)),
        ({**STREET, "area": "yes", "bridge": "yes"}, (0, 0)),
    ],
)
def test_what_one_drawing_keeps_off_stays_off(
    tmp_path: Path, refs: list[int], tags: dict[str, str], masks: tuple[int, int]
) -> None:
    made = build(tmp_path, ways={9006: (refs, tags)})
    assert who(made) == masks


def test_one_way_by_one_of_them_is_one_way(tmp_path: Path) -> None:
    made = build(tmp_path, ways={9006: ([22, 21], {**STREET, "oneway": "yes"})})
    assert who(made) == (0, ALL)


def test_the_worse_word_of_both_is_kept(tmp_path: Path) -> None:
    mapped = {**STREET, "surface": "asphalt", "name": "Rue du pont"}
    told = {
        "highway": "tertiary",
        "seasonal": "yes",
        "smoothness": "bad",
        "toll": "yes",
        "hgv:conditional": "no @ (wet)",
    }
    made = build(tmp_path, ways={2122: ([21, 22], mapped), 9007: ([22, 21], told)})
    network, i = made.network, only(made)
    assert network.surface[i] == "degraded"
    assert (network.status_dry[i], network.status_wet[i]) == ("restricted", "closed")
    assert (network.max_vehicle_dry[i], network.max_vehicle_wet[i]) == ("truck_6x6", "motorbike")
    assert network.note[i] == "condition: hgv:conditional=no @ (wet); conditional; toll"
    assert network.confidence[i] == "medium"
    assert network.traffic.names[i] == "Rue du pont"


def test_a_surface_that_one_knows_counts_before_none(tmp_path: Path) -> None:
    for tags, surface in (({}, "laterite"), ({"surface": "asphalt"}, "laterite")):
        made = build(tmp_path, ways={9007: ([21, 22], {"highway": "tertiary", **tags})})
        assert made.network.surface[only(made)] == surface


def test_a_class_that_keeps_off_is_told(tmp_path: Path) -> None:
    made = build(tmp_path, ways={9007: ([21, 22], {"highway": "track"})})
    assert "closes: highway=track" in made.network.note[only(made)]


def test_the_bridge_of_the_drawing_left_out_stays_a_crossing(tmp_path: Path) -> None:
    bridge = {**STREET, "bridge": "yes", "maxweight": "5"}
    made = build(tmp_path, ways={9008: ([22, 21], bridge)})
    network = made.network
    (crossing,) = network.crossings
    assert (crossing.crossing_id, crossing.kind, crossing.capacity_t) == ("OSM-w9008", "bridge", 5)
    assert list(crossing.at_km) == ["w2122"]
    assert "closes: maxweight=5" in network.note[only(made)]


def test_two_drawings_of_a_bridge_are_one_bridge_with_the_lower_limit(tmp_path: Path) -> None:
    bridge = {**STREET, "bridge": "yes"}
    made = build(
        tmp_path,
        ways={
            2122: ([21, 22], {**bridge, "maxweight": "30"}),
            9008: ([22, 21], {**bridge, "maxweight": "5"}),
        },
    )
    (crossing,) = made.network.crossings
    assert (crossing.crossing_id, crossing.capacity_t) == ("OSM-w2122", 5)
    assert crossing.answers_to("OSM-w9008")


def test_both_ids_are_found_also_in_the_file(tmp_path: Path) -> None:
    """A way that runs on beyond the road drawn twice keeps the rest to itself."""
    made = build(tmp_path, ways={9009: ([31, 21, 22], STREET)})
    assert made.network.redrawn == {"w9009.1": "w2131", "w9009.2": "w2122"}
    facts = NetworkFacts(sources={}, osm_date="", built_with="")
    network, _ = read_network(write_network(made.network, facts, tmp_path / "s.net"))
    for each in (made.network, network):
        found = [each.segment_ids[i] for i in pieces_of(each, "w9009")]
        assert found == ["w2131", "w2122"]
        assert [each.segment_ids[i] for i in pieces_of(each, "w9009.2")] == ["w2122"]
        assert list(pieces_of(each, "w90")) == []


def test_the_wider_of_the_two_gives_the_id_though_it_comes_later(tmp_path: Path) -> None:
    made = build(tmp_path, ways={2122: ([21, 22], {"highway": "path"}), 9003: ([22, 21], STREET)})
    assert ids(made.network) == {"w9003"}


def test_another_course_between_the_same_ends_is_another_road(tmp_path: Path) -> None:
    made = build(tmp_path, ways={9004: ([21, 31, 22], STREET)}, without=(2131,))
    assert len([key for key in ids(made.network) if key.startswith("w9004")]) == 2


def test_a_banned_turn_moves_to_the_drawing_that_is_kept(tmp_path: Path) -> None:
    """Named on either of them, it is the same turn."""
    bans = []
    for start in (2122, 9005):
        made = build(
            tmp_path,
            turn("no_left_turn", start, 22, 1222),
            ways={9005: ([22, 21], {"highway": "track"})},
        )
        assert made.network.traffic is not None
        turns = made.network.traffic.turns
        assert isinstance(turns, Turns)
        bans.append([arcs for arcs, _ in turns])
    assert bans[0] == bans[1]
    ((first, last),) = bans[0]
    start, end = (made.network.segment_ids[arc // 2] for arc in (first, last))
    assert (start, end) == ("w2122", "w1222")
    assert len(NODES) == 12
