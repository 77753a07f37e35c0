"""Findings in the order of the rows, with thousands of one kind folded into a few lines."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.io.layers import is_layer
from cmcoord_geo.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Findings of one kind that are told in full, and rows that the line about the others names.
MOST_TOLD, MOST_NAMED = 5, 10


def by_row(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted by row, those on the whole file first; otherwise in their order."""
    return tuple(sorted(findings, key=lambda finding: finding.row))


def folded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """
    Findings of one file by row; after five of one kind on one column, one line stands for all others.

    Parameters
    ----------
    findings : iterable of Finding
        Of one kind are those that say the same, on the same column.
    """
    alike: defaultdict[object, list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.severity, finding.said, finding.file, finding.column].append(finding)
    told: list[Finding] = []
    for group in alike.values():
        told += group[:MOST_TOLD]
        if more := group[MOST_TOLD:]:
            told.append(_line_for(more))
    return by_row(told)


def _line_for(more: list[Finding]) -> Finding:
    first = more[0]
    rows = ", ".join(str(finding.row) for finding in more[:MOST_NAMED])
    if len(more) > MOST_NAMED:
        rows += "…"
    key = "io.file.more_features" if is_layer(first.file) else "io.file.more"
    reason = said(key, n=len(more), rows=rows, reason=first.said)
    return Finding(
        severity=first.severity,
        said=reason,
        file=first.file,
        sheet=first.sheet,
        row=first.row,
        column=first.column,
        more_rows=tuple(finding.row for finding in more[1:]),
    )
