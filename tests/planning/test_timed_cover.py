"""Presence over time: a slot says no less of it than any passage in it finds by the rules of a plan."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.test_cover_laws import HERE, rows
from planning.worlds import AS_OF, MORNING, Row, patrols

from cmcoord_geo.model import Leg, Span, TimeSpan
from cmcoord_geo.planning.patrols import OnTheWay, coverage
from cmcoord_geo.planning.situation import Situation
from cmcoord_geo.planning.timed_cover import shares_ahead
from cmcoord_geo.risk import Drive, exposure_along, exposure_with_presence
from cmcoord_geo.units import to_datetime

few = settings(max_examples=int(os.environ.get("CMCOORD_CAMPAIGN", "30")), deadline=None)
STEP_S, SLOW_S = 900.0, 7200.0
STARTS_S = AS_OF.timestamp() + STEP_S * np.arange(4 * 48)


def _situation(*some: Row) -> Situation:
    return replace(HERE, picture=replace(HERE.picture, patrols=patrols(*some)))


def _shares(*some: Row) -> dict[int, np.ndarray]:
    slow_s = dict.fromkeys(range(3), SLOW_S)
    return dict(shares_ahead(_situation(*some), slow_s, starts_s=STARTS_S, step_s=STEP_S))


def _share(situation: Situation, segment: int, enter_s: float) -> float:
    """Share that a passage leaves which enters at a second, by the rules of a plan."""
    passage = TimeSpan(earliest=to_datetime(enter_s), latest=to_datetime(enter_s + SLOW_S))
    ids = situation.network.segment_ids
    drive = Drive(segment=segment, is_forward=True, low_h=1.0, mid_h=1.5, high_h=2.0)
    credit = []
    for row, key in enumerate(situation.picture.patrols.segment_id):
        if key != ids[segment]:
            continue
        start = float(situation.picture.patrols.from_fraction[row])
        end = float(situation.picture.patrols.to_fraction[row])
        km = Span(low=start, high=end)
        leg = Leg(
            segment_id=key, is_forward=True, km=Span(low=0.0, high=1.0),
            enter=passage, leave=passage,
        )  # fmt: skip
        met = OnTheWay(row=row, leg=leg, fraction=km, km=km, passage=passage)
        credit += [
            (start, end, one.credit)
            for one in coverage(
                situation.picture.patrols, [met], as_of=AS_OF,
                accepts_mixed=situation.accepts_mixed, config=situation.config.patrol,
            )
        ]  # fmt: skip
    config = situation.config.hazard
    drives = (drive.with_credit(tuple(credit)),)
    whole = exposure_along(situation.hazard, drives, config=config)
    left = exposure_with_presence(situation.hazard, drives, whole, config=config)
    return left.mean / whole.mean if whole.mean else 1.0


@few
@given(st.lists(rows(), min_size=1, max_size=3), st.integers(0, len(STARTS_S) - 1))
def test_a_passage_never_finds_more_presence_than_its_slot_says(some: list[Row], slot: int) -> None:
    situation, shares = _situation(*some), _shares(*some)
    for segment in range(3):
        said = shares[segment][slot] / 100 if segment in shares else 1.0
        for enter_s in (STARTS_S[slot], STARTS_S[slot] + STEP_S - 1):
            assert said <= _share(situation, segment, float(enter_s)) + 1e-9


def test_presence_that_has_passed_counts_in_full_at_once_and_less_with_age() -> None:
    passed = AS_OF - timedelta(hours=1)
    [share] = _shares(Row(segment_id="A-B", start=passed, end=passed, passed=passed)).values()
    found = _share(
        _situation(Row(segment_id="A-B", start=passed, end=passed, passed=passed)), 0, STARTS_S[0]
    )
    assert share[0] / 100 == pytest.approx(found, abs=0.04)
    assert (np.diff(share) >= 0).all()
    assert share[-1] == 100 > share[0]


def test_an_offer_counts_from_the_slot_in_which_the_road_is_left_after_it() -> None:
    offer = Row(segment_id="B-C", start=MORNING, end=MORNING + timedelta(hours=3))
    [(segment, share)] = _shares(offer).items()
    first = int(np.flatnonzero(share < 100)[0])
    assert segment == 1
    gone_s = (MORNING + timedelta(hours=3)).timestamp()
    assert STARTS_S[first] + STEP_S + SLOW_S > gone_s >= STARTS_S[first] + SLOW_S


def test_roads_that_are_not_asked_about_have_none() -> None:
    passed = Row(segment_id="A-B", start=AS_OF, end=AS_OF, passed=AS_OF)
    assert shares_ahead(_situation(passed), {1: 60.0}, starts_s=STARTS_S, step_s=STEP_S) == {}
