"""What sources cover after several imports: a period grows, a gap is never papered over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.model import Finding
from cmcoord_geo.risk.coverage import is_thin, main_rows, published_classes, reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents

#: Two periods of a source that lie further apart leave time between them about which nothing is known.
MOST_GAP = timedelta(days=31)
#: Source of a publisher to what is said of it.
_NOTES = {
    "acled": "io.acled.note",
    "ucdp_ged": "io.ucdp.note",
    "ucdp_candidate": "io.ucdp.candidate",
}


def united_sources(
    sources: Iterable[Source],
) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """
    Each source once, with the period that all its files cover.

    What somebody declared stands before what was assumed of rows. Of two assumed periods that are not more
    than 31 days apart the whole is covered; of others the latest alone, with a finding.

    Parameters
    ----------
    sources : iterable of Source
        Stored ones first.
    """
    found: dict[str, Source] = {}
    told: list[Finding] = []
    for source in sources:
        known = found.get(source.source_id)
        if known is None or (known.is_assumed and not source.is_assumed):
            found[source.source_id] = source
        elif known.is_assumed == source.is_assumed:
            found[source.source_id], finding = _together(known, source)
            told += finding
    return tuple(sorted(found.values(), key=lambda entry: entry.source_id)), tuple(told)


def _together(known: Source, other: Source) -> tuple[Source, list[Finding]]:
    earlier, later = sorted((known, other), key=lambda entry: (entry.first, entry.last))
    classes = tuple(sorted({*known.classes, *other.classes}))
    has_export = known.has_export and other.has_export
    if later.first - earlier.last <= MOST_GAP:
        last = max(earlier.last, later.last)
        whole = replace(
            known, first=earlier.first, last=last, classes=classes, has_export=has_export,
            areas=_areas(known, other), note=later.note or known.note,
        )  # fmt: skip
        return whole, []
    reason = said(
        "io.incident.gap", source=known.source_id, first=said_date(earlier.last),
        last=said_date(later.first),
    )  # fmt: skip
    return replace(later, has_export=has_export), [Finding(severity="warning", said=reason)]


def _areas(known: Source, other: Source) -> tuple[str, ...]:
    """Reach of both; none named is the whole country."""
    if not known.areas or not other.areas:
        return ()
    return tuple(sorted({*known.areas, *other.areas}))


def completed(sources: Iterable[Source], incidents: Incidents) -> tuple[Source, ...]:
    """
    Sources with the classes and the reach that all their rows together show, where nobody declared them.

    Parameters
    ----------
    sources : iterable of Source
    incidents : Incidents
        All rows.
    """
    names = np.array(incidents.source_id, dtype=object)
    return tuple(
        _completed(source, incidents, np.flatnonzero(names == source.source_id))
        if source.is_assumed
        else source
        for source in sources
    )


def _completed(source: Source, incidents: Incidents, where: NDArray[np.int64]) -> Source:
    at_s = incidents.at_s[where]
    source = replace(source, areas=reach_of(incidents.lon[where], incidents.lat[where]))
    is_nowhere = not np.isfinite(incidents.lon[where]).any()
    if is_nowhere or is_thin(at_s[main_rows(at_s)]):
        return replace(source, classes=(), note=said("io.incident.thin_source"))
    if source.source_id in _NOTES:
        classes, note = published_classes()[source.source_id], said(_NOTES[source.source_id])
    else:
        classes = frozenset(incidents.class_id[i] for i in where.tolist())
        note = said("io.incident.assumed_source")
    return replace(source, classes=tuple(sorted(classes)), note=note)
