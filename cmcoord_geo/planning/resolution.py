"""
The fewest and smallest changes that remove the conflicts of a week: CP-SAT, each aim with a proven bound.

Every movement has candidates, the first of them as it was filed. The aims are met one after the other, each
without giving up an earlier one: fewest conflicts that stand, fewest movements changed, those in need of life
saved changed last, those filed first changed last, smallest changes, and then the first of equal answers in a
fixed order (DOMAIN.md 3.2: never by organisation; equal priority: first filed stays). Only movers are asked
to change: a patrol is no variable here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from ortools.sat.python.cp_model import LinearExprT

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
    """

    size: int
    conflicts: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """
    Two candidates of two movers that cannot both be run.

    Attributes
    ----------
    first, second : tuple of int
        Mover and candidate.
    conflict : str
        What it would be; one conflict counts once, however many candidates of the two meet in it.
    """

    first: tuple[int, int]
    second: tuple[int, int]
    conflict: str


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
    """

    answers: tuple[tuple[int, ...], ...]
    standing: tuple[Standing, ...]
    is_proven: bool
    gap: float


def resolve(
    movers: Sequence[Mover],
    clashes: Sequence[Clash],
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
    clashes : sequence of Clash
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
    model = _Model(movers, clashes, effort=effort)
    values, gap = _minimised(model, [*_aims(model, movers), *model.order()])
    answers = [model.choice]
    while not gap and len(answers) < max_answers:
        other = _Model(movers, clashes, effort=effort)
        for aim, value in zip(_aims(other, movers), values, strict=False):
            other.keep(aim, value)
        for answer in answers:
            other.exclude(answer)
        if not other.solve() or _minimised(other, other.order())[1]:
            break
        answers.append(other.choice)
    return Resolution(
        answers=tuple(answers),
        standing=tuple(_standing(movers, clashes, answers[0])),
        is_proven=not gap,
        gap=gap,
    )


def _minimised(model: _Model, aims: Iterable[LinearExprT]) -> tuple[list[int], float]:
    """Least values of objectives, one after the other, up to the first that is not proven, and its gap."""
    values: list[int] = []
    for aim in aims:
        value, gap = model.minimise(aim)
        if gap:
            return values, gap
        values.append(value)
    return values, 0.0


def _aims(model: _Model, movers: Sequence[Mover]) -> Iterator[LinearExprT]:
    """Objectives, the one that matters most first."""
    everyone = range(len(movers))
    yield sum(model.conflicts)
    yield sum(model.changed)
    for need in sorted({mover.need for mover in movers}, reverse=True):
        yield sum(model.changed[i] for i in everyone if movers[i].need == need)
    filed = sorted(everyone, key=lambda i: _filed(movers[i]))
    yield from _in_order([model.changed[i] for i in filed], [2] * len(filed))
    yield sum(
        candidate.size * variable
        for mover, variables in zip(movers, model.chosen, strict=True)
        for candidate, variable in zip(mover.candidates, variables, strict=True)
    )


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
    """CP-SAT's variables, one a candidate and one a clash; one thread, so that it repeats itself."""

    def __init__(self, movers: Sequence[Mover], clashes: Sequence[Clash], *, effort: float) -> None:
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self._model = cp_model.CpModel()
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 0
        self._effort = effort
        new = self._model.new_bool_var
        self.chosen = [
            [new(f"{i}:{c}") for c in range(len(mover.candidates))]
            for i, mover in enumerate(movers)
        ]
        for variables in self.chosen:
            self._model.add_exactly_one(variables)
        self.changed = [1 - variables[0] for variables in self.chosen]
        self.conflicts = [
            len(candidate.conflicts) * variable
            for mover, variables in zip(movers, self.chosen, strict=True)
            for candidate, variable in zip(mover.candidates, variables, strict=True)
            if candidate.conflicts
        ]
        stands = {clash.conflict: new(clash.conflict) for clash in clashes}
        self.conflicts += stands.values()
        for (i, a, conflict, j), others in _by_candidate(clashes).items():
            met = sum(self.chosen[j][b] for b in others)
            self._model.add(self.chosen[i][a] + met <= 1 + stands[conflict])
        self.choice: tuple[int, ...] = (0,) * len(movers)

    def minimise(self, aim: LinearExprT) -> tuple[int, float]:
        """Make an objective as small as can be and keep it there: its value, and the gap that is left."""
        self._model.minimize(aim)
        if not self.solve():
            return 0, inf
        value, bound = round(self._solver.objective_value), self._solver.best_objective_bound
        self.keep(aim, value)
        gap = value - bound
        return value, gap / max(abs(value), 1) if gap > _ROUNDING else 0.0

    def keep(self, aim: LinearExprT, value: int) -> None:
        """Give up no more of an objective than its least value."""
        self._model.add(aim <= value)

    def exclude(self, choice: tuple[int, ...]) -> None:
        """Forbid one answer."""
        self._model.add_bool_or(
            [~variables[c] for variables, c in zip(self.chosen, choice, strict=True)]
        )

    def order(self) -> Iterator[LinearExprT]:
        """Objectives whose least value is the first answer by the numbers of the candidates."""
        digits = [
            sum(c * variable for c, variable in enumerate(variables)) for variables in self.chosen
        ]
        return _in_order(digits, [len(variables) for variables in self.chosen])

    def solve(self) -> bool:
        """Solve with the objective set last; False where no answer was found in the effort left."""
        if self._effort <= 0:
            return False
        self._solver.parameters.max_deterministic_time = self._effort
        status = self._solver.solve(self._model)
        self._effort -= self._solver.response_proto.deterministic_time
        if status not in {self._cp.OPTIMAL, self._cp.FEASIBLE}:
            return False
        self.choice = tuple(
            next(c for c, variable in enumerate(variables) if self._solver.boolean_value(variable))
            for variables in self.chosen
        )
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for variables, c in zip(self.chosen, self.choice, strict=True):
            for number, variable in enumerate(variables):
                self._model.add_hint(variable, number == c)
        return True


def _by_candidate(clashes: Iterable[Clash]) -> dict[tuple[int, int, str, int], list[int]]:
    """Candidates of one mover that clash with one candidate of another: at most one of them is run."""
    found: defaultdict[tuple[int, int, str, int], list[int]] = defaultdict(list)
    for clash in clashes:
        found[*clash.first, clash.conflict, clash.second[0]].append(clash.second[1])
    return found


def _standing(
    movers: Sequence[Mover], clashes: Sequence[Clash], choice: tuple[int, ...]
) -> Iterator[Standing]:
    is_stuck = [all(candidate.conflicts for candidate in mover.candidates) for mover in movers]
    for i, c in enumerate(choice):
        for conflict in movers[i].candidates[c].conflicts:
            yield Standing(
                conflict=conflict, movement_ids=(movers[i].movement_id,), is_alone=is_stuck[i]
            )
    for clash in clashes:
        if all(choice[i] == c for i, c in (clash.first, clash.second)):
            both = clash.first[0], clash.second[0]
            yield Standing(
                conflict=clash.conflict,
                movement_ids=tuple(movers[i].movement_id for i in both),
                is_alone=any(is_stuck[i] for i in both),
            )
