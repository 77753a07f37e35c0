"""
The fewest and smallest changes that remove the conflicts of a week: CP-SAT, each aim with a proven bound.

Every movement has candidates, the first of them as it was filed. The aims are met one after the other, each
without giving up an earlier one: fewest conflicts that stand, fewest movements changed, those in need of life
saved changed last, those filed first changed last, smallest changes, and then the first of equal answers in a
fixed order (DOMAIN.md 3.2: never by organisation; equal priority: first filed stays). Only movers are asked
to change: a patrol is no variable here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.planning.candidates import Candidates, without_dead_ends

if TYPE_CHECKING:
    from datetime import datetime

    from ortools.sat.python.cp_model import IntVar, LinearExprT

#: Weights of one objective stay below this, so that sums are exact in 64 bits.
_MOST_WEIGHT = 1 << 50
#: Objectives are whole numbers; their bounds are told as floats.
_ROUNDING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """
    One way to run a movement.

    Attributes
    ----------
    size : int
        How far it is from what was filed, at least 0: 0 for what was filed.
    conflicts : tuple of str
        What stands against it whatever other movements do, such as a patrol met.
    is_open : bool
        It stands for all that were not looked at, none of which is smaller: whoever takes it is told to look.
    """

    size: int
    conflicts: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """
    A movement that may be asked to change.

    Attributes
    ----------
    movement_id : str
    candidates : tuple of Candidate
        The first as filed.
    need : int
        Class of need, the most urgent highest.
    filed_at : datetime or None
        None counts as filed last.
    """

    movement_id: str
    candidates: tuple[Candidate, ...]
    need: int = 0
    filed_at: datetime | None = None


class Clashes(NamedTuple):
    """
    Pairs of candidates of two movers that cannot both be run.

    Attributes
    ----------
    first, second : int array (n, 2)
        Mover and candidate, the first mover before the second.
    conflict : int array (n,)
        What it would be, by its place in ``names``; once, however many of their candidates meet in it.
    names : sequence of str
        Each of one pair of movers.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    conflict: NDArray[np.int64]
    names: Sequence[str]

    def of(self, choice: Sequence[int]) -> NDArray[np.int64]:
        """Rows that stand where each mover runs the candidate chosen."""
        taken = np.array(choice, np.int64)
        stands = taken[self.first[:, 0]] == self.first[:, 1]
        stands &= taken[self.second[:, 0]] == self.second[:, 1]
        return np.flatnonzero(stands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    A conflict that no choice of candidates removes.

    Attributes
    ----------
    conflict : str
    movement_ids : tuple of str
        One, or the two of a clash.
    is_alone : bool
        Every candidate of one of them has a conflict of its own; otherwise they are free one by one, but not
        together.
    """

    conflict: str
    movement_ids: tuple[str, ...]
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """
    What to change.

    Attributes
    ----------
    answers : tuple of tuple of int
        Candidate of each mover, in the order of the movers; equal answers in a fixed order, the first to be
        proposed.
    standing : tuple of Standing
        Of the first answer.
    is_proven : bool
        Nothing better exists.
    gap : float
        Relative gap of the first aim that is not proven; 0 where all are.
    effort : float
        Deterministic seconds that it took.
    to_look_at : frozenset of int
        Movers of which more candidates have to be looked at; the answers are none before that.
    """

    answers: tuple[tuple[int, ...], ...]
    standing: tuple[Standing, ...]
    is_proven: bool
    gap: float
    effort: float = 0.0
    to_look_at: frozenset[int] = frozenset()


def resolve(
    movers: Sequence[Mover],
    clashes: Clashes,
    *,
    max_answers: int = 3,
    effort: float = 60.0,
) -> Resolution:
    """
    Choose a candidate for each mover.

    Parameters
    ----------
    movers : sequence of Mover
        Each with one candidate at least.
    clashes : Clashes
    max_answers : int
        So many equal answers are told at most.
    effort : float
        CP-SAT's deterministic seconds in all: the same answer on a slow machine, only later.

    Returns
    -------
    Resolution
    """
    if not movers:
        return Resolution(answers=((),), standing=(), is_proven=True, gap=0.0)
    candidates = without_dead_ends(_candidates(movers, clashes))
    model = _Model(candidates, len(movers), effort=effort)
    conflicts, gap = model.minimise(sum(model.conflicts))
    answers, looks = [model.choice], model.least_open()
    if not looks and not gap:
        _, gap = _minimised(model, _who_changes(model, movers))
        answers, looks = [model.choice], model.least_open()
    left = model.effort_left
    if not looks and not gap:
        fewer = without_dead_ends(_with_these_changed(candidates, answers[0]))
        model = _Model(fewer, len(movers), effort=left, choice=answers[0])
        answers, gap, left = _smallest(fewer, model, conflicts, max_answers)
        looks = _open(movers, answers)
    return Resolution(
        answers=tuple(answers),
        standing=tuple(_standing(movers, clashes, answers[0])),
        is_proven=not gap,
        gap=gap,
        effort=effort - left,
        to_look_at=looks,
    )


def _open(movers: Sequence[Mover], answers: Iterable[tuple[int, ...]]) -> frozenset[int]:
    """Movers that take an open candidate in one of the answers."""
    return frozenset(
        i
        for answer in answers
        for i, (mover, c) in enumerate(zip(movers, answer, strict=True))
        if mover.candidates[c].is_open
    )


def _candidates(movers: Sequence[Mover], clashes: Clashes) -> Candidates:
    counts = [len(mover.candidates) for mover in movers]
    start = np.cumsum([0, *counts])
    every = [candidate for mover in movers for candidate in mover.candidates]
    first, second = (start[one[:, 0]] + one[:, 1] for one in (clashes.first, clashes.second))
    together = np.zeros((len(every), len(every)), np.int16)
    pairs = np.unique(np.column_stack([first, second, clashes.conflict]), axis=0)
    np.add.at(together, (pairs[:, 0], pairs[:, 1]), 1)
    return Candidates(
        mover=np.repeat(np.arange(len(movers)), counts),
        number=np.concatenate([np.arange(count) for count in counts]),
        alone=np.array([len(candidate.conflicts) for candidate in every], np.int64),
        size=np.array([candidate.size for candidate in every], np.int64),
        is_open=np.array([candidate.is_open for candidate in every], np.bool_),
        together=together + together.T,
    )


def _with_these_changed(candidates: Candidates, choice: tuple[int, ...]) -> Candidates:
    """Candidates that change the same movements as a choice does."""
    is_changed = np.array(choice)[candidates.mover] > 0
    return candidates.only((candidates.number > 0) == is_changed)


def _smallest(
    candidates: Candidates, model: _Model, conflicts: int, max_answers: int
) -> tuple[list[tuple[int, ...]], float, float]:
    """
    Equal answers of least size with so many conflicts, in their order.

    Returns
    -------
    answers, gap, effort_left
        The gap where it is not proven; what is left of the effort.
    """
    n_movers = len(model.choice)
    model.keep(sum(model.conflicts), conflicts)
    (size, *_), gap = _minimised(model, [sum(model.sizes), *model.order()])
    answers = [model.choice]
    while not gap and len(answers) < max_answers:
        other = _Model(candidates, n_movers, effort=model.effort_left, choice=answers[-1])
        other.keep(sum(other.conflicts), conflicts)
        other.keep(sum(other.sizes), size)
        for answer in answers:
            other.exclude(answer)
        model = other
        if not other.solve() or _minimised(other, other.order())[1]:
            break
        answers.append(other.choice)
    return answers, gap, model.effort_left


def _minimised(model: _Model, aims: Iterable[LinearExprT]) -> tuple[list[int], float]:
    """Least values of objectives, one after the other, up to the first not proven, and its gap."""
    values: list[int] = []
    for aim in aims:
        value, gap = model.minimise(aim)
        values.append(value)
        if gap:
            return values, gap
    return values, 0.0


def _who_changes(model: _Model, movers: Sequence[Mover]) -> Iterator[LinearExprT]:
    """Objectives that settle who is asked to change, the one that matters most first."""
    everyone = range(len(movers))
    yield sum(model.changed)
    *greater, _ = sorted({mover.need for mover in movers}, reverse=True)  # the last is the rest
    for need in greater:
        yield sum(model.changed[i] for i in everyone if movers[i].need == need)
    filed = sorted(everyone, key=lambda i: _filed(movers[i]))
    yield from _in_order([model.changed[i] for i in filed], [2] * len(filed))


def _filed(mover: Mover) -> tuple[float, str]:
    return (mover.filed_at.timestamp() if mover.filed_at else inf), mover.movement_id


def _in_order(digits: Sequence[LinearExprT], bases: Sequence[int]) -> Iterator[LinearExprT]:
    """Objectives that together make the first digit least, then the second, and so on."""
    from ortools.sat.python.cp_model import LinearExpr

    start = 0
    while start < len(digits):
        stop, weight = start, 1
        while stop < len(digits) and weight * bases[stop] <= _MOST_WEIGHT:
            weight *= bases[stop]
            stop += 1
        weights = [weight := weight // base for base in bases[start:stop]]
        yield LinearExpr.weighted_sum(digits[start:stop], weights)
        start = stop


class _Model:
    """
    CP-SAT's variables, one a candidate and one a conflict of two; one thread, so that it repeats itself.

    Parameters
    ----------
    candidates : Candidates
        Of each mover one at least.
    n_movers : int
    effort : float
        Deterministic seconds of all solutions together.
    choice : tuple of int, optional
        An answer known before; as filed if not given.
    """

    def __init__(
        self,
        candidates: Candidates,
        n_movers: int,
        *,
        effort: float,
        choice: tuple[int, ...] = (),
    ) -> None:
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self._model = cp_model.CpModel()
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 0
        self._solver.parameters.linearization_level = 2  # a tenth of the time of level 1
        self.effort_left = effort
        self.choice = choice or (0,) * n_movers
        variables = [self._model.new_bool_var("") for _ in candidates.mover]
        mine = [np.flatnonzero(candidates.mover == i).tolist() for i in range(n_movers)]
        numbers: list[int] = candidates.number.tolist()
        self._chosen = [{numbers[k]: variables[k] for k in one} for one in mine]
        self._open = {
            int(candidates.mover[k]): variables[k]
            for k in np.flatnonzero(candidates.is_open).tolist()
        }
        for one in self._chosen:
            self._model.add_exactly_one(one.values())
        always = self._model.new_constant(1)
        self.changed = [1 - one[0] if 0 in one else always for one in self._chosen]
        self.sizes = _weighted(variables, candidates.size.tolist())
        self.conflicts = _weighted(variables, candidates.alone.tolist())
        for i, j in combinations(range(n_movers), 2):
            self._add_conflicts(i, j, candidates.together[np.ix_(mine[i], mine[j])])

    def _add_conflicts(self, i: int, j: int, together: NDArray[np.int16]) -> None:
        """One conflict more of two movers for each number that theirs can reach."""
        first, second = (tuple(self._chosen[one].values()) for one in (i, j))
        for number in range(1, int(together.max()) + 1):
            stands = self._model.new_bool_var("")
            self.conflicts.append(stands)
            for ones, others in _blocks(together >= number):
                met = sum(first[a] for a in ones) + sum(second[b] for b in others)
                self._model.add(met <= 1 + stands)

    def minimise(self, aim: LinearExprT) -> tuple[int, float]:
        """Make an objective as small as can be and keep it there: its value, and the gap that is left."""
        self._model.minimize(aim)
        if not self.solve():
            return 0, inf
        value, bound = round(self._solver.objective_value), self._solver.best_objective_bound
        self.keep(aim, value)
        gap = value - bound
        return value, gap / max(abs(value), 1) if gap > _ROUNDING else 0.0

    def least_open(self) -> frozenset[int]:
        """Movers of an answer as good as the best that take an open candidate: as few as can be."""
        if not self._open:
            return frozenset()
        self._model.minimize(sum(self._open.values()))
        self.solve()
        return frozenset(i for i, one in self._open.items() if self._solver.boolean_value(one))

    def keep(self, aim: LinearExprT, value: int) -> None:
        """Give up no more of an objective than its least value."""
        self._model.add(aim <= value)

    def exclude(self, choice: tuple[int, ...]) -> None:
        """Forbid one answer."""
        self._model.add_bool_or(
            [~variables[c] for variables, c in zip(self._chosen, choice, strict=True)]
        )

    def order(self) -> Iterator[LinearExprT]:
        """Objectives whose least value is the first answer by the numbers of the candidates."""
        digits = [
            sum(place * variable for place, variable in enumerate(variables.values()))
            for variables in self._chosen
        ]
        return _in_order(digits, [len(variables) for variables in self._chosen])

    def solve(self) -> bool:
        """Solve with the objective set last; False where no answer was found in the effort left."""
        if self.effort_left <= 0:
            return False
        self._solver.parameters.max_deterministic_time = self.effort_left
        status = self._solver.solve(self._model)
        self.effort_left -= self._solver.response_proto.deterministic_time
        if status not in {self._cp.OPTIMAL, self._cp.FEASIBLE}:
            return False
        self.choice = tuple(
            next(c for c, variable in variables.items() if self._solver.boolean_value(variable))
            for variables in self._chosen
        )
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for variables, chosen in zip(self._chosen, self.choice, strict=True):
            for c, variable in variables.items():
                self._model.add_hint(variable, c == chosen)
        return True


def _weighted(variables: Sequence[IntVar], weights: Sequence[int]) -> list[LinearExprT]:
    return [weight * one for one, weight in zip(variables, weights, strict=True) if weight]


def _blocks(is_met: NDArray[np.bool_]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """
    Candidates of one mover each of which meets each of some of another's: at most one of them all is run.

    Every pair that meets is in one of the blocks, each as large as it can be: the larger they are, the closer
    the bounds of the solver.
    """
    found = set()
    for others in np.unique(is_met, axis=0):
        found.add((_places((others <= is_met).all(axis=1)), _places(others)))
    for ones in np.unique(is_met, axis=1).T:
        found.add((_places(ones), _places((ones <= is_met.T).all(axis=1))))
    return sorted(block for block in found if all(block))


def _places(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(mask).tolist())


def _standing(
    movers: Sequence[Mover], clashes: Clashes, choice: tuple[int, ...]
) -> Iterator[Standing]:
    is_stuck = [all(candidate.conflicts for candidate in mover.candidates) for mover in movers]
    for i, c in enumerate(choice):
        for conflict in movers[i].candidates[c].conflicts:
            yield Standing(
                conflict=conflict, movement_ids=(movers[i].movement_id,), is_alone=is_stuck[i]
            )
    for row in clashes.of(choice).tolist():
        both = int(clashes.first[row, 0]), int(clashes.second[row, 0])
        yield Standing(
            conflict=clashes.names[clashes.conflict[row]],
            movement_ids=tuple(movers[i].movement_id for i in both),
            is_alone=any(is_stuck[i] for i in both),
        )
