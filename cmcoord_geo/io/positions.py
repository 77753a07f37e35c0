"""Positions at the door: in CAR's box, or refused with the reason; swapped columns are recognised."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import said
from cmcoord_geo.io.values import ISO, parse_number
from cmcoord_geo.model import Finding
from cmcoord_geo.units import CAR_BOX, is_in_car_box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions

#: From this many rows on, and when most are swapped, the whole file is.
SWAPPED_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """
    How many positions of a file lie in CAR only when latitude and longitude change places.

    Attributes
    ----------
    swapped, positioned : int
        Rows.
    columns : str
        Names of the two columns as the file has them.
    """

    swapped: int
    positioned: int
    columns: str

    @property
    def is_whole_file(self) -> bool:
        """Whether the columns are named the wrong way round, and not single rows."""
        return self.swapped >= SWAPPED_ROWS and 2 * self.swapped > self.positioned

    def findings(self, file: str) -> tuple[Finding, ...]:
        """One finding for the whole file, where it is swapped."""
        if not self.is_whole_file:
            return ()
        reason = said("io.position.swapped_file", swapped=self.swapped, positioned=self.positioned)
        return (Finding(severity="error", said=reason, file=file, column=self.columns),)


def is_swapped(lat: float, lon: float) -> bool:
    """Whether a position lies in CAR's box with its numbers exchanged: no position lies in it both ways."""
    return is_in_car_box(lat, lon)


def count_swapped(
    text: TextTable,
    columns: Mapping[str, int],
    *,
    lat: str,
    lon: str,
    conventions: Conventions = ISO,
) -> Swap:
    """Count swapped positions over a whole file, before its rows are read."""
    swapped = positioned = 0
    if {lat, lon} <= set(columns):
        for row in text.rows:
            try:
                pair = [
                    parse_number(row.cells[columns[name]].strip(), conventions=conventions)
                    for name in (lat, lon)
                ]
            except DataError:
                continue
            positioned += 1
            swapped += is_swapped(*pair)
    labels = text.labels or text.header
    names = ", ".join(labels[columns[name]] for name in (lat, lon) if name in columns)
    return Swap(swapped=swapped, positioned=positioned, columns=names)


def read_position(row: Row, *, lat: str, lon: str, swap: Swap) -> tuple[float, float]:
    """
    Longitude and latitude of a row; NaN where it has no position.

    A position outside CAR's box is refused; when it would lie inside with its numbers exchanged, the reason
    says so, once for the whole file where most rows are like that. Half a position is refused.
    """
    y, x = row.number_or_nan(lat), row.number_or_nan(lon)
    if row.is_refused or (math.isnan(x) and math.isnan(y)):
        return math.nan, math.nan
    if math.isnan(x) or math.isnan(y):
        row.refuse("io.position.half", lon if math.isnan(x) else lat)
    elif is_swapped(y, x):
        if swap.is_whole_file:
            row.refuse_silently()
        else:
            row.refuse("io.position.swapped", f"{lat}, {lon}")
    elif x == 0 and y == 0:
        row.refuse("io.position.zero", f"{lat}, {lon}")
    elif not is_in_car_box(x, y):
        west, south, east, north = CAR_BOX
        row.refuse(
            "io.position.outside", f"{lat}, {lon}", west=f"{west:g}", south=f"{south:g}",
            east=f"{east:g}", north=f"{north:g}",
        )  # fmt: skip
    return x, y
