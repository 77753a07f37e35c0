"""Beside a chart: the way of the option, its figures, and its worst stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.profile.band import Band
    from cmcoord_geo.sharing.profile_views import OptionProfileView

TITLE, WORST = Face(size_pt=7.6, is_bold=True), Face(size_pt=6.6, is_bold=True)
NAME, VALUE = Face(size_pt=6.4, color=tokens.SECOND), Face(size_pt=7.0, is_bold=True)
#: Height of a row of figures: at most, and where many options share the sheet.
ROW_MM = (4.8, 3.0)


def draw_facts(sheet: Sheet, band: Band, option: OptionProfileView, lang: Lang) -> None:
    """Write title, figures and worst stretch, as close together as they must stand."""
    box = band.facts
    with sheet.inside("facts"):
        title = fit(option.title[lang], TITLE, box.width, lines=2, floor=0.7)
        worst = fit(option.worst[lang], WORST, box.width, lines=2, floor=0.8)
        free = box.height - title.height_mm - worst.height_mm - 1.5
        step = min(ROW_MM[0], max(ROW_MM[1], free / len(option.facts)))
        y = box.top + title.face.line_mm / 2
        for line in title.lines:
            sheet.write(line, box.left, y, title.face, column=(box.left, box.right))
            y += title.face.line_mm
        y = box.top + title.height_mm + step / 2 + 0.4
        for fact in option.facts:
            value = fit(fact.value[lang], VALUE, box.width * 0.62, floor=0.7)
            right = box.right - text_width_mm(value.lines[0], value.face) - 1.5
            name = fit(fact.name[lang], NAME, right - box.left, floor=0.7)
            sheet.write(name.lines[0], box.left, y, name.face, column=(box.left, right))
            sheet.write(value.lines[0], box.right, y, value.face, align="right")
            below = y + step / 2
            sheet.line([(box.left, below), (box.right, below)], color="#dddddd", width_pt=0.6)
            y += step
        y += (worst.face.line_mm - step) / 2 + 0.6
        for line in worst.lines:
            sheet.write(line, box.left, y, worst.face, column=(box.left, box.right))
            y += worst.face.line_mm
