"""Records to roads: mass one each, towns spread, coarse and far ones on no road (ALGORITHMS.md f, AO1)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from ascii_town import Road
from hypothesis import given, settings
from hypothesis import strategies as st
from records import Event, incidents
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.io import read_incidents
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk.attribution import attribute
from cmcoord_geo.risk.pieces import cut_into_pieces

REAL = Path(__file__).resolve().parents[3] / "shared/data/real/ucdp_ged/ucdp_ged_car_1991_2020.csv"
CONFIG = HazardConfig(piece_m=2000.0)
#: A town with four exits of 50 km each, and a road on from one of them.
CROSS = """
     N
     |
     |
     |
     |
W----B----E----F
     |
     |
     |
     |
     S
"""
NETWORK = town(CROSS, cell_m=10_000.0, ids={"B": "BBY"})
PIECES = cut_into_pieces(NETWORK, piece_m=CONFIG.piece_m)
#: Place of the town in degrees: row 6, column 5 of the drawing.
TOWN = (WEST + 5 * 10_000 / DEGREE_M, NORTH - 6 * 10_000 / DEGREE_M)


def spread(*events: Event):
    return attribute(incidents(events), PIECES, config=CONFIG)


def mass_by_segment(found, record: int = 0) -> dict[str, float]:
    masses: Counter[str] = Counter()
    rows = found.record == record
    for piece, weight in zip(found.piece[rows], found.weight[rows], strict=True):
        masses[NETWORK.segment_ids[PIECES.segment[piece]]] += float(weight)
    return dict(masses)


def near(east_m: float, north_m: float, **more) -> Event:
    """Event so many metres of the drawing east and north of the town."""
    return Event(lon=TOWN[0] + east_m / DEGREE_M, lat=TOWN[1] + north_m / DEGREE_M, **more)


EVENTS = st.builds(
    near,
    st.floats(-80_000, 120_000),
    st.floats(-80_000, 80_000),
    precision=st.integers(0, 7),
)


@settings(deadline=None)
@given(st.lists(EVENTS, max_size=6))
def test_each_record_has_the_mass_of_one_or_none(events: list[Event]) -> None:
    found = spread(*events)
    masses = np.bincount(found.record, weights=found.weight, minlength=len(events))
    on_road = [kind in {"place", "road"} for kind in found.kind]
    assert len(found.kind) == len(events)
    assert np.allclose(masses, on_road, rtol=0, atol=1e-12)
    assert (found.weight > 0).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(EVENTS, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(events: list[Event], random) -> None:
    order = random.sample(range(len(events)), len(events))
    straight, mixed = spread(*events), spread(*(events[i] for i in order))
    for place, i in enumerate(order):
        assert straight.kind[i] == mixed.kind[place]
        mine, other = straight.record == i, mixed.record == place
        assert np.array_equal(straight.piece[mine], mixed.piece[other])
        assert np.array_equal(straight.weight[mine], mixed.weight[other])


def test_a_record_on_a_town_lies_over_all_roads_there() -> None:
    """In or around the town: every exit alike, and none of them whole."""
    found = spread(near(0, 0))
    masses = mass_by_segment(found)
    assert found.kind == ("place",)
    assert masses.keys() == {"N-B", "W-B", "B-E", "B-S", "E-F"}
    assert masses["N-B"] == pytest.approx(masses["W-B"]) == pytest.approx(masses["B-S"])
    assert masses["B-E"] + masses["E-F"] == pytest.approx(masses["W-B"], rel=0.02)
    assert masses["E-F"] < masses["B-E"] < 0.3


def test_a_record_beside_the_town_is_the_town_s() -> None:
    assert spread(near(3000, 3000)).kind == ("place",)
    assert mass_by_segment(spread(near(3000, 3000))) == mass_by_segment(spread(near(0, 0)))


def test_a_junction_that_is_no_place_is_a_point_of_the_road() -> None:
    found = spread(near(50_000, 0))  # E, where two roads meet
    assert found.kind == ("road",)
    masses = mass_by_segment(found)
    assert masses["B-E"] == pytest.approx(0.5, abs=1e-3)
    assert masses["E-F"] == pytest.approx(0.5, abs=1e-3)


def test_an_exact_record_lies_near_its_point_of_the_road() -> None:
    found = spread(near(25_000, 2000))
    assert found.kind == ("road",)
    own = PIECES.segment[found.piece] == NETWORK.segment_ids.index("B-E")
    middle_m, weight = PIECES.middle[found.piece[own]] * 50_000, found.weight[own]
    assert weight.sum() > 0.99
    assert abs(middle_m[weight.argmax()] - 25_000) <= 2000
    assert weight[np.abs(middle_m - 25_000) < 10_000].sum() > 0.8
    # each half falls off with the distance; both differ by what comes back from what lies behind them
    for side in (middle_m < 25_000, middle_m > 25_000):
        order = np.argsort(np.abs(middle_m[side] - 25_000), kind="stable")
        assert (np.diff(weight[side][order]) <= 1e-12).all()


def test_a_less_exact_record_is_spread_wider() -> None:
    largest = [spread(near(25_000, 0, precision=p)).weight.max() for p in (1, 2, 3)]
    assert largest == sorted(largest, reverse=True)
    assert largest[0] > 3 * largest[1]


@pytest.mark.parametrize("precision", [0, 4, 5, 6, 7])
def test_a_coarse_record_that_names_no_prefecture_is_nowhere(precision: int) -> None:
    """AO1: where_prec of 4 and more says nothing about any road, not even on a town's point."""
    found = spread(near(0, 0, precision=precision, place="Northern Central African Republic"))
    assert found.kind == ("nowhere",)
    assert len(found.weight) == 0


