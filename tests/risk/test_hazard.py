"""Hazard: what records and coverage say of each piece of road, and where nothing is said."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import DRY, Event, incidents, source
from towns import town

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.facts import incident_classes, places
from cmcoord_geo.io import read_incidents
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.picture import Incidents
from cmcoord_geo.risk import Hazard, exposure_class, hazard
from cmcoord_geo.risk.hazard import gamma_bounds
from cmcoord_geo.units import BANGUI

REAL = Path(__file__).resolve().parents[3] / "shared/data/real/ucdp_ged/ucdp_ged_car_1991_2020.csv"
NETWORK = bundled_network()
CONFIG = HazardConfig()
EVERY = slice(None)
LOG = source("robbery", "ambush", "abduction", "ordnance")


def _split() -> tuple[RoadNetwork, RoadNetwork]:
    """A road whole and with a junction at a third of it, then a road that goes on."""
    cell_m, whole_m = 1_110.0, 99 * 1_110.0
    dashes = "-" * 98
    cut = f"A{dashes[:32]}B{dashes[33:]}C{dashes}D"
    whole = f"A{dashes}C{dashes}D"
    networks = town(whole, cell_m=cell_m), town(cut, cell_m=cell_m)
    assert float(networks[0].length_m[0]) == pytest.approx(whole_m)
    assert float(networks[1].length_m[:2].sum()) == pytest.approx(whole_m)
    return networks


_SPLIT = _split()


def asked(events=(), *sources, at=DRY, as_of=DRY, config=CONFIG) -> Hazard:
    told = incidents(list(events), *sources)
    return hazard(NETWORK, told, at=at, as_of=as_of, config=config)


def at(place_id: str, **more) -> Event:
    place = places()[place_id]
    return Event(lon=place.lon, lat=place.lat, **more)


def segment(segment_id: str) -> int:
    return NETWORK.segment_index[segment_id]


def on(found: Hazard, segment_id: str) -> slice:
    i = segment(segment_id)
    return slice(*found.pieces.first[i : i + 2])


# --- no information -----------------------------------------------------------------------------


def test_without_a_source_nothing_is_known_and_nothing_is_zero() -> None:
    found = asked()
    assert found.classes == ()
    assert not found.is_informed.any()
    for column in (*found.bounds(EVERY), found.mean, found.deviation):
        assert np.isnan(column).all()
    assert np.isnan(found.segment_mean(0))
    assert not found.has_ordnance_source


def test_records_without_a_source_that_covers_them_are_no_information() -> None:
    found = asked([at("BBY")])
    assert not found.is_informed.any()
    assert found.records[segment("L043")] == (0,)  # the record itself is still there to be read


def test_a_source_that_ended_says_nothing_recent() -> None:
    """Issue 2: data that end in 2020 say nothing recent about 2027."""
    later = DRY + timedelta(days=366)
    found = asked([at("BBY")], LOG, at=later, as_of=later)
    assert np.isnan(found.mean).all()
    assert found.last_informed == DRY


def test_an_area_that_no_source_reaches_has_no_information() -> None:
    found = asked([at("BBY"), at("BGU")], replace(LOG, areas=("Ouaka",)))
    is_ouaka = np.array([area == "Ouaka" for area in found.pieces.area])
    assert is_ouaka.any()
    assert np.array_equal(found.is_informed, is_ouaka)
    assert np.array_equal(np.isfinite(found.mean), is_ouaka)
    assert np.isnan(found.by_class[:, ~is_ouaka]).all()


def test_a_class_that_no_source_covers_here_has_no_figure_here() -> None:
    found = asked((), source("robbery"), source("ambush", areas=("Ouaka",)))
    ambush = found.by_class[found.classes.index("ambush")]
    assert np.isfinite(found.mean).all()
    assert np.array_equal(np.isfinite(ambush), [area == "Ouaka" for area in found.pieces.area])


def test_quiet_under_coverage_is_low_and_still_no_zero() -> None:
    found = asked((), LOG)
    assert found.is_informed.all()
    assert (found.bounds(EVERY)[0] >= 0).all()
    assert (found.mean > 0).all()
    longer = asked((), source("robbery", "ambush", "abduction", days=3600))
    assert (longer.mean < found.mean).all()
    assert (longer.bounds(EVERY)[1] < found.bounds(EVERY)[1]).all()


# --- classes ------------------------------------------------------------------------------------


def test_ucdp_says_nothing_of_robbery_checkpoints_and_ambush() -> None:
    """Fatal events only: no credit can be computed from them."""
    found = asked([at("BBY", class_id="clash")], source("attack", "clash"))
    assert found.classes == ("attack", "clash")
    assert not any(incident_classes()[name].has_patrol_credit for name in found.classes)


def test_classes_stay_apart() -> None:
    quiet, robbed = asked((), LOG), asked([at("BBY")], LOG)
    assert robbed.classes == ("ambush", "robbery", "abduction")
    for name in ("ambush", "abduction"):
        row = robbed.classes.index(name)
        assert np.array_equal(quiet.by_class[row], robbed.by_class[row])
    robbery = robbed.classes.index("robbery")
    assert (robbed.by_class[robbery] > quiet.by_class[robbery]).any()
    assert np.allclose(robbed.mean, robbed.by_class.sum(axis=0))


@pytest.mark.parametrize("class_id", ["ordnance", "looting", "threat", "accident", "context"])
def test_what_is_not_on_the_road_is_no_part_of_exposure(class_id: str) -> None:
    """H11: explosive ordnance is its own layer."""
    quiet = asked((), LOG, source(class_id))
    told = asked([at("BBY", class_id=class_id)], LOG, source(class_id))
    assert np.array_equal(quiet.mean, told.mean)


def test_ordnance_never_fades_and_is_listed_apart() -> None:
    old = at("BBY", class_id="ordnance", age_days=30 * 365)
    found = asked([old, at("BBY")], LOG)
    assert found.has_ordnance_source
    assert found.ordnance[segment("L043")] == (0,)
    assert found.records[segment("L043")] == (1,)
    assert not asked([old], source("robbery")).has_ordnance_source


# --- laws ---------------------------------------------------------------------------------------

EVENTS = st.builds(
    Event,
    lon=st.floats(16, 26),
    lat=st.floats(4, 9),
    class_id=st.sampled_from(["robbery", "ambush", "abduction"]),
    age_days=st.integers(-20, 2000),
    precision=st.integers(1, 5),
) | st.builds(at, st.sampled_from(["BBY", "BGF", "SBT", "OBO"]), age_days=st.integers(0, 500))


@settings(max_examples=30, deadline=None)
@given(st.lists(EVENTS, max_size=8), EVENTS)
def test_one_more_incident_lowers_no_mean_anywhere(events: list[Event], event: Event) -> None:
    """
    The law holds for each class on every piece, not only where the record lies.

    A record adds to the mass of its pieces and to the mean of the area, which is the prior of all.
    """
    before, after = asked(events, LOG), asked([*events, event], LOG)
    assert (after.by_class >= before.by_class * (1 - 1e-12)).all()
    assert (after.mean >= before.mean * (1 - 1e-12)).all()
    assert (after.bounds(EVERY)[1] >= before.bounds(EVERY)[1] * (1 - 1e-9)).all()


@settings(max_examples=20, deadline=None)
@given(st.lists(EVENTS, max_size=12), st.sampled_from([0.02, 0.5, 5.0]))
def test_bounds_hold_the_mean(events: list[Event], prior_records: float) -> None:
    found = asked(events, LOG, config=replace(CONFIG, prior_records=prior_records))
    low, high = found.bounds(EVERY)
    assert (low >= 0).all()
    assert (low <= found.mean).all()
    assert (found.mean <= high).all()


@settings(max_examples=10, deadline=None)
@given(st.lists(EVENTS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(events: list[Event], random) -> None:
    mixed = asked(random.sample(events, len(events)), LOG)
    assert np.allclose(asked(events, LOG).mean, mixed.mean, rtol=1e-12)


def test_an_older_record_weighs_less_on_its_road() -> None:
    means = [
        asked([at("BBY", age_days=days)], LOG).segment_mean(segment("L043"))
        for days in (1, 60, 120, 350)
    ]
    assert means == sorted(means, reverse=True)
    assert means[0] > 2 * means[3]


def test_a_record_after_the_cut_off_is_not_used() -> None:
    quiet, told = asked((), LOG), asked([at("BBY", age_days=-1)], LOG)
    assert np.array_equal(quiet.mean, told.mean)
    assert told.records[segment("L043")] == ()


def test_records_tell_roads_apart() -> None:
    found = asked([at("BBY", age_days=days) for days in range(1, 40, 4)], LOG)
    there, elsewhere = found.segment_mean(segment("L043")), found.segment_mean(segment("L053"))
    assert there > 5 * elsewhere


def test_records_behind_a_figure_are_newest_first() -> None:
    found = asked([at("BBY", age_days=30), at("BBY", age_days=2), at("OBO")], LOG)
    assert found.records[segment("L043")] == (1, 0)
    assert found.records[segment("L053")] == (2,)
    assert found.kinds == ("place",) * 3


@pytest.mark.parametrize("meridian", [18.0, 24.0])
@given(lat=st.floats(4.6, 7.5), precision=st.sampled_from([1, 2, 3]))
@settings(max_examples=12)
def test_a_border_of_projection_zones_changes_nothing(
    meridian: float, lat: float, precision: int
) -> None:
    """One centimetre west and one east of where UTM changes its zone: the same exposure everywhere."""
    west, east = (
        asked([Event(lon=meridian + side * 1e-7, lat=lat, precision=precision)], LOG).mean
        for side in (-1, 1)
    )
    known = np.isfinite(west)
    assert known.any()
    assert west[known] == pytest.approx(east[known], rel=1e-4)


def test_splitting_a_segment_changes_no_exposure() -> None:
    """A junction more in the middle of a road: each route over it has the exposure it had."""
    first, second = _SPLIT
    events = [
        Event(lon=20.2, lat=7.001),
        Event(lon=20.9, lat=7.0, precision=2),
        Event(lon=20.5, lat=7.1),
    ]
    told = incidents(events, source("robbery"))
    over = []
    for network in (first, second):
        found = hazard(network, told, at=DRY, as_of=DRY, config=CONFIG)
        assert found.is_informed.all()
        over.append(
            [
                sum(
                    found.segment_mean(i) * network.length_m[i]
                    for i in range(len(network))
                    if network.segment_ids[i] in way
                )
                for way in ({"A-B", "B-C", "A-C"}, {"C-D"})
            ]
        )
    assert over[0] == pytest.approx(over[1], rel=1e-9)


# --- small parts --------------------------------------------------------------------------------


def test_bounds_are_those_of_a_gamma() -> None:
    """Exponential with mean 2: quantiles -2 ln(0.95) and -2 ln(0.05)."""
    low, high = gamma_bounds([2.0, np.nan], [2.0, np.nan])
    assert low[0] == pytest.approx(-2 * np.log(0.95))
    assert high[0] == pytest.approx(-2 * np.log(0.05))
    assert np.isnan([low[1], high[1]]).all()


@pytest.mark.parametrize(
    ("rate", "level"),
    [(0.0, 1), (0.1, 1), (0.11, 2), (0.3, 2), (0.5, 3), (0.81, 4), (np.nan, 0), (np.inf, 0)],
)
def test_classes_of_exposure(rate: float, level: int) -> None:
    assert exposure_class(rate, (0.1, 0.3, 0.8)) == level


# --- real data, figures -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ucdp() -> Incidents:
    if not REAL.is_file():
        pytest.skip("the UCDP file is not beside the repository")
    return read_incidents(REAL).content


def test_ucdp_speaks_of_2021_and_not_of_2027(ucdp: Incidents) -> None:
    def of(year: int) -> Hazard:
        moment = datetime(year, 1, 15, tzinfo=BANGUI)
        return hazard(NETWORK, ucdp, at=moment, as_of=moment, config=CONFIG)

    assert of(2021).is_informed.all()
    assert of(2021).classes == ("attack", "clash")
    assert not of(2027).is_informed.any()
    assert of(2027).last_informed is not None
    assert not of(2021).has_ordnance_source


def test_bangui_does_not_set_every_exit_alight(ucdp: Incidents) -> None:
    """209 records on one point: the exits of Bangui do not all stand in the highest class."""
    moment = datetime(2021, 1, 15, tzinfo=BANGUI)
    found = hazard(NETWORK, ucdp, at=moment, as_of=moment, config=CONFIG)
    bangui = NETWORK.node_index["BGF"]
    exits = np.flatnonzero((NETWORK.start == bangui) | (NETWORK.end == bangui))
    levels = [exposure_class(found.segment_mean(int(i)), CONFIG.class_limits) for i in exits]
    assert max(levels) < 4


def test_real_records_take_less_than_four_tenths_of_a_second(ucdp: Incidents) -> None:
    moment = datetime(2021, 1, 15, tzinfo=BANGUI)
    hazard(NETWORK, Incidents.empty(), at=moment, as_of=moment, config=CONFIG)
    gamma_bounds([1.0], [1.0])  # scipy is loaded
    spans = []
    for _ in range(3):
        fresh = ucdp.joined(Incidents.empty())  # another object: nothing is remembered of it
        start = time.process_time()
        hazard(NETWORK, fresh, at=moment, as_of=moment, config=CONFIG)
        spans.append(time.process_time() - start)
    assert min(spans) < 0.4


def test_a_week_s_records_take_less_than_sixty_milliseconds() -> None:
    events = [at(place_id, age_days=i % 60) for i, place_id in enumerate([*places()] * 2)]
    told = incidents(events, LOG)
    spans = []
    for _ in range(3):
        start = time.process_time()
        hazard(NETWORK, told, at=DRY, as_of=DRY, config=CONFIG)
        spans.append(time.process_time() - start)
    assert min(spans) < 0.06


# --- the same event from two sources -------------------------------------------------------------


def test_a_linked_pair_weighs_as_one_event_and_shows_as_one_record() -> None:
    first, second = at("BBY", class_id="robbery"), at("BBY", class_id="robbery")
    one = asked([first], LOG)
    table = incidents([first, second], LOG)
    pair = replace(table, source_id=("log", "acled"), duplicate_of=("", "log/E0"))
    both = hazard(NETWORK, pair, at=DRY, as_of=DRY, config=CONFIG)
    np.testing.assert_array_equal(both.mean, one.mean)
    assert tuple(both.records) == tuple(one.records)
    twice = hazard(NETWORK, table, at=DRY, as_of=DRY, config=CONFIG)
    assert np.nanmax(twice.mean - one.mean) > 0


def test_before_the_counting_row_is_known_the_other_counts() -> None:
    late = at("BBY", class_id="robbery", age_days=1)
    early = at("BBY", class_id="robbery", age_days=2)
    table = incidents([late, early], LOG)
    pair = replace(table, source_id=("log", "acled"), duplicate_of=("", "log/E0"))
    cut = DRY - timedelta(days=1, hours=12)
    found = hazard(NETWORK, pair, at=DRY, as_of=cut, config=CONFIG)
    assert {row for rows in found.records for row in rows} == {1}
