"""What presence may do to the exposure of a route, and what it may never do (H10, H11, H16)."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from planning.worlds import AS_OF, MORNING, ROW, ROW_WAY, Row, incidents, patrols, situation, source

from cmcoord_geo.model import Exposure, Route
from cmcoord_geo.planning.routes import build_route

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
few = settings(max_examples=int(os.environ.get("CMCOORD_CAMPAIGN", "30")), deadline=None)
CLASSES = ("ambush", "robbery", "clash", "ordnance")
MIDDLES = [ROW.lines[i][[0, -1]].mean(axis=0) for i in range(3)]
EVENTS = [
    (name, float(lon), float(lat), AS_OF - timedelta(days=9))
    for name, (lon, lat) in zip(CLASSES, [*MIDDLES, MIDDLES[1]], strict=True)
]
HERE = situation(ROW, incidents=incidents(EVENTS, source=source(*CLASSES)))
PLAIN = build_route(HERE, ROW_WAY, letter="A")


def route(*rows: Row) -> Route:
    known = replace(HERE, picture=replace(HERE.picture, patrols=patrols(*rows)))
    return build_route(known, ROW_WAY, letter="A")


def bounds(exposure: Exposure) -> tuple[float, float, float]:
    return exposure.low, exposure.mean, exposure.high


def is_at_most(one: Exposure, other: Exposure) -> bool:
    return all(a <= b * (1 + 1e-12) for a, b in zip(bounds(one), bounds(other), strict=True))


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A patrol anywhere on the row, before, at or after the passage, reported or not."""
    start = AS_OF + draw(st.integers(-30 * 60, 25 * 60)) * MINUTE
    low, high = sorted((draw(st.floats(0, 1)), draw(st.floats(0, 1))))
    return Row(
        patrol_id=draw(st.sampled_from(["P1", "P2"])),
        segment_id=draw(st.sampled_from(["A-B", "B-C", "C-D"])),
        stretch=(low, high),
        start=start,
        end=start + draw(st.integers(0, 8 * 60)) * MINUTE,
        passed=draw(st.none() | st.floats(-20, 0).map(lambda h: AS_OF + h * HOUR)),
        valid_until=draw(st.none() | st.floats(-5, 40).map(lambda h: AS_OF + h * HOUR)),
        composition=draw(st.sampled_from(["minusca", "mixed", "other", "unknown"])),
    )


@few
@given(st.lists(rows(), max_size=3), rows())
def test_more_presence_never_raises_exposure_and_touches_nothing_else(some, more) -> None:
    with_some, with_more = route(*some), route(*some, more)
    assert is_at_most(with_more.exposure_with_patrols, with_some.exposure_with_patrols)
    assert is_at_most(with_more.exposure_confirmed, with_some.exposure_confirmed)
    assert is_at_most(with_more.exposure_unpatrolled, with_some.exposure_unpatrolled)
    assert is_at_most(with_more.exposure_with_patrols, with_more.exposure_confirmed)
    assert with_more.exposure == PLAIN.exposure
    assert with_more.classes == PLAIN.classes
    assert (with_more.ordnance_records, with_more.ordnance_km) == (1, PLAIN.ordnance_km)
    assert with_more.worst_segment == PLAIN.worst_segment
    assert with_more.unpatrolled_km <= with_some.unpatrolled_km + 1e-9
    assert 0 <= with_more.offered_km <= 315 - with_more.unpatrolled_km + 1e-9


@few
@given(rows(), st.integers(0, 60))
def test_an_offer_never_counts_more_than_the_passage_that_it_became(offered, part) -> None:
    offered = replace(offered, passed=None)
    passed = offered.start + part / 60 * (offered.end - offered.start)
    kept = replace(offered, passed=passed)
    found = route(kept).exposure_with_patrols
    assert is_at_most(found, route(offered).exposure_with_patrols)
    if passed > AS_OF:  # not known yet: still an offer
        assert found == route(offered).exposure_with_patrols


@few
@given(rows(), st.floats(0, 10))
def test_an_expired_offer_counts_for_nothing(offered, hours) -> None:
    expired = replace(offered, passed=None, valid_until=AS_OF - hours * HOUR)
    found = route(expired)
    assert found.coverage == ()
    assert found.exposure_with_patrols == found.exposure_confirmed == found.exposure
    early = replace(expired, valid_until=expired.start - (hours + 0.1) * HOUR)
    assert route(early).coverage == ()


@few
@given(rows())
def test_other_composition_counts_for_nobody(offered) -> None:
    assert route(replace(offered, composition="other")).coverage == ()


def test_the_same_presence_offered_and_reported_is_told_apart() -> None:
    before = Row(start=MORNING - 6 * HOUR, end=MORNING - 2 * HOUR)
    done = Row(start=AS_OF - 4 * HOUR, end=AS_OF - HOUR, passed=AS_OF - HOUR)
    offer, report = route(before), route(done)
    assert offer.exposure_confirmed == offer.exposure
    assert offer.exposure_with_patrols.mean < offer.exposure.mean
    assert offer.offered_km > 100
    assert report.exposure_confirmed == report.exposure_with_patrols
    assert report.exposure_confirmed.mean < report.exposure.mean
    assert report.offered_km == 0
    assert 0 < report.exposure_unpatrolled.mean < report.exposure.mean
