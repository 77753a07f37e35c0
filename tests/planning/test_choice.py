"""Which option is kept, and why each other one is set aside: no claim about what nobody knows (H2, H16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.worlds import MORNING, ROW, ROW_WAY, Row, incidents, situation, source
from routing.oracles import unhurried

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.model import Exposure, Halt, Passage, Route, Span
from cmcoord_geo.planning.choice import grave_doubts, kept_because, ranked, set_aside
from cmcoord_geo.planning.routes import build_route

KNOWN = incidents(source=source("ambush"))
PLAIN = build_route(situation(ROW, incidents=KNOWN), ROW_WAY, letter="A")
BETWEEN = Halt(place_id="", segment_id="A-B", km=50, pace="both", night=1)
FLAGGED = Passage(
    crossing_id="X", segment_id="A-B", km=5, is_place_known=True, kind="bridge",
    name=said("word.none"), state="unknown", reported_at=None, is_stale=False, capacity_t=None,
    is_capacity_flagged=True,
)  # fmt: skip
MINED = replace(PLAIN, letter="B", ordnance_records=1, ordnance_km=10)
WEAK_BRIDGE = replace(PLAIN, letter="B", passages=(FLAGGED,))
BENIGHTED = replace(PLAIN, letter="B", halts=(BETWEEN,))


def exposure(mean: float, informed: float = 1.0) -> Exposure:
    return Exposure(
        low=mean / 2, mean=mean, high=2 * mean, exposure_class=2 if informed else 0,
        informed_share=informed,
    )  # fmt: skip


def reasons(kept: Route, other: Route) -> list[str]:
    """Reasons in English, and as many in French."""
    found = set_aside(kept, other, {"B-C": Said(fr="Bé–Cé", en="Bé–Cé")}).reasons
    assert all(reason.fr and reason.en for reason in found)
    return [reason.en for reason in found]


def test_fewest_grave_doubts_come_first() -> None:
    """Ordnance before unknown capacity, before a night on the road, whatever the time."""
    routes = [MINED, WEAK_BRIDGE, BENIGHTED, PLAIN]
    for order in permutations(range(4)):
        shuffled = [routes[i] for i in order]
        hours = [[1.0, 2.0, 3.0, 9.0][i] for i in order]
        first = ranked(shuffled, hours, [5] * 4)
        assert [order[i] for i in first] == [3, 2, 1, 0]


def test_night_that_only_the_slow_pace_spends_weighs_less_than_a_certain_one() -> None:
    perhaps = replace(PLAIN, halts=(replace(BETWEEN, pace="slow"),))
    assert grave_doubts(PLAIN) < grave_doubts(perhaps) < grave_doubts(BENIGHTED)
    assert ranked([perhaps, PLAIN], [1.0, 9.0], [5, 5])[0] == 1


@pytest.mark.parametrize(
    ("hours", "exposures", "first"),
    [([4, 5], [100, 50], 1), ([4, 5], [100, 90], 0), ([4, 5], [0, 0], 0), ([5, 4], [0, 0], 1)],
)
def test_time_and_exposure_are_weighed_against_the_best(
    hours: list[float], exposures: list[int], first: int
) -> None:
    assert ranked([PLAIN, PLAIN], hours, exposures)[0] == first


@unhurried
@given(
    st.lists(st.tuples(st.floats(1, 50), st.integers(0, 1000)), min_size=1, max_size=4),
    st.floats(0.1, 10),
)
def test_order_depends_on_no_unit(figures: list[tuple[float, int]], factor: float) -> None:
    hours, exposures = (list(column) for column in zip(*figures, strict=True))
    order = ranked([PLAIN] * len(figures), hours, exposures)
    assert sorted(order) == list(range(len(figures)))
    kept = order[0]
    assert not any(
        h < hours[kept] and e < exposures[kept] for h, e in zip(hours, exposures, strict=True)
    )


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (MINED, "Explosive ordnance reported (1)."),
        (WEAK_BRIDGE, "1 crossing of unknown capacity."),
        (BENIGHTED, "1 possible night between two places."),
        (replace(PLAIN, drive_h=Span(low=4.6, high=9.0)), "1–3 h more driving."),
        (replace(PLAIN, drive_h=Span(low=5.6, high=8.0)), "2 h more driving."),
        (
            replace(PLAIN, exposure=exposure(PLAIN.exposure.mean + 3)),
            "Higher exposure (+3 points).",
        ),
        (replace(PLAIN, worst_class=4, worst_segment="B-C"), "Worst segment: Bé–Cé."),
        (
            replace(PLAIN, exposure=exposure(PLAIN.exposure.mean, 0.6)),
            "No information on 40 % of its length.",
        ),
    ],
)
def test_each_figure_against_an_option_is_a_reason(other: Route, expected: str) -> None:
    assert reasons(PLAIN, other) == [expected]
    assert expected not in reasons(other, PLAIN)


def test_meetings_and_road_without_patrols_are_reasons() -> None:
    before = Row(start=MORNING - timedelta(hours=5), end=MORNING - timedelta(hours=3))
    during = replace(before, end=MORNING + timedelta(hours=9))
    followed, met = (
        build_route(situation(ROW, row, incidents=KNOWN), ROW_WAY, letter="B")
        for row in (before, during)
    )
    assert reasons(followed, PLAIN) == ["315 km without a recent patrol."]
    assert reasons(PLAIN, met) == ["1 possible meeting with a patrol."]


def test_option_with_every_figure_alike_is_set_aside_by_the_balance() -> None:
    assert reasons(PLAIN, PLAIN) == ["Time and exposure together: no better than A."]


def test_nothing_is_claimed_about_exposure_that_nobody_knows() -> None:
    """H2: unknown is neither low nor high."""
    unknown = build_route(situation(ROW), ROW_WAY, letter="A")
    assert unknown.exposure.informed_share == 0
    (only,) = reasons(unknown, unknown)
    assert only == "Driving time: no better than A. Exposure: no information to compare."
    for mean in (0.0, 5.0, 50.0):
        informed = replace(PLAIN, exposure=exposure(mean), worst_class=4, worst_segment="B-C")
        for other in (informed, replace(informed, exposure=exposure(mean, 0.04))):
            against = " ".join(reasons(unknown, other))
            assert "Higher exposure" not in against
            assert "Worst segment" not in against


def test_sum_over_less_road_is_not_compared_with_one_over_more() -> None:
    half_known = replace(PLAIN, exposure=exposure(4.0, 0.5))
    all_known = replace(PLAIN, exposure=exposure(6.0, 1.0))
    assert "Higher exposure" not in " ".join(reasons(half_known, all_known))
    assert "Higher exposure (+2 points)." in reasons(
        replace(PLAIN, exposure=exposure(4.0)), all_known
    )


def told(options: list[Route]) -> list[str]:
    found = kept_because(options)
    assert all(reason.fr and reason.en for reason in found)
    return [reason.en for reason in found]


def test_an_only_option_needs_no_reason() -> None:
    assert kept_because([PLAIN]) == ()


def test_option_kept_says_what_speaks_for_it() -> None:
    slower = replace(PLAIN, letter="B", drive_h=Span(low=50, high=90))
    assert "The fastest." in told([PLAIN, slower])
    assert "The fastest." not in told([slower, PLAIN])
    less, more = replace(PLAIN, exposure=exposure(2)), replace(PLAIN, exposure=exposure(9))
    assert "The least exposed by the records." in told([less, more])
    assert "The least exposed by the records." not in told([more, less])
    assert any("grave doubts" in reason for reason in told([PLAIN, MINED]))
    assert not any("grave doubts" in reason for reason in told([PLAIN, slower]))


def test_sum_speaks_only_where_it_was_weighed() -> None:
    """A slower option without ordnance is kept for that, and not for a sum that it does not have."""
    slower = replace(PLAIN, drive_h=Span(low=50, high=90), exposure=exposure(50))
    (only,) = told([slower, MINED])
    assert "grave doubts" in only
    assert any(
        "Least time and exposure together" in reason for reason in told([slower, MINED, slower])
    )


def test_exposure_that_nobody_knows_speaks_for_nothing() -> None:
    """Unknown is not low (H2)."""
    dark = replace(PLAIN, exposure=exposure(0, informed=0.0))
    for options in ([dark, PLAIN], [dark, dark]):
        assert "The least exposed by the records." not in told(options)
        assert any("without information" in reason for reason in told(options))
