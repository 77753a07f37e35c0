"""What reports say of a road at a moment (LP5, H3, DOMAIN.md 2.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import DRY, report

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.network import KnownState, known_state
from cmcoord_geo.network.status import NOTHING, by_subject, expiry

CONFIG = StatusConfig()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def known(*reports, at=DRY, as_of=DRY, is_wet: bool = False) -> KnownState:
    return known_state(reports, as_of=as_of, at=at, is_wet=is_wet, config=CONFIG)


def test_without_reports_nothing_is_known() -> None:
    assert known() == NOTHING
    assert (NOTHING.state, NOTHING.basis, NOTHING.limiting) == ("unknown", "none", None)


def test_one_live_report_holds_until_it_ages() -> None:
    closed = report("closed")
    found = known(closed)
    assert (found.state, found.basis, found.report) == ("closed", "report", closed)
    assert found.expires_at == closed.reported_at + 30 * DAY


@pytest.mark.parametrize(("is_wet", "days"), [(True, 14), (False, 30)])
def test_a_report_is_stale_after_its_days(*, is_wet: bool, days: int) -> None:
    """H3: 14 days in the rains, 30 in the dry season, then unknown and never open."""
    live = known(report("open", age_h=days * 24 - 1), is_wet=is_wet)
    stale = known(report("open", age_h=days * 24), is_wet=is_wet)
    assert (live.state, live.basis) == ("open", "report")
    assert (stale.state, stale.basis) == ("unknown", "stale")
    assert stale.report is not None
    assert stale.limiting is None


def test_its_own_expiry_comes_first() -> None:
    early = report("open", expires_at=DRY + HOUR)
    assert expiry(early, is_wet=True, config=CONFIG) == DRY + HOUR
    assert known(early).state == "open"
    assert known(early, at=DRY + 2 * HOUR).basis == "stale"  # expired before the passage
    assert known(early, as_of=DRY + 2 * HOUR).basis == "stale"  # expired before the cut-off


def test_a_report_after_the_cut_off_is_not_used() -> None:
    assert known(report("closed", age_h=-1)) == NOTHING
    assert known(report("closed", age_h=0)).state == "closed"


@pytest.mark.parametrize(
    ("gap_h", "state"), [(1, "conflicting"), (48, "conflicting"), (49, "open")]
)
def test_two_reports_that_differ(gap_h: int, state: str) -> None:
    """LP5: conflicting within 48 h; after that the newer one holds."""
    newer, older = report("open", age_h=10), report("closed", age_h=10 + gap_h)
    for reports in ((newer, older), (older, newer)):
        found = known(*reports)
        assert (found.state, found.report) == (state, newer)
        assert found.disagreeing == ((older,) if state == "conflicting" else ())


def test_two_reports_that_agree_are_no_conflict() -> None:
    assert known(report("open", age_h=1), report("open", age_h=2)).state == "open"


@pytest.mark.parametrize(
    ("newer", "older", "state"),
    [
        ({"max_gross_t": 50.0}, {"max_gross_t": 5.0}, "conflicting"),
        ({"max_gross_t": 5.0}, {"max_gross_t": 50.0}, "conflicting"),
        ({"max_vehicle": "truck_6x6"}, {"max_vehicle": "lv_4x4"}, "conflicting"),
        ({}, {"max_gross_t": 5.0}, "conflicting"),
        ({"max_gross_t": 12.0}, {"max_gross_t": 10.0}, "restricted"),  # no vehicle lies between
        ({"max_vehicle": "lv_4x4"}, {"max_vehicle": "lv_4x4", "max_gross_t": 10.0}, "restricted"),
    ],
)
def test_limits_of_which_one_stops_a_vehicle_are_a_conflict(
    newer: dict, older: dict, state: str
) -> None:
    """A restriction to 50 t does not overrule one to 5 t of the day before, verified or not."""
    first = report("restricted", age_h=2, **newer)
    second = report("restricted", age_h=20, is_verified=True, **older)
    found = known(first, second)
    assert found.state == state
    assert found.told == ((first, second) if state == "conflicting" else (first,))
    assert known(first, replace(second, reported_at=second.reported_at - 2 * DAY)).told == (first,)


def test_a_verified_closure_that_an_unverified_report_lifts_is_kept_in_mind() -> None:
    closed, opened = report("closed", age_h=72, is_verified=True), report("open", age_h=1)
    assert (known(opened, closed).state, known(opened, closed).overruled) == ("open", closed)
    assert known(replace(opened, is_verified=True), closed).overruled is None
    assert known(opened, replace(closed, is_verified=False)).overruled is None
    assert known(opened, replace(closed, expires_at=DRY - HOUR)).overruled is None
    near = replace(closed, reported_at=opened.reported_at - HOUR)
    assert (known(opened, near).state, known(opened, near).overruled) == ("conflicting", None)


def test_an_expired_report_contradicts_nothing() -> None:
    expired = report("closed", age_h=11, expires_at=DRY - HOUR)
    assert known(report("open"), expired).state == "open"


@pytest.mark.parametrize("age_h", [5, 100])
def test_a_report_of_unknown_lifts_no_closure(age_h: int) -> None:
    """Unknown is not open: whoever does not know contradicts nobody who does."""
    assert known(report("closed", age_h=60), report("unknown", age_h=age_h)).state == "closed"
    assert known(report("unknown")).state == "unknown"


def test_in_a_conflict_the_newest_that_does_not_close_sets_the_limits() -> None:
    closed = report("closed", age_h=1)
    limited = report("restricted", age_h=5, max_vehicle="lv_4x4")
    assert known(closed, limited, report("open", age_h=9)).limiting == limited
    assert known(closed).limiting == closed


REPORTS = st.builds(
    report,
    st.sampled_from(["open", "restricted", "closed", "unknown"]),
    age_h=st.integers(-30, 900),
    report_id=st.uuids().map(str),
)


@given(st.lists(REPORTS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(reports: list, random) -> None:
    shuffled = random.sample(reports, len(reports))
    assert known(*reports) == known(*shuffled)


def test_reports_stand_under_their_crossing_or_their_road() -> None:
    road, ferry = report("open"), report("closed", crossing_id="CR01")
    assert by_subject([road, ferry]) == {"A-B": (road,), "CR01": (ferry,)}


def test_who_knows_nothing_lifts_no_limit() -> None:
    limited = report("unknown", age_h=20, max_vehicle="motorbike")
    assert known(report("unknown", age_h=2), limited).limiting == limited
    newer = report("unknown", age_h=2, max_gross_t=10.0)
    assert known(newer, limited).limiting == newer
