"""Legend of the small maps: four classes that differ, and nothing known as dots in words."""

from __future__ import annotations

import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.i18n import text
from cmcoord_geo.render.classmaps.foot import draw_foot, draw_sample
from cmcoord_geo.render.classmaps.layout import lay_out


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_scale_is_whole(lang: str) -> None:
    view = sheets.classes()
    sheet = Pencil("A4")
    draw_foot(sheet, lay_out(sheet, view, lang), view, lang)
    told = " ".join(sheet.texts())
    assert text("classmaps.legend.none", lang) in told
    tenth = "0,1" if lang == "fr" else "0.1"
    for number in (1, 2, 3, 4):
        words = text(f"classmaps.legend.class_{number}", lang, low="", high="")
        assert words.split("  ")[0] in told
    assert text("classmaps.legend.class_1", lang, high=tenth) in told


def test_samples_differ_in_shape_or_width() -> None:
    looks = set()
    for number in range(5):
        sheet = Pencil("A4")
        draw_sample(sheet, "road", number, 20.0, 20.0)
        looks.add(tuple((s.style.get("width_pt"), s.style.get("dashes")) for s in sheet.lines))
    assert len(looks) == 5
