"""
What a plan meets, each with its version: a plan is ready only while all of them are acknowledged as they are.

The ground version of F3548's key of opaque version numbers (DOMAIN.md 3.2, ``seen_versions``): whoever made
the plan acknowledges the closures and the announced operations on its roads, the areas that touch them, the
incidents near them, the patrols there and what was answered about corridors there, and the movements that
share a road or a halt; any change of one of these sends the plan back to review.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from cmcoord_geo.network.areas import all_touches
from cmcoord_geo.planning.fingerprints import SHORT, fingerprint, prints

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmcoord_geo.model import CorridorResponse, MovementPlan, Route
    from cmcoord_geo.picture import OperationalPicture, Patrols
    from cmcoord_geo.planning.fingerprints import Prints

Kind = Literal["plan", "closure", "operation", "area", "incidents", "patrol", "answer", "movement"]
ChangeKind = Literal["new", "changed", "gone"]
_Versions = dict[tuple[Kind, str], "_Seen"]
#: Incidents nearer than this to a road of the plan belong to it, in degrees: 25 km, within 2 % in CAR.
_NEAR_DEG = 25 / 111
#: Field of a movement that stands for the way on which it is planned, with its hours.
_ROAD = "passage"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Version:
    """
    Something that a plan meets, as it is now.

    Attributes
    ----------
    kind : str
    key : str
        Id of the report, the operation, the area, the source, the patrol, the corridor or the movement.
    digest : str
        Fingerprint of its content; any change of a value changes it.
    fields : tuple of (field, fingerprint)
        Of each of its fields, so that a reader can be told which one changed; empty where it has none.
    """

    kind: Kind
    key: str
    digest: str
    fields: Prints = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is not as it was acknowledged; of what changed, the names of its fields that did."""

    change: ChangeKind
    kind: Kind
    key: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """Fingerprint of something, and those of its fields."""

    digest: str
    fields: Prints = ()


def _seen(value: object) -> _Seen:
    return _Seen(fingerprint(value), prints(value))


def versions_met(
    picture: OperationalPicture, plan: MovementPlan, others: Iterable[MovementPlan] = ()
) -> tuple[Version, ...]:
    """
    Find everything that the options of a plan meet, in a fixed order.

    Parameters
    ----------
    picture : OperationalPicture
    plan : MovementPlan
        One without an option meets its own request alone.
    others : iterable of MovementPlan
        The other movements of the week; itself is passed over.
    """
    met = _segments(plan)
    found: _Versions = {
        ("movement", plan.request.movement_id): _seen(plan.request),
        **_plan(plan),
        **_reports(picture, met),
        **_operations(picture, met),
        **_areas(picture, met),
        **_incidents(picture, met),
        **_presence(picture, met, _met_patrols(plan)),
        **_movements(plan, others, met),
    }
    return tuple(
        sorted(
            Version(kind=kind, key=key, digest=seen.digest, fields=seen.fields)
            for (kind, key), seen in found.items()
        )
    )


def changes(acknowledged: Iterable[Version], current: Iterable[Version]) -> tuple[Change, ...]:
    """
    Tell what differs from what was acknowledged; a plan is ready where nothing does.

    Parameters
    ----------
    acknowledged, current : iterable of Version
    """
    then = {(one.kind, one.key): one for one in acknowledged}
    now = {(one.kind, one.key): one for one in current}
    return tuple(
        _change(key, then.get(key), now.get(key))
        for key in sorted(then.keys() | now.keys())
        if key not in then or key not in now or then[key].digest != now[key].digest
    )


def _change(key: tuple[Kind, str], then: Version | None, now: Version | None) -> Change:
    kind, name = key
    if then is None:
        return Change(change="new", kind=kind, key=name)
    if now is None:
        return Change(change="gone", kind=kind, key=name)
    before = dict(then.fields)
    differ = tuple(field for field, told in now.fields if before.get(field, told) != told)
    return Change(change="changed", kind=kind, key=name, fields=differ)


def _segments(plan: MovementPlan) -> frozenset[str]:
    return frozenset(leg.segment_id for option in plan.options for leg in option.legs)


def _plan(plan: MovementPlan) -> _Versions:
    """
    What the plan itself says: its way, hours and exposure, as they are told.

    It changes with all that bears on them from afar, such as records of a whole prefecture, and with what
    ends, such as a report that kept a road open.
    """
    told = tuple(
        (name, fingerprint(tuple(of(option) for option in plan.options))[:SHORT])
        for name, of in _TOLD.items()
    )
    return {("plan", plan.request.movement_id): _Seen(fingerprint(told), told)}


def _way(option: Route) -> object:
    return tuple((leg.segment_id, leg.is_forward) for leg in option.legs)


def _hours(option: Route) -> object:
    return option.fast, option.slow, tuple((halt.place_id, halt.pace) for halt in option.halts)


def _exposure(option: Route) -> object:
    """Class and the two digits that are read: a day's fading of old records changes neither."""
    index = option.exposure
    return index.exposure_class, *(f"{value:.2g}" for value in (index.low, index.high))


def _crossings(option: Route) -> object:
    return tuple((one.crossing_id, one.state, one.is_stale) for one in option.passages)


