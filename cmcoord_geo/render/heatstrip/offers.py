"""The slots that are offered: framed in the grid, told beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.departure_text import slot_words
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.typeset import fit
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.heatstrip.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.departure_views import OptionDeparturesView

HEAD_PT, NAME_PT, TEXT_PT = 9.0, 9.0, 6.8
RADIUS_MM, INDENT_MM = 2.1, 6.0
_SLOT = timedelta(minutes=15)
#: Lines of one offer, of the note on the draw, and of what is to be asked first.
OFFER_LINES, NOTE_LINES, ASK_LINES = 7, 3, 3


def draw_offers(sheet: Sheet, layout: Layout, option: OptionDeparturesView, lang: Lang) -> None:
    """Frame the offered slots and tell what each costs and gains."""
    day_of = {
        place: i
        for i, runs in enumerate(layout.days)
        for run in runs
        for place in range(run.first, run.last + 1)
    }
    with sheet.inside("offers"):
        _draw_list(sheet, layout, option, lang)
        for number, offer in enumerate(option.offered, start=1):
            _draw_frame(sheet, layout, option, (number, offer.slot, day_of[offer.slot]))


def _draw_frame(
    sheet: Sheet, layout: Layout, option: OptionDeparturesView, offer: tuple[int, int, int]
) -> None:
    number, place, day = offer
    top, bottom = layout.row(day)
    start = option.slots[place].depart.astimezone(BANGUI)
    left, right = layout.x_of(start), layout.x_of(start + _SLOT)
    box = Box(left=left, right=right, top=top, bottom=bottom)
    sheet.box(box, edge=tokens.INK, width_pt=3.4, z=10)
    sheet.box(box, edge=tokens.PAPER, width_pt=1.0, z=10.1)
    _draw_number(sheet, (left + right) / 2, top, number, 1.8)


def _draw_number(sheet: Sheet, x: float, y: float, number: int, radius: float) -> None:
    sheet.circle(x, y, radius, fill=tokens.INK, edge=tokens.PAPER, width_pt=0.9, z=12)
    face = Face(size_pt=radius * 3.7, is_bold=True, color=tokens.PAPER)
    sheet.write(str(number), x, y, face, align="center", z=13)


def _draw_list(sheet: Sheet, layout: Layout, option: OptionDeparturesView, lang: Lang) -> None:
    box = layout.offers
    head = "offers" if option.offered else "no_offers"
    y = box.top + 1.5
    y = _write(
        sheet,
        text(f"departures.strip.{head}", lang),
        y,
        box,
        Face(size_pt=HEAD_PT, is_bold=True),
        2,
    )
    inner = Box(left=box.left + INDENT_MM, right=box.right, top=box.top, bottom=box.bottom)
    for number, offer in enumerate(option.offered, start=1):
        slot = option.slots[offer.slot]
        y += 2.6
        _draw_number(sheet, box.left + RADIUS_MM, y, number, RADIUS_MM)
        start = slot.depart.astimezone(BANGUI)
        name = f"{said_day(start)[lang]}, {start:%H:%M}"
        y = _write(sheet, name, y, inner, Face(size_pt=NAME_PT, is_bold=True), 1)
        against = ", ".join(words[lang] for words in offer.against)
        words = f"{slot_words(slot, lang)} ({against})"
        y = _write(sheet, words, y, inner, Face(size_pt=TEXT_PT), OFFER_LINES)
    if option.offered:
        note = text("departures.strip.drawn", lang, alike=option.alike)
        italic = Face(size_pt=TEXT_PT, is_italic=True, color=tokens.SECOND)
        y = _write(sheet, note, y + 2.4, box, italic, NOTE_LINES)
    if option.ask:
        y = _write(
            sheet,
            text("departures.text.ask", lang),
            y + 3.0,
            box,
            Face(size_pt=7.6, is_bold=True),
            1,
        )
        for question in option.ask:
            if y + 3.0 > box.bottom:
                break
            y = _write(sheet, f"? {question[lang]}", y + 0.4, box, Face(size_pt=TEXT_PT), ASK_LINES)


def _write(sheet: Sheet, words: str, y: float, box: Box, face: Face, lines: int) -> float:
    """Write lines below each other, the first centred on ``y``; returns where the next one stands."""
    fitted = fit(words, face, box.width, lines=lines, floor=0.85)
    for line in fitted.lines:
        sheet.write(line, box.left, y, fitted.face, column=(box.left, box.right), z=6)
        y += fitted.face.line_mm
    return y
