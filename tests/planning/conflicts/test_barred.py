"""C2 of bans and of seasons that change on the way; proposals keep out of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from planning.conflicts.worlds import HOUR, moved, parties, week
from planning.worlds import CONFIG, MORNING
from towns import town

from cmcoord_geo.config import Ban, Config, ProposalConfig, RulesConfig
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.conflicts import Week
from cmcoord_geo.planning.conflicts.barred import barred
from cmcoord_geo.planning.conflicts.copresence import closures
from cmcoord_geo.planning.conflicts.reports import outlived
from cmcoord_geo.planning.proposals import propose_changes
from cmcoord_geo.units import BANGUI

#: Open in the dry season, closed from the shoulder season on, which begins on 17 March.
WET = {"status_wet": "closed"}
MARCH = datetime(2027, 3, 16, 6, tzinfo=BANGUI)


def banned(*bans: Ban) -> Week:
    config = Config(rules=RulesConfig(bans=bans, rest_every_h=0.0))
    return replace(week(operations=()), config=config)


def late(**more: object) -> Week:
    """Week of a movement that is two days on the way when the season changes."""
    roads = town("A-B-C-D", cell_m=200_000, **WET)
    return week(
        requests=(moved(depart=MARCH),), network=roads, operations=(), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_passage_inside_a_ban_is_a_conflict() -> None:
    known = banned(Ban(name="curfew", hours="09:00-12:00", segments=("B-C",)))
    assert parties(closures(known)) == [("M1", "curfew", "conflict")]
    (found,) = closures(known).conflicts
    assert (found.cause, found.segment_id) == ("ban", "B-C")
    assert found.window.earliest == MORNING + 2 * HOUR


@pytest.mark.parametrize(
    "ban",
    [
        Ban(name="x", hours="09:00-12:00", effect="tell"),
        Ban(name="x", hours="20:00-05:00"),
        Ban(name="x", first="2026-12-03"),
    ],
)
def test_other_bans_are_none(ban: Ban) -> None:
    assert closures(banned(ban)).answer == "no_known_conflict"


def test_a_ban_on_a_place_names_the_place() -> None:
    (found,) = closures(banned(Ban(name="x", places=("C",), hours="09:00-12:00"))).conflicts
    assert (found.place_id, found.segment_id, found.km) == ("C", "", 0.0)


def test_a_road_that_the_season_closes_on_the_way_is_a_conflict() -> None:
    (found,) = closures(late()).conflicts
    assert (found.cause, found.answer, found.other_id) == ("season", "conflict", "")
    assert found.window.earliest >= datetime(2027, 3, 17, tzinfo=BANGUI)
    early = week(
        requests=(moved(depart=MARCH),), network=town("A-B-C-D", cell_m=52_500, **WET),
        operations=(),
    )  # fmt: skip
    assert closures(early).answer == "no_known_conflict"


def test_a_road_closed_because_a_report_ends_is_told_once() -> None:
    until = datetime(2027, 3, 17, 1, tzinfo=BANGUI)
    told = RoadStatus(
        report_id="R1", segment_id="C-D", state="restricted", reported_at=MORNING,
        expires_at=until, max_vehicle="lv_4x4",
    )  # fmt: skip
    known = late(status=(told,), as_of=MORNING + HOUR)
    ended = tuple(outlived(known, known.routes))
    assert [one.segment_id for one in ended] == ["C-D"]
    every = [
        key
        for one in barred(known, known.routes, ended)
        for key in (one.segment_id, *dict(one.more))
    ]
    assert every == ["B-C"]


def test_no_change_is_proposed_into_a_ban_or_a_season() -> None:
    """The next day the ban still holds; the day after that nothing does."""
    request = moved(depart=MORNING)
    ban = Ban(name="ban", first="2026-12-02", last="2026-12-03")
    config = replace(
        CONFIG, rules=replace(CONFIG.rules, bans=(ban,)), proposal=ProposalConfig(most_h=0.5)
    )
    known = week(requests=(request,), operations=())
    plans = tuple(plan_movement(known.picture, one.request, config) for one in known.plans)
    found = propose_changes(replace(known, config=config, plans=plans))
    ((change,), *_) = found.answers
    assert change.removes == (("C2", "ban"),)
    assert change.depart.earliest.date().isoformat() == "2026-12-04"
