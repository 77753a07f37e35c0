"""C6, C7 and C9: nights near a site, convoys at one spot, nights on the road."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from planning.conflicts.worlds import HOUR, moved, parties, week
from planning.worlds import AS_OF, MORNING, ROW
from towns import town

from cmcoord_geo.facts import Crossing, crossings
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import TimeSpan, ViaPoint
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.conflicts.halts import bunched, near_sites, without_daylight

LATE = moved(depart=MORNING + 5 * HOUR)
B = float(ROW.lon[1]), float(ROW.lat[1])
LONG = town("A---------B", cell_m=100_000)


def test_a_night_near_a_site() -> None:
    ruling = near_sites(week(requests=(LATE,), sites=((B[0] + 0.04, B[1]),)))
    assert parties(ruling) == [("M1", "", "conflict")]
    assert ruling.conflicts[0].place_id == "B"
    far = near_sites(week(requests=(LATE,), sites=((B[0] + 0.05, B[1]),)))
    assert far.answer == "no_known_conflict"


def test_without_a_list_of_sites_nothing_can_be_said_of_a_night() -> None:
    ruling = near_sites(week(requests=(LATE,)))
    assert (ruling.lacking_of, ruling.answer, ruling.conflicts) == (
        {"sites": {"M1"}},
        "unknown",
        (),
    )
    assert near_sites(week()).answer == "no_known_conflict"  # no night, no question


def test_a_night_on_the_road_has_no_distance_to_a_site() -> None:
    asked = moved("M1", "A", "B")
    ruling = near_sites(week(network=LONG, requests=(asked,), sites=(B,)))
    assert ruling.answer == "unknown"


def test_night_falls_on_the_road() -> None:
    ruling = without_daylight(week(network=LONG, requests=(moved("M1", "A", "B"),)))
    assert ruling.answer == "conflict"
    assert {one.segment_id for one in ruling.conflicts} == {"A-B"}
    assert all(0 < one.fraction.low < 1 for one in ruling.conflicts)
    assert without_daylight(week(requests=(LATE,))).answer == "no_known_conflict"


def ferry(at_km: float | None) -> Crossing:
    return replace(
        crossings()[0],
        crossing_id="X",
        kind="ferry",
        name=Said(fr="bac", en="ferry"),
        at_km={"B-C": at_km},
    )


def row(at_km: float | None = 10.0):
    return town("A-B-C-D", cell_m=52_500, crossings=(ferry(at_km),))


def two(apart: timedelta) -> tuple:
    return moved("M1", window=timedelta()), moved("M2", depart=MORNING + apart, window=timedelta())


def test_two_convoys_at_one_ferry() -> None:
    ruling = bunched(week(network=row(), requests=two(timedelta(minutes=10))))
    (found,) = [one for one in ruling.conflicts if one.crossing_id]
    assert (found.movement_id, found.other_id, found.answer) == ("M2", "M1", "conflict")
    assert (found.segment_id, found.crossing_id) == ("B-C", "X")
    assert found.fraction.low == pytest.approx(10 / 105)


@pytest.mark.parametrize(("filed_first", "moves"), [("M1", "M2"), ("M2", "M1")])
def test_the_one_filed_first_stays_whoever_comes_first_or_stands_first(
    filed_first: str, moves: str
) -> None:
    asked = [
        replace(one, submitted_at=AS_OF - (1 + (one.movement_id == filed_first)) * HOUR)
        for one in two(timedelta(minutes=10))
    ]
    for requests in (tuple(asked), tuple(asked[::-1])):
        (found,) = bunched(week(network=row(), requests=requests)).conflicts
        assert (found.movement_id, found.other_id) == (moves, filed_first)


def test_the_more_pressing_need_stays_although_it_was_filed_later() -> None:
    early, late = two(timedelta(minutes=10))
    requests = (
        replace(early, submitted_at=AS_OF - HOUR, need="regular"),
        replace(late, submitted_at=AS_OF, need="lifesaving"),
    )
    (found,) = bunched(week(network=row(), requests=requests)).conflicts
    assert (found.movement_id, found.other_id) == ("M1", "M2")


def test_a_ferry_is_met_on_the_way_back_too() -> None:
    """M1 goes from A by C to B and drives B-C twice; M2 comes to the ferry with it as it returns."""
    out = replace(moved("M1", destination="B", window=timedelta()), via=(ViaPoint(place_id="C"),))
    back = moved("M2", "C", "B", depart=MORNING + 3 * HOUR, window=timedelta())
    known = week(network=row(), requests=(out, back))
    assert [leg.segment_id for leg in known.routes[0][1].legs] == ["A-B", "B-C", "B-C"]
    found = [one for one in bunched(known).conflicts if one.crossing_id]
    assert [(one.movement_id, one.other_id) for one in found] == [("M2", "M1")]
    first = replace(back, depart=TimeSpan(earliest=MORNING + 9 * HOUR, latest=MORNING + 9 * HOUR))
    assert bunched(week(network=row(), requests=(out, first))).conflicts == ()


def test_far_apart_in_time_they_do_not_wait_together() -> None:
    assert bunched(week(network=row(), requests=two(timedelta(days=1)))).conflicts == ()


def bridges(*at_km: float, capacity_t: float | None = None) -> tuple[Crossing, ...]:
    """Bridges on B-C that a survey alone knows."""
    one = replace(crossings()[0], kind="bridge", capacity_t=capacity_t, aliases=())
    return tuple(
        replace(one, crossing_id=f"OSM-w{number}", at_km={"B-C": km})
        for number, km in enumerate(at_km)
    )


def test_small_bridges_of_one_road_are_told_once_and_ferries_apart() -> None:
    """Of two stretches more than 25 km apart each, at the first bridge that the later movement comes to."""
    asked = two(timedelta(minutes=10))
    many = (*bridges(70.0, 20.0, 12.0, 30.0), ferry(15.0))
    found = bunched(week(network=town("A-B-C-D", cell_m=52_500, crossings=many), requests=asked))
    told = sorted((one.crossing_id, one.count) for one in found.conflicts)
    assert told == [("OSM-w0", 1), ("OSM-w2", 3), ("X", 1)]
    (three,) = (one for one in found.conflicts if one.count == 3)
    first = MORNING + (1.2 + 12 / 87.5) * HOUR + timedelta(minutes=10)
    assert abs(three.window.earliest - first) < timedelta(minutes=1)
    assert three.window.latest > MORNING + 2 * HOUR  # the last of them, at the slow pace


def test_a_bridge_with_a_limit_or_of_the_own_table_stands_for_itself() -> None:
    asked = two(timedelta(minutes=10))
    heavy = (*bridges(12.0, 20.0, capacity_t=30.0), crossings_of_the_table(25.0))
    found = bunched(week(network=town("A-B-C-D", cell_m=52_500, crossings=heavy), requests=asked))
    assert [one.count for one in found.conflicts] == [1, 1, 1]


def crossings_of_the_table(km: float) -> Crossing:
    return replace(crossings()[0], kind="bridge", at_km={"B-C": km})


def test_a_crossing_without_a_place_is_unknown() -> None:
    ruling = bunched(week(network=row(None), requests=two(timedelta(minutes=10))))
    assert [one.answer for one in ruling.conflicts] == ["unknown"]


def test_two_convoys_at_one_halt() -> None:
    other = replace(LATE, movement_id="M2")
    ruling = bunched(week(requests=(LATE, other)))
    found = [(one.place_id, one.movement_id) for one in ruling.conflicts]
    assert found == [("B", "M2"), ("C", "M2")]  # who is between both paces may sleep at C


def test_a_wider_window_of_departure_never_ends_a_night() -> None:
    """Law of C6, C7 and C9, drawn: what a narrower window meets, one that holds it meets too."""
    draw = Random(6)  # noqa: S311 - cases, no secrets
    other = moved("M2", vehicle="truck_6x6", depart=MORNING + 2 * HOUR)
    for _ in range(12 * int(os.environ.get("CMCOORD_CAMPAIGN", "1"))):
        network = town("A-B-C-D", cell_m=draw.choice((20_000, 50_000, 70_000, 90_000, 130_000)))
        sites = tuple((float(network.lon[i]), float(network.lat[i])) for i in (1, 2))
        first = MORNING + draw.randint(0, 6) * HOUR
        before, width, after = (draw.randint(0, 3) * HOUR for _ in range(3))
        narrow, wide = (
            met(
                network, sites, (moved("M1", vehicle="truck_6x6", depart=start, window=span), other)
            )
            for start, span in ((first, width), (first - before, before + width + after))
        )
        assert narrow <= wide, (first, before, width, after)


def met(network: RoadNetwork, sites: tuple, requests: tuple) -> set[tuple[str, str]]:
    """Kinds and places of what is met by the first of two movements."""
    seen = week(network=network, requests=requests, sites=sites)
    return {
        (one.kind, one.place_id or one.segment_id)
        for rule in (near_sites, bunched, without_daylight)
        for one in rule(seen).conflicts
        if one.answer == "conflict" and (one.kind == "C7" or one.movement_id == "M1")
    }


@pytest.mark.parametrize(("is_return", "answers"), [(False, ["conflict"]), (True, []), (None, [])])
def test_a_one_way_movement_sleeps_at_its_destination(
    *, is_return: bool | None, answers: list[str]
) -> None:
    asked = replace(moved(), is_return=is_return)
    there = float(ROW.lon[3]), float(ROW.lat[3])
    found = near_sites(week(requests=(asked,), sites=(there,))).conflicts
    assert [one.answer for one in found] == answers
    assert near_sites(week(requests=(asked,))).answer == (
        "unknown" if answers else "no_known_conflict"
    )
