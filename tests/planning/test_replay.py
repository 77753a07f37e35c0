"""Regret replay on a town with two roads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from towns import town

from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import RoadNetwork, convoy_of
from cmcoord_geo.planning.replay import Replay, ReplayMonth, Trips, replay
from cmcoord_geo.risk.filing import file_records
from cmcoord_geo.risk.forward import Past, middle_s
from cmcoord_geo.risk.pieces import cut_into_pieces

#: The upper road is shorter, the lower one passes C and D.
NETWORK = town("A-----B\n|     |\nC-----D", cell_m=8000.0)
START = 12 * 2015


def replayed(network: RoadNetwork, hot: str, *, months: int = 40, stretch: float = 2.5) -> Replay:
    """Four records a month on one road, a single one on the other; trips from A to B."""
    pieces = cut_into_pieces(network, piece_m=5000.0)
    on = {key: np.flatnonzero(pieces.segment == i) for i, key in enumerate(network.segment_ids)}
    rows = [
        (int(on[key][k % len(on[key])]), START + month)
        for month in range(months)
        for key, count in ((hot, 4), ("A-B" if hot == "C-D" else "C-D", month % 2))
        for k in range(count)
    ]
    where = np.array([piece for piece, _ in rows])
    at_s = np.array([middle_s(month) for _, month in rows]).astype(np.int64)
    filing = file_records(
        pieces, pieces.lon[where], pieces.lat[where], np.ones(len(rows), np.int8),
        coarsest=3, within_m=2000.0,
    )  # fmt: skip
    past = Past(filing, at_s, np.array([0]), np.zeros(len(pieces), np.int64))
    trips = Trips(
        network=network,
        convoy=convoy_of([VehicleCount(vehicle_id="lv_4x4", count=2)]),
        nodes=(network.node_index["A"], network.node_index["B"]),
        stretch=stretch,
    )
    return replay(past, trips, first=START + 20, last=START + months - 1)


def test_where_the_fastest_road_is_the_exposed_one_the_advice_differs_and_gains() -> None:
    done = replayed(NETWORK, "A-B")
    assert len(done.months) == 20
    assert all(month.pairs == month.differing == 1 for month in done.months)
    assert done.on_fastest == 4 * 20
    assert done.on_advised == 10
    assert done.less[0] == pytest.approx((80 - 10) / 20)
    assert done.less[1] > 0
    assert done.more_h > 0
    assert done.is_enough


def test_where_the_fastest_road_is_quiet_it_is_the_advised_one() -> None:
    done = replayed(NETWORK, "C-D")
    assert done.differing == done.on_fastest == done.on_advised == 0
    assert done.less == (0.0, 0.0, 0.0)
    assert not done.is_enough


def test_a_road_beyond_the_stretch_is_never_advised() -> None:
    assert replayed(NETWORK, "A-B", stretch=1.1).differing == 0


def test_places_that_no_road_joins_are_no_pair() -> None:
    shut = replace(NETWORK, status_dry=("closed",) * 4, status_wet=("closed",) * 4,
                   max_vehicle_dry=("motorbike",) * 4, max_vehicle_wet=("motorbike",) * 4)  # fmt: skip
    assert all(month.pairs == 0 for month in replayed(shut, "A-B").months)


def test_months_add_up() -> None:
    months = tuple(
        ReplayMonth(month=k, pairs=3, differing=2, on_fastest=5, on_advised=1, more_h=3.0)
        for k in range(4)
    )
    done = Replay(months=months, less=(2.0, 1.0, 3.0))
    assert (done.on_fastest, done.on_advised, done.differing, done.more_h) == (20, 4, 8, 1.5)
    assert not done.is_enough
