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
from cmcoord_geo.planning.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cmcoord_geo.model import CorridorResponse, MovementPlan
    from cmcoord_geo.picture import OperationalPicture

Kind = Literal["closure", "operation", "area", "incidents", "patrol", "answer", "movement"]
ChangeKind = Literal["new", "changed", "gone"]
_Versions = dict[tuple[Kind, str], str]
#: Incidents nearer than this to a road of the plan belong to it, in degrees: 25 km, within 2 % in CAR.
_NEAR_DEG = 25 / 111


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
    """

    kind: Kind
    key: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is not as it was acknowledged."""

    change: ChangeKind
    kind: Kind
    key: str


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
        ("movement", plan.request.movement_id): fingerprint(plan.request),
        **_reports(picture, met),
        **_operations(picture, met),
        **_areas(picture, met),
        **_incidents(picture, met),
        **_presence(picture, met),
        **_movements(plan, others, met),
    }
    return tuple(sorted(Version(kind=kind, key=key, digest=d) for (kind, key), d in found.items()))


def changes(acknowledged: Iterable[Version], current: Iterable[Version]) -> tuple[Change, ...]:
    """
    Tell what differs from what was acknowledged; a plan is ready where nothing does.

    Parameters
    ----------
    acknowledged, current : iterable of Version
    """
    then = {(one.kind, one.key): one.digest for one in acknowledged}
    now = {(one.kind, one.key): one.digest for one in current}
    return tuple(
        Change(change=_change(key, then, now), kind=key[0], key=key[1])
        for key in sorted(then.keys() | now.keys())
        if then.get(key) != now.get(key)
    )


def _change(key: tuple[Kind, str], then: _Versions, now: _Versions) -> ChangeKind:
    if key not in then:
        return "new"
    return "changed" if key in now else "gone"


def _segments(plan: MovementPlan) -> frozenset[str]:
    return frozenset(leg.segment_id for option in plan.options for leg in option.legs)


def _reports(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    rows: defaultdict[str, list[object]] = defaultdict(list)
    for report in picture.status:
        if report.segment_id in met:
            rows[report.report_id].append(report)
    return {("closure", key): fingerprint(tuple(told)) for key, told in rows.items()}


def _operations(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    return {
        ("operation", one.operation_id): fingerprint(one)
        for one in picture.operations or ()
        if any(segment_id in met for segment_id, _, _ in one.stretches)
    }


def _areas(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    touched = {
        touch.area.area_id: touch.area
        for touch in all_touches(picture.network, picture.areas)
        if picture.network.segment_ids[touch.segment] in met
    }
    return {("area", key): fingerprint(area) for key, area in touched.items()}


def _incidents(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    """Rows of each source near a road of the plan: a record elsewhere sends nobody back to review."""
    network, incidents = picture.network, picture.incidents
    if not met or not len(incidents):
        return {}
    roads = shapely.multilinestrings(
        [shapely.LineString(network.lines[network.segment_index[key]]) for key in sorted(met)]
    )
    shapely.prepare(roads)
    points = shapely.points(np.column_stack([incidents.lon, incidents.lat]))
    near = np.flatnonzero(shapely.dwithin(roads, points, _NEAR_DEG))
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row in near.tolist():
        rows[incidents.source_id[row]].append(row)
    return {
        ("incidents", source): fingerprint(incidents.only(np.array(numbers)))
        for source, numbers in rows.items()
    }


def _presence(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    """Patrols and answers: what is offered under the name of a corridor is told as its answer."""
    patrols, answers = _patrols(picture, met), _answers(picture, met)
    found: _Versions = {
        ("answer", key): fingerprint((digest, patrols.get(("patrol", key))))
        for (_, key), digest in answers.items()
    }
    return found | {
        one: digest for one, digest in patrols.items() if ("answer", one[1]) not in found
    }


def _patrols(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    patrols = picture.patrols
    for row, segment_id in enumerate(patrols.segment_id):
        if segment_id in met:
            rows[patrols.patrol_id[row]].append(row)
    columns = [getattr(patrols, entry.name) for entry in fields(patrols)]
    return {
        ("patrol", key): fingerprint(
            tuple(np.array([column[row] for row in numbers]) for column in columns)
        )
        for key, numbers in rows.items()
    }


def _answers(picture: OperationalPicture, met: frozenset[str]) -> _Versions:
    """Answers and passages told of corridors on the roads of a plan; receipt and relay are none."""
    there = {one.corridor_id for one in picture.corridors if met.intersection(one.all_ids)}
    rows: defaultdict[str, list[CorridorResponse]] = defaultdict(list)
    for told in picture.responses:
        if told.corridor_id in there and (told.answer or told.passed_at):
            rows[told.corridor_id].append(
                replace(told, received_at=None, relayed_at=None, answered_at=None, read_at=None)
            )
    return {("answer", key): fingerprint(tuple(told)) for key, told in rows.items()}


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
            found["movement", key] = fingerprint((other.request, legs))
    return found
