"""Too few: a dot for each incident that there is, of those that are needed."""

from __future__ import annotations

import pytest
from render import skills
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.skillsheet.few import draw_few


@pytest.mark.parametrize("events", [0, 1, 29])
def test_filled_dots_are_the_incidents(events: int) -> None:
    view = skills.view(skills.skill([(0, events)]))
    pencil = Pencil("A4")
    draw_few(pencil, Box(left=6, right=290, top=20, bottom=160), view, "fr")
    full = [s for s in pencil.shapes if s.style.get("fill") == tokens.INK]
    rings = [s for s in pencil.shapes if s.style.get("edge") == tokens.INK]
    assert len(full) == events + 1  # and the one of the legend
    assert len(rings) == view.fewest + 2
    count = [word.replace("\N{NO-BREAK SPACE}", " ") for word in pencil.texts()]
    assert any(f"mois : {events}." in word for word in count)
