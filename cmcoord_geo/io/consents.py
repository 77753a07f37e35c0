"""
Consents from a CSV file, read with caution (L052).

Withdrawing must never fail for a slip of the pen: a row that cannot be read counts as a withdrawal of what it
names, and where several rows speak of the same, the strictest holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.row import EXAMPLE, NO_TIME
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.model import Consent, Finding
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cmcoord_geo.io.row import Row


def read_consents(path: str | Path) -> Reading[tuple[Consent, ...]]:
    """
    Consents of a CSV file with the columns of ``schemas.get_table("consents")``.

    Rows about the same organisation, movement and audience become one: withdrawn if one withdraws, until the
    earliest end, mixed patrols only if all accept them. A refused row that names an organisation is kept as a
    withdrawal: of the movement and audience that it names, of all where it does not say.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("consents")
    text = read_table(path, table)
    found = read_records(text, table, _consent, key=lambda consent: consent, salvage=_withdrawal)
    given = (*found.kept, *found.salvaged)
    content = strictest(given)
    told = found.findings
    if len(content) < len(given):
        reason = said("io.consent.several", n=len(given) - len(content))
        told += (Finding(severity="warning", said=reason, file=text.file),)
    return Reading(content=content, findings=told, report=found.report)


def _consent(row: Row) -> Consent:
    return Consent(
        organisation=row.identifier("organisation"),
        movement_id=row.identifier("movement_id"),
        audience=row.choice("audience"),
        until=row.needed_time("until"),
        is_withdrawn=row.yes_no("withdrawn"),
        accepts_mixed_patrols=row.yes_no("accepts_mixed_patrols"),
    )


def _withdrawal(row: Row) -> tuple[Consent, ...]:
    organisation = row.identifier("organisation")
    if not organisation or organisation.startswith(EXAMPLE):
        return ()
    audiences = get_table("consents")["audience"].values
    named = row.cell("audience")
    return tuple(
        Consent(
            organisation=organisation,
            movement_id=row.identifier("movement_id"),
            audience=audience,
            until=NO_TIME,
            is_withdrawn=True,
        )
        for audience in ((named,) if named in audiences else audiences)
    )


def strictest(consents: Iterable[Consent]) -> tuple[Consent, ...]:
    """One consent for each organisation, movement and audience: the strictest of all that are given."""
    found: dict[tuple[str, str, str], Consent] = {}
    for consent in consents:
        key = (consent.organisation, consent.movement_id, consent.audience)
        other = found.get(key, consent)
        found[key] = replace(
            consent,
            until=min(consent.until, other.until),
            is_withdrawn=consent.is_withdrawn or other.is_withdrawn,
            accepts_mixed_patrols=consent.accepts_mixed_patrols and other.accepts_mixed_patrols,
        )
    return tuple(found.values())
