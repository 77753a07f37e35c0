"""The slowest, largest and heaviest vehicle governs a convoy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import convoy

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import SURFACES, vehicles
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import convoy_of

ANY = st.lists(st.sampled_from(sorted(vehicles())), min_size=1, max_size=4)


def test_a_mixed_convoy_is_as_slow_as_its_slowest_and_as_heavy_as_its_heaviest() -> None:
    mixed = convoy("lv_4x4", "heavy_truck", "motorbike")
    assert (mixed.gross_t, mixed.capacity_t, mixed.rank, mixed.count) == (40, 40, 3, 3)
    assert mixed.kmh("paved", "dry") == 45  # the heavy truck's
    assert mixed.kmh("track", "wet") == 0  # it does not drive there
    assert convoy("lv_4x4", "motorbike").kmh("track", "wet") == 8  # the light vehicle's


@given(ANY, ANY)
def test_one_more_vehicle_never_makes_it_faster_or_lighter(
    some: list[str], more: list[str]
) -> None:
    small, large = convoy(*some), convoy(*some, *more)
    assert large.rank >= small.rank
    assert large.gross_t >= small.gross_t
    assert large.capacity_t >= small.capacity_t
    for surface in SURFACES:
        for season in ("dry", "wet"):
            assert large.kmh(surface, season) <= small.kmh(surface, season)
            assert large.doubt(season) >= small.doubt(season)


@given(ANY, st.sampled_from(["dry", "wet"]))
def test_no_surface_is_slower_than_an_unknown_one(names: list[str], season: str) -> None:
    speeds = [convoy(*names).kmh(surface, season) for surface in SURFACES]
    assert convoy(*names).kmh("unknown", season) == min(speeds)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([], "no vehicle"),
        ([VehicleCount(vehicle_id="lv_4x4", count=0)], "no vehicle"),
        ([VehicleCount(vehicle_id="bicycle", count=1)], "truck_6x6"),
        ([VehicleCount(vehicle_id="patrol_mixed", count=2)], "Unknown vehicle"),
    ],
)
def test_what_is_no_convoy(counts: list[VehicleCount], told: str) -> None:
    """A patrol is no humanitarian vehicle (L041)."""
    with pytest.raises(DataError, match=told):
        convoy_of(counts)
