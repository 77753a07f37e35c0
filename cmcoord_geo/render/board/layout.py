"""Where everything stands on the board: which losses and places fit, and how wide and high they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.typeset import fit, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.printmap.typeset import Fitted
    from cmcoord_geo.sharing.isolation_views import BoardPlaceView, BoardView, LossView

#: Millimetres.
LABELS_MM, CAPTIONS_MM, HEAD_MM, STATE_MM, NOW_MM, LEGEND_MM = 53.0, 11.0, 18.6, 7.4, 3.6, 8.0
COLUMN_MM = (17.8, 30.0)
ROW_MM = (5.4, 10.0)
GAP_MM = 1.3
#: Names told of what does not fit, and letters of each.
MOST_NAMED, LONGEST = 24, 40
#: Points as printed.
NOTE_PT, HEAD_PT = 6.3, 7.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    What is drawn, and where.

    Attributes
    ----------
    inner : Box
        Between head and foot of the sheet.
    losses, places : tuple
        Those that fit: the most important losses, in their order; the nearest places.
    left_losses, left_places : tuple
        Those that stand in the table only.
    lefts : tuple of float
        Left edge of each column.
    column_mm, row_mm : float
    rows_top, head_top : float
    heads : tuple of Fitted
        Headings, all in one size.
    notes : tuple of str
        Lines of the notes, from top to bottom.
    notes_top : float
    """

    inner: Box
    losses: tuple[LossView, ...]
    places: tuple[BoardPlaceView, ...]
    left_losses: tuple[LossView, ...]
    left_places: tuple[BoardPlaceView, ...]
    lefts: tuple[float, ...]
    column_mm: float
    row_mm: float
    head_top: float
    rows_top: float
    heads: tuple[Fitted, ...]
    notes: tuple[str, ...]
    notes_top: float

    @property
    def rows_bottom(self) -> float:
        """Lower edge of the last row."""
        return self.rows_top + self.row_mm * len(self.places)

    def row(self, number: int) -> tuple[float, float]:
        """Upper and lower edge of a row."""
        top = self.rows_top + number * self.row_mm
        return top, top + self.row_mm


def note_face(*, is_bold: bool = False) -> Face:
    """Face of the notes."""
    return Face(size_pt=NOTE_PT, is_bold=is_bold)


def lay_out(sheet: Sheet, board: BoardView, lang: Lang) -> Layout:
    """Choose what fits on the sheet, and its measures."""
    frame_box = map_box(sheet)
    inner = Box(
        left=frame_box.left, right=frame_box.right, top=frame_box.top + 1.0, bottom=frame_box.bottom
    )
    room_mm = inner.width - LABELS_MM
    count = min(len(board.losses), int(room_mm / COLUMN_MM[0]))
    chosen = sorted(range(len(board.losses)), key=lambda i: (*_rank(board.losses[i]), i))[:count]
    losses = tuple(board.losses[i] for i in sorted(chosen))
    left_losses = tuple(one for i, one in enumerate(board.losses) if i not in set(chosen))
    column_mm = min(room_mm / max(count, 1), COLUMN_MM[1])
    head_top = inner.top + CAPTIONS_MM
    rows_top = head_top + HEAD_MM + STATE_MM + NOW_MM
    count_shown, notes = _fitting_rows(board, left_losses, lang, inner, rows_top)
    places, left_places = board.targets[:count_shown], board.targets[count_shown:]
    free_mm = _free_mm(inner, rows_top, notes)
    row_mm = min(free_mm / max(len(places), 1), ROW_MM[1])
    return Layout(
        inner=inner,
        losses=losses,
        places=places,
        left_losses=left_losses,
        left_places=left_places,
        lefts=tuple(inner.left + LABELS_MM + i * column_mm for i in range(count)),
        column_mm=column_mm,
        row_mm=row_mm,
        head_top=head_top,
        rows_top=rows_top,
        heads=_heads(losses, lang, column_mm - GAP_MM),
        notes=notes,
        notes_top=rows_top + row_mm * len(places) + LEGEND_MM + 1.2,
    )


def _fitting_rows(
    board: BoardView, left_losses: Sequence[LossView], lang: Lang, inner: Box, rows_top: float
) -> tuple[int, tuple[str, ...]]:
    """How many places fit above the notes that tell of the others, and these notes."""
    for count in range(len(board.targets), 0, -1):
        notes = _notes(board, left_losses, board.targets[count:], lang, inner.width)
        if count * ROW_MM[0] <= _free_mm(inner, rows_top, notes):
            return count, notes
    return 0, _notes(board, left_losses, board.targets, lang, inner.width)


def _free_mm(inner: Box, rows_top: float, notes: Sequence[str]) -> float:
    """Height that legend and notes leave for the rows."""
    return inner.bottom - rows_top - LEGEND_MM - len(notes) * note_face().line_mm - 2.0


def _rank(loss: LossView) -> tuple[int, int]:
    """More important losses first; of equal ones those that cut more."""
    cuts = sum(one.effect == "cut" for of_case in loss.effects for one in of_case)
    return -loss.importance, -cuts


def _heads(losses: Sequence[LossView], lang: Lang, width_mm: float) -> tuple[Fitted, ...]:
    """Headings in three lines at most, all in the size of the one that needs the smallest."""
    face = Face(size_pt=HEAD_PT, is_bold=True)
    words = [breakable(one.title[lang]) for one in losses]
    fitted = [fit(word, face, width_mm, lines=3, floor=0.75) for word in words]
    small = min((one.face.size_pt for one in fitted), default=HEAD_PT)
    return tuple(fit(w, face.scaled(small / HEAD_PT), width_mm, lines=3, floor=0.75) for w in words)


def breakable(title: str) -> str:
    """Title that may be broken after the dash between two places, or after a hyphen in a name."""
    return title.replace("–", "– ").replace("-", "- ")


def joined(line: str) -> str:
    """Line of a heading without the spaces at which it might have been broken."""
    return line.replace("– ", "–").replace("- ", "-")


def _notes(
    board: BoardView,
    left_losses: Sequence[LossView],
    left_places: Sequence[BoardPlaceView],
    lang: Lang,
    width_mm: float,
) -> tuple[str, ...]:
    paragraphs = []
    if left_losses:
        names = _few(f"{one.mark} {one.title[lang]}" for one in left_losses)
        paragraphs.append(text("isolation.board.more", lang, n=len(left_losses), names=names))
    if left_places:
        names = _few(place.name for place in left_places)
        paragraphs.append(text("isolation.board.rows_more", lang, n=len(left_places), names=names))
    paragraphs += [note[lang] for note in board.notes]
    return tuple(line for words in paragraphs for line in wrap(words, note_face(), width_mm))


def _few(names: Iterable[str]) -> str:
    """First of the names, each cut where it is very long, with a sign when there are more."""
    told = [name if len(name) <= LONGEST else f"{name[:LONGEST]}…" for name in names]
    return ", ".join(told[:MOST_NAMED]) + (", …" if len(told) > MOST_NAMED else "")
