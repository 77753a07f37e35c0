"""Counts below the minimum are not even named (SAFETY.md, Who may see what)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.sharing.counts import suppressed_counts
from cmcoord_geo.sharing.views import AreaCountView

AREAS = st.lists(st.sampled_from(["Kémo", "Ouaka", "Vakaga"]), max_size=30)


@given(areas=AREAS, least=st.integers(1, 10))
def test_no_small_count_leaves(areas: list[str], least: int) -> None:
    found = suppressed_counts(areas, min_count=least)
    assert all(view.count == areas.count(view.area) >= least for view in found)
    assert {area for area in areas if areas.count(area) >= least} == {view.area for view in found}


@given(areas=AREAS)
def test_four_are_told_like_none(areas: list[str]) -> None:
    few = ["Lobaye"] * 4
    assert suppressed_counts(areas + few, min_count=5) == suppressed_counts(areas, min_count=5)


def test_five_are_counted() -> None:
    assert suppressed_counts(["Lobaye"] * 5, min_count=5) == (
        AreaCountView(area="Lobaye", count=5),
    )
