"""
Proposals: which movements would have to change, and how little, so that the conflicts of a week go away.

Each movement may start earlier or later, on another day, or take another of its options; the other side is
asked for nothing. What a change cannot remove, such as a request that nobody covers, is not looked at here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.conflicts.copresence import closures, copresence
from cmcoord_geo.planning.conflicts.halts import near_sites, stays, together, without_daylight
from cmcoord_geo.planning.conflicts.programme import beside_distributions
from cmcoord_geo.planning.conflicts.week import Week
from cmcoord_geo.planning.requests import priority_of
from cmcoord_geo.planning.resolution import Candidate, Clash, Mover, resolve
from cmcoord_geo.planning.returns import schedules_home
from cmcoord_geo.planning.schedule import schedules
from cmcoord_geo.planning.situation import situation_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.config import ProposalConfig
    from cmcoord_geo.model import Conflict, MovementPlan, Route
    from cmcoord_geo.planning.conflicts.halts import Stay
    from cmcoord_geo.planning.resolution import Resolution
    from cmcoord_geo.planning.schedule import Schedule
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way

_MINUTE = timedelta(minutes=1)
#: Rules that speak of one movement alone, whatever the other movements do.
_ALONE = (copresence, closures, near_sites, without_daylight, beside_distributions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    A change of one movement.

    Attributes
    ----------
    movement_id : str
    letter : str
        Option to take; that of the plan where the road stays.
    depart : TimeSpan
    shift_min : int
        Whole minutes from the first departure that was filed; negative is earlier, 0 where it does not move.
    is_other_road : bool
    removes : tuple of (kind, other party)
        Conflicts of the movement as it was filed.
    room_for : tuple of str
        Movements, as they would run then, that it would be in the way of if it stayed as filed.
    """

    movement_id: str
    letter: str
    depart: TimeSpan
    shift_min: int
    is_other_road: bool
    removes: tuple[tuple[str, str], ...]
    room_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingConflict:
    """
    A conflict that no change removes.

    Attributes
    ----------
    kind : str
    other : str
        Patrol, operation, area, activity, place or crossing.
    movement_ids : tuple of str
    is_alone : bool
        No change of one of these movements leaves it free, whatever the others do; otherwise they are in one
        another's way.
    """

    kind: str
    other: str
    movement_ids: tuple[str, ...]
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekProposals:
    """
    How the conflicts of a week go away.

    Attributes
    ----------
    answers : tuple of tuple of Proposal
        Equal answers in a fixed order; each empty where nothing has to change.
    standing : tuple of StandingConflict
        What stands after the first answer.
    is_proven : bool
        Fewer or smaller changes do not do it.
    gap : float
        Relative gap of the first aim that is not proven, else 0.
    """

    answers: tuple[tuple[Proposal, ...], ...]
    standing: tuple[StandingConflict, ...]
    is_proven: bool
    gap: float


class _Run(NamedTuple):
    """One way to run a movement: option, shift from what was filed, size of the change, and the route."""

    option: int
    shift_min: int
    size: int
    route: Route


class _Choice(NamedTuple):
    """A run that brings nothing unknown, without its legs: a surveyed road has thousands of them."""

    option: int
    shift_min: int
    size: int
    depart: TimeSpan
    stand: tuple[tuple[str, str], ...]
    stays: tuple[Stay, ...]


class _Found(NamedTuple):
    """Conflicts of a run that stand, and those of which something is not known, as (kind, other party)."""

    stand: tuple[tuple[str, str], ...]
    unknown: frozenset[tuple[str, str]]


def propose_changes(week: Week) -> WeekProposals:
    """
    Propose the fewest and smallest changes that remove the conflicts of a week.

    A change is offered only by day, on roads that are open then and when it passes, after the cut-off, in
    time for the arrival asked for, and where it brings nothing unknown that was not there before.

    Parameters
    ----------
    week : Week
    """
    rule = week.config.proposal
    plans = [plan for plan in week.plans if plan.options]
    choices = [_choices(week, plan) for plan in plans]
    movers = [_mover(plan, mine) for plan, mine in zip(plans, choices, strict=True)]
    clashes = tuple(_clashes(week, plans, choices))
    resolution = resolve(movers, clashes, max_answers=rule.max_answers, effort=rule.effort_s)
    return WeekProposals(
        answers=tuple(
            tuple(_proposals(plans, choices, movers, clashes, taken))
            for taken in resolution.answers
        ),
        standing=_standing(resolution),
        is_proven=resolution.is_proven,
        gap=resolution.gap,
    )


