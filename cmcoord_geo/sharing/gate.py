"""
The one gate from record to view.

A record goes in with everything it holds; what comes out for an audience is built from the released fields
alone. The builder of a view never sees the record, so a field that the table drops cannot be drawn, written
or hidden in a file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.config import SharingConfig
from cmcoord_geo.errors import DataError
from cmcoord_geo.planning.conflicts import conflict_kinds
from cmcoord_geo.sharing.audience import Audience, Withheld
from cmcoord_geo.sharing.departure_rows import departures_view, other_road_view
from cmcoord_geo.sharing.departure_views import OptionDeparturesView, OtherRoadView
from cmcoord_geo.sharing.generalise import GENERALISATIONS
from cmcoord_geo.sharing.owner import incident_view, movement_view
from cmcoord_geo.sharing.released import (
    AreaEffect,
    AreaIdentity,
    ConflictRow,
    CorridorRow,
    CorridorWish,
    OperationRow,
    PatrolRow,
    ProposalRow,
    PublicIncident,
    PublicMovement,
    Released,
    StatusRow,
)
from cmcoord_geo.sharing.rules import SharingRules, sharing_rules
from cmcoord_geo.sharing.views import IncidentView, MovementView

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import Consent
    from cmcoord_geo.sharing.records import Record

View = (
    MovementView
    | IncidentView
    | CorridorWish
    | CorridorRow
    | PatrolRow
    | OperationRow
    | StatusRow
    | PublicMovement
    | PublicIncident
    | AreaEffect
    | AreaIdentity
    | ConflictRow
    | ProposalRow
    | OptionDeparturesView
    | OtherRoadView
)


def _patrol(fields: Released) -> PatrolRow:
    return PatrolRow(**fields.for_view(PatrolRow))


def _operation(fields: Released) -> OperationRow:
    return OperationRow(**fields.for_view(OperationRow))


def _conflict(fields: Released) -> ConflictRow:
    return ConflictRow(**fields.for_view(ConflictRow))


def _status(fields: Released) -> StatusRow:
    return StatusRow(**fields.for_view(StatusRow))


#: View of a kind of record for a kind of audience; where there is none, nothing of the record leaves.
_BUILDERS: Mapping[tuple[str, str], Callable[[Released], View]] = {
    ("movement", "owner"): movement_view,
    ("movement", "minusca_ops"): lambda fields: CorridorWish(
        stretches=fields["options"], presence=fields["presence"], need=fields["need"]
    ),
    ("movement", "public"): lambda fields: PublicMovement(
        area=fields["destination"], week=fields["depart"]
    ),
    ("corridor", "owner"): lambda fields: CorridorRow(**fields.for_view(CorridorRow)),
    ("corridor", "minusca_ops"): lambda fields: CorridorRow(**fields.for_view(CorridorRow)),
    ("departures", "owner"): departures_view,
    ("other_road", "owner"): other_road_view,
    ("patrol", "owner"): _patrol,
    ("patrol", "minusca_ops"): _patrol,
    ("operation", "owner"): _operation,
    ("operation", "minusca_ops"): _operation,
    ("road_status", "owner"): _status,
    ("road_status", "minusca_ops"): _status,
    ("road_status", "public"): _status,
    ("incident", "owner"): incident_view,
    ("area", "owner"): lambda fields: AreaIdentity(**fields.for_view(AreaIdentity)),
    ("area_effect", "owner"): lambda fields: AreaEffect(**fields.for_view(AreaEffect)),
    ("conflict", "owner"): _conflict,
    ("proposal", "owner"): lambda fields: ProposalRow(**fields.for_view(ProposalRow)),
    ("conflict", "minusca_ops"): _conflict,
    ("incident", "public"): lambda fields: PublicIncident(area=fields["area"], month=fields["at"]),
}


def project(
    record: Record,
    audience: Audience,
    purpose: str,
    consents: Iterable[Consent],
    now: datetime,
    *,
    config: SharingConfig | None = None,
    rules: SharingRules | None = None,
) -> View | Withheld:
    """
    View of a record for an audience, or the reason why it is withheld.

    Parameters
    ----------
    record : Record
    audience : Audience
    purpose : str
        What it is for; an audience may ask for the purposes of its rule only.
    consents : iterable of Consent
        All that are on file (L052).
    now : datetime
        Moment of the release, with its zone; consent is judged at it.
    config : SharingConfig, optional
    rules : SharingRules, optional
        Other than the shipped table, for tests.

    Returns
    -------
    View or Withheld

    Raises
    ------
    SharingError
        A field of the record has no line in the table, or the table drops one that the view needs: nothing
        is released by default.
    DataError
        ``now`` has no zone.
    """
    if now.utcoffset() is None:
        message = "The moment of a release needs its zone."
        raise DataError(message)
    rules, config = rules or sharing_rules(), config or SharingConfig()
    reason = (
        refusal_of_audience(audience, purpose, rules=rules)
        or _refusal_of_owner(record, audience)
        or _refusal_of_consent(record, audience, consents, now, rules)
        or _refusal_of_record(record, audience, now, config)
    )
    if reason:
        return Withheld(reason=reason)
    builder = _BUILDERS.get((record.kind, audience.kind))
    if builder is None:
        return Withheld(reason="nothing_left")
    return builder(release(record, audience.kind, config=config, rules=rules))


def release(
    record: Record, audience: str, *, config: SharingConfig, rules: SharingRules
) -> Released:
    """Fields of a record after the table: dropped ones are absent, others exact or generalised."""
    found = Released()
    for name, value in record.values.items():
        action = rules.action(record.kind, name, audience)
        if action == "exact":
            found[name] = value
        elif action != "drop":
            found[name] = GENERALISATIONS[action](value, config.window_h)
    return found


def refusal_of_audience(
    audience: Audience, purpose: str, *, rules: SharingRules | None = None
) -> str:
    """Why an audience is given nothing at all for a purpose; empty when it may ask."""
    rule = (rules or sharing_rules()).audiences.get(audience.kind)
    if rule is None:
        return "audience"
    return "" if purpose in rule.purposes else "purpose"


def _refusal_of_owner(record: Record, audience: Audience) -> str:
    """Refuse one partner's records to another: they are not its own."""
    if audience.kind != "owner":
        return ""
    is_other = bool(audience.organisation) and audience.organisation != record.organisation
    if (
        record.kind in {"movement", "departures", "other_road", "area", "conflict", "proposal"}
        and is_other
    ):
        return "owner"
    if record.kind == "patrol" and record.values["segment_id"] not in audience.segments:
        return "not_own_segment"
    if record.kind == "operation" and audience.organisation:
        is_own = record.values["segment_id"] in audience.segments
        return "" if is_own else "not_own_segment"
    if record.kind == "corridor" and audience.organisation:
        ids = (*record.values["segment_ids"], *record.values["beside_ids"])
        is_own = not audience.segments.isdisjoint(ids)
        return "" if is_own else "not_own_segment"
    return ""


