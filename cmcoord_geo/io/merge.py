"""Incidents of several files as one table: nothing is counted twice, every source keeps its period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.model import Finding
from cmcoord_geo.picture import Incidents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.io.report import Reading
    from cmcoord_geo.model import Source


def merge_incidents(
    readings: Sequence[Reading[Incidents]], declared: Sequence[Source]
) -> tuple[Incidents, tuple[Finding, ...]]:
    """
    Rows of several files after one another.

    A record that an earlier file told (same source, same id) is left out, with a finding. A source that
    no one declared stands in each file for itself, because two files of it may leave a gap between them
    about which nothing is known.

    Parameters
    ----------
    readings : sequence of Reading
    declared : sequence of Source
        Kept also when no row comes from them.
    """
    whole = replace(Incidents.empty(), sources=tuple(declared))
    told: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for reading in readings:
        rows = reading.content
        keys = list(zip(rows.source_id, rows.incident_id, strict=True))
        is_new = np.array([key not in seen for key in keys], bool)
        seen.update(keys)
        if not is_new.all():
            reason = said("io.incident.twice", n=int((~is_new).sum()))
            told.append(Finding(severity="warning", said=reason, file=reading.report.file))
        whole = whole.joined(_distinct(_only(rows, is_new), whole.sources, reading.report.file))
    return whole, tuple(told)


def _only(rows: Incidents, keep: NDArray[np.bool_]) -> Incidents:
    def chosen(column: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(value for value, is_kept in zip(column, keep, strict=True) if is_kept)

    return Incidents(
        incident_id=chosen(rows.incident_id), class_id=chosen(rows.class_id),
        source_id=chosen(rows.source_id), lon=rows.lon[keep], lat=rows.lat[keep],
        at_s=rows.at_s[keep], precision=rows.precision[keep], place=chosen(rows.place),
        sources=rows.sources,
    )  # fmt: skip


def _distinct(rows: Incidents, taken: Sequence[Source], file: str) -> Incidents:
    """Rows without the sources that are taken, those with a taken id but another period renamed."""
    known = {source.source_id: source for source in taken}
    new = [source for source in rows.sources if known.get(source.source_id) != source]
    names = {
        source.source_id: f"{source.source_id} ({file})"
        for source in new
        if source.source_id in known
    }
    return replace(
        rows,
        source_id=tuple(names.get(key, key) for key in rows.source_id),
        sources=tuple(
            replace(source, source_id=names.get(source.source_id, source.source_id))
            for source in new
        ),
    )
