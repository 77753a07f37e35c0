"""Every family of alternatives is looked at, and an escort is none of them (L031, L043, H16)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from planning.worlds import AS_OF, CONFIG, MORNING, ROW, ROW_WAY, Row, picture, request, situation

from cmcoord_geo.i18n import said
from cmcoord_geo.model import Family, MovementPlan, Route, SetAside
from cmcoord_geo.network import bundled_network
from cmcoord_geo.planning.another_slot import AnotherSlot
from cmcoord_geo.planning.closed import ClosedWay
from cmcoord_geo.planning.families import families
from cmcoord_geo.planning.plan import plan_movement
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.slots import Slot

ALL = ["road", "time", "patrol", "air", "wait", "programme", "people"]
HOUR = timedelta(hours=1)
BEFORE = Row(start=MORNING - 5 * HOUR, end=MORNING - 3 * HOUR)
DURING = Row(start=MORNING, end=MORNING + 4 * HOUR)


def look(**more: object) -> dict[str, Family]:
    found = families(ROW, request(), **more)
    assert [family.family_id for family in found] == ALL
    return {family.family_id: family for family in found}


def options(*rows: Row, count: int = 1) -> tuple[Route, ...]:
    route = build_route(situation(ROW, *rows), ROW_WAY, letter="A")
    return (route,) * count


def closed(*ends: tuple[str, object]) -> Sequence[ClosedWay]:
    aside = SetAside(letter="", place_ids=("A", "D"), reasons=(said("word.none"),))
    return (ClosedWay(aside=aside, ends=ends),)


def test_all_seven_are_looked_at_without_a_road() -> None:
    found = look()
    assert [found[key].finding for key in ALL] == [
        *("not_found", "ask", "not_found", "ask", "not_found", "ask", "ask")
    ]
    assert all(family.said for family in found.values())


@pytest.mark.parametrize(("count", "finding"), [(1, "not_found"), (3, "possible")])
def test_other_roads(count: int, finding: str) -> None:
    road = look(options=options(count=count))["road"]
    assert road.finding == finding
    assert ("2 other" in road.said[0].en) == (count == 3)


def test_another_slot_is_told_in_its_own_words() -> None:
    words = (said("word.none"),)
    none, some = (
        AnotherSlot(slot=slot, said=words) for slot in (None, Slot(depart=MORNING, verdict="in"))
    )
    times = [look(options=options(), another=one)["time"] for one in (none, some)]
    assert [time.finding for time in times] == ["not_found", "possible"]
    assert all(time.said == words for time in times)


def test_patrol_presence_is_told_with_its_length_and_no_promise() -> None:
    patrol = look(options=options(BEFORE))["patrol"]
    assert patrol.finding == "possible"
    assert "P1: about 105 km, 0 presences confirmed" in patrol.said[0].en
    assert "explosive ordnance" in patrol.said[1].en
    asked = look(options=options())["patrol"]
    assert asked.finding == "ask"
    assert "OCHA CMCoord" in asked.said[0].fr


def test_confirmed_patrols_are_counted_once() -> None:
    seen = AS_OF - HOUR
    rows = [Row(segment_id=key, start=seen, end=seen, passed=seen) for key in ROW.segment_ids]
    patrol = look(options=options(*rows))["patrol"]
    assert "P1: about 315 km, 1 presence confirmed" in patrol.said[0].en


def test_nearest_airstrip_of_a_place_of_the_gazetteer_and_of_a_drawn_one() -> None:
    air = families(bundled_network(), request("BGF", "BKL"))[3]
    assert air.finding == "ask"
    assert re.search(r"Nearest known airstrip: .+ \(FE\w\w\b.*\d+ km", air.said[0].en)
    drawn = look()["air"]
    assert "UNHAS" in drawn.said[0].fr


def test_waiting_tells_when_reports_end() -> None:
    ends = (("A–B", MORNING + timedelta(days=3)), ("B–C", MORNING + timedelta(days=4)))
    wait = look(closed=closed(*ends, ("C–D", MORNING + timedelta(days=5))))["wait"]
    assert wait.finding == "possible"
    assert "A–B: the report against it expires on 5 Dec 2026" in wait.said[0].en
    assert "unknown, not open" in wait.said[0].en
    assert len(wait.said) == 3  # two reports, and the season
    assert "Waiting has a limit" in wait.said[-1].en


@pytest.mark.parametrize(
    ("month", "day", "start"),
    [
        (12, 2, "Waiting has a limit"),
        (9, 20, "A better season from"),
        (5, 20, "Nothing in the data"),
    ],
)
def test_waiting_tells_what_the_season_does(month: int, day: int, start: str) -> None:
    asked = request(depart=MORNING.replace(month=month, day=day))
    wait = families(ROW, asked)[4]
    assert wait.said[0].en.startswith(start)
    assert wait.finding == ("possible" if "better" in start else "not_found")


def texts(plan: MovementPlan) -> list[str]:
    """Everything a plan says, in both languages."""
    every = [said_ for family in plan.families for said_ in family.said]
    every += [reason for aside in plan.set_aside for reason in aside.reasons]
    every += [warning for route in plan.options for warning in route.warnings]
    every += [finding.said for finding in plan.findings]
    every += [plan.refusal] if plan.refusal else []
    return [text for said_ in every for text in (said_.fr, said_.en)]


def test_no_plan_speaks_of_an_escort_or_promises_anything() -> None:
    """H1, H16: not as an option, not as a family, in neither language."""
    plan = plan_movement(picture(ROW, DURING, BEFORE), request(), CONFIG)
    spoken = " ".join(texts(plan)).casefold()
    assert len(spoken) > 1000
    assert not re.search(r"escort", spoken)
    assert not re.search(r"\b(safe\w*|secure\w*|cleared|sûre?s?|sécurisé\w*|approved)\b", spoken)
