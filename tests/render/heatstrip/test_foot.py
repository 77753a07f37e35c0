"""The legend explains every look, in one line each row."""

from __future__ import annotations

import pytest
from render.departures import first_option

from cmcoord_geo.i18n import text
from cmcoord_geo.render.heatstrip.cells import LOOKS
from cmcoord_geo.render.heatstrip.foot import ROWS
from cmcoord_geo.render.heatstrip.picture import draw_strip


def test_every_look_has_an_entry() -> None:
    assert set(LOOKS) <= {key for keys in ROWS for key in keys}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_entries_and_notes_are_written(lang: str) -> None:
    sheet, option = first_option()
    drawn, layout = draw_strip(sheet, option, lang=lang, dpi=40)
    legend = [one for one in drawn.written if one.part == "legend"]
    for keys in ROWS:
        for key in keys:
            assert any(one.text == text(f"departures.key.{key}", lang) for one in legend)
    assert max(one.box.right for one in legend) <= layout.inner.right + 0.2
    notes = " ".join(one.text for one in drawn.written if one.part == "notes")
    assert option.answer[lang].split()[0] in notes
