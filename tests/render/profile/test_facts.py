"""Figures beside a chart stay within their column, however many options share the sheet."""

from __future__ import annotations

import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.render.profile.facts import draw_facts
from cmcoord_geo.render.profile.layout import lay_out


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["H1", "H9", "H11", "hostile"])
def test_figures_stay_in_their_column(name: str, lang: str) -> None:
    view = sheets.PROFILES[name]()
    sheet = Pencil("A4")
    for band, option in zip(lay_out(sheet, view, lang).bands, view.options, strict=True):
        before = len(sheet.written)
        draw_facts(sheet, band, option, lang)
        new = sheet.written[before:]
        assert len(new) >= 2 * len(option.facts) + 2
        for written in new:
            assert written.box.is_within(band.facts, slack_mm=0.8), written.text
