"""Runs of a movement: proposals equal to trying every departure and every stand of random weeks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from math import inf
from random import Random
from typing import NamedTuple

import pytest
from planning.conflicts.worlds import HOUR, moved, week
from planning.worlds import AS_OF, CONFIG, MORNING, Row

from cmcoord_geo.config import ProposalConfig
from cmcoord_geo.model import MovementPlan, Route, Stop, TimeSpan
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.planning.proposals import Proposal, propose_changes
from cmcoord_geo.planning.runs import Run, Runs

CASES = 2 * int(os.environ.get("CMCOORD_CAMPAIGN", "1"))
KINDS = {"C1", "C2", "C6", "C7", "C9", "C10"}
MINUTE = timedelta(minutes=1)
SMALL = replace(
    CONFIG,
    rules=replace(CONFIG.rules, halts=("B", "C")),
    proposal=ProposalConfig(step_min=60, most_h=2, days_later=0, most_wait_h=1, max_answers=1),
)


class Choice(NamedTuple):
    """One way to run a movement, and how large the change is."""

    size: int
    route: Route


def drawn(seed: int) -> Week:
    """Two trucks on the row of towns, three patrols, and a site near one of the halts."""
    draw = Random(seed)  # noqa: S311 - cases, no secrets
    rows = []
    for number in range(3):
        start = MORNING + draw.randint(-1, 34) * HOUR
        road = draw.choice(("A-B", "B-C", "C-D"))
        end = start + draw.randint(1, 3) * HOUR
        rows.append(Row(patrol_id=f"P{number}", segment_id=road, start=start, end=end))
    requests = tuple(
        replace(
            moved(f"M{number}", *draw.choice((("A", "D"), ("D", "A"))), vehicle="truck_6x6"),
            submitted_at=AS_OF - draw.randint(1, 9) * HOUR - number * MINUTE,
        )
        for number in range(2)
    )
    seen = week(*rows, requests=requests)
    network = seen.network
    node = network.node_index[draw.choice("BC")]
    site = (float(network.lon[node]), float(network.lat[node]))
    return replace(seen, config=SMALL, sites=(site,) if draw.random() < 0.5 else ())


def choices(seen: Week, plan: MovementPlan) -> Iterator[Choice]:
    """Everything that may be proposed to a movement, planned anew, as filed first."""
    (option,) = plan.options
    yield Choice(0, option)
    asked, start = plan.request.depart, option.fast.times[0]
    whole = {}
    for hours in (-2, -1, 0, 1, 2):
        span = TimeSpan(earliest=asked.earliest + hours * HOUR, latest=asked.latest + hours * HOUR)
        whole[planned(seen, plan, span).fast.times[0]] = span
    for (begin, span), cut in product(whole.items(), (0, 1)):
        shorter = replace(span, latest=span.latest - cut * HOUR)
        then = planned(seen, plan, shorter)
        is_at_home = any(halt.km == 0 for halt in then.halts)
        is_other = begin != start or cut
        if cut and (shorter.latest - begin < HOUR or not frees_more(seen, plan, span, then)):
            continue
        if is_other and not is_at_home:
            yield Choice(round(abs(begin - start) / MINUTE) + 60 * cut, then)
    for place, hours in product((0, 1), (inf, 1)):
        halt_id, arrival = option.place_ids[place + 1], option.legs[place].leave.earliest
        until = arrival + hours * HOUR if hours < inf else arrival.replace(hour=19, minute=0)
        stop = Stop(place_id=halt_id, minutes=(until - arrival) / MINUTE)
        asked_to_stop = replace(plan.request, stops=(stop,))
        then = plan_movement(seen.picture, asked_to_stop, SMALL).options[0]
        nights = [one for one in then.halts if one.place_id == halt_id]
        if hours == inf and [one.pace for one in nights] != ["both"]:
            continue
        late = (then.slow.times[-1] - option.slow.times[-1]) / MINUTE
        waited = 0 if hours == inf else hours * 60
        if (then.fast, then.slow) != (option.fast, option.slow):
            yield Choice(15 + round(max(late, waited)), then)


def planned(seen: Week, plan: MovementPlan, depart: TimeSpan) -> Route:
    return plan_movement(seen.picture, replace(plan.request, depart=depart), SMALL).options[0]


def frees_more(seen: Week, plan: MovementPlan, span: TimeSpan, then: Route) -> bool:
    """Whether a shorter window meets less than a whole one, or that one is too long for its day."""
    whole = planned(seen, plan, span)
    alone = replace(seen, plans=(plan,))
    is_at_home = any(halt.km == 0 for halt in whole.halts)
    return is_at_home or standing(alone, (then,)) < standing(alone, (whole,))


def standing(seen: Week, routes: tuple[Route, ...]) -> int:
    """Conflicts of a week that runs so, each patrol or neighbour once."""
    plans = tuple(
        replace(plan, options=(route,)) for plan, route in zip(seen.plans, routes, strict=True)
    )
    return len(
        {
            (one.kind, one.movement_id, one.patrol_id, one.other_id, one.place_id)
            for ruling in week_conflicts(replace(seen, plans=plans))
            if ruling.kind in KINDS
            for one in ruling.conflicts
            if one.answer == "conflict"
        }
    )


@pytest.mark.parametrize("seed", range(CASES))
def test_no_other_departure_or_halt_does_it_with_less(seed: int) -> None:
    seen = drawn(seed)
    every = [tuple(choices(seen, plan)) for plan in seen.plans]
    filed = [plan.request.submitted_at or AS_OF for plan in seen.plans]
    worth = []
    for taken in product(*(range(len(mine)) for mine in every)):
        runs = [mine[c] for mine, c in zip(every, taken, strict=True)]
        in_order = sorted(zip(filed, map(bool, taken), strict=True))
        stand = standing(seen, tuple(run.route for run in runs))
        size = sum(run.size for run in runs)
        worth.append((stand, sum(map(bool, taken)), *(moves for _, moves in in_order), size))
    found = propose_changes(seen)
    least = min(worth)
    changes = {one.movement_id: one for one in found.answers[0]}
    assert found.is_proven
    assert (len(found.standing), len(changes)) == least[:2]
    assert sum(size_of(seen, one) for one in changes.values()) == least[-1]


def every(runs: Runs) -> list[Run]:
    return [*runs.widen(to_the_end=True), *runs.shorter(())]


def size_of(seen: Week, proposal: Proposal) -> int:
    """Size of the run that a proposal names."""
    (plan,) = (one for one in seen.plans if one.request.movement_id == proposal.movement_id)
    (size,) = (
        run.size
        for run in every(Runs(seen, plan))
        if run.change
        == (0, proposal.shift_min, proposal.halt_id, proposal.wait_min, proposal.cut_min)
    )
    return size


def test_a_night_near_a_site_is_spent_one_town_earlier() -> None:
    """Same departure, same road: the halt alone moves, and the day after it arrives as planned or later."""
    seen = week(requests=(moved(vehicle="truck_6x6"),))
    (halt,) = seen.plans[0].options[0].halts[-1:]
    node = seen.network.node_index[halt.place_id]
    site = float(seen.network.lon[node]), float(seen.network.lat[node])
    rule = replace(SMALL.proposal, most_h=0)
    near = replace(seen, config=replace(SMALL, proposal=rule), sites=(site,))
    (change,) = propose_changes(near).answers[0]
    assert (change.shift_min, change.is_other_road, change.wait_min) == (0, False, 0)
    assert change.halt_id in {"B", "C"} - {halt.place_id}
    assert change.removes == (("C6", halt.place_id),)
    none = replace(near.config, rules=replace(SMALL.rules, no_halts=("B", "C")))
    assert [one.kind for one in propose_changes(replace(near, config=none)).standing] == ["C6"]


def test_the_smallest_sufficient_departure_of_a_whole_day_is_found() -> None:
    """Five hours later on the same day, though three do not do it: not the day after."""
    patrol = Row(segment_id="A-B", start=MORNING - HOUR, end=MORNING + 3.75 * HOUR)
    seen = replace(week(patrol, requests=(moved(destination="B"),)), config=CONFIG)
    (change,) = propose_changes(seen).answers[0]
    assert change.shift_min == 240
    less = replace(CONFIG, proposal=ProposalConfig(most_h=3))
    (later,) = propose_changes(replace(seen, config=less)).answers[0]
    assert later.shift_min > 20 * 60