def _choices(week: Week, plan: MovementPlan) -> tuple[_Choice, ...]:
    """Runs of a movement that can be proposed, with what stands against each and where it stays."""
    runs = _runs(week, plan)
    found = _alone(_as_week(week, plan, runs))
    kept = [
        (run, one)
        for run, one in zip(runs, found, strict=True)
        if one.unknown <= found[0].unknown and _closed(one) <= _closed(found[0])
    ]
    where: defaultdict[int, list[Stay]] = defaultdict(list)
    for stay in stays(_as_week(week, plan, [run for run, _ in kept])):
        where[stay.rank].append(stay)
    return tuple(
        _Choice(
            option=run.option,
            shift_min=run.shift_min,
            size=run.size,
            depart=TimeSpan(earliest=run.route.fast.times[0], latest=run.route.slow.times[0]),
            stand=one.stand,
            stays=tuple(where[number]),
        )
        for number, (run, one) in enumerate(kept)
    )


def _closed(found: _Found) -> set[tuple[str, str]]:
    """What closes the road of a run at its hours: no change may bring more of it."""
    return {one for one in found.stand if one[0] == "C2"}


def _runs(week: Week, plan: MovementPlan) -> list[_Run]:
    """Ways to run a movement, as it is planned first and then from the smallest change on."""
    situation = situation_of(week.picture, plan.request, week.config)
    runs = [
        run
        for shift_on_day in range(week.config.proposal.days_later + 1)
        for run in _on_day(situation, plan, shift_on_day)
    ]
    runs.sort(key=lambda run: (run.size, run.option, run.shift_min))
    return [_Run(0, 0, 0, plan.options[0]), *runs]


def _on_day(situation: Situation, plan: MovementPlan, days: int) -> Iterator[_Run]:
    """Runs of one day, one for each option and departure; who would start before first light starts then."""
    rule = situation.config.proposal
    there = situation.on_day(days)
    index = there.network.segment_index
    for number, option in enumerate(plan.options):
        way = tuple((index[leg.segment_id], leg.is_forward) for leg in option.legs)
        if not all(there.passable.is_open[segment] for segment, _ in way):
            continue
        runs = {}
        departs = [there.shifted(within).request.depart for within in _within_a_day(rule)]
        every = schedules(there, way, departs)
        for then, back in zip(every, _backs(there, way, option, every), strict=True):
            start = _departure(then).earliest
            moved = round((start - plan.options[0].fast.times[0]) / _MINUTE)
            is_change = bool(number or moved) and _is_in_time(plan, then)
            if is_change and _can_be_proposed(situation, then):
                shift = (start - plan.request.depart.earliest) // _MINUTE if moved else 0
                size = abs(moved) + bool(number) * round(rule.other_road_min)
                runs[start] = _Run(number, shift, size, replace(_moved(option, then), back=back))
        yield from runs.values()  # of departures at one first light, that with the widest window


def _backs(
    there: Situation, way: Way, option: Route, every: Sequence[Schedule]
) -> Sequence[Route | None]:
    """Ways back of an option at other times, where it has one."""
    if option.back is None:
        return [None] * len(every)
    arrivals = [
        TimeSpan(earliest=then.fast.pace.times[-1], latest=then.slow.pace.times[-1])
        for then in every
    ]
    return [_moved(option.back, home) for home in schedules_home(there, way, arrivals)]


