"""One row of text being read: each cell to its value, every fault of the row found in one go."""

from __future__ import annotations

import math
from datetime import timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from cmcoord_geo.errors import CmcoordError, DataError, SnapError, UnknownPlaceError
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.io.values import (
    DAY,
    ISO,
    TIME,
    Conventions,
    free_text,
    identifier,
    parse_choice,
    parse_count,
    parse_day,
    parse_hours_of_day,
    parse_mass_t,
    parse_number,
    parse_time,
    parse_yes_no,
    word_index,
)
from cmcoord_geo.model import Finding
from cmcoord_geo.network.places import find_place
from cmcoord_geo.network.placing import place_on
from cmcoord_geo.schemas import Column, Table, get_table
from cmcoord_geo.units import to_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.io.text_table import TextRow
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.network import RoadNetwork

R = TypeVar("R")
#: Start of the id in the example row of a template.
EXAMPLE = "EXAMPLE"
#: A place that lies this near to its node is not told as moved.
QUIET_M = 20.0
#: Stands in for a time that could not be read; goes nowhere, because its row is refused.
NO_TIME = to_datetime(0)


class Row:
    """
    One row being read: each method gives the value of a cell.

    A cell that cannot be read is noted as a fault and a stand-in is given instead. The stand-in goes nowhere,
    because a row with a fault is refused; so every fault of a row is found in one go.

    Attributes
    ----------
    number : int
        As a reader of the file counts.
    is_refused : bool
    findings : list of Finding
    faulty : mapping
        Columns whose cell holds no value that could be read, each told already.
    """

    def __init__(
        self,
        row: TextRow,
        *,
        file: str,
        sheet: str = "",
        table: Table,
        columns: Mapping[str, int],
        header: Sequence[str],
        conventions: Conventions = ISO,
    ) -> None:
        self.number = row.number
        self.is_refused = False
        self.findings: list[Finding] = []
        self._file = file
        self._sheet = sheet
        self._table = table
        self._headers = {name: header[i] for name, i in columns.items()}
        self._cells = {name: row.cells[i] for name, i in columns.items()}
        self._conventions = conventions
        self.faulty = {name: row.faults[i] for name, i in columns.items() if i in row.faults}
        for name, key in self.faulty.items():
            if table[name].kind == "text":
                self.warn("workbook.text_cell", name)
            else:
                self.refuse(key, name)

    def refuse(self, key: str, column: str = "", /, **values: object) -> None:
        """Refuse the row, for a reason."""
        self._refuse(said(key, **values), column)

    def refuse_for(self, error: CmcoordError, column: str) -> None:
        """Refuse the row for an error that a cell gave."""
        self._refuse(error.said, column)

    def refuse_silently(self) -> None:
        """Refuse the row for a reason that is told once for the whole file."""
        self.is_refused = True

    def warn(self, key: str, column: str = "", /, **values: object) -> None:
        """Note something about a row that is used."""
        self._note("warning", said(key, **values), column)

    def cell(self, column: str) -> str:
        """Text of a cell without spaces around it; empty where the file lacks the column."""
        return self._cells.get(column, "").strip()

    def text(self, column: str) -> str:
        """Text exactly as it was written."""
        return free_text(self._cells.get(column, ""))

    def identifier(self, column: str) -> str:
        """Text that is compared with other files."""
        return identifier(self._cells.get(column, ""))

    def number_or_nan(self, column: str) -> float:
        """Finite number within the limits of the column; NaN where the cell is empty."""
        value = self._parsed(column, lambda cell: parse_number(cell, conventions=self._conventions))
        return math.nan if value is None else self._within(column, value, math.nan)

    def mass_t(self, column: str) -> float:
        """Tonnes within the limits of the column; NaN where the cell is empty."""
        value = self._parsed(column, lambda cell: parse_mass_t(cell, conventions=self._conventions))
        return math.nan if value is None else self._within(column, value, math.nan)

    def hours(self, column: str) -> str:
        """Hours of the day; empty where the cell is empty."""
        return self._parsed(column, parse_hours_of_day) or ""

    def count(self, column: str) -> int | None:
        """Whole number within the limits of the column; None where the cell is empty."""
        value = self._parsed(column, parse_count)
        return value if value is None else self._within(column, value, None)

    def time(self, column: str) -> datetime | None:
        """Instant; None where the cell is empty."""
        return self._parsed(column, parse_time)

    def bangui_time(self, column: str) -> datetime | None:
        """Instant; one without an offset is taken for Bangui time, which is told. None where empty."""
        match = TIME.fullmatch(self.cell(column))
        if not match or match[5]:
            return self.time(column)
        self.warn("io.value.bangui", column)
        return self._parsed(column, partial(parse_time, conventions=Conventions(zone="+01:00")))

    def needed_time(self, column: str) -> datetime:
        """Instant of a required column."""
        return self._parsed(column, parse_time) or NO_TIME

    def needed_day(self, column: str) -> datetime:
        """Instant, or noon in Bangui of a day, of a required column."""
        read = partial(parse_day, conventions=self._conventions)
        return self._parsed(column, read) or NO_TIME

    def needed_start(self, column: str) -> datetime:
        """Instant, or the start in Bangui of a day, of a required column; a day is told."""
        if not DAY.fullmatch(self.cell(column)):
            return self.needed_time(column)
        noon = self._parsed(column, parse_day)
        if noon is None:
            return NO_TIME
        self.warn("io.value.day_start", column)
        return noon - timedelta(hours=12)

    def yes_no(self, column: str) -> bool:
        """Yes or no; no where the cell is empty."""
        return bool(self._parsed(column, parse_yes_no))

    def choice(self, column: str) -> str:
        """One of the values of the column; empty where the cell is empty."""
        index, words = _choices(self._table.name, column), self._table[column].words
        return self._parsed(column, lambda cell: parse_choice(cell, index, words=words)) or ""

    def chosen(self, column: str, index: Mapping[str, str]) -> str:
        """Value of a word by an index of words; empty where the cell is empty."""
        return self._parsed(column, lambda cell: parse_choice(cell, index)) or ""

    def place(self, column: str) -> str:
        """Id of a place by its id, name, or other spelling; empty where the cell is empty."""
        name = self.identifier(column)
        return self._place(name, column) if name else ""

    def _place(self, name: str, column: str) -> str:
        try:
            return find_place(name).place_id
        except UnknownPlaceError as error:
            self._refuse_place(error, column)
            return ""

    def place_on(self, network: RoadNetwork, column: str, ranks: Collection[int] = ()) -> str:
        """
        Id of the node of a surveyed network that a place or a position means; empty where the cell is empty.

        Parameters
        ----------
        network : RoadNetwork
        column : str
        ranks : collection of int
            Of the vehicles that must be able to drive there.
        """
        name = self.identifier(column)
        return self._place_on(network, name, column, ranks) if name else ""

    def places_on(
        self, network: RoadNetwork | None, column: str, ranks: Collection[int] = ()
    ) -> tuple[str, ...]:
        """
        Ids of several places of one cell, separated by semicolons; on a surveyed network of its nodes.

        Parameters
        ----------
        network : RoadNetwork or None
        column : str
        ranks : collection of int
            Of the vehicles that must be able to drive there.
        """
        return tuple(
            self._place(name, column)
            if network is None
            else self._place_on(network, name, column, ranks)
            for name in self.parts(column)
        )

    def parts(self, column: str) -> tuple[str, ...]:
        """Parts of a cell between semicolons, as they are compared with other files."""
        parts = self.cell(column).split(";")
        return tuple(name for part in parts if (name := identifier(part)))

    def _place_on(
        self, network: RoadNetwork, name: str, column: str, ranks: Collection[int]
    ) -> str:
        if network.traffic is None:
            return self._place(name, column)
        try:
            found = place_on(network, name, ranks)
        except UnknownPlaceError as error:
            self._refuse_place(error, column)
            return ""
        except (DataError, SnapError) as error:
            self._refuse(error.said, column)
            return ""
        if found.away_m > QUIET_M:
            self.warn("io.place.moved", column, place=found.name, away=said_length(found.away_m))
        return network.node_ids[found.node]

    def _refuse_place(self, error: UnknownPlaceError, column: str) -> None:
        key = "unknown" if not error.candidates else "near"
        key = "ambiguous" if error.is_ambiguous else key
        why = said(f"io.place.{key}", candidates=", ".join(error.candidates))
        if self._table[column].kind == "places":
            why = said("io.place.of_several", name=error.name, why=why)
        self._refuse(why, column)

    def _parsed(self, column: str, parse: Callable[[str], R]) -> R | None:
        cell = self.cell(column)
        if not cell:
            return None
        try:
            return parse(cell)
        except DataError as error:
            self.refuse_for(error, column)
            return None

    def _within(self, column: str, value: R, instead: Any) -> R:  # noqa: ANN401 - the stand-in of the caller
        limits = self._table[column]
        low, high = limits.low, limits.high
        number: Any = value
        if (low is not None and number < low) or (high is not None and number > high):
            self.refuse(
                "io.value.range", column, low=f"{low:g}", high=f"{high:g}", unit=limits.unit
            )
            return instead  # type: ignore[no-any-return]
        return value

    def _refuse(self, reason: object, column: str) -> None:
        self.is_refused = True
        self._note("error", reason, column)

    def _note(self, severity: Any, reason: object, column: str) -> None:  # noqa: ANN401 - of Finding
        if not isinstance(reason, Said):
            reason = said("io.value.unreadable")
        names = ", ".join(self._headers.get(name, name) for name in column.split(", "))
        self.findings.append(
            Finding(
                severity=severity,
                said=reason,
                file=self._file,
                sheet=self._sheet,
                row=self.number,
                column=names,
            )
        )


@cache
def _choices(table: str, column: str) -> Mapping[str, str]:
    known: Column = get_table(table)[column]
    return word_index({value: known.words.get(value, ()) for value in known.values})
