"""Another road at another hour: found where a ban stops the options, not told where they hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from planning.worlds import AS_OF, MORNING, incidents, patrols, request
from towns import town

from cmcoord_geo.config import Ban, Config, RulesConfig
from cmcoord_geo.model import ForbiddenRoad, Limits, MovementRequest, ViaPoint
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import Situation, situation_of
from cmcoord_geo.planning.slots import slots_of
from cmcoord_geo.planning.timed_search import RoadSearch, search_roads
from cmcoord_geo.planning.ways import Way
from cmcoord_geo.units import BANGUI

#: The short way by B, which the plan offers, and a longer one by C.
NETWORK = town("A-----B\n|     |\n|     |\n|     |\nC-----D", cell_m=6_000, roads={
    "A-C": {"surface": "laterite"}, "C-D": {"surface": "laterite"},
})  # fmt: skip
BAN = Ban(name="afternoon", hours="10:00-18:00", segments=("B-D",))


def _situation(*bans: Ban, asked: MovementRequest | None = None) -> Situation:
    picture = OperationalPicture(
        network=NETWORK, as_of=AS_OF, incidents=incidents([]), patrols=patrols()
    )
    config = Config(rules=RulesConfig(bans=bans, halts=("none",)))
    return situation_of(picture, asked or request(), config)


def _way(*ids: str) -> Way:
    return tuple((NETWORK.segment_index[key], True) for key in ids)


def _searched(situation: Situation, *ways: Way) -> RoadSearch:
    options = [build_route(situation, way, letter="A") for way in ways]
    return search_roads(situation, options)


SHORT, LONG = _way("A-B", "B-D"), _way("A-C", "C-D")


def test_a_ban_on_the_option_makes_the_other_road_the_better_one_later() -> None:
    situation = _situation(BAN)
    found = _searched(situation, SHORT)
    assert found.state == "found"
    assert found.unsettled == 0
    other = found.other
    assert other is not None
    assert (other.via, other.gain) == (("A", "C", "D"), "earlier")
    assert other.instead is not None
    assert (other.instead.date() - other.arrive.date()).days == 1  # the option, left next morning
    [short, long] = [
        slots_of(situation, build_route(situation, way, letter=""), days=1) for way in (SHORT, LONG)
    ]
    only = [
        slot for slot, lost in zip(long, short, strict=True)
        if slot.verdict == "in" != lost.verdict
    ]  # fmt: skip
    assert other.depart == only[0].depart
    assert other.departures == len(only)
    assert only[0].arrive is not None
    assert other.arrive == only[0].arrive.latest


def test_a_ban_for_days_leaves_no_option_that_arrives() -> None:
    found = _searched(_situation(Ban(name="days", segments=("B-D",))), SHORT)
    assert found.other is not None
    assert (found.other.gain, found.other.instead) == ("arrives", None)


def test_without_the_ban_no_other_road_does_better() -> None:
    found = _searched(_situation(), SHORT)
    assert (found.state, found.other, found.unsettled) == ("none", None, 0)
    assert found.departures > 0


def test_a_road_that_is_an_option_is_no_other_road() -> None:
    assert _searched(_situation(BAN), SHORT, LONG).state == "none"


def test_the_quicker_road_is_found_where_only_the_longer_one_is_offered() -> None:
    other = _searched(_situation(), LONG).other
    assert other is not None
    assert (other.via, other.gain) == (("A", "B", "D"), "earlier")
    assert other.instead is not None
    assert other.arrive <= other.instead - timedelta(minutes=15)


def test_a_road_that_the_movement_forbids_is_not_told() -> None:
    avoid = (ForbiddenRoad(name="A-B", segment_ids=("A-B",)),)
    asked = request(avoid=avoid)
    assert _searched(_situation(asked=asked), LONG).state == "none"


@pytest.mark.parametrize(
    ("asked", "state"),
    [
        (request(via=(ViaPoint(place_id="B"),)), "via"),
        (request(limits=Limits(max_km=1000.0)), "limits"),
    ],
)
def test_what_is_not_searched_is_said(asked: MovementRequest, state: str) -> None:
    assert _searched(_situation(asked=asked), SHORT).state == state


def test_a_road_that_only_looks_better_is_unsettled() -> None:
    place = Ban(name="town", hours="00:00-23:59", places=("C",))
    found = _searched(_situation(BAN, place), SHORT)
    assert found.state == "unsettled"
    assert found.unsettled > 0


def test_days_are_those_of_bangui() -> None:
    late = MORNING.astimezone(BANGUI).replace(hour=23)
    found = _searched(_situation(asked=request(depart=late)), SHORT)
    assert (found.state, found.departures) == ("none", 96)