def _refusal_of_consent(
    record: Record,
    audience: Audience,
    consents: Iterable[Consent],
    now: datetime,
    rules: SharingRules,
) -> str:
    """
    Absent, expired or withdrawn consent withholds (L052, L053).

    A withdrawal always holds, be it of the movement or of all that the organisation does. Else what is
    said of the one movement stands instead of what is said of all of them, and of several words on the
    same the strictest holds.
    """
    if (
        record.kind not in {"movement", "conflict"}
        or not rules.audiences[audience.kind].needs_consent
    ):
        return ""
    given = [
        consent
        for consent in consents
        if consent.audience == audience.kind
        and consent.organisation == record.organisation
        and consent.movement_id in {"", record.movement_id}
    ]
    if not given:
        return "consent_absent"
    if any(consent.is_withdrawn for consent in given):
        return "consent_withdrawn"
    own = [consent for consent in given if consent.movement_id] or given
    return "" if all(consent.until > now for consent in own) else "consent_expired"


def _refusal_of_record(
    record: Record, audience: Audience, now: datetime, config: SharingConfig
) -> str:
    values = record.values
    if record.kind == "conflict" and audience.kind == "minusca_ops":
        return "" if conflict_kinds()[values["kind"]].is_of_both else "not_theirs"
    if record.kind == "movement" and audience.kind != "owner":
        if not values["options"]:
            return "no_route"
        is_over = all(option.slow.times[-1] < now for option in values["options"])
        return "" if is_over or audience.kind != "public" else "future"
    if record.kind == "incident" and not math.isfinite(values["lon"] + values["lat"]):
        return "no_position"
    if record.kind == "road_status" and audience.kind == "public":
        is_old = now - values["reported_at"] >= timedelta(days=config.public_delay_days)
        return "" if is_old else "delay"
    return ""