_TOLD = {"way": _way, "hours": _hours, "exposure": _exposure, "crossings": _crossings}


def _reports(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    rows: defaultdict[str, list[object]] = defaultdict(list)
    for report in picture.status:
        if report.segment_id in met:
            rows[report.report_id].append(report)
    return {("closure", key): _seen(tuple(told)) for key, told in rows.items()}


def _operations(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    return {
        ("operation", one.operation_id): _seen(one)
        for one in picture.operations or ()
        if any(segment_id in met for segment_id, _, _ in one.stretches)
    }


def _areas(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    touched = {
        touch.area.area_id: touch.area
        for touch in all_touches(picture.network, picture.areas)
        if picture.network.segment_ids[touch.segment] in met
    }
    return {("area", key): _seen(area) for key, area in touched.items()}


def _incidents(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    """
    Rows of each source near a road of the plan.

    A record elsewhere, or one without a position, sends nobody back to review unless it moves the exposure.
    """
    network, incidents = picture.network, picture.incidents
    if not met or not len(incidents):
        return {}
    roads = shapely.multilinestrings(
        [shapely.LineString(network.lines[network.segment_index[key]]) for key in sorted(met)]
    )
    shapely.prepare(roads)
    placed = np.flatnonzero(np.isfinite(incidents.lon) & np.isfinite(incidents.lat))
    points = shapely.points(np.column_stack([incidents.lon[placed], incidents.lat[placed]]))
    near = placed[shapely.dwithin(roads, points, _NEAR_DEG)]
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row in near.tolist():
        rows[incidents.source_id[row]].append(row)
    return {
        ("incidents", source): _seen(incidents.only(np.array(numbers)))
        for source, numbers in rows.items()
    }


def _met_patrols(plan: MovementPlan) -> frozenset[str]:
    """Patrols that an option may meet, on its roads, at its halts or on roads near by (C1)."""
    return frozenset(one.patrol_id for option in plan.options for one in option.conflicts)


def _presence(
    picture: OperationalPicture, met: frozenset[str], met_patrols: frozenset[str]
) -> _Versions:
    """Patrols and answers: what is offered under the name of a corridor is told as its answer."""
    patrols, answers = _patrols(picture, met, met_patrols), _answers(picture, met, met_patrols)
    found: _Versions = {
        ("answer", key): _with_offer(told, patrols.get(("patrol", key)))
        for (_, key), told in answers.items()
    }
    return found | {one: seen for one, seen in patrols.items() if ("answer", one[1]) not in found}


def _with_offer(told: _Seen, offer: _Seen | None) -> _Seen:
    """An answer with the presence that it offers."""
    if offer is None:
        return _Seen(fingerprint((told.digest, "")), told.fields)
    return _Seen(fingerprint((told.digest, offer.digest)), (*told.fields, *offer.fields))


def _patrols(
    picture: OperationalPicture, met: frozenset[str], met_patrols: frozenset[str]
) -> _Versions:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    patrols = picture.patrols
    for row, segment_id in enumerate(patrols.segment_id):
        if segment_id in met or patrols.patrol_id[row] in met_patrols:
            rows[patrols.patrol_id[row]].append(row)
    return {("patrol", key): _seen_rows(patrols, numbers) for key, numbers in rows.items()}


def _seen_rows(patrols: Patrols, numbers: Sequence[int]) -> _Seen:
    """Some rows of the patrols, by column."""
    columns = {
        entry.name: tuple(getattr(patrols, entry.name)[row] for row in numbers)
        for entry in fields(patrols)
    }
    told = tuple((name, fingerprint(column)) for name, column in columns.items())
    return _Seen(fingerprint(told), told)


def _answers(
    picture: OperationalPicture, met: frozenset[str], met_patrols: frozenset[str]
) -> _Versions:
    """Answers and passages told of corridors on the roads of a plan, or met; receipt and relay are none."""
    there = {one.corridor_id for one in picture.corridors if met.intersection(one.all_ids)}
    there |= met_patrols
    rows: defaultdict[str, list[CorridorResponse]] = defaultdict(list)
    for told in picture.responses:
        if told.corridor_id in there and (told.answer or told.passed_at):
            rows[told.corridor_id].append(
                replace(told, received_at=None, relayed_at=None, answered_at=None, read_at=None)
            )
    return {("answer", key): _seen(tuple(told)) for key, told in rows.items()}


def _movements(
    plan: MovementPlan, others: Iterable[MovementPlan], met: frozenset[str]
) -> _Versions:
    """Other movements whose kept option shares a road or a halt with an option of this one."""
    found: _Versions = {}
    halts = {halt.place_id for option in plan.options for halt in option.halts} - {""}
    for other in others:
        key, kept = other.request.movement_id, other.options[:1]
        legs = tuple(leg for option in kept for leg in option.legs)
        is_met = any(leg.segment_id in met for leg in legs) or any(
            halt.place_id in halts for option in kept for halt in option.halts
        )
        if key != plan.request.movement_id and is_met:
            seen = _seen(other.request)
            road = (_ROAD, fingerprint(legs))
            found["movement", key] = _Seen(fingerprint((seen.digest, road)), (*seen.fields, road))
    return found
