"""Words of doubt: never all of the draws, never a claim from a road of which less is known, classes apart."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.two_ways import LONGER, on, plan
from planning.worlds import source

from cmcoord_geo.model import Comparison, Variant, VariantOption
from cmcoord_geo.sharing.doubt import class_views, compared_view, sensitivity_view

ROUTES = plan(on(LONGER, "A-B", 12)).options
VERDICTS = ("less", "more", "close", "less_known", "unknown")


def told(letter: str = "C", **more):
    figures = {
        "fastest": "B", "below": 0.87, "above": 0.13, "tied": 0.0, "verdict": "less",
        "informed_share": 1.0, "fastest_informed_share": 1.0,
        "mean": 4.0, "tail": 9.2, "mean_rank": 1, "tail_rank": 2,
    }  # fmt: skip
    route = replace(ROUTES[0], letter=letter, compared=Comparison(**{**figures, **more}))
    return compared_view(route, options=3)


def words(view, lang: str = "en") -> str:
    return " ".join(one[lang] for one in view.said)


def test_a_clear_difference_is_told_in_draws() -> None:
    view = told()
    assert words(view) == (
        "In 87 of 100 possible cases less recorded exposure than by B, the fastest. "
        "Rank 1 of 3 on average, 2 in the worst cases (one in ten, index 10)."
    )
    assert "87 cas possibles sur 100" in words(view, "fr")
    assert view.tail == 10
    more = told(verdict="more", below=0.05, above=0.95)
    assert words(more).startswith("In 95 of 100 possible cases more recorded exposure than by B")


def test_the_fastest_is_the_one_that_others_stand_against() -> None:
    view = told("B", below=0.0, above=0.0, tied=1.0, verdict="close")
    assert view.is_fastest
    assert words(view).startswith("The fastest: the others are compared with it.")


def test_too_close_is_said() -> None:
    assert words(told(verdict="close", below=0.55)).startswith(
        "Too close to B, the fastest, to tell (less in 55 of 100 possible cases)."
    )


@pytest.mark.parametrize(
    ("share", "expected"),
    [(1.0, "more than 99"), (0.9951, "more than 99"), (0.994, "99"), (0.8, "80")],
)
def test_a_share_of_draws_is_never_all(share, expected) -> None:
    assert f"In {expected} of 100 possible cases" in words(told(below=share))
    assert "fewer than 1 of 100" in words(told(verdict="close", below=0.001))


def test_the_known_part_is_named_and_unknown_is_not_low() -> None:
    view = told(informed_share=0.8, fastest_informed_share=0.82, mean_rank=0, tail_rank=0)
    assert "Holds for the known part only (80 % of this one, 82 % of B)" in words(view)
    assert "unknown is not low" in words(view)
    assert "Rank" not in words(view)


@pytest.mark.parametrize("verdict", ["less_known", "unknown"])
def test_no_claim_where_too_little_is_known(verdict) -> None:
    view = told(verdict=verdict, informed_share=0.3, mean_rank=0, tail_rank=0)
    for lang in ("fr", "en"):
        assert not re.search(r"draws|tirages|87", words(view, lang))
        assert "30" in words(view, lang)
        assert "100" in words(view, lang)


@given(
    st.sampled_from(VERDICTS), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1),
    st.sampled_from("BC"),
)  # fmt: skip
def test_no_words_call_a_road_safe(verdict, below, informed, other, letter) -> None:
    view = told(
        letter, verdict=verdict, below=below, above=1 - below,
        informed_share=informed, fastest_informed_share=other,
    )  # fmt: skip
    said = words(view, "en") + words(view, "fr")
    assert not re.search(r"\b(safe|secure|cleared|sûre?|sécurisée?)\b", said, re.IGNORECASE)
    assert 0 <= view.informed_percent <= 100


# ---------------------------------------------------------------- by class


def test_classes_are_apart_the_highest_first_and_unknown_ones_named() -> None:
    route = plan(on(LONGER, "A-B", 12), source=source("ambush", "robbery")).options[-1]
    views = class_views(route)
    assert [view.class_id for view in views[:2]] == ["ambush", "robbery"]
    assert views[0].index == round(route.classes["ambush"]) > 0
    assert {view.index for view in views[2:]} == {None}
    assert {view.class_id for view in views[2:]} == {"checkpoint", "abduction", "attack", "clash"}
    assert "ordnance" not in {view.class_id for view in views}


def test_no_class_where_nothing_is_known() -> None:
    nothing = plan(source=None).options[0]
    assert class_views(nothing) == ()
    assert compared_view(nothing, options=2) is None


# ---------------------------------------------------------------- sensitivity


def variant(kind: str, advised: str, *, class_id: str = "", options: str = "AB") -> Variant:
    return Variant(
        kind=kind,
        class_id=class_id,
        advised=advised,
        options=tuple(
            VariantOption(letter=letter, mean=5.4, rank=1, worst_class=3, informed_share=0.999)
            for letter in options
        ),
    )


def test_the_first_sentence_says_whether_the_advice_holds() -> None:
    view = sensitivity_view([variant("as_is", "A"), variant("reach_halved", "A")])
    assert view.is_stable is True
    assert (
        view.said.en == "Option A stays the one kept, among the options shown, in all 1 variants."
    )
    moved = sensitivity_view([
        variant("as_is", "A"), variant("reach_halved", "A"),
        variant("half_life_doubled", "B"), variant("without", "B", class_id="robbery"),
    ])  # fmt: skip
    assert moved.is_stable is False
    assert moved.said.en == (
        "Option A is no longer the one kept in 2 of 3 variants: "
        "half-lives doubled → B, without robbery or hold-up → B."
    )


def test_one_option_is_no_choice_and_nothing_is_nothing() -> None:
    one = sensitivity_view([variant("as_is", "A", options="A")])
    assert (one.is_stable, "nothing to choose" in one.said.en) == (None, True)
    nothing = sensitivity_view(())
    assert (nothing.is_stable, nothing.variants) == (None, ())
    assert "no information" in nothing.said.en
    assert sensitivity_view(None) is None


def test_figures_are_whole_and_never_more_known_than_they_are() -> None:
    (first,) = sensitivity_view([variant("as_is", "A")]).variants
    assert [(o.index, o.informed_percent) for o in first.options] == [(5, 99), (5, 99)]
