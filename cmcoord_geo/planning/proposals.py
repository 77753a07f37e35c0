"""
Proposals: which movements would have to change, and how little, so that the conflicts of a week go away.

Each movement may start earlier or later, in a window that ends sooner, on another day, take another of its
options, or stand at another agreed halt; the other side is asked for nothing. What a change cannot remove,
such as a request that nobody covers, is not looked at here.

Few movements have to change, and those by little, so runs are made only as far as an answer may need them.
What was not made yet stands in the problem as one run that meets nothing and is no larger than any of them:
an answer without such a run is the best of all, and as good as proven as the problem it was found in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.conflicts.copresence import closures, who_meets
from cmcoord_geo.planning.conflicts.halts import (
    first_on_stretch,
    near_sites,
    pairs_together,
    small_crossings,
    stays,
    without_daylight,
)
from cmcoord_geo.planning.conflicts.programme import (
    axis_of,
    beside_distributions,
    days_alike,
    departures_by_axis,
)
from cmcoord_geo.planning.conflicts.week import Week
from cmcoord_geo.planning.kept_road import places_to_keep
from cmcoord_geo.planning.requests import precedence, priority_of
from cmcoord_geo.planning.resolution import Candidate, Clashes, Mover, resolve
from cmcoord_geo.planning.runs import Change, Run, Runs
from cmcoord_geo.planning.schedule import covered_km

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.model import Conflict, MovementPlan
    from cmcoord_geo.planning.conflicts.halts import Stay
    from cmcoord_geo.planning.resolution import Resolution

#: A departure is told up to so much later, at a whole quarter of an hour.
_TOLD = timedelta(minutes=15)
#: Rules besides C1 and C11 that speak of one movement alone, whatever the other movements do.
_ALONE = (closures, near_sites, without_daylight, beside_distributions)


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
    halt_id : str
        Agreed halt where it would spend a night, or wait, by choice; empty where there is none.
    wait_min : int
        Minutes of the wait there; 0 for the night.
    stop_min : int
        Minutes of the stop to ask for at that halt, so that a plan has it; of a night until nobody drives.
    cut_min : int
        Minutes by which the window of departure ends sooner than the whole of it would.
    removes : tuple of (kind, other party)
        Conflicts of the movement as it was filed.
    room_for : tuple of str
        Movements, as they would run then, that it would be in the way of if it stayed as filed.
    via : tuple of str or None
        Places to write besides so that a plan of the new hours keeps this road; None where none do.
    fresh_km : tuple of float
        Length with presence that is fresh at passage, as filed and then.
    """

    movement_id: str
    letter: str
    depart: TimeSpan
    shift_min: int
    is_other_road: bool
    halt_id: str
    wait_min: int
    stop_min: int
    cut_min: int
    removes: tuple[tuple[str, str], ...]
    room_for: tuple[str, ...] = ()
    via: tuple[str, ...] | None = ()
    fresh_km: tuple[float, float] = (0.0, 0.0)


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


class _Found(NamedTuple):
    """Conflicts of a run that stand, and those of which something is not known, as (kind, other party)."""

    stand: tuple[tuple[str, str], ...]
    unknown: frozenset[tuple[str, str]]


class _Choice(NamedTuple):
    """A run that brings nothing unknown, without its legs: a surveyed road has thousands of them."""

    size: int
    change: Change
    depart: TimeSpan
    stand: tuple[tuple[str, str], ...]
    stays: tuple[Stay, ...]

    def candidate(self) -> Candidate:
        return Candidate(size=self.size, conflicts=tuple("\t".join(told) for told in self.stand))


