"""Legend and notes under the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.board.cells import draw_cell
from cmcoord_geo.render.board.layout import LEGEND_MM, note_face
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face, text_width_mm

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.board.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.isolation_views import BoardView

SAMPLE_MM = (9.0, 4.4)
LEGEND_PT, LEAST_PT = 7.2, 5.6


def draw_foot_notes(sheet: Sheet, layout: Layout, board: BoardView, lang: Lang) -> None:
    """Draw the legend in one row and the notes below it."""
    with sheet.inside("legend"):
        _draw_legend(sheet, layout, board, lang)
    with sheet.inside("notes"):
        face = note_face()
        for i, line in enumerate(layout.notes):
            y = layout.notes_top + (i + 0.5) * face.line_mm
            column = (layout.inner.left, layout.inner.right)
            sheet.write(line, layout.inner.left, y, face, column=column)


def _draw_legend(sheet: Sheet, layout: Layout, board: BoardView, lang: Lang) -> None:
    items = _items(board, lang)
    between = 4.0
    fixed = sum(SAMPLE_MM[0] + 1.2 for _ in items) + between * (len(items) - 1)
    face = Face(size_pt=LEGEND_PT)
    wanted = sum(text_width_mm(words, face) for _, _, words in items)
    room = layout.inner.width - fixed
    face = face.scaled(min(1.0, max(room / wanted, LEAST_PT / LEGEND_PT)))
    x, y = layout.inner.left, layout.rows_bottom + LEGEND_MM / 2 + 0.4
    for effect, sample, words in items:
        box = Box(
            left=x, right=x + SAMPLE_MM[0], top=y - SAMPLE_MM[1] / 2, bottom=y + SAMPLE_MM[1] / 2
        )
        draw_cell(sheet, box, effect, sample)
        x = box.right + 1.2
        width = text_width_mm(words, face)
        sheet.write(words, x, y, face, column=(x, layout.inner.right))
        x += width + between


def _items(board: BoardView, lang: Lang) -> list[tuple[str, str, str]]:
    """Effect, sample and words of each entry."""
    hours = int(board.bound_h)
    decimal = f"{board.least_h:g}"
    least = decimal.replace(".", ",") if lang == "fr" else decimal

    def more(extra_h: int) -> str:
        return text("isolation.board.hours", lang, hours=extra_h)

    def say(key: str, **values: object) -> str:
        return text(f"isolation.board.legend_{key}", lang, **values)

    return [
        ("cut", text("isolation.board.cut", lang), say("cut")),
        ("long", more(hours + 4), say("long", bound=board.bound[lang])),
        ("detour", more(max(1, hours // 2)), say("detour")),
        ("none", text("isolation.board.none", lang), say("none", least=least)),
        ("no_road", "", say("no_road")),
    ]
