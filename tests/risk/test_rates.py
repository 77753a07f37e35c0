"""Rates along a route: the figures of the hazard at their km, and quantiles that add over short pieces."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from records import DRY, Event, incidents, source

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.facts import places
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk import Drive, hazard, profile_along, rates_along

NETWORK, CONFIG = bundled_network(), HazardConfig()
WAY = tuple(NETWORK.segment_index[key] for key in ("L040", "L041", "L042", "L043"))


def danger(*, areas: tuple[str, ...] = (), config: HazardConfig = CONFIG):
    events = [
        Event(lon=places()[key].lon, lat=places()[key].lat, class_id="robbery", age_days=5)
        for key in ("BBY", "BBY", "SBT")
    ]
    told = incidents(events, source("robbery", areas=areas))
    return hazard(NETWORK, told, at=DRY, as_of=DRY, config=config)


def drives(*, is_forward: bool = True) -> tuple[Drive, ...]:
    way = WAY if is_forward else WAY[::-1]
    return tuple(
        Drive(segment=s, is_forward=is_forward, low_h=1.0, mid_h=2.0, high_h=3.0) for s in way
    )


ALL = danger()


@pytest.mark.parametrize("is_forward", [True, False])
def test_the_route_is_covered_without_gap(*, is_forward: bool) -> None:
    rates = rates_along(ALL, drives(is_forward=is_forward), config=CONFIG)
    assert rates[0].km.low == 0
    assert rates[-1].km.high == pytest.approx(NETWORK.length_m[list(WAY)].sum() / 1000)
    assert all(one.km.high == after.km.low for one, after in pairwise(rates))


def test_each_piece_has_its_own_figures() -> None:
    rates = rates_along(ALL, drives(), config=CONFIG)
    pieces = [piece for s in WAY for piece in range(*ALL.pieces.first[s : s + 2])]
    assert len(rates) == len(pieces)
    low, high = ALL.bounds(np.array(pieces))
    for name, figures in (("low", low), ("mean", ALL.mean[pieces]), ("high", high)):
        found = [getattr(rate, name) for rate in rates]
        assert found == pytest.approx(figures.tolist())
    assert all(rate.low < rate.mean < rate.high for rate in rates)


def test_classes_are_those_of_the_profile() -> None:
    rates = rates_along(ALL, drives(), config=CONFIG)
    for part in profile_along(ALL, drives(), config=CONFIG):
        middle = (part.km.low + part.km.high) / 2
        (rate,) = [one for one in rates if one.km.low <= middle < one.km.high]
        assert rate.exposure_class == part.exposure_class


def test_the_way_back_is_the_way_there_backwards() -> None:
    forth, back = (rates_along(ALL, drives(is_forward=f), config=CONFIG) for f in (True, False))
    assert [rate.mean for rate in forth] == [rate.mean for rate in back][::-1]


def test_no_information_is_a_state_and_no_figure() -> None:
    part = danger(areas=("Ouaka",))
    rates = rates_along(part, drives(), config=CONFIG)
    unknown = [rate for rate in rates if rate.exposure_class == 0]
    assert unknown
    assert len(unknown) < len(rates)
    assert all((rate.low, rate.mean, rate.high) == (None, None, None) for rate in unknown)
    km = sum(rate.km.high - rate.km.low for rate in unknown)
    first = [piece for s in WAY for piece in range(*part.pieces.first[s : s + 2])]
    expected = part.pieces.length_m[first][~part.is_informed[first]].sum() / 1000
    assert km == pytest.approx(expected)


def test_short_pieces_are_joined_and_means_and_bounds_add_over_length() -> None:
    """As on a surveyed road, whose segments are shorter than a piece: 2 km here, 5 km at least told."""
    fine = replace(CONFIG, piece_m=2_000.0)
    found = danger(config=fine)
    short = rates_along(found, drives(), config=fine)
    joined = rates_along(found, drives(), config=CONFIG)
    assert len(joined) < len(short) / 2
    assert min(rate.km.high - rate.km.low for rate in joined[:-1]) >= CONFIG.piece_m / 2000
    for name in ("low", "mean", "high"):
        sums = [
            np.dot(
                [rate.km.high - rate.km.low for rate in rates],
                [getattr(rate, name) for rate in rates],
            )
            for rates in (short, joined)
        ]
        assert sums[0] == pytest.approx(sums[1])
