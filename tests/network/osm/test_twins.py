"""Roads that are drawn twice count once."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_streets import NODES, STREET, turn, write_streets

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
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
def test_of_two_drawings_the_one_that_lets_more_through_is_kept(
    tmp_path: Path, refs: list[int], tags: dict[str, str], left: set[str]
) -> None:
    alone = build(tmp_path)
    made = build(tmp_path, ways={9000: (refs, tags)})
    assert ids(made.network) == left
    assert len(made.network) == len(alone.network)
    said = [what.en for what in made.told if "drawn twice" in what.en]
    assert said == [f"{len(refs) - 1} segment(s) drawn twice over the same points: kept once."]


def test_two_one_way_streets_over_the_same_points_are_both_kept(tmp_path: Path) -> None:
    there = {
        9001: ([21, 22], {**STREET, "oneway": "yes"}),
        9002: ([22, 21], {**STREET, "oneway": "yes"}),
    }
    made = build(tmp_path, ways=there, without=(2122,))
    assert ids(made.network) == {"w9001", "w9002"}


def test_the_wider_of_the_two_is_kept_though_it_comes_later(tmp_path: Path) -> None:
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
