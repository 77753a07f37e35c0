"""The chart draws each rate at its height, and what is not known as a box of dots with words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from render import sheets
from render.printmap.pencil import Pencil, Stroke

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.profile.chart import DOTS, HATCH, draw_chart, draw_range
from cmcoord_geo.render.profile.layout import lay_out, scale_of


def drawn(name: str, number: int = 0, lang: str = "fr"):
    view = sheets.PROFILES[name]()
    sheet = Pencil("A4")
    layout = lay_out(sheet, view, lang)
    draw_chart(sheet, layout.bands[number], view.options[number], view, lang)
    return sheet, layout.bands[number], view


def filled(sheet: Pencil, level: int) -> list[Stroke]:
    color = tokens.EXPOSURE[level].color
    return [shape for shape in sheet.shapes if shape.style.get("fill") == color]


def test_each_stretch_stands_at_its_rate() -> None:
    sheet, band, view = drawn("H9")
    scale = scale_of(view)
    means = [line for line in sheet.lines if line.style.get("z") == 3.5]
    assert len(means) == len(view.options[0].rates)
    for line, part in zip(means, view.options[0].rates, strict=True):
        (left, y), (right, _) = line.points
        assert left == pytest.approx(band.x(part.km.low))
        assert right == pytest.approx(band.x(part.km.high))
        assert (band.chart.bottom - y) / band.chart.height == pytest.approx(scale.share(part.mean))


def test_classes_differ_by_pattern_or_lightness() -> None:
    assert len({hatch for hatch in HATCH.values() if hatch}) == 2
    sheet, _, _ = drawn("H9")
    assert {shape.style["hatch"] for shape in filled(sheet, 4)} == {"xxxx"}
    assert {shape.style["hatch"] for shape in filled(sheet, 3)} == {"////"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_known_is_dotted_and_said(lang: str) -> None:
    sheet, band, _ = drawn("unknown", 0, lang)
    dotted = [shape for shape in sheet.shapes if shape.style.get("hatch") == DOTS]
    assert len(dotted) == 1
    assert np.ptp(dotted[0].points[:, 0]) == pytest.approx(band.chart.width)
    for key in ("no_information", "not_low"):
        assert text(f"profile.{key}", lang) in sheet.texts()
    assert not any(filled(sheet, level) for level in (1, 2, 3, 4))


def test_a_short_gap_is_a_question_mark() -> None:
    sheet, _, _ = drawn("unknown", 1)
    assert "?" in sheet.texts()
    assert text("profile.no_information", "fr") not in sheet.texts()


def test_a_range_that_goes_on_has_an_arrow() -> None:
    shapes = []
    for is_beyond in (False, True):
        sheet = Pencil("A4")
        draw_range(sheet, 50.0, 40.0, 20.0, is_beyond=is_beyond)
        shapes.append(len(sheet.shapes))
    assert shapes == [0, 1]


def test_ranges_are_drawn_for_what_is_known_only() -> None:
    view = sheets.profiles()["H1"]
    one = view.options[0]
    gone = replace(one, rates=(sheets.rate(0.0, one.km, None),))
    sheet = Pencil("A4")
    layout = lay_out(sheet, view, "fr")
    draw_chart(sheet, layout.bands[0], gone, view, "fr")
    assert [line for line in sheet.lines if line.style.get("z") == 3.7] == []
