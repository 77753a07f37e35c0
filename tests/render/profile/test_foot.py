"""Legend and notes: a sample for each entry, and each note as it is."""

from __future__ import annotations

import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.profile.foot import draw_legend, draw_notes, draw_sample
from cmcoord_geo.render.profile.keys import keys_of
from cmcoord_geo.render.profile.layout import lay_out

BOX = Box(left=20.0, right=27.0, top=20.0, bottom=23.0)


@pytest.mark.parametrize("name", ["H1", "H2", "H6", "H11", "crowded"])
def test_each_entry_has_a_sample_within_its_place(name: str) -> None:
    looks = set()
    keys = keys_of(sheets.PROFILES[name](), "fr")
    for key in keys:
        sheet = Pencil("A4")
        draw_sample(sheet, key, BOX)
        strokes = [*sheet.lines, *sheet.shapes]
        assert strokes, key
        for stroke in strokes:
            assert stroke.points[:, 0].min() >= BOX.left - 1.0
            assert stroke.points[:, 0].max() <= BOX.right + 1.0
        looks.add(repr([(s.points.round(3).tolist(), sorted(s.style.items())) for s in strokes]))
    assert len(looks) == len(keys)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_legend_and_notes_are_written(lang: str) -> None:
    view = sheets.profiles()["H6"]
    sheet = Pencil("A4")
    layout = lay_out(sheet, view, lang)
    draw_legend(sheet, layout)
    draw_notes(sheet, layout)
    told = " ".join(sheet.texts())
    for key in keys_of(view, lang):
        assert key.text in told
    for note in view.notes:
        assert note[lang] in told
