"""Bars of roads over the days ahead: told apart by what they are, not by how they are said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planning.slot_worlds import World
from planning.worlds import AS_OF

from cmcoord_geo.config import Ban
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network.bundled import bundled_network
from cmcoord_geo.planning.bars_ahead import BarsAhead
from cmcoord_geo.planning.roads_ahead import roads_ahead

FIRST = date(2026, 12, 2)


def bars(*bans: Ban, status: tuple[RoadStatus, ...] = ()) -> BarsAhead:
    situation = World().situation()
    seen = replace(situation, picture=replace(situation.picture, status=status))
    return BarsAhead(roads_ahead(seen, (0, 1, 2), FIRST, 3), bans, first=FIRST, days=3)


def test_two_bans_of_one_name_are_two() -> None:
    one, two = bars(Ban(name="x"), Ban(name="x", first="2026-12-03")).on_segment(0)
    assert one.said == two.said
    assert (one.key, two.key) == ("ban:0", "ban:1")


def test_bans_hold_everywhere_or_where_they_say() -> None:
    found = bars(Ban(name="all"), Ban(name="road", segments=("B-C",)), Ban(name="B", places=("B",)))
    assert [[bar.name for bar in found.on_segment(row)] for row in range(3)] == [
        ["all"], ["all", "road"], ["all"],
    ]  # fmt: skip
    assert [bar.name for bar in found.on_place("B")] == ["B"]
    assert found.on_place("C") == ()


def test_one_closure_on_two_roads_is_told_by_the_road_and_the_report() -> None:
    closed = RoadStatus(report_id="R1", segment_id="A-B", state="closed", reported_at=AS_OF)
    other = replace(closed, report_id="R2", segment_id="B-C")
    found = bars(status=(closed, other))
    keys = [bar.key for row in (0, 1) for bar in found.closing(row)]
    assert keys == ["road:0:A–B", "road:1:B–C"]
    assert found.closing(2) == ()


def test_a_prefecture_ban_says_its_doubt_on_a_road_that_is_drawn_straight() -> None:
    situation, network = World().situation(), bundled_network()
    there = replace(situation, picture=replace(situation.picture, network=network))
    rows = [
        next(i for i in range(len(network)) if network.title(i) == name)
        for name in ("Ippy–Bria", "Bria–Ndélé")
    ]
    ahead = roads_ahead(there, rows, FIRST, 3)
    found = BarsAhead(ahead, [Ban(name="x", prefectures=("Ouaka",))], first=FIRST, days=3)
    sure, doubted = (
        next(bar for bar in found.on_segment(row) if bar.kind == "ban") for row in (0, 1)
    )
    assert (sure.effect, doubted.effect) == ("stop", "stop")
    assert "may run through Ouaka" in doubted.said.en
    assert "may" not in sure.said.en