def _within_a_day(rule: ProposalConfig) -> list[timedelta]:
    steps = int(rule.most_h * 60 // rule.step_min)
    return [timedelta(minutes=step * rule.step_min) for step in range(-steps, steps + 1)]


def _is_in_time(plan: MovementPlan, then: Schedule) -> bool:
    """At the slow pace by the hour asked for, or no later than as planned where that is too late already."""
    by = plan.request.arrive_by
    return by is None or then.slow.pace.times[-1] <= max(by, plan.options[0].slow.times[-1])


def _can_be_proposed(situation: Situation, then: Schedule) -> bool:
    """By day at the origin, after the cut-off, with what was a window still a window."""
    asked = situation.request.depart
    depart = _departure(then)
    is_in_the_dark = asked.earliest < asked.latest and depart.earliest == depart.latest
    is_past = depart.earliest < situation.picture.as_of
    return not (is_past or is_in_the_dark or then.waits_at_origin)


def _departure(then: Schedule) -> TimeSpan:
    return TimeSpan(earliest=then.fast.pace.times[0], latest=then.slow.pace.times[0])


def _moved(option: Route, then: Schedule) -> Route:
    """Option at other times: what does not depend on them stays; whom it meets the rules tell."""
    return replace(
        option,
        legs=then.legs,
        fast=then.fast.pace,
        slow=then.slow.pace,
        halts=then.halts,
        days=then.days,
        coverage=then.coverage,
        conflicts=(),
    )


def _as_week(week: Week, plan: MovementPlan, runs: Sequence[_Run]) -> Week:
    """Every run of a movement as if it were a movement of its own, under its number."""
    every = tuple(
        replace(plan, request=replace(plan.request, movement_id=str(number)), options=(run.route,))
        for number, run in enumerate(runs)
    )
    return replace(week, plans=every)


def _alone(every: Week) -> list[_Found]:
    """What stands against each run of a movement whatever the other movements do."""
    stand: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    unknown: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for rule in _ALONE:
        for conflict in rule(every).conflicts:
            if conflict.movement_id:
                into = stand if conflict.answer == "conflict" else unknown
                into[int(conflict.movement_id)].add((conflict.kind, _other(conflict)))
    return [
        _Found(tuple(sorted(stand[number])), frozenset(unknown[number]))
        for number in range(len(every.plans))
    ]


def _other(conflict: Conflict) -> str:
    """Party or place that a conflict is with."""
    return conflict.patrol_id or conflict.other_id or conflict.place_id or conflict.segment_id


def _mover(plan: MovementPlan, choices: Sequence[_Choice]) -> Mover:
    return Mover(
        movement_id=plan.request.movement_id,
        candidates=tuple(
            Candidate(size=one.size, conflicts=tuple("\t".join(told) for told in one.stand))
            for one in choices
        ),
        need=-priority_of(plan.request.need),
        filed_at=plan.request.submitted_at,
    )


def _clashes(
    week: Week, plans: Sequence[MovementPlan], choices: Sequence[Sequence[_Choice]]
) -> Iterator[Clash]:
    """C7 between the runs of two movements."""
    owner = [(i, c) for i, mine in enumerate(choices) for c in range(len(mine))]
    every = (
        replace(stay, rank=rank)
        for rank, (i, c) in enumerate(owner)
        for stay in choices[i][c].stays
    )
    for pair in together(every, config=week.config.conflict):
        first, second = sorted(owner[stay.rank] for stay in pair)
        is_known = all(stay.conflict.answer == "conflict" for stay in pair)
        if first[0] != second[0] and is_known:
            parties = (plans[i].request.movement_id for i, _ in (first, second))
            yield Clash(
                first=first, second=second, conflict="\t".join(("C7", pair[0].spot, *parties))
            )


def _proposals(
    plans: Sequence[MovementPlan],
    choices: Sequence[Sequence[_Choice]],
    movers: Sequence[Mover],
    clashes: Sequence[Clash],
    taken: Sequence[int],
) -> Iterator[Proposal]:
    for i, c in enumerate(taken):
        if not c:
            continue
        one = choices[i][c]
        yield Proposal(
            movement_id=movers[i].movement_id,
            letter=plans[i].options[one.option].letter,
            depart=one.depart,
            shift_min=one.shift_min,
            is_other_road=one.option > 0,
            removes=tuple(sorted(_filed(i, movers[i], clashes) - _still(movers[i].candidates[c]))),
            room_for=tuple(sorted({movers[j].movement_id for j in _met(i, clashes, taken)})),
        )


def _met(i: int, clashes: Sequence[Clash], taken: Sequence[int]) -> Iterator[int]:
    """Movers that a movement would clash with as filed, if they run as chosen."""
    for clash in clashes:
        for mine, other in ((clash.first, clash.second), (clash.second, clash.first)):
            if mine == (i, 0) and other[1] == taken[other[0]]:
                yield other[0]


def _still(candidate: Candidate) -> set[tuple[str, str]]:
    """Conflicts that stand against a run whatever the others do."""
    return {(kind, other) for kind, other in (one.split("\t") for one in candidate.conflicts)}


def _filed(i: int, mover: Mover, clashes: Sequence[Clash]) -> set[tuple[str, str]]:
    """Conflicts of a movement as it was filed, with the others as they were filed."""
    told = [*mover.candidates[0].conflicts]
    told += [
        clash.conflict
        for clash in clashes
        if (clash.first[1], clash.second[1]) == (0, 0) and i in {clash.first[0], clash.second[0]}
    ]
    parts = (one.split("\t") for one in told)
    return {(kind, other) for kind, other, *_ in parts}


def _standing(resolution: Resolution) -> tuple[StandingConflict, ...]:
    found = []
    for one in resolution.standing:
        kind, other, *_ = one.conflict.split("\t")
        found.append(
            StandingConflict(
                kind=kind, other=other, movement_ids=one.movement_ids, is_alone=one.is_alone
            )
        )
    return tuple(sorted(found, key=lambda one: (one.kind, one.movement_ids, one.other)))
