"""
Smaller loads: the same movement with lighter vehicles in place of the heaviest, and the road open to them.

Which load can be divided, and whether so many trips are worth it, the programme lead says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.facts import vehicles
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.planning.options import options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.facts import Vehicle
    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.situation import Situation

#: Motorbikes carry no load of a convoy.
_LIGHTEST = "lv_4x4"
#: What a tanker carries goes into no lighter vehicle.
_UNDIVIDED = frozenset({"tanker"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LighterConvoy:
    """
    A movement with lighter vehicles.

    Attributes
    ----------
    vehicle, heaviest : Vehicle
        The lighter kind, and the one that it stands in for.
    count : int
        Vehicles of that kind in one convoy: as many as there were of the heavier one.
    trips : int
        Convoys that carry the whole load.
    route : Route
        The option that would be kept.
    """

    vehicle: Vehicle
    heaviest: Vehicle
    count: int
    trips: int
    route: Route


def lighter_convoy(situation: Situation) -> LighterConvoy | None:
    """
    Drive a movement with the next lighter kind for which a road is open.

    Parameters
    ----------
    situation : Situation

    Returns
    -------
    LighterConvoy or None
        None where nothing lighter carries a load, or no road is open to it either.
    """
    heaviest = max(situation.convoy.members, key=lambda member: member.rank)
    asked = situation.request.vehicles
    count = sum(entry.count for entry in asked if entry.vehicle_id == heaviest.vehicle_id)
    for vehicle in _lighter(heaviest):
        others = tuple(entry for entry in asked if entry.vehicle_id != heaviest.vehicle_id)
        instead = VehicleCount(vehicle_id=vehicle.vehicle_id, count=count)
        try:
            found = options_of(situation.driven_by((instead, *others)))
        except NoRouteError:
            continue
        return LighterConvoy(
            vehicle=vehicle,
            heaviest=heaviest,
            count=count,
            trips=math.ceil(heaviest.payload_t / vehicle.payload_t),
            route=found.routes[0],
        )
    return None


def _lighter(heaviest: Vehicle) -> Iterator[Vehicle]:
    """Lighter kinds that carry a load, the heaviest of them first."""
    if heaviest.vehicle_id in _UNDIVIDED:
        return
    least = vehicles()[_LIGHTEST].rank
    for vehicle in reversed(list(vehicles().values())):
        if least <= vehicle.rank < heaviest.rank:
            yield vehicle
