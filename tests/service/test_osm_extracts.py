"""Malta, Andorra and North Bayreuth build, route and draw."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from shared_data import shared

from cmcoord_geo.config import Config
from cmcoord_geo.model import MovementPlan, VehicleCount
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.service import (
    Question,
    ask,
    build_network_file,
    release_product,
    write_products,
)
from cmcoord_geo.sharing import Audience
from cmcoord_geo.units import BANGUI

DEPART = datetime(2026, 12, 1, 8, tzinfo=BANGUI)
TRIPS = {
    "osm/malta-latest.osm.pbf": ("35.8989,14.5146", "35.95,14.41"),
    "osm/andorra.osm.pbf": ("Sant Julià de Lòria", "Soldeu"),
    "osm/north-bayreuth.osm.gz": ("Neudrossenfeld", "Ramsenthal"),
}
#: Promise of MAPS.md for one page.
MOST_FEATURES, MOST_BYTES = 10_000, 3_000_000


@pytest.mark.parametrize("file", TRIPS)
def test_an_extract_builds_routes_and_draws(file: str, tmp_path: Path) -> None:
    roads = tmp_path / "x.net"
    build_network_file([shared(file)], roads, version="1")
    origin, destination = TRIPS[file]
    picture, request = ask(
        Question(
            origin=origin,
            destination=destination,
            vehicles=(VehicleCount(vehicle_id="lv_4x4", count=2),),
            depart=DEPART,
            as_of=datetime(2026, 11, 29, tzinfo=BANGUI),
            network=roads,
        )
    )
    plan = plan_movement(picture, request, Config())
    owner = Audience(kind="owner")
    product = release_product(picture, [plan], owner, Config(), purpose="planning").product
    files = write_products(product, tmp_path / "out", lang="en")
    assert len(product.segments) < MOST_FEATURES
    assert files["page"].stat().st_size < MOST_BYTES
    assert files["picture"].stat().st_size < 1_000_000
    text = files["text"].read_text(encoding="utf-8")
    assert "Central African Republic ·" not in text
    assert "schematic" not in text
    assert product.frame.ground is not None
    assert not product.frame.ground.has_base
    drawn = json.loads(files["json"].read_text(encoding="utf-8"))["segments"]
    options = product.movements[0].options
    assert {leg.segment_id for leg in options[0].legs} <= {one["segment_id"] for one in drawn}
    assert all(
        len(option.legs) < len(route.legs)
        for option, route in zip(options, plan.options, strict=True)
    )
    assert all(option.roads and len(option.roads) < 12 for option in options)
    _check_diverse(plan, picture.network)
    ways = [option.via[1:-1] for option in options]
    assert len(set(ways)) == len(ways), "options are called alike"


def _check_diverse(plan: MovementPlan, network: RoadNetwork) -> None:
    """Options differ by the share, and take no longer than the stretch, that the settings say."""
    route = Config().route
    ways = [
        {network.segment_index[leg.segment_id] for leg in option.legs} for option in plan.options
    ]
    length_m = [float(network.length_m[list(way)].sum()) for way in ways]
    for i, way in enumerate(ways):
        for j in range(i):
            shared_m = float(network.length_m[list(way & ways[j])].sum())
            assert shared_m < route.max_share * min(length_m[i], length_m[j])
    mid_h = [option.drive_h.low + option.drive_h.high for option in plan.options]
    assert max(mid_h) <= 1.1 * route.stretch * min(mid_h)
