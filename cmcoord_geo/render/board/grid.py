"""Headings, states, places and cells of the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.board.cells import draw_cell
from cmcoord_geo.render.board.layout import (
    GAP_MM,
    HEAD_MM,
    LABELS_MM,
    NOW_MM,
    STATE_MM,
    joined,
)
from cmcoord_geo.render.board_words import effect_words, nothing_words, reach_words
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from typing import Literal

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.board.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.printmap.typeset import Fitted
    from cmcoord_geo.sharing.isolation_views import BoardPlaceView, BoardView, LossView

NAME_MM, MARK_MM = 25.5, 4.6


def draw_grid(sheet: Sheet, layout: Layout, board: BoardView, lang: Lang) -> None:
    """Draw the grid, column by column and row by row."""
    with sheet.inside("heads"):
        _draw_corner(sheet, layout, board, lang)
        for left, loss, head in zip(layout.lefts, layout.losses, layout.heads, strict=True):
            _draw_head(sheet, layout, left, loss, head, lang)
    with sheet.inside("places"):
        for i, place in enumerate(layout.places):
            _draw_place(sheet, layout, i, place, lang)
    with sheet.inside("cells"):
        for left, loss in zip(layout.lefts, layout.losses, strict=True):
            for i in range(len(layout.places)):
                _draw_pair(sheet, layout, left, i, loss, lang)
    if not layout.losses:
        words = nothing_words(board, lang)
        x = layout.inner.left + LABELS_MM
        sheet.write(words, x, layout.rows_top + 6.0, Face(size_pt=9.0, is_italic=True))


def _write(
    sheet: Sheet,
    words: str,
    box: Box,
    face: Face,
    align: Literal["left", "center", "right"] = "left",
) -> None:
    """One fitted line in the middle of a box."""
    fitted = fit(words, face, box.width, floor=0.75)
    x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[align]
    y = (box.top + box.bottom) / 2
    sheet.write(fitted.lines[0], x, y, fitted.face, align=align, column=(box.left, box.right), z=6)


def _write_name(sheet: Sheet, words: str, box: Box) -> None:
    """Name of a place, in two lines where it is long."""
    fitted = fit(words, Face(size_pt=8.6, is_bold=True), box.width, floor=0.8)
    if fitted.is_cut:
        fitted = fit(words, Face(size_pt=6.6, is_bold=True), box.width, lines=2, floor=0.85)
    y = (box.top + box.bottom - fitted.height_mm + fitted.face.line_mm) / 2
    for line in fitted.lines:
        sheet.write(line, box.left, y, fitted.face, column=(box.left, box.right), z=6)
        y += fitted.face.line_mm


def _draw_corner(sheet: Sheet, layout: Layout, board: BoardView, lang: Lang) -> None:
    left, top = layout.inner.left, layout.head_top + HEAD_MM
    right = left + LABELS_MM - 3.0
    state = Box(left=left, right=right, top=top, bottom=top + STATE_MM)
    second = Face(size_pt=6.6, color=tokens.SECOND)
    _write(sheet, text("isolation.board.state_row", lang), state, second, "right")
    low = Box(left=left, right=right, top=state.bottom, bottom=state.bottom + NOW_MM)
    _write(
        sheet, text("isolation.board.from_base", lang, base=board.base.name), low, second, "right"
    )
    sheet.line([(left, layout.rows_top), (layout.inner.right, layout.rows_top)], width_pt=1.2, z=1)


def _draw_head(
    sheet: Sheet, layout: Layout, left: float, loss: LossView, head: Fitted, lang: Lang
) -> None:
    right = left + layout.column_mm - GAP_MM
    top = layout.head_top
    face = Face(size_pt=6.0, color=tokens.SECOND)
    what = fit(loss.what[lang], face, right - left, lines=3, floor=0.85)
    y = layout.head_top + HEAD_MM - 0.8 - what.height_mm - head.height_mm
    number = Box(left=left, right=right, top=y - 2.6, bottom=y)
    _write(sheet, loss.mark, number, face)
    for fitted in (head, what):
        for line in fitted.lines:
            middle = y + fitted.face.line_mm / 2
            sheet.write(joined(line), left, middle, fitted.face, column=(left, right + GAP_MM))
            y += fitted.face.line_mm
    _draw_state(
        sheet,
        Box(left=left, right=right, top=top + HEAD_MM, bottom=top + HEAD_MM + STATE_MM - 0.8),
        loss,
        lang,
    )
    y = top + HEAD_MM + STATE_MM
    middle = (left + right) / 2
    for key, edges in (("now", (left, middle)), ("rains", (middle, right))):
        box = Box(left=edges[0], right=edges[1], top=y, bottom=y + NOW_MM)
        _write(sheet, text(f"isolation.board.{key}", lang), box, face, "center")


def _draw_state(sheet: Sheet, box: Box, loss: LossView, lang: Lang) -> None:
    """State with the day of its report; dotted = unknown, thin = by default of the season."""
    is_unknown, is_reported = loss.state == "unknown", loss.basis == "report"
    dashes = (1.0, 1.2) if is_unknown else None
    width_pt = 1.4 if is_unknown or is_reported else 0.5
    fill = {"restricted": tokens.ABROAD, "closed": tokens.RULE}.get(loss.state, tokens.PAPER)
    sheet.box(box, fill=fill, edge=tokens.INK, width_pt=width_pt, dashes=dashes, z=2)
    half = box.height / 2
    upper = Box(
        left=box.left + 0.5, right=box.right - 0.5, top=box.top + 0.4, bottom=box.top + half
    )
    words = text(f"isolation.state.{loss.state}", lang)
    _write(sheet, words, upper, Face(size_pt=6.8, is_bold=is_reported or is_unknown), "center")
    day = "" if loss.reported_at is None else said_day(loss.reported_at)[lang]
    lower = Box(left=upper.left, right=upper.right, top=upper.bottom, bottom=box.bottom - 0.4)
    basis = text(f"isolation.basis.{loss.basis}", lang, day=day)
    _write(sheet, basis, lower, Face(size_pt=5.8, color=tokens.SECOND), "center")


def _draw_place(sheet: Sheet, layout: Layout, i: int, place: BoardPlaceView, lang: Lang) -> None:
    top, bottom = layout.row(i)
    left = layout.inner.left
    if i % 2 == 0:
        band = Box(left=left, right=layout.inner.right, top=top, bottom=bottom)
        sheet.box(band, fill=tokens.BAND, z=0.5)
    name = Box(left=left + 0.8, right=left + NAME_MM, top=top, bottom=bottom)
    _write_name(sheet, place.name, name)
    if any(reach.hangs_on_unknown for reach in place.reach[:1]):
        _draw_question(sheet, left + NAME_MM + MARK_MM / 2, (top + bottom) / 2)
    half = (bottom - top) / 2
    for n, (key, reach) in enumerate(zip(("now", "rains"), place.reach, strict=True)):
        line = Box(
            left=left + NAME_MM + MARK_MM + 0.6,
            right=left + LABELS_MM - 1.0,
            top=top + 0.35 + n * (half - 0.2),
            bottom=top + 0.2 + (n + 1) * (half - 0.2),
        )
        words = reach_words(reach, lang)
        face = Face(size_pt=6.0, color=tokens.SECOND, is_bold=reach.hours is None)
        _write(sheet, f"{text(f'isolation.board.{key}', lang)} {words}", line, face)


def _draw_question(sheet: Sheet, x: float, y: float) -> None:
    """Dotted box with a question mark: every way hangs on an unknown."""
    box = Box(left=x - 1.9, right=x + 1.9, top=y - 1.9, bottom=y + 1.9)
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.2, dashes=(1.0, 1.2), z=2)
    sheet.write("?", x, y, Face(size_pt=8.0, is_bold=True), align="center", z=6)


def _draw_pair(
    sheet: Sheet, layout: Layout, left: float, row: int, loss: LossView, lang: Lang
) -> None:
    """Today's half and that of the rains; one cell where both are cut or both without a road."""
    top, bottom = layout.row(row)
    right, inset = left + layout.column_mm - GAP_MM, 0.45
    middle = (left + right) / 2
    effects = [of_case[row] for of_case in loss.effects]
    kinds = {effect.effect for effect in effects}
    is_one = len({effect.only_by_turn for effect in effects}) == len(kinds) == 1
    edges = [(left, middle - 0.25), (middle + 0.25, right)]
    if is_one and kinds <= {"cut", "no_road"}:
        edges, effects = [(left, right)], effects[:1]
    for (start, end), effect in zip(edges, effects, strict=True):
        box = Box(left=start, right=end, top=top + inset, bottom=bottom - inset)
        draw_cell(sheet, box, effect.effect, effect_words(effect, lang))
