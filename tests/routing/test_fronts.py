"""Fronts say the same as a comparison with everything settled so far."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import unhurried

from cmcoord_geo.routing.fronts import fronts_for

VECTORS = st.integers(1, 4).flatmap(
    lambda k: st.lists(st.tuples(*[st.integers(0, 4)] * k), min_size=1, max_size=25)
)


@unhurried
@given(VECTORS)
def test_a_front_covers_what_full_comparison_covers(vectors: list[tuple[int, ...]]) -> None:
    fronts = fronts_for(2, len(vectors[0]))
    settled: list[tuple[int, ...]] = []
    for vector in sorted(vectors):
        is_covered = any(
            all(a <= b for a, b in zip(other, vector, strict=True)) for other in settled
        )
        assert fronts.covers(1, vector) == is_covered
        if not is_covered:
            fronts.add(1, vector)
            settled.append(vector)
    assert not fronts.covers(0, vectors[0]), "nodes do not mix"
