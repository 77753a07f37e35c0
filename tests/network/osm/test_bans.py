"""Restrictions of turns as rows of arcs: told as the junctions that a row passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_streets import STREET, Way, turn, write_streets
from osm_world import Relation

from cmcoord_geo.facts import vehicles
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import Built, build_network
from cmcoord_geo.network.osm.extract import joined

#: Two blocks in one way, and the same one way only.
LONG: dict[int, Way] = {2123: ([21, 22, 23], STREET)}
ONE_WAY: dict[int, Way] = {2123: ([21, 22, 23], {**STREET, "oneway": "yes"})}
BOTH = (2122, 2223)


def build(folder: Path, *relations: Relation, **more: object) -> Built:
    path = write_streets(folder / "streets.osm", *relations, **more)
    return build_network(read_osm(path), name="streets", source="a test")


def banned(network: RoadNetwork, vehicle: str = "lv_4x4") -> set[tuple[str, ...]]:
    """Junctions of each banned row, as ``21 22 12``."""
    rank = vehicles()[vehicle].rank
    tail, head = network.tail, network.head
    rows = network.traffic.turns.binding([rank]) if network.traffic.turns else ()
    return {
        " ".join(network.node_ids[node].lstrip("n") for node in (tail[row[0]], *head[list(row)]))
        for row in rows
    }


def told(built: Built) -> str:
    return " ".join(what.en for what in built.told if "turn" in what.en)


@pytest.mark.parametrize(
    "value", ["no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "no_entry", "no_exit"]
)
def test_a_ban_over_a_node(tmp_path: Path, value: str) -> None:
    """The members say which turn it is; the word only says that it is banned."""
    built = build(tmp_path, turn(value, 2122, 22, 1222))
    assert banned(built.network) == {"21 22 12"}
    assert told(built) == ""


def test_an_only_bans_every_other_turn_there(tmp_path: Path) -> None:
    built = build(tmp_path, turn("only_straight_on", 2122, 22, 2223))
    assert banned(built.network) == {"21 22 12", "21 22 32", "21 22 21"}


def test_a_ban_over_a_way(tmp_path: Path) -> None:
    built = build(tmp_path, turn("no_u_turn", 1222, [2223], 1323))
    assert banned(built.network) == {"12 22 23 13"}


@pytest.mark.parametrize("order", [[2122, 2223], [2223, 2122]])
def test_a_ban_over_several_ways_in_any_order(tmp_path: Path, order: list[int]) -> None:
    built = build(tmp_path, turn("no_u_turn", 1121, order, 1323))
    assert banned(built.network) == {"11 21 22 23 13"}


def test_a_via_that_junctions_cut_is_a_longer_row(tmp_path: Path) -> None:
    built = build(tmp_path, turn("no_u_turn", 1121, [2123], 1323), ways=LONG, without=BOTH)
    assert banned(built.network) == {"11 21 22 23 13"}
    back = build(tmp_path, turn("no_u_turn", 1323, [2123], 1121), ways=LONG, without=BOTH)
    assert banned(back.network) == {"13 23 22 21 11"}


def test_an_only_over_a_way_is_driven_as_a_whole(tmp_path: Path) -> None:
    built = build(tmp_path, turn("only_right_turn", 1121, [2123], 2333), ways=LONG, without=BOTH)
    assert banned(built.network) == {
        *("11 21 31", "11 21 11"),
        *("11 21 22 12", "11 21 22 32", "11 21 22 21"),
        *("11 21 22 23 13", "11 21 22 23 24", "11 21 22 23 22"),
    }


def test_a_via_round_a_closed_way_follows_its_direction(tmp_path: Path) -> None:
    ring: dict[int, Way] = {
        7: ([22, 23, 33, 32, 22], {**STREET, "junction": "roundabout"}),
    }
    inner = (2223, 2333, 3233, 2232)
    built = build(tmp_path, turn("no_u_turn", 3132, [7], 2324), ways=ring, without=inner)
    assert banned(built.network) == {"31 32 22 23 24"}


def test_where_a_way_passes_the_junction_every_reading_is_banned(tmp_path: Path) -> None:
    built = build(tmp_path, turn("no_left_turn", 2123, 22, 1222), ways=LONG, without=BOTH)
    assert banned(built.network) == {"21 22 12", "23 22 12"}
    assert "1 turn restriction can be read in several ways" in told(built)


def test_the_direction_of_traffic_settles_what_members_leave_open(tmp_path: Path) -> None:
    built = build(tmp_path, turn("no_left_turn", 2123, 22, 1222), ways=ONE_WAY, without=BOTH)
    assert banned(built.network) == {"21 22 12"}
    assert told(built) == ""


def test_an_only_that_can_be_read_in_several_ways_closes_nothing(tmp_path: Path) -> None:
    built = build(tmp_path, turn("only_left_turn", 2123, 22, 1222), ways=LONG, without=BOTH)
    assert built.network.traffic.turns is None
    assert "1 mandatory turn" in told(built)


def test_no_u_turn_of_a_way_that_passes_the_junction_is_the_turn_back(tmp_path: Path) -> None:
    built = build(tmp_path, turn("no_u_turn", 2123, 22, 2123), ways=LONG, without=BOTH)
    assert banned(built.network) == {"21 22 21", "23 22 23"}
    built = build(tmp_path, turn("no_straight_on", 2123, 22, 2123), ways=ONE_WAY, without=BOTH)
    assert banned(built.network) == {"21 22 23"}


def test_no_entry_has_several_ways_in_and_no_exit_several_out(tmp_path: Path) -> None:
    built = build(tmp_path, turn("no_entry", [2122, 2232], 22, 1222))
    assert banned(built.network) == {"21 22 12", "32 22 12"}
    built = build(tmp_path, turn("no_exit", 2122, 22, [1222, 2232]))
    assert banned(built.network) == {"21 22 12", "21 22 32"}


def test_of_several_mandatory_ways_each_is_allowed(tmp_path: Path) -> None:
    built = build(tmp_path, turn("only_straight_on", 2122, 22, [2223, 1222]))
    assert banned(built.network) == {"21 22 32", "21 22 21"}


def test_at_a_barrier_the_ban_lies_on_the_stubs(tmp_path: Path) -> None:
    built = build(
        tmp_path, turn("no_left_turn", 2122, 22, 1222), node_tags={22: {"barrier": "bollard"}}
    )
    network = built.network
    ((first, last),) = network.traffic.turns.binding([0])
    assert network.node_ids[network.head[first]] == "n22"
    stubs = {network.node_ids[network.tail[first]], network.node_ids[network.head[last]]}
    assert any(node.startswith("b") for node in stubs)
    assert network.segment_ids[first // 2].startswith("w2122")
    assert network.segment_ids[last // 2].startswith("w1222")


def test_a_ban_for_lorries_concerns_lorries(tmp_path: Path) -> None:
    network = build(tmp_path, turn("no_left_turn", 2122, 22, 1222, key="restriction:hgv")).network
    assert [bool(banned(network, key)) for key in vehicles()] == [False, False, True, True, True]
    network = build(tmp_path, turn("no_left_turn", 2122, 22, 1222, **{"except": "hgv"})).network
    assert [bool(banned(network, key)) for key in vehicles()] == [True, True, False, False, False]


def test_the_same_row_twice_holds_for_both_kinds_of_vehicle(tmp_path: Path) -> None:
    network = build(
        tmp_path,
        turn("no_left_turn", 2122, 22, 1222, key="restriction:hgv"),
        turn("only_straight_on", 2122, 22, 2223, key="restriction:motorcycle"),
    ).network
    assert banned(network, "truck_6x6") == {"21 22 12"}
    assert banned(network, "motorbike") == {"21 22 12", "21 22 32", "21 22 21"}
    assert banned(network, "lv_4x4") == set()


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ([], "shape"),
        ([("from", "way", 2122), ("to", "way", 1222)], "shape"),
        ([("from", "way", 2122), ("via", "node", 22)], "shape"),
        ([("via", "node", 22), ("to", "way", 1222)], "shape"),
        ([("from", "node", 21), ("via", "node", 22), ("to", "way", 1222)], "shape"),
        ([("from", "way", 2122), ("via", "relation", 900), ("to", "way", 1222)], "shape"),
        ([("from", "way", 2122), ("via", "node", 22), ("via", "node", 23), ("to", "way", 1222)], "shape"),
        ([("from", "way", 2122), ("via", "node", 22), ("via", "way", 2223), ("to", "way", 1222)], "shape"),
        ([("from", "way", 2122), ("via", "node", 24), ("to", "way", 1222)], "shape"),
        ([("from", "way", 2122), ("via", "way", 3334), ("to", "way", 1222)], "shape"),
        ([("from", "way", 2122), ("via", "node", 99), ("to", "way", 1222)], "shape"),
        ([("from", "way", 5), ("via", "node", 22), ("to", "way", 1222)], "missing"),
        ([("from", "way", 2122), ("via", "node", 22), ("to", "way", 5)], "missing"),
        ([("from", "way", 2122), ("via", "way", 5), ("to", "way", 1222)], "missing"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["no_left_turn", "only_left_turn"])
def test_what_does_not_fit_is_counted_and_bans_nothing(
    tmp_path: Path, members: list[tuple[str, str, int]], what: str, value: str
) -> None:
    tags = {"type": "restriction", "restriction": value}
    built = build(tmp_path, (members, tags), turn("no_left_turn", 2122, 22, 2232))
    word = {"shape": "members do not meet", "missing": "not among the roads"}[what]
    assert word in told(built)
    assert "1 turn restriction without effect" in told(built)
    assert banned(built.network) == {"21 22 32"}


def test_conditions_hold_and_are_told(tmp_path: Path) -> None:
    timed = turn(
        "no_left_turn @ (Mo-Fr 07:00-09:00)", 2122, 22, 1222, key="restriction:conditional"
    )
    built = build(tmp_path, timed)
    assert banned(built.network) == {"21 22 12"}
    assert "1 turn restriction at certain hours" in told(built)


def test_an_unknown_word_bans_the_turn_and_is_told(tmp_path: Path) -> None:
    built = build(tmp_path, turn("perhaps", 2122, 22, 1222))
    assert banned(built.network) == {"21 22 12"}
    assert "no table knows restriction=perhaps" in told(built)


def test_a_restriction_for_buses_concerns_nobody_here(tmp_path: Path) -> None:
    built = build(tmp_path, turn("no_left_turn", 2122, 22, 1222, key="restriction:bus"))
    assert built.network.traffic.turns is None
    assert told(built) == ""


def test_a_relation_in_two_extracts_counts_once_and_finds_its_ways_in_either(
    tmp_path: Path,
) -> None:
    held = turn("only_straight_on", 2122, 22, 2223)
    parts = [
        read_osm(write_streets(tmp_path / f"{without}.osm", held, without=(without,)))
        for without in BOTH
    ]
    whole = joined(parts)
    assert len(whole.restrictions) == 1
    built = build_network(whole, name="two", source="two")
    assert banned(built.network) == {"21 22 12", "21 22 32", "21 22 21"}
    alone = build_network(parts[0], name="one", source="one")
    assert "not among the roads" in told(alone)


def test_a_relation_of_ten_thousand_members_ends(tmp_path: Path) -> None:
    many = [2223, 2333, 3233, 2232] * 2500
    built = build(
        tmp_path, turn("no_u_turn", 2122, many, 2122), turn("no_exit", [2122] * 5000, 22, many)
    )
    assert len(banned(built.network)) < 100
