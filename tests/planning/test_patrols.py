"""Presence before the passage is wanted, presence at it is a meeting (L041, L054, L056, L111, H10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.worlds import AS_OF, CONFIG, MORNING, ROW, ROW_WAY, Row, patrols, request, situation
from routing.oracles import unhurried

from cmcoord_geo.config import ConflictConfig
from cmcoord_geo.model import Conflict, Consent, Coverage, Route
from cmcoord_geo.planning import is_confirmed
from cmcoord_geo.planning.routes import build_route

#: B-C of the row of places: in at the fast pace, out at the slow one an hour later.
ENTER = MORNING + timedelta(hours=1.2)
LEAVE = MORNING + timedelta(hours=5)
BACK = tuple((segment, False) for segment, _ in reversed(ROW_WAY))


def meet(*rows: Row, is_back: bool = False, **more: object) -> Route:
    """Times of the movement along the row, or back, with some patrols."""
    asked = request("D", "A") if is_back else request()
    here = situation(ROW, *rows, asked=asked, **more)
    on_one_road = replace(here.config, conflict=ConflictConfig(separation_m=0.0))
    there = replace(here, config=on_one_road)
    return build_route(there, BACK if is_back else ROW_WAY, letter="")


def of(*rows: Row, **more: object) -> tuple[Coverage | None, Conflict | None]:
    times = meet(*rows, **more)
    assert len(times.coverage) <= 1
    assert len(times.conflicts) <= 1
    return next(iter(times.coverage), None), next(iter(times.conflicts), None)


def row(start: datetime, end: datetime, **more: object) -> Row:
    return Row(start=start, end=end, **more)


HOUR = timedelta(hours=1)


def test_window_before_the_passage_covers_it() -> None:
    cover, conflict = of(row(MORNING - 4 * HOUR, MORNING - 2 * HOUR))
    assert conflict is None
    assert cover is not None
    assert (cover.patrol_id, cover.segment_id, cover.is_confirmed) == ("P1", "B-C", False)
    assert cover.age_h.low == pytest.approx(1.2 + 2)
    assert cover.age_h.high == pytest.approx(5 + 4)
    full = (1 - CONFIG.patrol.floor) * 0.5 ** (9 / CONFIG.patrol.half_life_h)
    assert cover.credit == pytest.approx(1 - full * CONFIG.patrol.offered_weight)
    assert (cover.km.low, cover.km.high) == pytest.approx((105, 210))


def test_meeting_is_a_conflict_and_no_coverage() -> None:
    cover, conflict = of(row(MORNING - 2 * HOUR, MORNING + 2 * HOUR))
    assert cover is None
    assert conflict is not None
    assert (conflict.kind, conflict.answer, conflict.segment_id) == ("C1", "conflict", "B-C")
    assert (conflict.window.earliest, conflict.window.latest) == (ENTER, MORNING + 2 * HOUR)


def test_touching_at_one_instant_is_a_meeting() -> None:
    cover, conflict = of(row(MORNING, ENTER))
    assert cover is None
    assert conflict is not None
    assert conflict.window.earliest == conflict.window.latest == ENTER
    cover, conflict = of(row(MORNING, ENTER - timedelta(seconds=1)))
    assert cover is not None
    assert conflict is None


def test_window_after_the_passage_is_neither() -> None:
    assert of(row(LEAVE + timedelta(seconds=1), LEAVE + 5 * HOUR)) == (None, None)
    assert of(row(LEAVE, LEAVE + 5 * HOUR))[1] is not None


def test_patrol_elsewhere_is_neither() -> None:
    elsewhere = row(MORNING, LEAVE, segment_id="no such road")
    assert of(elsewhere) == (None, None)


def test_old_presence_counts_for_nothing() -> None:
    fresh = timedelta(hours=CONFIG.patrol.fresh_h)
    seen = AS_OF - 6 * HOUR
    for start, counts in ((LEAVE - fresh, True), (LEAVE - fresh - timedelta(seconds=1), False)):
        cover, conflict = of(row(start, seen, passed=start), as_of=AS_OF)
        assert (cover is not None) == counts
        assert conflict is None


@pytest.mark.parametrize("composition", ["mixed", "unknown"])
def test_mixed_presence_counts_only_where_it_is_accepted(composition: str) -> None:
    """L111: and a meeting with it stays a meeting."""
    before = row(MORNING - 4 * HOUR, MORNING - HOUR, composition=composition)
    consent = Consent(
        organisation="ORG", movement_id="", audience="minusca_ops", until=MORNING,
        accepts_mixed_patrols=True,
    )  # fmt: skip
    assert of(before)[0] is None
    assert of(before, consents=(consent,))[0] is not None
    assert of(before, consents=(replace(consent, accepts_mixed_patrols=False),))[0] is None
    during = replace(before, end=LEAVE)
    assert of(during)[1] is not None


def test_offer_that_is_over_and_unreported_counts_for_nothing() -> None:
    over = row(AS_OF - 3 * HOUR, AS_OF - HOUR)
    assert of(over) == (None, None)
    cover, conflict = of(replace(over, passed=AS_OF - 2 * HOUR))
    assert cover is not None
    assert cover.is_confirmed
    assert conflict is None
    assert cover.age_h.low == pytest.approx((ENTER - AS_OF) / HOUR + 2)


def test_reported_passage_in_a_window_that_still_runs_does_not_end_it() -> None:
    """The patrol passed once; until the window ends it may be there again."""
    running = row(AS_OF - HOUR, LEAVE, passed=AS_OF)
    cover, conflict = of(running)
    assert cover is None
    assert conflict is not None
    assert conflict.answer == "conflict"


def test_report_from_the_future_is_not_used() -> None:
    ahead = row(MORNING - 3 * HOUR, MORNING - HOUR, passed=MORNING - 2 * HOUR)
    cover, _ = of(ahead)
    assert cover is not None
    assert not cover.is_confirmed
    assert cover.age_h.low == pytest.approx((ENTER - MORNING) / HOUR + 1)


@pytest.mark.parametrize(
    "unknown",
    [
        Row(),
        Row(start=MORNING),
        Row(end=MORNING),
        Row(start=MORNING, passed=AS_OF),
        row(MORNING - 4 * HOUR, MORNING - HOUR, valid_until=AS_OF),
    ],
    ids=["no time", "no end", "no start", "no end but a passage", "void offer"],
)
def test_what_is_missing_or_void_is_unknown(unknown: Row) -> None:
    """Never "no conflict": and nothing is credited for it."""
    cover, conflict = of(unknown)
    assert cover is None
    assert conflict is not None
    assert conflict.answer == "unknown"
    assert (conflict.window.earliest, conflict.window.latest) == (ENTER, LEAVE)


def test_report_without_a_window_speaks_for_itself() -> None:
    cover, conflict = of(Row(passed=AS_OF - HOUR))
    assert conflict is None
    assert cover is not None
    assert cover.is_confirmed


def test_confirmed_is_recent_and_never_in_the_future() -> None:
    """The slip of the first drawing: a passage of 55 h ago stood there as confirmed."""
    limit = timedelta(hours=CONFIG.patrol.confirmed_h)
    second = timedelta(seconds=1)
    for passed, expected in (
        (AS_OF - 55 * HOUR, False),
        (AS_OF - limit - second, False),
        (AS_OF - limit, True),
        (AS_OF, True),
        (AS_OF + second, False),
        (None, False),
    ):
        table = patrols(Row(passed=passed))
        assert is_confirmed(table, 0, as_of=AS_OF, config=CONFIG.patrol) is expected


STRETCHES = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: tuple(sorted(pair)))
#: Hours from the cut-off, of the start and of the end.
SPANS = st.tuples(st.floats(-40, 60), st.floats(0, 12))


@unhurried
@given(
    SPANS,
    STRETCHES,
    st.none() | st.floats(-2, 12),
    st.sampled_from(["minusca", "mixed"]),
    st.sampled_from("BC"),
)
def test_row_is_a_meeting_or_coverage_and_never_both(
    span: tuple[float, float],
    stretch: tuple[float, float],
    reported_after_h: float | None,
    composition: str,
    end: str,
) -> None:
    start = AS_OF + span[0] * HOUR
    offered = row(
        start,
        start + span[1] * HOUR,
        stretch=stretch,
        passed=None if reported_after_h is None else start + reported_after_h * HOUR,
        composition=composition,
        segment_id="B-C" if end == "B" else "C-D",
    )
    cover, conflict = of(offered)
    assert cover is None or conflict is None
    if cover is not None:
        assert 0 < cover.age_h.low <= cover.age_h.high <= CONFIG.patrol.fresh_h
        assert CONFIG.patrol.floor < cover.credit < 1
        assert offered.composition == "minusca"


@unhurried
@given(SPANS, STRETCHES)
def test_meetings_know_no_direction(
    span: tuple[float, float], stretch: tuple[float, float]
) -> None:
    """Both ways over the middle segment of a row that is the same from either end."""
    start = AS_OF + span[0] * HOUR
    offered = row(start, start + span[1] * HOUR, stretch=stretch)
    mirrored = replace(offered, stretch=(1 - stretch[1], 1 - stretch[0]))
    there, back = of(offered)[1], of(mirrored, is_back=True)[1]
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        apart_s = (there.window.earliest - back.window.earliest).total_seconds()
        assert abs(apart_s) <= 120  # the sun rises a little earlier in the east


def test_stretch_is_measured_from_the_start_of_the_segment() -> None:
    """The first fifth of B-C lies at km 105 to 126 on the way out, and at km 189 to 210 on the way back."""
    early = row(MORNING - 4 * HOUR, MORNING - 2 * HOUR, stretch=(0.0, 0.2))
    out, _ = of(early)
    back, _ = of(early, is_back=True)
    assert out is not None
    assert back is not None
    assert (out.km.low, out.km.high) == pytest.approx((105, 126))
    assert (back.km.low, back.km.high) == pytest.approx((189, 210))
    assert out.age_h.high < back.age_h.high


def test_presence_is_looked_for_where_the_movement_is_then() -> None:
    """Half an hour before the far end is reached, the near end has long been passed."""
    late = ENTER + 0.6 * HOUR
    near, far = row(late, late, stretch=(0.0, 0.0)), row(late, late, stretch=(1.0, 1.0))
    assert of(near)[1] is not None
    cover, conflict = of(far)
    assert conflict is None
    assert cover is not None


def test_overlapping_stretches_count_once() -> None:
    before = (MORNING - 4 * HOUR, MORNING - 2 * HOUR)
    times = meet(
        row(*before, stretch=(0.0, 0.6)),
        row(*before, stretch=(0.4, 0.8), patrol_id="P2"),
        row(*before, stretch=(0.5, 0.55), patrol_id="P3"),
    )
    assert len(times.coverage) == 3
    assert times.unpatrolled_km == pytest.approx(315 - 0.8 * 105)


def test_each_meeting_has_its_own_id_and_a_window_on_two_roads_is_one() -> None:
    during = row(MORNING, LEAVE)
    later = replace(during, segment_id="C-D", start=LEAVE, end=LEAVE + HOUR)
    times = meet(during, replace(during, segment_id="C-D"), replace(during, patrol_id="P2"), later)
    assert len({conflict.conflict_id for conflict in times.conflicts}) == 3
    assert times.conflicts[0].more