@pytest.mark.parametrize("precision", [4, 5])
@pytest.mark.parametrize("lon", [20.676, 0.0, np.nan])
def test_a_coarse_record_lies_over_its_prefecture_by_length(precision: int, lon: float) -> None:
    """Never snapped: its point, wherever it was put, plays no part."""
    event = Event(lon=lon, lat=5.768, precision=precision, place="Ouaka province")
    network = bundled_network()
    pieces = cut_into_pieces(network, piece_m=10_000.0)
    found = attribute(incidents([event]), pieces, config=HazardConfig())
    assert found.kind == ("coarse",)
    there = np.flatnonzero([area == "Ouaka" for area in pieces.area])
    assert len(there) > 20
    assert np.array_equal(found.piece, there)
    assert found.weight == pytest.approx(pieces.length_m[there] / pieces.length_m[there].sum())
    assert found.weight.sum() == pytest.approx(1.0, abs=1e-12)
    assert not any(found.shares_on(int(i)).any() for i in np.unique(pieces.segment[there]))


@pytest.mark.parametrize("precision", [0, 6, 7])
def test_a_record_of_the_country_is_nowhere_even_with_a_prefecture(precision: int) -> None:
    found = spread(near(0, 0, precision=precision, place="Ouaka province"))
    assert found.kind == ("nowhere",)
    assert len(found.weight) == 0


def test_a_prefecture_without_a_road_holds_nothing() -> None:
    found = spread(near(0, 0, precision=4, place="Vakaga province"))
    assert found.kind == ("nowhere",)


def test_a_record_without_position_is_on_no_road() -> None:
    assert spread(Event(lon=np.nan, lat=np.nan)).kind == ("nowhere",)


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENTS, max_size=6))
def test_all_together_are_the_sum_of_each(events: list[Event]) -> None:
    found = spread(*events)
    counts = np.arange(1.0, len(events) + 1)
    each = np.bincount(
        found.piece, weights=found.weight * counts[found.record], minlength=len(PIECES)
    )
    assert np.abs(found.mass(counts) - each).max() < 1e-6
    whole = np.bincount(PIECES.segment, weights=found.mass(counts), minlength=len(NETWORK))
    shares = np.array([found.shares_on(i) @ counts for i in range(len(NETWORK))])
    assert np.abs(shares - found.on_segments(counts)).max() < 1e-9
    assert np.abs(whole - shares).max() < 1e-9


@pytest.mark.parametrize(("away_m", "kind"), [(19_000, "road"), (21_000, "far")])
def test_a_far_record_is_on_no_road(away_m: float, kind: str) -> None:
    found = spread(near(75_000, away_m))
    assert found.kind == (kind,)
    assert bool(len(found.weight)) is (kind == "road")


def test_pieces_longer_than_the_reach_still_hold_the_mass() -> None:
    network = town("A---------B", cell_m=100_000.0)
    pieces = cut_into_pieces(network, piece_m=1e6)
    lon = float(network.lon[0]) + 0.5
    found = attribute(incidents([Event(lon=lon, lat=float(network.lat[0]))]), pieces, config=CONFIG)
    assert found.weight.tolist() == [1.0]


def test_parallel_roads_share_a_town_s_record() -> None:
    network = town("B---E", cell_m=10_000.0, ids={"B": "BBY"}, more=[Road("B", "E", 40_000.0)])
    pieces = cut_into_pieces(network, piece_m=2000.0)
    town_event = Event(lon=float(network.lon[0]), lat=float(network.lat[0]))
    found = attribute(incidents([town_event]), pieces, config=CONFIG)
    masses = np.bincount(pieces.segment[found.piece], weights=found.weight)
    assert masses.tolist() == pytest.approx([0.5, 0.5])


@pytest.fixture(scope="module")
def ucdp():
    if not REAL.is_file():
        pytest.skip("the UCDP file is not beside the repository")
    return read_incidents(REAL).content


def test_two_hundred_records_on_one_point_do_not_set_every_exit_alight(ucdp) -> None:
    """209 of 1,576 UCDP records lie on one point in Bangui: together they weigh 209, not 209 an exit."""
    config, network = HazardConfig(), bundled_network()
    pieces = cut_into_pieces(network, piece_m=config.piece_m)
    found = attribute(ucdp, pieces, config=config)
    ((lon, lat), _), *_ = Counter(zip(ucdp.lon, ucdp.lat, strict=True)).most_common(1)
    here = np.flatnonzero((ucdp.lon == lon) & (ucdp.lat == lat) & (ucdp.precision <= 3))
    assert len(here) >= 200
    assert {found.kind[i] for i in here} == {"place"}
    is_here = np.isin(found.record, here)
    mass = np.bincount(pieces.segment[found.piece[is_here]], weights=found.weight[is_here])
    bangui = network.node_index["BGF"]
    exits = np.flatnonzero((network.start == bangui) | (network.end == bangui))
    assert len(exits) >= 3
    assert mass.sum() == pytest.approx(len(here))
    assert (mass[exits] > 0).all()
    assert (mass[exits] < 0.6 * len(here)).all()
    assert mass[exits].sum() < len(here)


def test_no_real_record_is_lost(ucdp) -> None:
    config = HazardConfig()
    pieces = cut_into_pieces(bundled_network(), piece_m=config.piece_m)
    found = attribute(ucdp, pieces, config=config)
    kinds = Counter(found.kind)
    assert kinds.keys() <= {"place", "road", "far", "coarse", "nowhere"}
    assert sum(kinds.values()) == len(ucdp)
    assert found.weight.sum() == pytest.approx(kinds["place"] + kinds["road"] + kinds["coarse"])
    assert kinds["coarse"] + kinds["nowhere"] == int((ucdp.precision >= 4).sum())
    assert kinds["coarse"] == 30  # the provinces: where_prec 4; roads and the country name none
