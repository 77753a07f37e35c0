"""``plan`` on streets keeps to the restrictions of turns of the map."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from osm_streets import NODES, STREET, Way, turn, write_streets
from osm_world import Relation

from cmcoord_geo.config import Config
from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import MovementPlan, VehicleCount
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.service import Question, ask, build_network_file, release_product
from cmcoord_geo.sharing import Audience
from cmcoord_geo.units import BANGUI

LONG: dict[int, Way] = {2123: ([21, 22, 23], STREET)}
BOTH = (2122, 2223)


def plan(
    folder: Path,
    start: tuple[int, int],
    end: tuple[int, int],
    *relations: Relation,
    vehicle: str = "lv_4x4",
    **more: object,
) -> tuple[OperationalPicture, MovementPlan]:
    """Plan from the middle of one block to the middle of another, on a network built and read again."""
    out = folder / "streets.network"
    build_network_file(
        [write_streets(folder / "streets.osm", *relations, **more)],
        out,
        version="1",
        is_forced=True,
    )
    asked = Question(
        origin=middle(*start),
        destination=middle(*end),
        vehicles=(VehicleCount(vehicle_id=vehicle, count=2),),
        depart=datetime(2026, 12, 15, 7, tzinfo=BANGUI),
        as_of=datetime(2026, 12, 1, tzinfo=BANGUI),
        network=out,
    )
    picture, request = ask(asked)
    return picture, plan_movement(picture, request, Config())


def middle(a: int, b: int) -> str:
    lon, lat = (np.array([NODES[a], NODES[b]]).mean(axis=0)).round(6).tolist()
    return f"{lat}, {lon}"


def driven(picture: OperationalPicture, made: MovementPlan, option: int = 0) -> str:
    """Junctions that an option passes, as ``22 12``."""
    network: RoadNetwork = picture.network
    spots = {(round(lon, 6), round(lat, 6)): node for node, (lon, lat) in NODES.items()}
    passed = []
    for leg in made.options[option].legs[:-1]:
        segment = network.segment_index[leg.segment_id]
        node = int((network.end if leg.is_forward else network.start)[segment])
        spot = round(float(network.lon[node]), 6), round(float(network.lat[node]), 6)
        passed += [str(spots[spot])] if spot in spots else []
    return " ".join(passed)


FROM, TO = (21, 22), (12, 22)


def test_without_a_restriction_the_convoy_turns_left(tmp_path: Path) -> None:
    assert driven(*plan(tmp_path, FROM, TO)) == "22"


@pytest.mark.parametrize(
    "relation",
    [
        turn("no_left_turn", 2122, 22, 1222),
        turn("only_straight_on", 2122, 22, 2223),
        turn("no_left_turn", 2122, 22, 1222, key="restriction:motorcar"),
        turn("no_left_turn @ (07:00-09:00)", 2122, 22, 1222, key="restriction:conditional"),
    ],
)
def test_a_banned_left_turn_is_driven_round_the_block(tmp_path: Path, relation: Relation) -> None:
    """The stop lies in the middle of the road from which the turn is banned. Nobody turns round behind 22."""
    picture, made = plan(tmp_path, FROM, TO, relation)
    assert driven(picture, made) in {"21 11 12", "22 23 13 12"}
    for i in range(len(made.options)):
        assert not driven(picture, made, i).startswith("22 12")


def test_from_beyond_the_stop_the_ban_holds_too(tmp_path: Path) -> None:
    """The movement begins before 21 and passes the middle of the block, where a place cuts it."""
    held = turn("no_left_turn", 2122, 22, 1222)
    assert driven(*plan(tmp_path, (21, 31), TO)) == "21 22"
    assert driven(*plan(tmp_path, (21, 31), TO, held)) == "21 11 12"


@pytest.mark.parametrize(
    ("relation", "car", "lorry"),
    [
        (turn("no_left_turn", 2122, 22, 1222, key="restriction:hgv"), "22", "21 11 12"),
        (turn("no_left_turn", 2122, 22, 1222, **{"except": "hgv"}), "21 11 12", "22"),
        (turn("only_straight_on", 2122, 22, 2223, key="restriction:hgv"), "22", "21 11 12"),
    ],
)
def test_bans_for_lorries_and_for_all_but_lorries(
    tmp_path: Path, relation: Relation, car: str, lorry: str
) -> None:
    assert driven(*plan(tmp_path, FROM, TO, relation)) == car
    assert driven(*plan(tmp_path, FROM, TO, relation, vehicle="truck_6x6")) == lorry


def test_a_ban_over_a_way_holds_only_for_who_comes_from_there(tmp_path: Path) -> None:
    held = turn("no_u_turn", 1222, [2223], 1323)
    assert driven(*plan(tmp_path, (12, 22), (13, 23))) in {"22 23", "12 13"}
    picture, made = plan(tmp_path, (12, 22), (13, 23), held, without=(1213,))
    assert driven(picture, made) == "22 32 33 23"
    picture, made = plan(tmp_path, (21, 22), (13, 23), held)
    assert driven(picture, made) == "22 23"


def test_an_end_in_the_middle_of_a_via_cuts_the_ban_in_two_and_it_holds(tmp_path: Path) -> None:
    """From the via itself the turn is free; over the whole of it, it is not, though a stop lies there."""
    held = turn("no_u_turn", 1222, [2223], 1323)
    more = {"without": (1213,)}
    assert driven(*plan(tmp_path, (22, 23), (13, 23), held, **more)) == "23"
    assert driven(*plan(tmp_path, (12, 22), (22, 23), held, **more)) == "22"


def test_a_detour_may_pass_one_road_twice_and_every_product_tells_it(tmp_path: Path) -> None:
    """Only right out of 2131: round the block and back over the road that it came from."""
    held = (turn("only_right_turn", 2131, 31, 3132), turn("no_u_turn", 3132, 32, 3132))
    left = (1121, 1112, 1222, 1213, 2122)  # 21 and 12 hang on 31 alone
    more: dict[int, Way] = {1: ([31, 12], STREET)}
    picture, made = plan(tmp_path, (21, 31), (31, 12), *held, ways=more, without=left)
    assert driven(picture, made) in {"31 32 22 23 33 32 31", "31 32 33 23 22 32 31"}
    legs = made.options[0].legs
    assert sum(leg.segment_id == "w3132" for leg in legs) == 2
    assert made.options[0].length_km.low == pytest.approx(legs[-1].km.high)
    owner = Audience(kind="owner")
    product = release_product(picture, [made], owner, Config(), purpose="planning").product
    assert "km" in build_text(product, lang="en")


def test_where_only_turning_round_leads_on_the_plan_says_so(tmp_path: Path) -> None:
    """A dead end behind a mandatory turn."""
    held = turn("only_straight_on", 2122, 22, 2223)
    left = (1213, 1323, 2324, 2333, 1112, 1121, 2131, 2232)
    picture, made = plan(tmp_path, FROM, TO, held, without=left)
    assert driven(picture, made) == "22 23 22"
    told = [warning.en for warning in made.options[0].warnings]
    assert any(
        text.startswith("Turning round on the road without name (local road)") for text in told
    )


def test_where_banned_turns_leave_no_way_the_refusal_says_so(tmp_path: Path) -> None:
    held = turn("no_left_turn", 2122, 22, 1222), turn("no_u_turn", 2122, 22, 2122)
    left = (1213, 1323, 2223, 1112, 1121, 2131, 2232)
    with pytest.raises(NoRouteError, match="turns that the map bans leave no way"):
        plan(tmp_path, FROM, TO, *held, without=left)
    with pytest.raises(NoRouteError, match="No road of the network"):
        plan(tmp_path, FROM, (33, 34), *held, without=left)


def test_a_plan_without_bans_turns_nowhere_round(tmp_path: Path) -> None:
    _, made = plan(tmp_path, FROM, TO)
    assert not any("Turning round" in warning.en for warning in made.options[0].warnings)
