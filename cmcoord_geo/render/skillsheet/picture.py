"""The whole sheet: frame, three panels or the words that there is too little, sentences to keep in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import frame, tokens
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.picture import plain_style
from cmcoord_geo.render.printmap.png import to_png
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.render.skillsheet.calibration import draw_calibration
from cmcoord_geo.render.skillsheet.dots import draw_hits
from cmcoord_geo.render.skillsheet.few import draw_few
from cmcoord_geo.render.skillsheet.layout import BULLET_MM, HEAD_MM, lay_out
from cmcoord_geo.render.skillsheet.months import draw_months
from cmcoord_geo.render.skillsheet.words import write_line

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.skillsheet.layout import Layout
    from cmcoord_geo.sharing.skill_views import SkillView


def build_skill_picture(view: SkillView, *, lang: Lang = "fr", dpi: int = 200) -> bytes:
    """
    Draw a measurement of skill on a sheet of A4, landscape.

    Parameters
    ----------
    view : SkillView
        What its audience may see; nothing else reaches the drawing.
    lang : {"fr", "en"}
    dpi : int
        Dots per inch.

    Returns
    -------
    bytes
        PNG without text chunks; the same view gives the same bytes.
    """
    with plain_style():
        sheet, _ = draw_skill(view, lang=lang, dpi=dpi)
        return to_png(sheet.pixels(), dpi=dpi)


def draw_skill(view: SkillView, *, lang: Lang, dpi: int = 200) -> tuple[Sheet, Layout]:
    """Draw a view and return the sheet and its layout, for whoever wants to measure them."""
    sheet = Sheet(tokens.PAPERS["A4"], dpi=dpi)
    scored = text("skillsheet.scored", lang, count=view.events)
    sources = [source.said[lang] for source in view.frame.sources]
    frame.draw_around(sheet, view.frame, lang, [*sources, scored])
    layout = lay_out(sheet, [sentence[lang] for sentence in view.keep])
    if view.is_enough:
        _draw_panels(sheet, layout, view, lang)
    else:
        draw_few(sheet, layout.whole, view, lang)
    _draw_keep(sheet, layout, lang)
    return sheet, layout


def _draw_panels(sheet: Sheet, layout: Layout, view: SkillView, lang: Lang) -> None:
    draw_hits(sheet, layout.hits, view, lang)
    draw_months(sheet, layout.months, view, lang)
    draw_calibration(sheet, layout.groups, view, lang)
    x = (layout.hits.right + layout.groups.left) / 2
    whole, y = layout.whole, layout.months.top - 1.5
    sheet.line([(x, whole.top), (x, whole.bottom)], color=tokens.RULE, width_pt=0.9)
    sheet.line([(whole.left, y), (layout.hits.right, y)], color=tokens.RULE, width_pt=0.9)


def _draw_keep(sheet: Sheet, layout: Layout, lang: Lang) -> None:
    """Sentences under a rule, each with a bullet."""
    box = layout.keep
    with sheet.inside("keep"):
        sheet.line([(box.left, box.top), (box.right, box.top)], width_pt=0.9)
        head, y = text("skillsheet.keep.head", lang), box.top + HEAD_MM / 2 + 0.3
        write_line(sheet, head, box.left, y, Face(size_pt=10.0, is_bold=True), right=box.right)
        for number, lines in enumerate(layout.columns):
            left, right = layout.column(number)
            y = box.top + HEAD_MM
            for line in lines:
                middle = y + line.face.line_mm / 2
                if line.is_first:
                    sheet.circle(left - BULLET_MM + 1.0, middle, 0.55, fill=tokens.INK, z=2)
                sheet.write(line.text, left, middle, line.face, column=(left, right))
                y += line.face.line_mm