class _Mover:
    """
    A movement, and its choices so far: as filed, then the smallest first.

    Where runs are left that were not made, one choice stands for all of them, before all that are as large.
    """

    def __init__(self, week: Week, plan: MovementPlan) -> None:
        self.plan = plan
        self._week = week
        self._runs = Runs(week, plan)
        filed = (Run(0, Change(), plan.options[0]),)
        self._filed, *_ = _judged(week, plan, filed)
        self.choices: list[_Choice | None] = []
        self._of_start: defaultdict[tuple[int, int], list[frozenset[tuple[str, str]]]]
        self._of_start = defaultdict(list)
        self._known = [*_chosen(week, plan, filed, [self._filed])]
        self._of_start[0, 0].append(frozenset(self._filed.stand))
        self._arrange()

    def widen(self, *, to_the_end: bool) -> None:
        """Make the next larger runs, or all that are left."""
        self._judge(self._runs.widen(to_the_end=to_the_end))
        free = {start for start, stand in self._of_start.items() if frozenset() in stand}
        self._judge(self._runs.shorter(free))
        self._arrange()

    def _judge(self, runs: Sequence[Run]) -> None:
        """Take the runs that may be offered among the choices."""
        judged = _judged(self._week, self.plan, runs)
        kept = [pair for pair in zip(runs, judged, strict=True) if self._is_offered(pair[1])]
        kept.sort(key=lambda pair: pair[0].change.cut_min)
        kept = [pair for pair in kept if self._cuts_what_stands(*pair)]
        self._known += _chosen(self._week, self.plan, *_apart(kept))

    def _is_offered(self, found: _Found) -> bool:
        """Whether a run brings nothing unknown, and no closure, that was not there before."""
        return found.unknown <= self._filed.unknown and _closed(found) <= _closed(self._filed)

    def _cuts_what_stands(self, run: Run, found: _Found) -> bool:
        """Whether a window that ends sooner is free of more than those longer that begin as it does."""
        change, stand = run.change, frozenset(found.stand)
        longer = self._of_start[change.option, change.shift_min]
        if change.halt_id:
            return True
        if change.cut_min and any(one <= stand for one in longer):
            return False
        longer.append(stand)
        return True

    def stop_min(self, change: Change) -> int:
        """Minutes of the stop to ask for, where a change stands somewhere."""
        return self._runs.stop_min(change)

    def fresh_km(self, change: Change) -> float:
        """Length with presence that is fresh at passage after a change."""
        return self._runs.fresh_km(change)

    def _arrange(self) -> None:
        filed, *others = self._known
        others.sort(key=lambda one: (one.size, one.change))
        self._known = [filed, *others]
        self.choices = [*self._known]
        least = self._runs.beyond
        if least is not None:
            place = bisect_left(others, least, key=lambda one: one.size)
            self.choices.insert(1 + place, None)

    def mover(self) -> Mover:
        request, least = self.plan.request, self._runs.beyond
        return Mover(
            movement_id=request.movement_id,
            candidates=tuple(
                Candidate(size=least or 0, is_open=True) if one is None else one.candidate()
                for one in self.choices
            ),
            need=-priority_of(request.need),
            filed_at=request.submitted_at,
        )


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
    movers = [_Mover(week, plan) for plan in week.plans if plan.options]
    effort = rule.effort_s
    while True:
        clashes = _clashes(week, movers)
        problem = [one.mover() for one in movers]
        found = resolve(problem, clashes, max_answers=rule.max_answers, effort=effort)
        if not found.to_look_at:
            break
        for i in found.to_look_at:
            movers[i].widen(to_the_end=bool(found.standing))
        effort = max(effort - found.effort, rule.effort_s / 2)
    told = _Told(week, movers, problem, clashes)
    return WeekProposals(
        answers=tuple(tuple(told.proposals(taken)) for taken in found.answers),
        standing=_standing(found),
        is_proven=found.is_proven,
        gap=found.gap,
    )


def _apart(pairs: Sequence[tuple[Run, _Found]]) -> tuple[list[Run], list[_Found]]:
    return [run for run, _ in pairs], [found for _, found in pairs]


def _chosen(
    week: Week, plan: MovementPlan, runs: Sequence[Run], found: Sequence[_Found]
) -> Iterator[_Choice]:
    """Runs with what stands against each, and where it stays."""
    where: defaultdict[int, list[Stay]] = defaultdict(list)
    for stay in stays(_as_week(week, plan, runs)):
        where[stay.rank].append(stay)
    for number, (run, one) in enumerate(zip(runs, found, strict=True)):
        route = run.route
        depart = TimeSpan(earliest=route.fast.times[0], latest=route.slow.times[0])
        yield _Choice(run.size, run.change, depart, one.stand, tuple(where[number]))


