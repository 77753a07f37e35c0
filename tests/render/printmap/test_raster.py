"""Costs of the sheet: closed boxes are refused, dear ones counted."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.raster import Raster


@pytest.fixture
def raster() -> Raster:
    return Raster(60.0, 40.0)


def test_a_closed_box_refuses_whatever_touches_it_until_it_is_opened(raster):
    closed = Box(left=20, top=10, right=30, bottom=20)
    raster.block(closed)
    raster.block(closed)
    assert not raster.is_free(box_about(31, 15, 2))
    assert not raster.is_free(box_about(25, 15, 0.2))
    assert raster.is_free(box_about(33, 15, 2))
    raster.block(closed, by=-1)
    assert not raster.is_free(closed)
    raster.block(closed, by=-1)
    assert raster.is_free(closed)


def test_the_share_of_a_box_that_is_closed_is_that_of_its_area(raster):
    raster.block(Box(left=20, top=0, right=40, bottom=39))
    assert raster.hard_share(Box(left=10, top=10, right=30, bottom=20)) == pytest.approx(
        0.5, abs=0.02
    )
    assert raster.hard_share(Box(left=41, top=10, right=50, bottom=20)) == 0.0
    assert raster.hard_share(Box(left=21, top=10, right=39, bottom=20)) == 1.0


@pytest.mark.parametrize("centre", [(0.5, 20), (59.5, 20), (30, 0.5), (30, 39.5), (-30, -30)])
def test_a_box_that_leaves_the_sheet_is_never_taken(raster, centre):
    box = box_about(*centre, 1)
    assert not raster.is_free(box)
    assert raster.hard_share(box) == 1.0
    assert raster.soft_cost(box) > raster.soft_cost(box_about(30, 20, 1))
    raster.block(box)
    assert raster.is_free(box_about(30, 20, 5))


def test_a_line_costs_where_it_runs_and_nowhere_else(raster):
    raster.line(np.array([(-10.0, 10.0), (70.0, 10.0)]), width_mm=2.0, cost=50.0)
    for x in (1.5, 30, 58):
        assert raster.soft_cost(box_about(x, 10, 0.4)) == 50.0
    assert raster.soft_cost(box_about(30, 12, 0.4)) == 0.0
    assert raster.is_free(box_about(30, 10, 1)), "a soft cost closes nothing"


def test_where_lines_cross_the_dearer_counts(raster):
    for x, cost in ((10.0, 90.0), (20.0, 10.0)):
        raster.line(np.array([(x, 0.0), (x, 39.0)]), width_mm=2.0, cost=cost)
    raster.line(np.array([(0.0, 20.0), (59.0, 20.0)]), width_mm=2.0, cost=50.0)
    assert raster.soft_cost(box_about(10, 20, 0.3)) == 90.0
    assert raster.soft_cost(box_about(20, 20, 0.3)) == 50.0
