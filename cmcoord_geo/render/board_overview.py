"""How far each place is for each vehicle: the first table of a text about several vehicles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.board_words import hours_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.render.text import Sheet
    from cmcoord_geo.sharing.isolation_views import BoardPlaceView, BoardView, ReachView

#: Letters of a column; vehicles side by side.
_COLUMN, _SIDE_BY_SIDE = 13, 5


def overview_lines(sheet: Sheet, boards: Sequence[BoardView]) -> Iterator[str]:
    """
    Driving hours today and in the rains, a line for each place and a column for each vehicle.

    Parameters
    ----------
    sheet : Sheet
    boards : sequence of BoardView
        One for each vehicle.
    """
    lang = sheet.lang
    yield from sheet.title(text("isolation.text.overview", lang))
    yield from sheet.paragraph(text("isolation.text.overview_legend", lang))
    width = max(len(place.name) for place in boards[0].targets) + 2
    for first in range(0, len(boards), _SIDE_BY_SIDE):
        shown = boards[first : first + _SIDE_BY_SIDE]
        found = [{place.place_id: place for place in board.targets} for board in shown]
        yield ""
        heads = "".join(f"{board.cases[0].vehicle_id:>{_COLUMN}}" for board in shown)
        yield f"  {'':<{width}}{heads}".rstrip()
        for place in boards[0].targets:
            cells = "".join(_cell(sheet, of_board[place.place_id]) for of_board in found)
            yield f"  {place.name:<{width}}{cells}".rstrip()


def _cell(sheet: Sheet, place: BoardPlaceView) -> str:
    now, rains = (_hours(sheet, reach) for reach in place.reach)
    mark = "?" if place.reach[0].hangs_on_unknown else " "
    return f"{now:>{_COLUMN - 7}}{mark}| {rains:<4}"


def _hours(sheet: Sheet, reach: ReachView) -> str:
    if reach.hours is None:
        sign = "*" if reach.only_by_turn else ""
        return text("isolation.text.cell_no_road", sheet.lang).strip() + sign
    return hours_words(reach.hours, sheet.lang)
