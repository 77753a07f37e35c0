"""Defaults by season."""

from __future__ import annotations

import pytest

from cmcoord_geo.facts import SURFACES, rows, vehicles
from cmcoord_geo.network.osm import season_defaults
from cmcoord_geo.network.osm.defaults import unread_season


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


@pytest.mark.parametrize("season", ["wet_season", "spring", "when_the_chief_says"])
def test_a_season_that_people_write_in_both_senses_leaves_the_dry_one_unknown(season: str) -> None:
    found = of("laterite", highway="trunk", seasonal=season)
    assert found == ("unknown", "closed", "heavy_truck", "motorbike")
    is_read = season != "when_the_chief_says"
    assert list(unread_season({"seasonal": season})) == ([] if is_read else [f"seasonal={season}"])


def test_a_condition_of_the_rains_closes_to_those_it_speaks_of() -> None:
    for tags, expected in (
        ({"motor_vehicle:conditional": "no @ (wet)"}, ("closed", "motorbike")),
        ({"hgv:conditional": "no @ (Jul-Sep)"}, ("restricted", "lv_4x4")),
        ({"hgv_articulated:conditional": "no @ wet"}, ("restricted", "truck_6x6")),
        ({"hgv:conditional": "no @ (Sa-Su)"}, ("open", "heavy_truck")),
    ):
        found = season_defaults({"highway": "trunk", **tags}, "paved")
        assert (found.status_wet, found.max_vehicle_wet) == expected
        assert (found.status_dry, found.max_vehicle_dry) == ("open", "tanker")


def test_of_a_ferry_nothing_is_known_by_season() -> None:
    plain = season_defaults({"route": "ferry"}, "unknown")
    assert season_defaults({"route": "ferry", "seasonal": "wet_season"}, "unknown") == plain
    assert plain.status_wet == "unknown"
