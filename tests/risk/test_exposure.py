"""Exposure along a route: rate times hours, patrol credit where it may count, the worst segment."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import DRY, Event, incidents, source

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.facts import incident_classes, places
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk import (
    Drive,
    Hazard,
    exposure_along,
    exposure_by_class,
    exposure_class,
    exposure_unpatrolled,
    exposure_with_presence,
    hazard,
    profile_along,
    recorded_exposure,
    search_costs,
    search_shares,
    worst_segment,
)

NETWORK = bundled_network()
CONFIG = HazardConfig()
#: Bangui, Damara, Sibut, Grimari, Bambari.
WAY = tuple(NETWORK.segment_index[key] for key in ("L040", "L041", "L042", "L043"))
CREDITED = ("ambush", "robbery", "checkpoint")
UNCREDITED = ("abduction", "attack", "clash")


def danger(*classes: str, places_hit=("BBY", "BBY", "SBT"), areas: tuple[str, ...] = ()) -> Hazard:
    events = [
        Event(lon=places()[key].lon, lat=places()[key].lat, class_id=name, age_days=5)
        for key in places_hit
        for name in classes
    ]
    told = incidents(events, source(*classes, areas=areas))
    return hazard(NETWORK, told, at=DRY, as_of=DRY, config=CONFIG)


def drives(*, hours: float = 3.0, credit=(), is_forward: bool = True) -> tuple[Drive, ...]:
    way = WAY if is_forward else WAY[::-1]
    return tuple(
        Drive(
            segment=segment, is_forward=is_forward, credit=credit,
            low_h=hours * 0.8, mid_h=hours, high_h=hours * 1.5,
        )
        for segment in way
    )  # fmt: skip


def along(found: Hazard, way, *, is_credited: bool = False):
    whole = exposure_along(found, way, config=CONFIG)
    return exposure_with_presence(found, way, whole, config=CONFIG) if is_credited else whole


ALL = danger(*CREDITED, *UNCREDITED)


def test_it_is_rate_times_hours() -> None:
    found = along(ALL, drives(hours=2.0))
    want = sum(ALL.segment_mean(segment) * 2.0 for segment in WAY)
    assert found.mean == pytest.approx(want)
    assert found.exposure_class == exposure_class(want / 8.0, CONFIG.class_limits)
    assert found.informed_share == 1.0


@given(st.floats(0.1, 20))
def test_twice_the_hours_twice_the_exposure_and_the_same_class(hours: float) -> None:
    once, twice = along(ALL, drives(hours=hours)), along(ALL, drives(hours=2 * hours))
    for name in ("low", "mean", "high"):
        assert getattr(twice, name) == pytest.approx(2 * getattr(once, name))
    assert twice.exposure_class == once.exposure_class
    assert once.low < once.mean < once.high


def test_the_band_widens_with_the_paces() -> None:
    narrow = tuple(replace(drive, low_h=3.0, high_h=3.0) for drive in drives())
    wide = along(ALL, drives())
    assert wide.low == pytest.approx(0.8 * along(ALL, narrow).low)
    assert wide.high == pytest.approx(1.5 * along(ALL, narrow).high)


def test_no_information_is_a_class_of_its_own() -> None:
    nothing = hazard(NETWORK, incidents([]), at=DRY, as_of=DRY, config=CONFIG)
    found = along(nothing, drives())
    assert (found.exposure_class, found.informed_share) == (0, 0.0)
    assert {
        stretch.exposure_class for stretch in profile_along(nothing, drives(), config=CONFIG)
    } == {0}
    assert worst_segment(nothing, drives(), config=CONFIG) == (None, 0)


def test_only_the_informed_part_is_summed_and_its_share_is_told() -> None:
    part = danger(*CREDITED, areas=("Ouaka",))
    found = along(part, drives())
    assert 0 < found.informed_share < 1
    informed = sum(
        part.pieces.length_m[i]
        for segment in WAY
        for i in range(*part.pieces.first[segment : segment + 2])
        if part.is_informed[i]
    )
    assert found.informed_share == pytest.approx(informed / NETWORK.length_m[list(WAY)].sum())
    levels = [stretch.exposure_class for stretch in profile_along(part, drives(), config=CONFIG)]
    assert 0 in levels
    assert max(levels) > 0


# --- patrol credit ------------------------------------------------------------------------------

WHOLE = ((0.0, 1.0, 0.7),)


def test_credit_counts_on_ambush_robbery_and_checkpoints() -> None:
    """H11: those three and no other."""
    assert {n for n, entry in incident_classes().items() if entry.has_patrol_credit} == set(
        CREDITED
    )
    only = danger(*CREDITED)
    plain, patrolled = (along(only, drives(credit=WHOLE), is_credited=on) for on in (False, True))
    assert patrolled.mean == pytest.approx(0.7 * plain.mean)


def test_credit_never_touches_other_classes() -> None:
    """H11: abduction, attack, clash as before; explosive ordnance is no part of the figure at all."""
    found = danger(*UNCREDITED, "ordnance")
    way = drives(credit=WHOLE)
    assert along(found, way, is_credited=True) == along(found, way)
    mixed, of_class = along(ALL, way, is_credited=True), exposure_by_class(ALL, way)
    want = sum(of_class[name] * (0.7 if name in CREDITED else 1.0) for name in of_class)
    assert mixed.mean == pytest.approx(want)


def test_ucdp_earns_no_credit() -> None:
    """Fatal events only: a patrol's effect cannot be computed from them."""
    fatal, way = danger("attack", "clash"), drives(credit=WHOLE)
    assert along(fatal, way, is_credited=True) == along(fatal, way)