def _closed(found: _Found) -> set[tuple[str, str]]:
    """What closes the road of a run at its hours: no change may bring more of it."""
    return {one for one in found.stand if one[0] == "C2"}


def _judged(week: Week, plan: MovementPlan, runs: Sequence[Run]) -> list[_Found]:
    """What stands against each run of a movement whatever the other movements do."""
    stand: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    unknown: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    every = _as_week(week, plan, runs)
    for number, patrol_id, is_known in who_meets(every):
        (stand if is_known else unknown)[int(number)].add(("C1", patrol_id))
    for rule in _ALONE:
        for conflict in rule(every).conflicts:
            if conflict.movement_id:
                into = stand if conflict.answer == "conflict" else unknown
                into[int(conflict.movement_id)].add((conflict.kind, _other(conflict)))
    for repeating in _repeating(week, plan, runs):
        stand[repeating].add(("C11", plan.request.origin))
    return [
        _Found(tuple(sorted(stand[number])), frozenset(unknown[number]))
        for number in range(len(runs))
    ]


def _repeating(week: Week, plan: MovementPlan, runs: Sequence[Run]) -> Iterator[int]:
    """Runs that make a pattern with the weeks before, and the other movements as they were filed (C11)."""
    request = plan.request
    departures = departures_by_axis(week, without=request.movement_id).get(axis_of(request), ())
    for number, run in enumerate(runs):
        start, asked = run.route.fast.times[0], request.depart.earliest
        starts = (start, start + _TOLD) if run.change.shift_min else (asked,)
        days = max(days_alike(week, departures, one) for one in starts)
        if days >= week.config.conflict.pattern_count:
            yield number


def _as_week(week: Week, plan: MovementPlan, runs: Sequence[Run]) -> Week:
    """Every run of a movement as if it were a movement of its own, under its number."""
    every = tuple(
        replace(plan, request=replace(plan.request, movement_id=str(number)), options=(run.route,))
        for number, run in enumerate(runs)
    )
    return replace(week, plans=every)


def _other(conflict: Conflict) -> str:
    """Party or place that a conflict is with."""
    return conflict.patrol_id or conflict.other_id or conflict.place_id or conflict.segment_id


def _clashes(week: Week, movers: Sequence[_Mover]) -> Clashes:
    """C7 between the runs of two movements."""
    every = [
        (i, c, stay)
        for i, mover in enumerate(movers)
        for c, choice in enumerate(mover.choices)
        if choice is not None
        for stay in choice.stays
    ]
    where = [stay for *_, stay in every]
    owner = np.array([(i, c) for i, c, _ in every], np.int64).reshape(-1, 2)
    one, two = pairs_together(where, config=week.config.conflict)
    is_known = np.array([stay.is_known for stay in where], np.bool_)
    kept = (owner[one, 0] != owner[two, 0]) & is_known[one] & is_known[two]
    one, two = one[kept], two[kept]
    is_turned = owner[one, 0] > owner[two, 0]
    one, two = np.where(is_turned, two, one), np.where(is_turned, one, two)
    spots = {spot: n for n, spot in enumerate(dict.fromkeys(stay.spot for stay in where))}
    spot = np.array([spots[stay.spot] for stay in where], np.int64)
    told, conflict = np.unique(
        np.column_stack([spot[one], owner[one, 0], owner[two, 0]]), axis=0, return_inverse=True
    )
    conflict = conflict.reshape(-1).astype(np.int64)
    small = small_crossings(week.network)
    is_small = np.array([name in small for name in spots], np.bool_)[spot[one]]
    km = np.array([stay.low_km for stay in where], float)
    head = first_on_stretch(
        np.hstack([owner[one], owner[two]]), km[_asked(movers, owner, one, two)], is_small=is_small
    )
    ids = [mover.plan.request.movement_id for mover in movers]
    names = [*spots]
    return Clashes(
        first=owner[one],
        second=owner[two],
        conflict=conflict[head],
        names=["\t".join(("C7", names[n], ids[i], ids[j])) for n, i, j in told.tolist()],
    )


