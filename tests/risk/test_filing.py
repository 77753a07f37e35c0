"""Where records are filed."""

from __future__ import annotations

import numpy as np
import pytest
from towns import town

from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk.filing import Kernel, file_records, nearest_pieces, on_sphere, town_pieces
from cmcoord_geo.risk.pieces import Pieces, cut_into_pieces
from cmcoord_geo.units import geodesic_m


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return cut_into_pieces(town("A----B---C\n     |\n     D"), piece_m=1000.0)


def filed(pieces: Pieces, points: list[tuple[float, float]], precision: int = 1):
    lonlat = np.array(points)
    return file_records(
        pieces, lonlat[:, 0], lonlat[:, 1], np.full(len(points), precision, np.int8),
        coarsest=3, within_m=5000.0,
    )  # fmt: skip


def test_records_at_one_point_share_a_spot_and_the_nearest_piece(pieces: Pieces) -> None:
    middle = (float(pieces.lon[2]), float(pieces.lat[2]))
    filing = filed(pieces, [middle, (pieces.lon[6], pieces.lat[6]), middle])
    assert filing.piece_of_record.tolist() == [2, 6, 2]
    assert len(filing.piece) == 2
    assert filing.spot[0] == filing.spot[2]


def test_coarse_far_and_unplaced_records_are_left_out(pieces: Pieces) -> None:
    lon, lat = float(pieces.lon[0]), float(pieces.lat[0])
    found = file_records(
        pieces,
        np.array([lon, lon, lon + 1.0, np.nan]),
        np.full(4, lat),
        np.array([1, 4, 1, 1], np.int8),
        coarsest=3,
        within_m=5000.0,
    )
    assert found.record.tolist() == [0]


@pytest.mark.parametrize("kernel", [Kernel(reach_m=2000.0), Kernel(reach_m=900.0, power=2.0)])
def test_the_mass_of_each_spot_is_kept(pieces: Pieces, kernel: Kernel) -> None:
    filing = filed(pieces, [(pieces.lon[k], pieces.lat[k]) for k in (0, 5, 7)])
    spread = filing.around(np.array([1.0, 2.0, 0.5]), kernel)
    assert spread.sum() == pytest.approx(3.5, abs=1e-12)
    at = np.arange(len(pieces))
    assert filing.around_at(kernel, at).sum(axis=1) == pytest.approx(1.0, abs=1e-12)
    groups = filing.in_groups(kernel, at % 3, 3)
    assert groups.sum(axis=1) == pytest.approx(1.0, abs=1e-12)


def test_mass_falls_with_distance_and_length_counts(pieces: Pieces) -> None:
    filing = filed(pieces, [(pieces.lon[0], pieces.lat[0])])
    density = filing.around(np.ones(1), Kernel(reach_m=1500.0)) / pieces.length_m
    away = geodesic_m(pieces.lon[0], pieces.lat[0], pieces.lon, pieces.lat)
    order = np.argsort(away)
    assert (np.diff(density[order]) <= 1e-15).all()
    share = density[order[3]] / density[order[0]]
    assert share == pytest.approx(np.exp(-away[order[3]] / 1500.0), rel=4e-3)


def test_towns_of_the_gazetteer_have_a_piece_on_the_bundled_network() -> None:
    pieces = cut_into_pieces(bundled_network(), piece_m=5000.0)
    towns = town_pieces(pieces, within_m=5000.0)
    assert len(np.unique(towns)) == len(towns) > 60
    nearest, away_m = nearest_pieces(pieces, np.array([[20.676, 5.768]]))  # Bambari
    assert nearest[0] in towns
    assert away_m[0] < 100


def test_points_lie_on_the_unit_sphere() -> None:
    points = on_sphere(np.array([0.0, 90.0, 20.0]), np.array([0.0, 0.0, 5.0]))
    assert np.linalg.norm(points, axis=1) == pytest.approx(1.0)
    assert points[:2] == pytest.approx(np.array([[1.0, 0, 0], [0, 1.0, 0]]), abs=1e-12)
