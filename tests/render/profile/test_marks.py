"""Marks above a chart: none on another, all within it, in the order of the road."""

from __future__ import annotations

import itertools

import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.render.profile.layout import lay_out
from cmcoord_geo.render.profile.marks import HALF_MM, draw_marks, place_marks


@pytest.mark.parametrize("name", ["H2", "H6", "H11", "crowded"])
def test_no_mark_lies_on_another(name: str) -> None:
    view = sheets.PROFILES[name]()
    layout = lay_out(Pencil("A4"), view, "fr")
    for band, option in zip(layout.bands, view.options, strict=True):
        spots = place_marks(option.marks, band)
        assert [spot.mark for spot in spots] == list(option.marks)
        for tier in range(band.tiers):
            xs = [spot.x for spot in spots if spot.tier == tier]
            assert all(b - a >= 2 * HALF_MM for a, b in itertools.pairwise(xs))
            assert all(x <= band.chart.right for x in xs)


def test_a_mark_with_room_stands_at_its_km() -> None:
    view = sheets.profiles()["H6"]
    band = lay_out(Pencil("A4"), view, "fr").bands[0]
    for spot in place_marks(view.options[0].marks, band):
        assert spot.x == pytest.approx(band.x(spot.mark.km))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_unknown_has_a_question_mark(lang: str) -> None:
    view = sheets.profiles()["H6"]
    sheet = Pencil("A4")
    band = lay_out(sheet, view, lang).bands[0]
    draw_marks(sheet, band, view.options[0], lang)
    unknown = [mark for mark in view.options[0].marks if mark.state == "unknown"]
    assert unknown
    for mark in unknown:
        assert mark.label[lang] in sheet.texts()
        assert mark.label[lang].endswith("?")