SPANS = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.7, 1)).map(
    lambda span: (min(span[:2]), max(span[:2]), span[2])
)


@settings(max_examples=50)
@given(st.lists(SPANS, max_size=3), SPANS)
def test_credit_lowers_at_most_to_its_floor_and_more_of_it_never_raises(spans, span) -> None:
    plain = along(ALL, drives())
    some = along(ALL, drives(credit=tuple(spans)), is_credited=True)
    more = along(ALL, drives(credit=(*spans, span)), is_credited=True)
    assert 0.7 * plain.mean <= more.mean * (1 + 1e-12)
    for bound in ("low", "mean", "high"):
        with_more, with_some, alone = (getattr(one, bound) for one in (more, some, plain))
        assert with_more <= with_some * (1 + 1e-12) <= alone * (1 + 1e-9)


@settings(max_examples=30)
@given(st.lists(SPANS, max_size=3), SPANS)
def test_unpatrolled_exposure_is_a_part_that_more_presence_never_raises(spans, span) -> None:
    def left(*credit):
        way = drives(credit=credit)
        return exposure_unpatrolled(ALL, way, along(ALL, way), config=CONFIG)

    plain = along(ALL, drives())
    assert left(*spans, span).mean <= left(*spans).mean * (1 + 1e-12) <= plain.mean * (1 + 1e-9)


def test_unpatrolled_exposure_counts_a_stretch_with_two_patrols_once() -> None:
    once, twice = (
        exposure_unpatrolled(ALL, way, along(ALL, way), config=CONFIG)
        for way in (
            drives(credit=((0.0, 0.6, 0.7),)),
            drives(credit=((0.0, 0.6, 0.8), (0.2, 0.6, 0.7))),
        )
    )
    assert once.mean == pytest.approx(twice.mean)
    assert 0 < once.mean < along(ALL, drives()).mean
    way = drives(credit=((0.0, 1.0, 0.7),))
    assert exposure_unpatrolled(ALL, way, along(ALL, way), config=CONFIG).mean == 0
    way = drives(credit=((0.0, 1.0, 1.0),))
    assert exposure_unpatrolled(ALL, way, along(ALL, way), config=CONFIG) == along(ALL, way)


# --- along the way ------------------------------------------------------------------------------


@pytest.mark.parametrize("is_forward", [True, False])
def test_the_profile_covers_the_route_without_gap(*, is_forward: bool) -> None:
    profile = profile_along(ALL, drives(is_forward=is_forward), config=CONFIG)
    assert profile[0].km.low == 0
    assert profile[-1].km.high == pytest.approx(NETWORK.length_m[list(WAY)].sum() / 1000)
    for one, next_one in pairwise(profile):
        assert one.km.high == next_one.km.low
        assert (one.exposure_class, one.segment_id) != (
            next_one.exposure_class,
            next_one.segment_id,
        )


def test_the_way_back_has_the_profile_backwards() -> None:
    forth, back = (profile_along(ALL, drives(is_forward=f), config=CONFIG) for f in (True, False))
    total = forth[-1].km.high
    assert [s.exposure_class for s in forth] == [s.exposure_class for s in back][::-1]
    assert [s.km.low for s in forth] == pytest.approx([total - s.km.high for s in back][::-1])


