"""What looks wrong in the cells of an incident table before any of them is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.model import Finding

if TYPE_CHECKING:
    from cmcoord_geo.io.text_table import TextRow, TextTable

#: Accented letters and quotes that were read in a wrong encoding once, or lost.
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf\u2018-\u2122]|â€|\ufffd|├[®©¿á]")
#: Between the cells of a row; what stands in no cell.
_CELL_END = "\x1f"
_FORMULA = re.compile(f"(?:^|{_CELL_END})[=@](?=[^{_CELL_END} ])")
_CHECKS = (("io.incident.garbled", _GARBLED), ("io.incident.formula", _FORMULA))
_MOST_NAMED = 10


def cell_findings(text: TextTable) -> tuple[Finding, ...]:
    """
    Garbled letters and formulas, one finding for each kind that names the rows and the columns.

    Nothing is repaired: the rows are read as they stand.

    Parameters
    ----------
    text : TextTable
    """
    found = []
    for key, pattern in _CHECKS:
        rows = [row for row in text.rows if pattern.search(_CELL_END.join(row.cells))]
        if not rows:
            continue
        columns = sorted({i for row in rows for i in _columns(row, pattern)})
        named = ", ".join(str(row.number) for row in rows[:_MOST_NAMED])
        more = "…" if len(rows) > _MOST_NAMED else ""
        header = text.labels or text.header
        found.append(
            Finding(
                severity="warning",
                said=said(key, n=len(rows), rows=named + more),
                file=text.file,
                sheet=text.sheet,
                row=rows[0].number,
                column=", ".join(header[i] for i in columns),
            )
        )
    return tuple(found)


def _columns(row: TextRow, pattern: re.Pattern[str]) -> list[int]:
    return [i for i, cell in enumerate(row.cells) if pattern.search(cell)]
