"""Incidents of several files as one table: nothing is counted twice, every source keeps its period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.io.duplicates import link_duplicates, retyped
from cmcoord_geo.model import Finding
from cmcoord_geo.picture import Incidents

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cmcoord_geo.io.report import Reading
    from cmcoord_geo.model import Source


def merge_incidents(
    readings: Sequence[Reading[Incidents]], declared: Sequence[Source]
) -> tuple[Incidents, tuple[Finding, ...]]:
    """
    Rows of several files after one another.

    A record that two files tell (same source, same id) is kept once, with a finding: the newest state
    where the source dates them, else the first. What a list of deletions withdraws is left out. A source
    that no one declared stands in each file for itself, because two files of it may leave a gap between
    them about which nothing is known. Rows of two sources that are one event are linked.

    Parameters
    ----------
    readings : sequence of Reading
    declared : sequence of Source
        Kept also when no row comes from them.
    """
    whole = replace(Incidents.empty(), sources=tuple(declared))
    told: list[Finding] = []
    newest = _newest(readings)
    seen: set[tuple[str, str]] = set()
    origin: list[str] = []
    for i, reading in enumerate(readings):
        rows = reading.content
        keys = list(zip(rows.source_id, rows.incident_id, strict=True))
        is_kept = np.array([newest.get(key) == i for key in keys], bool)
        repeated = sum(key in seen for key in keys)
        seen.update(keys)
        if repeated:
            reason = said("io.incident.twice", n=repeated)
            told.append(Finding(severity="warning", said=reason, file=reading.report.file))
        kept = rows.only(is_kept)
        origin += kept.source_id
        whole = whole.joined(_distinct(kept, whole.sources, reading.report.file))
    told += _withdrawals(readings, seen, newest)
    links = link_duplicates(whole, sources=origin)
    return links.incidents, (*told, *links.findings, *retyped(whole, sources=origin))


def _newest(readings: Sequence[Reading[Incidents]]) -> dict[tuple[str, str], int]:
    """Which file tells the newest state of each record, the first of several; withdrawn ones are absent."""
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for i, reading in enumerate(readings):
        rows = reading.content
        keys = zip(rows.source_id, rows.incident_id, strict=True)
        for key, version in zip(keys, rows.version.tolist(), strict=True):
            if key not in best or version > best[key][0]:
                best[key] = version, i
    gone = {key: moment for reading in readings for key, moment in reading.withdrawn.items()}
    return {key: i for key, (version, i) in best.items() if key not in gone or version > gone[key]}


def _withdrawals(
    readings: Sequence[Reading[Incidents]],
    seen: Collection[tuple[str, str]],
    kept: Collection[tuple[str, str]],
) -> list[Finding]:
    """How many records each list of deletions took out."""
    told = []
    for reading in readings:
        gone = sum(key in seen and key not in kept for key in reading.withdrawn)
        if gone:
            reason = said("io.incident.withdrawn", n=gone)
            told.append(Finding(severity="warning", said=reason, file=reading.report.file))
    return told


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