def test_the_worst_segment_is_named_not_averaged_away() -> None:
    """H23: the segment with the highest mean rate."""
    worst, level = worst_segment(ALL, drives(), config=CONFIG)
    rates = {segment: ALL.segment_mean(segment) for segment in WAY}
    assert worst == max(rates, key=rates.__getitem__)
    assert level == exposure_class(rates[worst], CONFIG.class_limits)
    assert level >= along(ALL, drives()).exposure_class


def test_by_class_adds_up_and_a_class_without_source_has_no_figure() -> None:
    of_class = exposure_by_class(ALL, drives())
    assert sum(of_class.values()) == pytest.approx(along(ALL, drives()).mean)
    assert exposure_by_class(danger("robbery"), drives()).keys() == {"robbery"}
    elsewhere = danger("robbery", areas=("Mbomou",))
    assert np.isnan(exposure_by_class(elsewhere, drives())["robbery"])


# --- search -------------------------------------------------------------------------------------

SECONDS = np.full(len(NETWORK), 7200.0)


def test_search_costs_are_millionths_of_the_index() -> None:
    costs = search_costs(ALL, SECONDS, config=CONFIG)
    assert costs.dtype == np.int64
    rates = [ALL.segment_mean(i) for i in range(len(NETWORK))]
    assert costs.tolist() == pytest.approx([rate * 2e6 for rate in rates], abs=1)


def test_shares_of_the_search_are_those_of_a_drive() -> None:
    """Two stretches, the second worth less later; what no source covers gets no credit."""
    stretches, credit = np.array([[0.0, 0.4], [0.3, 1.0]]), np.array([[0.7, 0.7], [0.7, 0.9]])
    segment = WAY[0]
    [shares] = search_shares(ALL, {segment: (stretches, credit)}, config=CONFIG).values()
    for moment, share in enumerate(shares.tolist()):
        rows = tuple(
            (*ends, float(factor[moment]))
            for ends, factor in zip(stretches.tolist(), credit, strict=True)
        )
        way = drives(credit=rows)[:1]
        assert share == pytest.approx(along(ALL, way, is_credited=True).mean / along(ALL, way).mean)
    assert shares[0] < shares[1] < 1
    silent = danger(*CREDITED, areas=("Vakaga",))
    [whole] = search_shares(silent, {segment: (stretches, credit)}, config=CONFIG).values()
    assert whole.tolist() == [1.0, 1.0]


def test_a_closed_road_costs_nothing_for_it_is_never_searched() -> None:
    seconds = SECONDS.copy()
    seconds[3] = np.inf
    costs = search_costs(ALL, seconds, config=CONFIG)
    assert costs[3] == 0
    assert (np.delete(costs, 3) > 0).all()


def test_an_unknown_road_is_never_cheaper_than_the_average_known_one() -> None:
    """Unknown is not low (H3): per hour it costs the mean of what is known, and at least the prior."""
    part = danger(*CREDITED, areas=("Ouaka",))
    costs = search_costs(part, SECONDS, config=CONFIG)
    known = part.is_informed
    average = np.average(part.mean[known], weights=part.pieces.length_m[known])
    unknown = [i for i in range(len(NETWORK)) if np.isnan(part.segment_mean(i))]
    assert unknown
    assert costs[unknown].min() >= int(max(average, CONFIG.prior_rate) * 2e6) - 1


def test_where_nothing_is_known_the_prior_stands_in() -> None:
    nothing = hazard(NETWORK, incidents([]), at=DRY, as_of=DRY, config=CONFIG)
    costs = search_costs(nothing, SECONDS, config=CONFIG)
    assert set(costs.tolist()) == {round(CONFIG.prior_rate * 2e6)}


def test_recorded_exposure_is_that_of_the_route_and_nothing_where_nothing_is_known() -> None:
    here = danger("ambush", areas=("Kémo",))
    value, known = recorded_exposure(here, SECONDS)
    told = along(here, drives(hours=2.0))
    assert 0.0 < told.informed_share < 1.0
    assert value[list(WAY)].sum() == pytest.approx(told.mean)
    length_m = np.array([here.pieces.length_m[here.pieces.segment == s].sum() for s in WAY])
    assert known[list(WAY)] @ length_m / length_m.sum() == pytest.approx(told.informed_share)
    assert not value[known == 0.0].any()
    assert (known == 0.0).any()
    shut = np.where(np.arange(len(NETWORK)) == WAY[2], np.inf, SECONDS)
    assert recorded_exposure(here, shut)[0][WAY[2]] == 0.0
