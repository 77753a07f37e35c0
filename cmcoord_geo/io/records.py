"""Rows of text to records: no bad row drops the rest, none is counted twice, all are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from cmcoord_geo.errors import SchemaError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.io.folding import folded
from cmcoord_geo.io.report import ReadReport
from cmcoord_geo.io.row import EXAMPLE, Row
from cmcoord_geo.io.values import ISO
from cmcoord_geo.model import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.schemas import Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(Generic[T]):
    """
    What the rows of one table gave.

    Attributes
    ----------
    kept : tuple of T
        In the order of the file.
    salvaged : tuple of T
        Made from refused rows, where a table asks for it.
    findings : tuple of Finding
        In the order of the rows, many of one kind folded into one line.
    report : ReadReport
    refused_ids : frozenset of str
        What stands in the first column of refused rows.
    """

    kept: tuple[T, ...]
    salvaged: tuple[T, ...]
    findings: tuple[Finding, ...]
    report: ReadReport
    refused_ids: frozenset[str]


def find_columns(text: TextTable, table: Table) -> Mapping[str, int]:
    """
    Where each known column of a table stands in a file.

    Raises
    ------
    SchemaError
        Required columns are missing, or a known column stands there twice; with what to do.
    """
    spellings = table.spellings
    found: dict[str, int] = {}
    twice: list[str] = []
    for i, header in enumerate(text.header):
        name = spellings.get(header)
        if name is None:
            continue
        if name in found:
            twice.append(header)
        found.setdefault(name, i)
    missing = [column.name for column in table.required if column.name not in found]
    for key, names in (("io.table.missing", missing), ("io.table.twice", twice)):
        if names:
            columns = ", ".join(names)
            raise problem(
                SchemaError, key, facts={"table": table.name, "column": columns},
                file=text.file, table=table.name, columns=columns,
            )  # fmt: skip
    return found


def unknown_columns(text: TextTable, table: Table) -> tuple[Finding, ...]:
    """One finding that names the columns of a file that are not read, if there are any."""
    names = [name[:40] or "?" for name in text.header if name not in table.spellings]
    if table.is_published or not names:
        return ()
    reason = said(
        "io.table.unknown", known=", ".join(column.name for column in table.columns), n=len(names)
    )
    return (
        Finding(
            severity="warning",
            said=reason,
            file=text.file,
            sheet=text.sheet,
            column=", ".join(names),
        ),
    )


def read_records(
    text: TextTable,
    table: Table,
    make: Callable[[Row], T],
    *,
    key: Callable[[T], Hashable],
    conventions: Conventions = ISO,
    salvage: Callable[[Row], Iterable[T]] = lambda _: (),
    version: Callable[[T], int] = lambda _: 0,
) -> Records[T]:
    """
    Records of a table, each row by itself.

    Parameters
    ----------
    text : TextTable
    table : Table
    make : callable
        Row to record; notes faults on the row.
    key : callable
        Record to what it is about: a second row about the same is a duplicate and is left out.
    conventions : Conventions
    salvage : callable, optional
        Refused row to records that must be kept for caution.
    version : callable, optional
        Record to the number of its state: of two about the same the higher stays, whichever stands first.

    Raises
    ------
    SchemaError
        As :func:`find_columns`.
    """
    columns = find_columns(text, table)
    kept: dict[Hashable, T] = {}
    salvaged: list[T] = []
    findings = [*text.findings, *unknown_columns(text, table)]
    refused_ids: list[str] = []
    duplicates = 0
    for text_row in text.rows:
        row = Row(
            text_row, file=text.file, sheet=text.sheet, table=table, columns=columns,
            header=text.labels or text.header, conventions=conventions,
        )  # fmt: skip
        _check_filled(row, table)
        record = make(row)
        if not row.is_refused and key(record) in kept:
            duplicates += 1
            if version(record) != version(kept[key(record)]):
                kept[key(record)] = max(kept[key(record)], record, key=version)
                row.warn("io.row.newest", table.columns[0].name)
            elif kept[key(record)] == record:
                row.warn("io.row.duplicate", table.columns[0].name)
            else:
                row.refuse("io.row.contradicts", table.columns[0].name)
        elif not row.is_refused:
            kept[key(record)] = record
        else:
            salvaged += salvage(row)
            refused_ids.append(row.identifier(table.columns[0].name))
        findings += row.findings
    rows = len(text.rows) + text.broken
    report = ReadReport(
        file=text.file, table=table.name, rows=rows, accepted=len(kept),
        refused=rows - len(kept) - duplicates, duplicates=duplicates,
    )  # fmt: skip
    if rows and not kept and not salvaged:
        reason = said("io.file.nothing", n=rows)
        findings.insert(0, Finding(severity="error", said=reason, file=text.file, sheet=text.sheet))
    return Records(
        kept=tuple(kept.values()), salvaged=tuple(salvaged), findings=folded(findings),
        report=report, refused_ids=frozenset(refused_ids) - {""},
    )  # fmt: skip


def _check_filled(row: Row, table: Table) -> None:
    first = table.columns[0].name
    if row.cell(first).startswith(EXAMPLE):
        row.refuse("io.row.example", first)
    for column in table.required:
        if not row.cell(column.name) and column.name not in row.faulty:
            row.refuse("io.row.empty", column.name)
