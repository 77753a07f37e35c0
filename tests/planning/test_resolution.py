"""Changes that remove the conflicts of a week: equal to trying every choice, in the order of the rule."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from math import inf
from random import Random
from typing import NamedTuple

import numpy as np
import pytest

from cmcoord_geo.planning.resolution import Candidate, Clashes, Mover, Resolution
from cmcoord_geo.planning.resolution import resolve as resolved

START = datetime(2026, 12, 1, tzinfo=UTC)
CASES = 40 * int(os.environ.get("CMCOORD_CAMPAIGN", "1"))
FREE = Candidate(size=60)
MET = Candidate(size=0, conflicts=("patrol",))


class Clash(NamedTuple):
    """Two candidates that cannot both be run."""

    first: tuple[int, int]
    second: tuple[int, int]
    conflict: str


def resolve(
    movers: list[Mover], clashes: list[Clash], *, max_answers: int = 3, effort: float = 60.0
) -> Resolution:
    names = sorted({one.conflict for one in clashes})
    return resolved(
        movers,
        Clashes(
            first=np.array([one.first for one in clashes], np.int64).reshape(-1, 2),
            second=np.array([one.second for one in clashes], np.int64).reshape(-1, 2),
            conflict=np.array([names.index(one.conflict) for one in clashes], np.int64),
            names=names,
        ),
        max_answers=max_answers,
        effort=effort,
    )


def week(seed: int, most: int = 5) -> tuple[list[Mover], list[Clash]]:
    draw = Random(seed)  # noqa: S311 - cases, no secrets
    movers = []
    for i in range(draw.randint(1, most)):
        candidates = [Candidate(size=0, conflicts=("own",) if draw.random() < 0.4 else ())]
        for _ in range(draw.randint(0, 3)):
            own = tuple(f"own{n}" for n in range(draw.choice((0, 0, 1, 2))))
            candidates.append(Candidate(size=draw.choice((15, 30, 30, 60)), conflicts=own))
        filed = START + timedelta(hours=draw.randint(0, 3)) if draw.random() < 0.8 else None
        movers.append(
            Mover(
                movement_id=f"M{draw.randint(0, 99)}-{i}",
                candidates=tuple(candidates),
                need=draw.randint(0, 2),
                filed_at=filed,
            )
        )
    places = [(i, c) for i, mover in enumerate(movers) for c in range(len(mover.candidates))]
    pairs = [(a, b) for a, b in product(places, places) if a[0] < b[0] and draw.random() < 0.3]
    spots = [(a, b, f"ferry {a[0]} {b[0]}") for a, b in pairs]
    spots += [(a, b, f"halt {a[0]} {b[0]}") for a, b in pairs if draw.random() < 0.2]
    return movers, [Clash(first=a, second=b, conflict=spot) for a, b, spot in spots]


def regions(seed: int) -> tuple[list[Mover], list[Clash]]:
    """Two weeks beside each other, the movers of one between those of the other, that never meet."""
    movers: list[Mover | None] = [None] * 6
    clashes = []
    for region in (0, 1):
        mine, its = week(2 * seed + region, most=3)
        for i, mover in enumerate(mine):
            movers[2 * i + region] = mover
        clashes += [
            Clash(
                first=(2 * one.first[0] + region, one.first[1]),
                second=(2 * one.second[0] + region, one.second[1]),
                conflict=f"{one.conflict} of {region}",
            )
            for one in its
        ]
    nobody = Mover(movement_id="nobody", candidates=(Candidate(size=0),))
    return [mover or nobody for mover in movers], clashes


def worth(movers: list[Mover], clashes: list[Clash], choice: tuple[int, ...]) -> tuple[object, ...]:
    """The rule in the words of the issue, one aim after the other."""
    taken = [mover.candidates[c] for mover, c in zip(movers, choice, strict=True)]
    stand = sum(len(one.conflicts) for one in taken)
    stand += sum(
        choice[c.first[0]] == c.first[1] and choice[c.second[0]] == c.second[1] for c in clashes
    )
    changed = [mover for mover, c in zip(movers, choice, strict=True) if c]
    needs = sorted({mover.need for mover in movers}, reverse=True)
    seniority = sorted(
        movers, key=lambda m: (m.filed_at.timestamp() if m.filed_at else inf, m.movement_id)
    )
    return (
        stand,
        len(changed),
        *(sum(mover.need == need for mover in changed) for need in needs),
        *(mover in changed for mover in seniority),
        sum(one.size for one in taken),
    )


def assert_equal_to_trying_every_choice(movers: list[Mover], clashes: list[Clash]) -> None:
    found = resolve(movers, clashes, max_answers=4)
    everything = product(*(range(len(mover.candidates)) for mover in movers))
    by_worth = sorted((worth(movers, clashes, choice), choice) for choice in everything)
    equals = [choice for value, choice in by_worth if value == by_worth[0][0]]
    assert found.is_proven
    assert list(found.answers) == equals[:4]
    assert len(found.standing) == by_worth[0][0][0]


@pytest.mark.parametrize("seed", range(CASES))
def test_it_equals_trying_every_choice(seed: int) -> None:
    assert_equal_to_trying_every_choice(*week(seed))


@pytest.mark.parametrize("seed", range(CASES // 2))
def test_so_it_does_where_groups_of_movements_never_meet(seed: int) -> None:
    assert_equal_to_trying_every_choice(*regions(1000 + seed))


def test_first_filed_stays() -> None:
    late, early = (
        Mover(
            movement_id=name,
            candidates=(Candidate(size=0), FREE),
            filed_at=START + timedelta(hours=hour),
        )
        for name, hour in (("A", 5), ("B", 1))
    )
    clash = Clash(first=(0, 0), second=(1, 0), conflict="ferry")
    assert resolve([late, early], [clash]).answers[0] == (1, 0)


def test_greater_need_stays_though_filed_later() -> None:
    routine = Mover(movement_id="A", candidates=(Candidate(size=0), FREE), filed_at=START)
    urgent = Mover(
        movement_id="B",
        candidates=(Candidate(size=0), FREE),
        need=2,
        filed_at=START + timedelta(hours=9),
    )
    clash = Clash(first=(0, 0), second=(1, 0), conflict="bridge")
    assert resolve([routine, urgent], [clash]).answers[0] == (1, 0)


def test_what_cannot_be_resolved_says_why() -> None:
    stuck = Mover(movement_id="A", candidates=(MET, Candidate(size=30, conflicts=("ban",))))
    found = resolve([stuck], [])
    assert [(one.conflict, one.movement_ids, one.is_alone) for one in found.standing] == [
        ("patrol", ("A",), True)
    ]
    assert found.answers[0] == (0,)
    only = [Mover(movement_id=name, candidates=(Candidate(size=0),)) for name in "AB"]
    (stands,) = resolve(only, [Clash(first=(0, 0), second=(1, 0), conflict="halt")]).standing
    assert (stands.movement_ids, stands.is_alone) == (("A", "B"), False)


def test_a_week_without_conflicts_is_left_as_it_is() -> None:
    movers = [Mover(movement_id=name, candidates=(Candidate(size=0), FREE)) for name in "ABC"]
    found = resolve(movers, [])
    assert found.answers == ((0, 0, 0),)
    assert not found.standing
    assert resolve([], []).answers == ((),)


def test_without_effort_nothing_is_called_proven() -> None:
    movers = [Mover(movement_id="A", candidates=(MET, FREE))]
    found = resolve(movers, [], effort=0.0)
    assert not found.is_proven
    assert found.answers == ((0,),)


def test_who_takes_what_nobody_looked_at_is_told_to_look() -> None:
    """As few of them as can be: a run that is known to be free and no larger is taken instead."""
    unseen = Candidate(size=30, is_open=True)
    movers = [
        Mover(movement_id="A", candidates=(MET, unseen)),
        Mover(movement_id="B", candidates=(MET, Candidate(size=30), unseen)),
        Mover(movement_id="C", candidates=(Candidate(size=0), unseen)),
    ]
    assert resolve(movers, []).to_look_at == {0}
    later = replace(movers[1], candidates=(MET, unseen, FREE))
    assert resolve([later], []).to_look_at == {0}
    equal, larger = resolve(movers[1:], []), replace(unseen, size=31)
    assert equal.to_look_at == {0}  # it may be one of the equal answers
    known = replace(movers[1], candidates=(*movers[1].candidates[:2], larger))
    assert not resolve([known, movers[2]], []).to_look_at
