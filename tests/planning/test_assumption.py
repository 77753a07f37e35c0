"""Share of a way that rests on an assumed surface."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from towns import town

from cmcoord_geo.config import Config
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import RoadNetwork, convoy_of, passability
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.planning.assumption import assumed_surface
from cmcoord_geo.units import BANGUI

DRY = datetime(2026, 12, 15, 8, tzinfo=BANGUI)
CONVOY = convoy_of([VehicleCount(vehicle_id="lv_4x4", count=2)])
WAY = ((0, True), (1, True))


def surveyed(**surfaces: str) -> RoadNetwork:
    roads = {key.replace("_", "-"): {"surface": word} for key, word in surfaces.items()}
    network = town("A---B-C", roads=roads)
    masks = np.full(len(network), everybody(), dtype=np.uint8)
    return replace(
        network,
        traffic=Traffic(
            names=("",) * len(network), forward=masks, backward=masks,
            duration_s=np.full(len(network), np.nan),
        ),
    )  # fmt: skip


def told(network: RoadNetwork) -> str:
    passable = passability(network, CONVOY, at=DRY, as_of=DRY, status=(), config=Config().status)
    said = assumed_surface(network, passable, WAY)
    return said.en if said else ""


def test_length_and_hours_have_their_own_share() -> None:
    """A third of the length at the pace of a track is more than a third of the time."""
    network = surveyed(B_C="unknown")
    words = told(network)
    assert "unknown on 33 % of the length" in words
    hours = int(words.partition(" % of the hours")[0].rsplit(" ", 1)[1])
    passable = passability(network, CONVOY, at=DRY, as_of=DRY, status=(), config=Config().status)
    assert hours == pytest.approx(100 * passable.mid_s[1] / passable.mid_s.sum(), abs=0.5)
    assert hours > 33


def test_all_surveyed_and_all_unknown() -> None:
    assert told(surveyed()) == "surface surveyed throughout"
    assert "100 % of the length and 100 % of the hours" in told(
        surveyed(A_B="unknown", B_C="unknown")
    )


def test_the_bundled_kind_of_network_says_nothing() -> None:
    assert told(town("A---B-C")) == ""


def test_a_surface_lent_by_a_link_is_an_assumption_of_its_own() -> None:
    lent = replace(surveyed(B_C="laterite"), note=("", "surface:link"))
    assert told(lent).startswith("surface not on the map on 33 % of the length")
    both = replace(surveyed(A_B="unknown", B_C="laterite"), note=("", "surface:link"))
    assert told(both).startswith("surface unknown on 67 % of the length")
    assert "; surface not on the map on 33 %" in told(both)


def test_a_little_is_not_said_to_be_nothing() -> None:
    network = surveyed(A_B="laterite", B_C="unknown")
    scale = np.where(np.arange(len(network)) == 1, 1e-3, 1)
    columns = ("length_m", "length_low_m", "length_high_m")
    short = replace(network, **{name: getattr(network, name) * scale for name in columns})
    assert "< 1 % of the length" in told(short)
