"""Places along an option, each with its km, in one row where they fit and else in two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.faces import Face, text_width_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.profile.band import Band
    from cmcoord_geo.sharing.profile_views import OptionProfileView, TownView

NAME, KM = Face(size_pt=6.8, is_bold=True), Face(size_pt=6.0, color=tokens.SECOND)
#: Between a name and its km, between two towns, and how far words may reach beyond the chart.
WORD_MM, FREE_MM, LEFT_MM, RIGHT_MM = 1.2, 1.4, 9.0, 2.5
#: Middle of the first row under the road's axis, and height of a row.
FIRST_MM, ROW_MM = 2.4, 3.2
MOST_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TownSpot:
    """Where the words of a town begin, in millimetres, and in which row."""

    town: TownView
    left: float
    row: int


def place_towns(
    towns: Sequence[TownView],
    mm_per_km: float,
    edges: tuple[float, float],
    *,
    rows: int = MOST_ROWS,
) -> tuple[TownSpot, ...]:
    """
    Place the words of the towns: both ends first, then the others from the origin on.

    Parameters
    ----------
    towns : sequence of TownView
        From the origin to the destination.
    mm_per_km : float
    edges : tuple of float
        Left and right edge of the chart, millimetres.
    rows : int
        Rows that there is room for.

    Returns
    -------
    tuple of TownSpot
        Without those for which no row has room: their ticks stand without words.
    """
    ends = {towns[0].km, towns[-1].km}
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    found = []
    for town in sorted(towns, key=lambda town: (town.km not in ends, town.km)):
        width = text_width_mm(town.name, NAME) + WORD_MM + text_width_mm(_km(town), KM)
        middle = edges[0] + town.km * mm_per_km
        left = max(min(middle - width / 2, edges[1] + RIGHT_MM - width), edges[0] - LEFT_MM)
        for row, others in enumerate(taken):
            if all(left + width + FREE_MM <= low or left >= high + FREE_MM for low, high in others):
                others.append((left, left + width))
                found.append(TownSpot(town=town, left=left, row=row))
                break
    return tuple(found)


def rows_of(spots: Sequence[TownSpot]) -> int:
    """Rows that are used."""
    return 1 + max(spot.row for spot in spots)


def draw_towns(sheet: Sheet, band: Band, option: OptionProfileView) -> None:
    """Draw a tick for each place passed, and its words where there is room for them."""
    top = band.towns.top
    with sheet.inside("towns"):
        for town in option.towns:
            x = band.x(town.km)
            sheet.line([(x, band.chart.bottom), (x, top)], width_pt=0.9, z=4.2)
            sheet.circle(x, top, 0.7, fill=tokens.PAPER, edge=tokens.INK, z=4.5)
        edges = (band.chart.left, band.chart.right)
        for spot in place_towns(option.towns, band.mm_per_km, edges, rows=band.town_rows):
            y = top + FIRST_MM + spot.row * ROW_MM
            sheet.write(spot.town.name, spot.left, y, NAME)
            left = spot.left + text_width_mm(spot.town.name, NAME) + WORD_MM
            sheet.write(_km(spot.town), left, y, KM)


def _km(town: TownView) -> str:
    return f"km\N{NO-BREAK SPACE}{town.km:.0f}"
