"""Groups stand where their figures say, on the right side of the diagonal."""

from __future__ import annotations

import pytest
from render import skills
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.skillsheet.calibration import FACTOR, draw_calibration, scale_of, ticks

PANEL = Box(left=155, right=290, top=20, bottom=165)
CHART = Box(left=0.0, right=100.0, top=0.0, bottom=100.0)


def panel(view, lang="fr") -> Pencil:
    pencil = Pencil("A4")
    draw_calibration(pencil, PANEL, view, lang)
    return pencil


def test_equal_figures_lie_on_the_diagonal_and_a_factor_is_one_length() -> None:
    scale = scale_of(skills.view().groups, CHART)
    for value in (2.0, 10.0, 50.0):
        assert scale.x(value) == pytest.approx(100.0 - scale.y(value))
    assert scale.x(20.0) - scale.x(10.0) == pytest.approx(scale.x(80.0) - scale.x(40.0))


@pytest.mark.parametrize("name", ["usual", "one_group", "nothing_recorded", "worst"])
def test_every_group_and_its_range_is_within_the_chart(name: str) -> None:
    groups = skills.VIEWS[name]().groups
    scale = scale_of(groups, CHART)
    for group in groups:
        for value in (group.expected, group.high, *filter(None, (group.recorded, group.low))):
            assert scale.low < value < scale.high
    assert scale.y(0.0) == CHART.bottom
    assert len(ticks(scale)) >= 2


def test_markers_are_below_the_diagonal_where_fewer_were_recorded() -> None:
    view = skills.view()
    pencil = panel(view)
    (diagonal,) = [one.points for one in pencil.lines if len(set(one.points.ravel())) == 4
                   and one.style.get("width_pt") == 1.2]  # fmt: skip
    (left, bottom), (right, top) = diagonal
    shapes = [s.points for s in pencil.shapes if s.style.get("z") == 6][: len(view.groups)]
    for group, ring in zip(view.groups, shapes, strict=True):
        x, y = (ring.min(axis=0) + ring.max(axis=0)) / 2
        on_line = bottom + (x - left) / (right - left) * (top - bottom)
        assert (y > on_line) == (group.recorded < group.expected), group.caption.en


def test_band_is_the_factor_on_both_sides() -> None:
    view = skills.view()
    pencil = panel(view)
    (band,) = [s.points for s in pencil.shapes if s.style.get("fill") == tokens.ABROAD]
    axis = [one.points for one in pencil.lines if one.style.get("z") == 4]
    chart = Box(
        left=min(p[:, 0].max() for p in axis), right=max(p[:, 0].max() for p in axis),
        top=min(p[:, 1].min() for p in axis), bottom=band[:, 1].max(),
    )  # fmt: skip
    scale = scale_of(view.groups, chart)
    assert band[1, 1] == pytest.approx(scale.y(scale.low * FACTOR))
    assert band[4, 1] == pytest.approx(scale.y(scale.high / FACTOR))


def test_nothing_recorded_is_a_hollow_marker_on_the_edge() -> None:
    pencil = panel(skills.VIEWS["nothing_recorded"]())
    shapes = [s for s in pencil.shapes if s.style.get("z") == 6]
    hollow = [s for s in shapes if s.style["fill"] == tokens.PAPER]
    assert len(hollow) == 1
    middle = hollow[0].points[:, 1].mean()
    lowest = max(one.points[:, 1].max() for one in pencil.lines if one.style.get("z") == 4) - 1.0
    assert middle == pytest.approx(lowest, abs=0.2)


def test_legend_has_each_group_once() -> None:
    view = skills.view()
    words = panel(view, "en").texts()
    assert [words.count(group.caption.en) for group in view.groups] == [1] * len(view.groups)


def test_a_corner_that_a_group_stands_in_has_no_words() -> None:
    usual = panel(skills.view(), "en").texts()
    assert "FEWER than announced" in usual
    far = skills.skill([(20, 40)], [(90, 900.0, 0), (10, 12.0, 40)])
    assert "FEWER than announced" not in panel(skills.view(far), "en").texts()
