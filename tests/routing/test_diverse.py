"""The chosen differ, and each of the others is set aside for a reason that holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from routing.oracles import unhurried

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import Recorded, choose_diverse
from cmcoord_geo.routing.diverse import Likeness

WEIGHT = st.lists(st.integers(1, 50), min_size=8, max_size=8)
CANDIDATES = st.lists(st.sets(st.integers(0, 7), min_size=1), min_size=1, max_size=9)


VALUES = st.lists(st.integers(0, 50), min_size=8, max_size=8)
KNOWN = st.lists(st.sampled_from([0.0, 0.25, 1.0]), min_size=8, max_size=8)


def on_record(value: list[int], known: list[float]) -> Recorded:
    """Records of the known part of each segment alone."""
    return Recorded(value=np.array(value) * np.array(known), known=np.array(known))


def alike(candidates: list[set[int]], weight: list[int], recorded: Recorded) -> np.ndarray:
    """How alike each two of some candidates are, shape (candidates, candidates)."""
    lists = [sorted(one) for one in candidates]
    likeness, every = (
        Likeness(lists, np.array(weight, float), recorded),
        np.arange(len(candidates)),
    )
    return np.array([likeness.alike(one, likeness.shares(one), every) for one in every])


def shared(a: set[int], b: set[int], weight: list[int]) -> float:
    """Shared weight over that of the lighter, as the docstring says it."""
    lighter = min(sum(weight[s] for s in a), sum(weight[s] for s in b))
    return sum(weight[s] for s in a & b) / lighter


@unhurried
@given(CANDIDATES, WEIGHT, st.integers(1, 5), st.sampled_from([0.0, 0.3, 0.7, 1.0]))
def test_the_chosen_differ_and_the_others_have_a_reason(
    candidates: list[set[int]], weight: list[int], limit: int, max_share: float
) -> None:
    lists = [sorted(c) for c in candidates]
    choice = choose_diverse(lists, weight, limit=limit, max_share=max_share)
    chosen = choice.chosen
    assert chosen[0] == 0
    assert len(set(chosen)) == len(chosen) <= limit
    for i, a in enumerate(chosen):
        for b in chosen[:i]:
            assert shared(candidates[a], candidates[b], weight) < max_share
    assert [s.candidate for s in choice.set_aside] == [
        c for c in range(len(candidates)) if c not in chosen
    ]
    for other in choice.set_aside:
        shares = {c: shared(candidates[other.candidate], candidates[c], weight) for c in chosen}
        assert other.nearest in chosen
        assert other.share == pytest.approx(max(shares.values()))
        assert shares[other.nearest] == pytest.approx(other.share)
        assert other.reason == ("similar" if other.share >= max_share else "limit")
        assert other.reason == "similar" or len(chosen) == limit


@unhurried
@given(CANDIDATES, WEIGHT)
def test_each_choice_is_the_most_different_one_left(
    candidates: list[set[int]], weight: list[int]
) -> None:
    choice = choose_diverse([sorted(c) for c in candidates], weight, max_share=1.0)
    for n, taken in enumerate(choice.chosen[1:], start=1):
        before = choice.chosen[:n]
        nearest = {
            c: max(shared(candidates[c], candidates[b], weight) for b in before)
            for c in range(len(candidates))
            if c not in before
        }
        assert nearest[taken] == pytest.approx(min(nearest.values()))


@unhurried
@given(CANDIDATES, WEIGHT, st.integers(2, 1000))
def test_the_unit_of_weight_does_not_matter(
    candidates: list[set[int]], weight: list[int], factor: int
) -> None:
    lists = [sorted(c) for c in candidates]
    shares = {shared(a, b, weight) for a in candidates for b in candidates}
    assume(all(abs(share - 0.7) > 1e-9 for share in shares))
    one, two = (choose_diverse(lists, np.array(weight) * f, limit=9) for f in (1, factor))
    assert {s.candidate for s in one.set_aside if s.reason == "similar"} == {
        s.candidate for s in two.set_aside if s.reason == "similar"
    }


def test_seventy_percent_shared_is_already_too_much() -> None:
    choice = choose_diverse([[0, 1], [0, 2]], [70, 30, 30])
    assert choice.chosen == (0,)
    assert (choice.set_aside[0].reason, choice.set_aside[0].share) == ("similar", 0.7)
    assert choose_diverse([[0, 1], [0, 2]], [69, 31, 31]).chosen == (0, 1)


def test_extremes_are_looked_at_before_the_most_different() -> None:
    weight = [50, 50, 50, 100]
    candidates = [[0, 1], [0, 2], [3]]
    assert choose_diverse(candidates, weight, limit=2).chosen == (0, 2)
    assert choose_diverse(candidates, weight, limit=2, first=(0, 1)).chosen == (0, 1)
    assert choose_diverse(candidates, weight, limit=2, first=(2,)).chosen == (2, 0)


def test_an_extreme_that_hardly_differs_is_set_aside_with_its_share() -> None:
    choice = choose_diverse([[0, 1], [0, 2], [3]], [90, 10, 10, 100], first=(0, 1))
    assert choice.chosen == (0, 2)
    other = choice.set_aside[0]
    assert (other.candidate, other.reason, other.nearest, other.share) == (1, "similar", 0, 0.9)


def test_what_stretches_too_far_is_set_aside() -> None:
    candidates, weight = [[0], [1], [2]], [100, 150, 151]
    choice = choose_diverse(candidates, weight, max_stretch=1.5)
    assert choice.chosen == (0, 1)
    assert (choice.set_aside[0].reason, choice.set_aside[0].share) == ("stretch", 0.0)
    by_time = choose_diverse(candidates, weight, costs=[10, 16, 15], max_stretch=1.5)
    assert by_time.chosen == (0, 2)


def test_a_stretch_is_exact_at_its_limit() -> None:
    assert choose_diverse([[0], [1]], [5, 7], max_stretch=1.4).chosen == (0, 1)


def test_a_segment_driven_twice_counts_once() -> None:
    choice = choose_diverse([[0, 1, 0], [0, 2]], [10, 90, 90], max_share=0.2)
    assert choice.chosen == (0, 1)


def test_routes_without_weight_are_not_different() -> None:
    choice = choose_diverse([[0], []], [10.0])
    assert choice.chosen == (0,)
    assert choice.set_aside[0].share == 1.0


@pytest.mark.parametrize(
    ("candidates", "weight", "options", "says"),
    [
        ([], [1.0], {}, "no candidates"),
        ([[1]], [1.0], {}, "outside 0 to 0"),
        ([[-1]], [1.0], {}, "outside 0 to 0"),
        ([[0.5]], [1.0], {}, "segment numbers"),
        ([[0]], [-1.0], {}, "from 0 up"),
        ([[0]], [np.nan], {}, "finite"),
        ([[0]], [1.0], {"first": (1,)}, "among the candidates"),
        ([[0]], [1.0], {"first": ()}, "among the candidates"),
        ([[0]], [1.0], {"limit": 0}, "at least one"),
        ([[0]], [1.0], {"max_share": 1.5}, "between 0 and 1"),
        ([[0]], [1.0], {"max_stretch": 0.5}, "stretch"),
        ([[0]], [1.0], {"costs": [1, 2], "max_stretch": 2.0}, "one for each candidate"),
    ],
)
def test_refuses_what_it_cannot_use(
    candidates: list, weight: list, options: dict, says: str
) -> None:
    with pytest.raises(DataError, match=says):
        choose_diverse(candidates, weight, **options)


# ---------------------------------------------------------------- what is recorded


@unhurried
@given(CANDIDATES, WEIGHT, VALUES, KNOWN)
def test_likeness_is_symmetric_and_at_least_the_share_of_the_weight(
    candidates: list[set[int]], weight: list[int], value: list[int], known: list[float]
) -> None:
    found = alike(candidates, weight, on_record(value, known))
    assert found == pytest.approx(found.T, abs=1e-12)
    assert (found <= 1.0 + 1e-12).all()
    for a, one in enumerate(candidates):
        for b, other in enumerate(candidates):
            assert found[a, b] >= shared(one, other, weight) - 1e-9


@unhurried
@given(CANDIDATES, WEIGHT, st.lists(st.integers(1, 50), min_size=8, max_size=8))
def test_where_all_is_known_it_is_the_smaller_dissimilarity_in_whichever_order(
    candidates: list[set[int]], weight: list[int], value: list[int]
) -> None:
    found = alike(candidates, weight, on_record(value, [1.0] * 8))
    swapped = alike(candidates, value, on_record(weight, [1.0] * 8))
    assert found == pytest.approx(swapped)
    for a, one in enumerate(candidates):
        for b, other in enumerate(candidates):
            apart = min(1 - shared(one, other, weight), 1 - shared(one, other, value))
            assert 1 - found[a, b] == pytest.approx(apart, abs=1e-9)


@unhurried
@given(CANDIDATES, WEIGHT, VALUES)
def test_where_nothing_is_known_the_choice_is_that_by_weight(
    candidates: list[set[int]], weight: list[int], value: list[int]
) -> None:
    lists = [sorted(one) for one in candidates]
    unknown = on_record(value, [0.0] * 8)
    assert choose_diverse(lists, weight, recorded=unknown) == choose_diverse(lists, weight)


@unhurried
@given(CANDIDATES, WEIGHT, VALUES, KNOWN, st.sampled_from([0.0, 0.3, 0.7]))
def test_the_limit_holds_for_the_weight_and_the_order_for_both(
    candidates: list[set[int]],
    weight: list[int],
    value: list[int],
    known: list[float],
    limit: float,
) -> None:
    lists, recorded = [sorted(one) for one in candidates], on_record(value, known)
    found = alike(candidates, weight, recorded)
    choice = choose_diverse(lists, weight, recorded=recorded, max_share=limit)
    for n, taken in enumerate(choice.chosen[1:], start=1):
        before = list(choice.chosen[:n])
        left = [
            c
            for c in range(len(candidates))
            if all(shared(candidates[c], candidates[b], weight) < limit - 1e-9 for b in before)
        ]
        assert taken in left
        assert max(found[before, taken]) <= min(max(found[before, c]) for c in left) + 1e-9
    for other in choice.set_aside:  # told by the weight, which the limit holds for
        shares = [shared(candidates[other.candidate], candidates[c], weight) for c in choice.chosen]
        assert other.share == pytest.approx(max(shares))


#: Two ways that differ in length but share the one dangerous stretch (segment 0), and one that shares more
#: road and not the danger.
DANGEROUS = ([[0, 1, 2], [0, 3], [1, 4]], [10, 40, 50, 90, 60])


def test_ways_that_share_the_one_dangerous_stretch_are_alike() -> None:
    candidates, weight = DANGEROUS
    danger = [1000, 4, 5, 9, 6]
    assert choose_diverse(candidates, weight, limit=2).chosen == (0, 1)
    known = on_record(danger, [1.0] * 5)
    assert choose_diverse(candidates, weight, recorded=known, limit=2).chosen == (0, 2)
    unknown = on_record(danger, [0.0, 1.0, 1.0, 1.0, 1.0])
    assert choose_diverse(candidates, weight, recorded=unknown, limit=2).chosen == (0, 1)
    assert len(choose_diverse(candidates, weight, recorded=known).chosen) == 3, "no limit on danger"


def test_a_little_that_is_known_and_shared_makes_unknown_roads_hardly_alike() -> None:
    """All that is known of both lies on the way out of town, a twentieth of their length."""
    ways, weight = [{0, 1}, {0, 2}], [5, 95, 95]
    found = alike(ways, weight, on_record([7, 0, 0], [1.0, 0.0, 0.0]))
    assert found[0, 1] == pytest.approx(0.05 + 0.05 * (1.0 - 0.05))


def test_the_more_exposed_of_two_is_not_more_different_for_that() -> None:
    ways, weight = [{0, 1}, {0, 2}], [50, 50, 50]
    once, twice = (
        alike(ways, weight, on_record([8, 1, more], [1.0] * 3))[0, 1] for more in (10, 20)
    )
    assert once == twice == pytest.approx(8 / 9)


def test_a_candidate_with_nothing_on_record_shares_no_records() -> None:
    found = alike([{0, 1}, {0, 2}], [10, 90, 90], on_record([0, 9, 0], [1.0] * 3))
    assert found[0, 1] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("value", "known"), [([1.0], [1.0, 1.0]), ([1.0, 1.0], [1.5, 1.0]), ([-1.0, 1.0], [1.0, 1.0])]
)
def test_refuses_records_that_cannot_be_used(value: list[float], known: list[float]) -> None:
    recorded = Recorded(value=np.array(value), known=np.array(known))
    with pytest.raises(DataError):
        choose_diverse([[0], [1]], [1.0, 1.0], recorded=recorded)
