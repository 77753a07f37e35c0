"""Defaults by season."""

from __future__ import annotations

import pytest

from cmcoord_geo.facts import SURFACES, rows, vehicles
from cmcoord_geo.network.osm import season_defaults


def of(surface: str, **tags: str) -> tuple[str, str, str, str]:
    found = season_defaults(tags, surface)
    return found.status_dry, found.status_wet, found.max_vehicle_dry, found.max_vehicle_wet


def test_a_known_surface_is_as_on_the_bundled_links() -> None:
    """The prior of a surface is one that the researched links of that surface have."""
    bundled = {
        tuple(row[c] for c in ("surface", "status_default_dry", "status_default_wet"))
        for row in rows("roads.csv")
    }
    for surface in SURFACES:
        assert (surface, *of(surface, highway="primary")[:2]) in bundled


def test_an_unknown_surface_has_no_state() -> None:
    assert of("unknown", highway="primary")[:2] == ("unknown", "unknown")


def test_a_track_is_open_and_slow_unless_it_is_seasonal() -> None:
    assert of("track", highway="track") == ("restricted", "restricted", "truck_6x6", "lv_4x4")
    assert of("track", highway="track", seasonal="yes")[1::2] == ("closed", "motorbike")


def test_a_ford_is_restricted_in_the_rains_and_a_bridge_is_none() -> None:
    assert of("paved", highway="primary", ford="yes")[1] == "restricted"
    assert of("paved", highway="primary", ford="yes", bridge="yes")[1] == "open"


def test_the_wet_season_never_lets_more_through() -> None:
    rank = {name: vehicle.rank for name, vehicle in vehicles().items()}
    for row in rows("osm_season.csv"):
        assert rank[row["max_vehicle_wet"]] <= rank[row["max_vehicle_dry"]]


@pytest.mark.parametrize("surface", [*SURFACES, "unknown"])
def test_every_surface_has_a_row(surface: str) -> None:
    assert of(surface, highway="unheard_of")[2] in vehicles()