def _asked(
    movers: Sequence[_Mover],
    owner: NDArray[np.int64],
    one: NDArray[np.int64],
    two: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Stay, of each pair, of the movement that is asked to change: the later one by need and filing."""
    order = sorted(range(len(movers)), key=lambda i: precedence(movers[i].plan.request))
    place = np.argsort(np.array(order, np.int64))
    is_one = place[owner[one, 0]] > place[owner[two, 0]]
    return np.where(is_one, one, two)


class _Told:
    """What the proposals of an answer say: what each removes, and whom it makes room for."""

    def __init__(
        self,
        week: Week,
        movers: Sequence[_Mover],
        problem: Sequence[Mover],
        clashes: Clashes,
    ) -> None:
        self._week = week
        self._movers = movers
        self._vias: dict[tuple[int, int], tuple[str, ...] | None] = {}
        self._problem = problem
        self._clashes = clashes
        self._met: defaultdict[int, list[tuple[tuple[int, int], str]]] = defaultdict(list)
        for mine, other in ((clashes.first, clashes.second), (clashes.second, clashes.first)):
            for row in np.flatnonzero(mine[:, 1] == 0).tolist():  # as filed
                j, c = other[row].tolist()
                told = (j, c), clashes.names[clashes.conflict[row]]
                self._met[int(mine[row, 0])].append(told)

    def proposals(self, taken: Sequence[int]) -> Iterator[Proposal]:
        for i, c in enumerate(taken):
            choice = self._movers[i].choices[c]
            if choice is not None and c:
                if (i, c) not in self._vias:
                    self._vias[i, c] = self._via(i, choice)
                yield self._proposal(i, choice, taken)

    def _via(self, i: int, choice: _Choice) -> tuple[str, ...] | None:
        """Places that keep the road of a choice in a plan of its hours."""
        plan, change = self._movers[i].plan, choice.change
        if change.halt_id and not change.option:
            return ()  # leaves as filed on the road of its plan
        return places_to_keep(self._week, plan, plan.options[change.option], choice.depart)

    def _proposal(self, i: int, choice: _Choice, taken: Sequence[int]) -> Proposal:
        plan, change = self._movers[i].plan, choice.change
        met = {j for (j, c), _ in self._met[i] if c == taken[j]}
        return Proposal(
            movement_id=plan.request.movement_id,
            letter=plan.options[change.option].letter,
            depart=choice.depart,
            shift_min=change.shift_min,
            is_other_road=change.option > 0,
            halt_id=change.halt_id,
            wait_min=change.wait_min,
            stop_min=self._movers[i].stop_min(change),
            cut_min=change.cut_min,
            removes=tuple(sorted(self._filed(i) - set(choice.stand) - self._left(i, taken))),
            room_for=tuple(sorted(self._problem[j].movement_id for j in met)),
            via=self._vias[i, taken[i]],
            fresh_km=(covered_km(plan.options[0].coverage), self._movers[i].fresh_km(change)),
        )

    def _left(self, i: int, taken: Sequence[int]) -> set[tuple[str, str]]:
        """Conflicts of a movement with others, as all of them run then."""
        rows = self._clashes.of(taken)
        mine = (self._clashes.first[rows, 0] == i) | (self._clashes.second[rows, 0] == i)
        names = (self._clashes.names[self._clashes.conflict[row]] for row in rows[mine].tolist())
        return {(kind, other) for kind, other, *_ in (name.split("\t") for name in names)}

    def _filed(self, i: int) -> set[tuple[str, str]]:
        """Conflicts of a movement as it was filed, with the others as they were filed."""
        told = [*self._problem[i].candidates[0].conflicts]
        told += [conflict for (_, c), conflict in self._met[i] if not c]
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
