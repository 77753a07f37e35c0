"""What could not be read is said in the product: a refused patrol is not an absent one (H2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said

if TYPE_CHECKING:
    from cmcoord_geo.model import Finding


def refused_notes(findings: Iterable[Finding]) -> tuple[Said, ...]:
    """
    One note for each file of which rows, or all of it, were refused.

    Names the file and a number, never what the rows held.
    """
    findings = [finding for finding in findings if finding.severity == "error" and finding.file]
    whole = {finding.file for finding in findings if not finding.row}
    rows = {(finding.file, finding.sheet, row) for finding in findings for row in finding.rows}
    counts = Counter(file for file, _, _ in rows)
    return tuple(
        said("refused.file", file=file)
        if file in whole
        else said("refused.rows", file=file, count=counts[file])
        for file in sorted({*whole, *counts})
    )
