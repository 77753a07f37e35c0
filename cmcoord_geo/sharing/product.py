"""One product for one audience: everything that leaves went through the gate, the rest is public fact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.errors import WithheldError
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.risk import hazard
from cmcoord_geo.sharing.areas import area_effects, area_views, counted_for, with_areas
from cmcoord_geo.sharing.audience import Audience
from cmcoord_geo.sharing.condense import condensed
from cmcoord_geo.sharing.corridors import asked_corridors, corridor_demands, corridor_views
from cmcoord_geo.sharing.counts import suppressed_counts
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import refusal_of_audience
from cmcoord_geo.sharing.ground import ground_view, network_places
from cmcoord_geo.sharing.incidents import incident_records, incidents_said, ordnance_said
from cmcoord_geo.sharing.naming import named
from cmcoord_geo.sharing.operations import operation_views
from cmcoord_geo.sharing.patrols import conflict_views, patrol_views
from cmcoord_geo.sharing.records import movement_record, status_record
from cmcoord_geo.sharing.refused import refused_notes
from cmcoord_geo.sharing.released import (
    PublicIncident,
    PublicMovement,
    StatusRow,
)
from cmcoord_geo.sharing.roads import (
    closure_views,
    crossing_views,
    delay_notes,
    known_roads,
    place_views,
    segment_views,
)
from cmcoord_geo.sharing.views import (
    AreaCountView,
    CorridorView,
    IncidentView,
    MovementView,
    OperationView,
    PatrolView,
    PlaceView,
    ProductView,
    WindowView,
)

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementPlan, MovementRequest
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.risk import Hazard


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """
    A product and what was kept back.

    Attributes
    ----------
    product : ProductView
    withheld : mapping
        (kind of record, reason) to count. For the desk that releases, never for the audience: that a record
        exists may itself be sensitive.
    """

    product: ProductView
    withheld: Mapping[tuple[str, str], int]


def build_product(
    picture: OperationalPicture,
    plans: Sequence[MovementPlan],
    audience: Audience,
    config: Config,
    *,
    purpose: str = "map",
    now: datetime | None = None,
) -> Release:
    """
    Product of a picture and its plans for one audience.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    audience : Audience
    config : Config
    purpose : str
    now : datetime, optional
        Moment of release. What leaves may leave both then and at the data cut-off (a consent may have run
        out since); without it the cut-off alone counts, as for an exercise.

    Raises
    ------
    WithheldError
        The audience is unknown, or may not ask for this purpose.
    SharingError
        The table of field x audience has a gap.
    """
    if reason := refusal_of_audience(audience, purpose):
        message = f"nothing is released: {reason}"
        raise WithheldError(message, reason=reason)
    plans = sorted(plans, key=lambda plan: (plan.request.depart.earliest, plan.request.movement_id))
    desk = Desk(
        replace(audience, segments=own_segments(plans, audience)),
        purpose=purpose,
        consents=picture.consents,
        moments=[picture.as_of] if now is None else [picture.as_of, now],
        config=config.sharing,
    )
    build = {"owner": _for_owner, "minusca_ops": _for_minusca, "public": _for_public}
    product = build[audience.kind](desk, picture, plans, config)
    if picture.network.traffic is not None:
        product = named(condensed(product))
    return Release(product=product, withheld=desk.withheld)


def movements_of(picture: OperationalPicture, audience: Audience) -> tuple[MovementRequest, ...]:
    """Movements that an audience may name: all for the desk, those of a partner for it, else none."""
    if audience.kind != "owner":
        return ()
    mine = audience.organisation
    return tuple(one for one in picture.movements if mine in {"", one.organisation})


def own_segments(plans: Iterable[MovementPlan], audience: Audience) -> frozenset[str]:
    """Segments of the options of the owner's own movements."""
    return frozenset(
        leg.segment_id
        for plan in plans
        if audience.organisation in {"", plan.request.organisation}
        for option in plan.options
        for leg in option.legs
    )


def _for_owner(
    desk: Desk, picture: OperationalPicture, plans: Sequence[MovementPlan], config: Config
) -> ProductView:
    danger = hazard(
        picture.network,
        picture.incidents,
        at=picture.as_of,
        as_of=picture.as_of,
        config=config.hazard,
    )
    views = desk.views((movement_record(plan) for plan in plans), MovementView)
    movements = tuple(replace(view, mark=f"H{i}") for i, view in enumerate(views, start=1))
    effects = area_effects(desk, picture)
    counted = counted_for(picture.areas, plans, movements)
    movements = tuple(
        with_areas(view, [area for area, _ in effects if view.mark in counted[area.mark]])
        for view in movements
    )
    patrols = _patrols(desk, picture, config)
    operations = operation_views(desk, picture, movements)
    driven = (
        WindowView(start=option.fast[0][0], end=option.slow[-1][0])
        for movement in movements
        for option in movement.options[:1]
    )
    records = incident_records(desk, picture.incidents, as_of=picture.as_of)
    return replace(
        _roads(
            desk,
            picture,
            config,
            shown=[*_windows((*patrols, *operations)), *driven],
            danger=danger,
            used=_used(movements, (*patrols, *operations)),
            ends=_ends(picture, movements),
        ),
        movements=movements,
        patrols=patrols,
        conflicts=conflict_views(picture, plans, movements, patrols, config),
        incidents=tuple(desk.views(records, IncidentView)),
        ordnance_said=ordnance_said(danger),
        incidents_said=incidents_said(picture.incidents, danger),
        data_notes=refused_notes(picture.findings),
        lacks_patrols=not len(picture.patrols),
        operations=operations,
        lacks_operations=picture.operations is None,
        areas=area_views(effects, counted, as_of=picture.as_of),
    )


