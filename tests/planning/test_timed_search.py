"""Another road at another hour: found where a ban stops the options, not told where they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.worlds import AS_OF, MORNING, Row, incidents, patrols, request, source, surveyed
from towns import town

from cmcoord_geo.config import Ban, Config, RulesConfig
from cmcoord_geo.model import ForbiddenRoad, Limits, MovementRequest, ViaPoint
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning import timed_roads
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


def _situation(
    *bans: Ban, asked: MovementRequest | None = None, network: RoadNetwork = NETWORK
) -> Situation:
    picture = OperationalPicture(
        network=network, as_of=AS_OF, incidents=incidents([]), patrols=patrols()
    )
    config = Config(rules=RulesConfig(bans=bans, halts=("none",)))
    return situation_of(picture, asked or request(), config)


def _way(*ids: str) -> Way:
    return tuple((NETWORK.segment_index[key], True) for key in ids)


def _searched(situation: Situation, *ways: Way) -> RoadSearch:
    options = [build_route(situation, way, letter="A") for way in ways]
    return search_roads(situation, options)


def _back(*ids: str) -> Way:
    return tuple((NETWORK.segment_index[key], False) for key in ids)


SHORT, LONG = _way("A-B", "B-D"), _way("A-C", "C-D")
#: By B to D, from there to C and back.
SPUR = (*SHORT, *_back("C-D"), *_way("C-D"))
EVE, AT_NIGHT = AS_OF - timedelta(hours=1), MORNING - timedelta(hours=4)
#: Two roads that are alike.
SQUARE = town("A-----B\n|     |\n|     |\n|     |\nC-----D", cell_m=6_000)


def _alike(row: Row, more: str = "") -> Situation:
    """One ambush in the middle of each road, and one patrol; another ambush on one of them."""
    middles = {
        key: SQUARE.lines[SQUARE.segment_index[key]][[0, -1]].mean(axis=0)
        for key in ("A-B", "B-D", "A-C", "C-D")
    }
    events = [
        ("ambush", float(lon), float(lat), AS_OF - timedelta(days=9))
        for key, (lon, lat) in middles.items()
        for _ in range(1 + (key == more))
    ]
    picture = OperationalPicture(
        network=SQUARE, as_of=AS_OF, patrols=patrols(row),
        incidents=incidents(events, source=source("ambush")),
    )  # fmt: skip
    return situation_of(picture, request(), Config(rules=RulesConfig(halts=("none",))))


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


def test_of_a_surveyed_network_the_near_roads_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """C is a junction without a name, and no halt; the roads by C are within 1.5 times the fastest."""
    monkeypatch.setattr(timed_roads, "MOST_SEGMENTS", 1)
    names = tuple("" if key == "C" else key for key in NETWORK.node_ids)
    network = surveyed(replace(NETWORK, node_names=names))
    found = _searched(_situation(BAN, network=network), SHORT)
    assert found.is_part
    assert found.other is not None
    assert (found.other.via, found.other.gain) == (("A", "D"), "earlier")
    assert found.other.apart_km == pytest.approx(found.other.km)


def test_a_search_that_was_given_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed_roads, "MOST_LABELS", {True: 1, False: 1})
    row = Row(segment_id="A-C", start=EVE, end=EVE, passed=EVE)
    found = _searched(_alike(row), SHORT)
    assert found.other is None
    assert 0 < found.unfinished < found.departures


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


def test_other_roads_pass_the_places_asked_for() -> None:
    asked = request(via=(ViaPoint(place_id="B"),))
    other = _searched(_situation(BAN, asked=asked), SHORT).other
    assert other is not None
    assert other.via == ("A", "B", "A", "C", "D")
    asked = request(via=(ViaPoint(place_id="C"),))
    other = _searched(_situation(asked=asked), SPUR).other
    assert other is not None
    assert (other.via, other.gain) == (("A", "C", "D"), "earlier")
    assert other.apart_km == pytest.approx(sum(NETWORK.length_km(step[0]) for step in _way("A-C")))


def test_a_movement_comes_back_over_the_place_asked_for() -> None:
    """From A to B and back to A: the end is not where it starts, and a spur is driven both ways."""
    asked = request("A", "A", via=(ViaPoint(place_id="D"),))
    around = (*SHORT, *_back("C-D", "A-C"))
    other = _searched(_situation(asked=asked), around).other
    assert other is not None
    assert (other.via, other.gain) == (("A", "B", "D", "B", "A"), "earlier")


@pytest.mark.parametrize(("hours", "state"), [(10.0, "found"), (1.25, "unsettled")])
def test_a_road_beyond_the_limits_is_not_told(hours: float, state: str) -> None:
    asked = request(limits=Limits(max_hours=hours))
    assert _searched(_situation(BAN, asked=asked), SHORT).state == state


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_less_exposure_under_presence_is_told_with_and_without_it(*, is_confirmed: bool) -> None:
    other = presence_search(is_confirmed=is_confirmed).other
    assert other is not None
    assert (other.via, other.gain) == (("A", "C", "D"), "presence")
    slot, against = other.slot, other.against
    assert slot.exposure is not None
    assert against is not None
    assert against.exposure is not None
    assert against.exposure == against.exposure_with_patrols
    assert slot.exposure.mean == pytest.approx(against.exposure.mean, rel=0.04)
    for is_less, exposure in (
        (True, slot.exposure_with_patrols), (is_confirmed, slot.exposure_confirmed)
    ):  # fmt: skip
        assert exposure is not None
        assert (exposure.mean <= against.exposure.mean * 0.95) == is_less


def presence_search(*, is_confirmed: bool) -> RoadSearch:
    """A road with presence that was confirmed, or offered, beside one without."""
    at = EVE if is_confirmed else AT_NIGHT
    row = Row(segment_id="A-C", start=at, end=at, passed=at if is_confirmed else None)
    return _searched(_alike(row), SHORT)


def test_presence_that_comes_later_speaks_for_later_departures_alone() -> None:
    row = Row(segment_id="A-C", start=MORNING, end=MORNING + timedelta(hours=3))
    other = _searched(_alike(row), SHORT).other
    assert other is not None
    assert other.gain == "presence"
    assert other.depart > MORNING + timedelta(hours=1)


@pytest.mark.parametrize(
    "row",
    [
        Row(segment_id="A-C", start=EVE, end=EVE, passed=EVE, composition="other"),
        Row(segment_id="A-C", start=EVE, end=EVE, passed=EVE, composition="mixed"),
        Row(segment_id="A-C", start=EVE - timedelta(hours=2), end=EVE),  # over, and not reported
        Row(segment_id="A-C", start=None, end=MORNING),
    ],
)
def test_presence_that_counts_for_nobody_speaks_for_no_road(row: Row) -> None:
    assert _searched(_alike(row), SHORT).state == "none"


def test_presence_never_speaks_for_a_road_more_exposed_than_every_option() -> None:
    row = Row(segment_id="A-C", start=EVE, end=EVE, passed=EVE)
    assert _searched(_alike(row, more="A-C"), SHORT).state == "none"


def test_a_road_that_only_looks_better_is_unsettled() -> None:
    place = Ban(name="town", hours="00:00-23:59", places=("C",))
    found = _searched(_situation(BAN, place), SHORT)
    assert found.state == "unsettled"
    assert found.unsettled > 0


def test_days_are_those_of_bangui() -> None:
    late = MORNING.astimezone(BANGUI).replace(hour=23)
    found = _searched(_situation(asked=request(depart=late)), SHORT)
    assert (found.state, found.departures) == ("none", 96)
