"""Bars have the height of their month, and missed months are marked."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from render import skills
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.skillsheet.months import draw_months, ticks
from cmcoord_geo.render.skillsheet.words import NAMED

PANEL = Box(left=10, right=145, top=80, bottom=165)


def panel(view, lang="fr") -> Pencil:
    pencil = Pencil("A4")
    draw_months(pencil, PANEL, view, lang)
    return pencil


def bars(pencil: Pencil, fill: str) -> list[np.ndarray]:
    found = [s.points for s in pencil.shapes if s.style.get("fill") == fill and s.style["z"] == 3]
    return sorted(found, key=lambda points: points[:, 0].min())


def marks(pencil: Pencil) -> list[float]:
    """Middles of the triangles within the chart."""
    found = [s.points for s in pencil.shapes if len(s.points) == 3]
    low = max(points[:, 1].max() for points in found) if found else 0.0
    return [float(p[:, 0].mean()) for p in found if p[:, 1].max() < low]


def test_heights_are_in_proportion() -> None:
    pencil = panel(skills.view())
    heights = [np.ptp(points[:, 1]) for points in bars(pencil, NAMED)]
    counts = [named for named, _ in skills.MONTHS if named]
    assert np.array(heights) / heights[0] * counts[0] == pytest.approx(counts)
    rest = [np.ptp(points[:, 1]) for points in bars(pencil, tokens.PAPER)]
    elsewhere = [all_ - named for named, all_ in skills.MONTHS if all_ > named]
    assert np.array(rest) / heights[0] * counts[0] == pytest.approx(elsewhere)


def test_a_mark_stands_over_each_missed_month_and_no_other() -> None:
    view = skills.view()
    assert [month.is_missed for month in view.months].count(True) == 1
    pencil = panel(view)
    (x,) = marks(pencil)
    missed = bars(pencil, tokens.PAPER)[2]  # the third month with some elsewhere
    assert missed[:, 0].min() < x < missed[:, 0].max()


def test_words_count_the_marks_and_the_empty_months() -> None:
    words = panel(skills.view(), "en").texts()
    assert "More than half elsewhere: 1 of 6 months" in words
    assert "Months without a recorded incident: 1 of 8." in words
    calm = panel(skills.VIEWS["all_hit"](), "en").texts()
    assert any(word.startswith("No month of 4 incidents or more") for word in calm)
    assert marks(panel(skills.VIEWS["all_hit"]())) == []


def test_years_of_decades_do_not_meet_and_thin_bars_have_no_outline() -> None:
    pencil = panel(skills.VIEWS["decades"]())
    years = [one for one in pencil.written if one.text.isdigit() and len(one.text) == 4]
    assert len(years) > 5
    for one, other in itertools.pairwise(years):
        assert one.box.right < other.box.left
    assert {s.style["edge"] for s in pencil.shapes if s.style.get("z") == 3} == {"none"}


@pytest.mark.parametrize("most", [1, 2, 5, 6, 11, 99, 1000, 123_456])
def test_ticks_are_few_and_whole(most: int) -> None:
    found = ticks(most)
    assert 2 <= len(found) <= 6
    assert found[0] == 0
    assert found[-1] <= most
