"""Areas to avoid as views: which road each touches and by how much, and the options that cross one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.network.areas import all_touches, marked
from cmcoord_geo.sharing.records import area_effect_record, area_record
from cmcoord_geo.sharing.released import AreaEffect, AreaIdentity
from cmcoord_geo.sharing.views import AreaCrossedView, AreaRoadView, AreaView

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import AvoidArea, MovementPlan
    from cmcoord_geo.network.areas import Touch
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.desk import Desk
    from cmcoord_geo.sharing.views import MovementView, OptionView

_METRES = 3


def area_effects(
    desk: Desk, picture: OperationalPicture
) -> tuple[tuple[AreaEffect, AreaIdentity | None], ...]:
    """
    Areas of a picture that pass the gate, each with its name and outline where they pass too.

    Parameters
    ----------
    desk : Desk
    picture : OperationalPicture
    """
    touches: defaultdict[str, list[Touch]] = defaultdict(list)
    for touch in all_touches(picture.network, picture.areas):
        touches[touch.mark].append(touch)
    found = []
    for mark, area in marked(picture.areas):
        record = area_effect_record(area, mark, touches[mark], picture.network)
        effect = desk.passed(record, AreaEffect)
        if effect is not None:
            found.append((effect, desk.passed(area_record(area), AreaIdentity)))
    return tuple(found)


def area_views(
    effects: Iterable[tuple[AreaEffect, AreaIdentity | None]],
    counted: Mapping[str, Sequence[str]],
    *,
    as_of: datetime,
) -> tuple[AreaView, ...]:
    """
    Views of areas.

    Parameters
    ----------
    effects : iterable of (AreaEffect, AreaIdentity or None)
        As :func:`area_effects` gives them.
    counted : mapping
        Mark of an area to the marks of the movements that it is in force for.
    as_of : datetime
        Cut-off of the data.
    """
    return tuple(_view(effect, own, counted.get(effect.mark, ()), as_of) for effect, own in effects)


def counted_for(
    areas: Iterable[AvoidArea], plans: Iterable[MovementPlan], movements: Iterable[MovementView]
) -> Mapping[str, tuple[str, ...]]:
    """Mark of each area to the marks of the movements, of those shown, that it is in force for."""
    marks = {view.movement_id: view.mark for view in movements}
    shown = [
        (marks[plan.request.movement_id], plan.request.depart.earliest)
        for plan in plans
        if plan.request.movement_id in marks
    ]
    return {
        mark: tuple(name for name, depart in shown if area.is_live(depart))
        for mark, area in marked(areas)
    }


def with_areas(movement: MovementView, areas: Iterable[AreaEffect]) -> MovementView:
    """Movement whose options say which of the areas that are in force for it they cross, and by how much."""
    costs = tuple(area for area in areas if area.effect == "cost")
    if not costs:
        return movement
    options = tuple(replace(one, areas=_crossed(one, costs)) for one in movement.options)
    return replace(movement, options=options)


def _crossed(option: OptionView, costs: Iterable[AreaEffect]) -> tuple[AreaCrossedView, ...]:
    driven = {leg.segment_id for leg in option.legs}
    inside = (
        (area, sum(km for segment_id, _, km in area.roads if segment_id in driven))
        for area in costs
    )
    return tuple(
        AreaCrossedView(
            mark=area.mark, km=round(km, _METRES), added_min=round(km * area.min_per_km, 1)
        )
        for area, km in inside
        if km
    )


def _view(
    area: AreaEffect, own: AreaIdentity | None, movements: Sequence[str], as_of: datetime
) -> AreaView:
    return AreaView(
        mark=area.mark,
        area_id=own.area_id if own else "",
        name=own.name if own else "",
        effect=area.effect,
        added_min_per_km=area.min_per_km if area.effect == "cost" else None,
        since=area.since,
        until=area.until,
        roads=_roads(area),
        movements=tuple(movements),
        idle=_idle(area, movements, as_of),
        outline=own.polygons if own else (),
    )


def _roads(area: AreaEffect) -> tuple[AreaRoadView, ...]:
    """Roads by name, the most km first."""
    km: defaultdict[str, float] = defaultdict(float)
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for segment_id, title, inside_km in area.roads:
        km[title] += inside_km
        keys[title].append(segment_id)
    return tuple(
        AreaRoadView(road=title, km=round(km[title], _METRES), segment_ids=tuple(keys[title]))
        for title in sorted(km, key=lambda title: (-km[title], title))
    )


def _idle(area: AreaEffect, movements: Sequence[str], as_of: datetime) -> Said | None:
    if area.until <= as_of:
        return said("areas.past")
    if not area.roads:
        return said("areas.on_no_road")
    return None if movements else said("areas.for_no_movement")
