"""What only shows when the files of a folder are seen together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.io.areas import idle_findings
from cmcoord_geo.model import Finding
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cmcoord_geo.picture import OperationalPicture, Patrols

#: Patrols that one finding names.
_MOST_NAMED = 8


def cross_findings(
    picture: OperationalPicture,
    *,
    refused_ids: Collection[str] | None = (),
    files: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """
    Findings about files that contradict one another or the cut-off.

    Consents for movements that are not there or belong to another organisation, records after the cut-off,
    movements that would have left already, records outside what their source covers, areas to avoid that
    change nothing.

    Parameters
    ----------
    picture : OperationalPicture
    refused_ids : collection of str or None
        Movements whose row was refused; None: no movement could be read, so none is missed.
    files : mapping, optional
        Name of the file of each table, where it is no CSV file.
    """
    tables = ("movements", "patrols", "road_status", "consents", "areas")
    names = {table: f"{table}.csv" for table in tables}
    names |= files or {}
    consents = () if refused_ids is None else _consents(picture, refused_ids, names["consents"])
    return (
        *dict.fromkeys(consents),
        *later_findings(picture, patrols=names["patrols"], status=names["road_status"]),
        *_gone(picture, names["movements"]),
        *_uncovered(picture),
        *idle_findings(
            picture.network,
            picture.areas,
            departures=[request.depart.earliest for request in picture.movements],
            as_of=picture.as_of,
            file=names["areas"],
        ),
    )


def _consents(
    picture: OperationalPicture, refused_ids: Collection[str], file: str
) -> Iterator[Finding]:
    owner = {request.movement_id: request.organisation for request in picture.movements}
    for consent in picture.consents:
        if not consent.movement_id:
            continue
        if consent.movement_id not in owner:
            key = "refused_movement" if consent.movement_id in refused_ids else "no_movement"
            reason = said(f"io.consent.{key}", movement=consent.movement_id)
        elif owner[consent.movement_id] != consent.organisation:
            reason = said("io.consent.other_owner", movement=consent.movement_id)
        else:
            continue
        yield Finding(severity="warning", said=reason, file=file, column="movement_id")


def later_findings(
    picture: OperationalPicture,
    *,
    incidents: str = "incidents",
    patrols: str = "patrols.csv",
    status: str = "road_status.csv",
) -> Iterator[Finding]:
    """
    One finding for each file with rows later than the cut-off, which are not used; one for lapsed patrols.

    Parameters
    ----------
    picture : OperationalPicture
    incidents, patrols, status : str
        Names of the files.
    """
    cutoff_s = utc_seconds(picture.as_of)
    own = _own(picture)
    counts = (
        (incidents, "occurred_at", int((picture.incidents.at_s > cutoff_s).sum())),
        (patrols, "passed_at", int(np.nansum(own.passed_s > cutoff_s))),
        (
            status,
            "reported_at",
            len({r.report_id for r in picture.status if r.reported_at > picture.as_of}),
        ),
    )
    for file, column, n in counts:
        if n:
            reason = said("io.picture.later", n=n)
            yield Finding(severity="warning", said=reason, file=file, column=column)
    yield from _lapsed(own, cutoff_s, patrols)


def _own(picture: OperationalPicture) -> Patrols:
    """Patrols of their own file: of answers about corridors it is told where they were read."""
    ids = picture.patrols.patrol_id
    return picture.patrols.only([row for row, key in enumerate(ids) if not picture.is_answer(key)])


def _lapsed(patrols: Patrols, now_s: float, file: str) -> Iterator[Finding]:
    """Patrols of which no passage was reported, and whose offer or window is over."""
    is_silent = ~(patrols.passed_s <= now_s)
    is_over = patrols.end_s <= now_s
    is_void = (patrols.valid_until_s <= now_s) & ~is_over
    for key, column, rows in (
        ("expired", "valid_until", is_silent & is_void),
        ("unsaid", "passed_at", is_silent & is_over),
    ):
        ids = dict.fromkeys(patrols.patrol_id[i] for i in np.flatnonzero(rows).tolist())
        if ids:
            named = [*list(ids)[:_MOST_NAMED], *(["…"] if len(ids) > _MOST_NAMED else [])]
            reason = said(f"io.patrol.{key}", ids=", ".join(named))
            yield Finding(severity="warning", said=reason, file=file, column=column)


def _gone(picture: OperationalPicture, file: str) -> Iterator[Finding]:
    gone = [
        request.movement_id
        for request in picture.movements
        if request.depart.latest < picture.as_of
    ]
    if gone:
        reason = said("io.movement.gone", ids=", ".join(gone))
        yield Finding(severity="warning", said=reason, file=file, column="depart_latest")


def _uncovered(picture: OperationalPicture) -> Iterator[Finding]:
    """Rows outside what their source says it covers: the declaration or the row is wrong."""
    rows = picture.incidents
    ids, classes = np.array(rows.source_id, object), np.array(rows.class_id, object)
    for source in rows.sources:
        if source.is_assumed:
            continue
        is_own = ids == source.source_id
        is_within = (rows.at_s >= utc_seconds(source.first)) & (
            rows.at_s <= utc_seconds(source.last)
        )
        is_known = np.isin(classes.astype(str), source.classes)
        n = int((is_own & ~(is_within & is_known)).sum())
        if n:
            reason = said("io.incident.uncovered", n=n, source=source.name)
            yield Finding(severity="warning", said=reason, file="picture.toml", column="sources")