def _for_minusca(
    desk: Desk, picture: OperationalPicture, plans: Sequence[MovementPlan], config: Config
) -> ProductView:
    demands = corridor_demands(desk, picture, plans)
    asked = asked_corridors(picture, demands, now=desk.now, seed=b"", config=config)
    shown = asked.standing if picture.corridors else asked.added
    corridors = corridor_views(desk, picture.network, shown)
    patrols = _patrols(desk, picture, config)
    operations = operation_views(desk, picture)
    area_effects(desk, picture)  # none passes; the desk is told
    wanted = (part.window for corridor in corridors for part in corridor.stretches)
    return replace(
        _roads(
            desk,
            picture,
            config,
            shown=[*_windows((*patrols, *operations)), *wanted],
            used={*_used((), (*patrols, *operations)), *_asked(corridors)},
        ),
        patrols=patrols,
        operations=operations,
        corridors=corridors,
    )


def _for_public(
    desk: Desk, picture: OperationalPicture, plans: Sequence[MovementPlan], config: Config
) -> ProductView:
    records = incident_records(desk, picture.incidents, as_of=picture.as_of)
    incidents = desk.views(records, PublicIncident)
    movements = desk.views((movement_record(plan) for plan in plans), PublicMovement)
    operation_views(desk, picture)  # none passes; the desk is told
    area_effects(desk, picture)  # none passes; the desk is told
    return replace(
        _roads(desk, picture, config),
        incident_counts=_counts((view.area for view in incidents), config),
        movement_counts=_counts((view.area for view in movements), config),
    )


def _roads(
    desk: Desk,
    picture: OperationalPicture,
    config: Config,
    *,
    shown: Sequence[WindowView] = (),
    danger: Hazard | None = None,
    used: Collection[str] = (),
    ends: Iterable[tuple[str, str]] = (),
) -> ProductView:
    """
    Frame, places, roads and crossings with their reports; with exposure where the hazard is given.

    Of a surveyed network the roads that are ``used`` are shown besides its main ones, and the ``ends`` of
    movements besides its places.
    """
    network = picture.network
    reports = [
        view
        for report in picture.status
        if (view := desk.passed(status_record(report), StatusRow, whole=report.report_id))
    ]
    known = known_roads(network, reports, as_of=picture.as_of, config=config)
    segments = segment_views(
        network,
        known,
        as_of=picture.as_of,
        hazard=danger,
        incidents=picture.incidents,
        config=config,
        own=used,
    )
    drawn = {segment.segment_id for segment in segments}
    return ProductView(
        frame=frame_view(picture, desk.audience, shown=shown, config=config.sharing),
        places=_places(network, ends, used),
        segments=segments,
        closures=closure_views(network, known),
        road_notes=delay_notes(network, known),
        crossings=tuple(
            crossing for crossing in crossing_views(network, known) if crossing.segment_id in drawn
        ),
    )


def _places(
    network: RoadNetwork, ends: Iterable[tuple[str, str]], used: Collection[str]
) -> tuple[PlaceView, ...]:
    """Places of the gazetteer, those of a surveyed network, and ends of movements on it."""
    if network.traffic is None:
        return place_views()
    ground = ground_view(network)
    known = place_views() if ground and ground.has_base else ()
    return (*known, *network_places(network, ends, used))


def _used(
    movements: Iterable[MovementView], others: Iterable[PatrolView | OperationView]
) -> set[str]:
    """Segments of the options, and of the patrols and operations, that a product shows."""
    driven = {
        leg.segment_id for view in movements for option in view.options for leg in option.legs
    }
    return driven | {key for one in others for key, _, _ in one.stretches}


def _asked(corridors: Iterable[CorridorView]) -> set[str]:
    return {stretch.segment_id for corridor in corridors for stretch in corridor.stretches}


def _ends(
    picture: OperationalPicture, movements: Iterable[MovementView]
) -> Iterable[tuple[str, str]]:
    """Ends of the movements that a product shows, with what a person calls them."""
    network = picture.network
    if network.traffic is None:
        return ()
    keys = dict.fromkeys(key for view in movements for key in (view.origin, view.destination))
    there = [key for key in keys if key in network.node_index]
    return [(key, end_name(network, network.node_index[key])) for key in there]


def _patrols(desk: Desk, picture: OperationalPicture, config: Config) -> tuple[PatrolView, ...]:
    return patrol_views(desk, picture, config.patrol)


def _windows(them: Iterable[PatrolView | OperationView]) -> Iterable[WindowView]:
    return (one.window for one in them if one.window)


def _counts(areas: Iterable[str], config: Config) -> tuple[AreaCountView, ...]:
    return suppressed_counts(areas, min_count=config.sharing.public_min_count)
