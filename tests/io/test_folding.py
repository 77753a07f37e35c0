"""Many findings of one kind become a few lines, and none is lost without a count."""

from __future__ import annotations

from cmcoord_geo.i18n import said
from cmcoord_geo.io.folding import MOST_TOLD, folded
from cmcoord_geo.model import Finding


def finding(row: int, column: str = "id", key: str = "io.row.duplicate") -> Finding:
    return Finding(severity="warning", said=said(key), file="a.csv", row=row, column=column)


def test_few_stay_as_they_are_in_the_order_of_the_rows() -> None:
    few = [finding(row) for row in (9, 3, 0, 5, 7)]
    assert [f.row for f in folded(few)] == [0, 3, 5, 7, 9]
    assert set(folded(few)) == set(few)


def test_after_five_one_line_stands_for_the_others() -> None:
    told = folded(finding(row) for row in range(2, 1578))
    assert [f.row for f in told] == [2, 3, 4, 5, 6, 7]
    assert "1571 more like it (rows 7, 8, 9, 10, 11, 12, 13, 14, 15, 16…)" in told[-1].said.en
    assert told[-1].said.fr.endswith(said("io.row.duplicate").fr)
    assert {row for told_once in told for row in told_once.rows} == set(range(2, 1578))
    assert (told[-1].file, told[-1].column, told[-1].severity) == ("a.csv", "id", "warning")


def test_another_column_or_reason_is_another_kind() -> None:
    mixed = [finding(row, column) for row in range(MOST_TOLD) for column in ("id", "place")]
    mixed += [finding(row, key="io.row.empty") for row in range(MOST_TOLD)]
    assert len(folded(mixed)) == 3 * MOST_TOLD
