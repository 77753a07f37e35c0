"""What governs a convoy of several kinds of vehicle: the slowest, the largest, the heaviest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import SURFACES, vehicles
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.facts import Vehicle
    from cmcoord_geo.model import VehicleCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Convoy:
    """
    Vehicles that move together (DOMAIN.md 5.4: a mixed convoy moves at its slowest member).

    Attributes
    ----------
    members : tuple of Vehicle
    rank : int
        Of the largest.
    capacity_t, gross_t : float
        What a bridge must carry, and the gross weight, of the heaviest.
    count : int
        Vehicles in all.
    """

    members: tuple[Vehicle, ...]
    rank: int
    capacity_t: float
    gross_t: float
    count: int

    def kmh(self, surface: str, season: str) -> float:
        """Moving speed of the slowest; 0 where one does not drive. Unknown surface = the worst."""
        known = surface if surface in SURFACES else SURFACES[-1]
        return min(member.kmh[known, season] for member in self.members)

    def doubt(self, season: str) -> float:
        """Largest relative doubt of the speed."""
        return max(member.doubt[season] for member in self.members)


def convoy_of(counts: Sequence[VehicleCount]) -> Convoy:
    """
    Convoy of these vehicles.

    Raises
    ------
    DataError
        No vehicle, or a profile that does not exist.
    """
    for entry in counts:
        if entry.vehicle_id not in vehicles():
            known = ", ".join(vehicles())
            raise problem(DataError, "vehicle.unknown", vehicle=entry.vehicle_id, known=known)
    if not counts or any(entry.count < 1 for entry in counts):
        raise problem(DataError, "vehicle.none")
    members = tuple(vehicles()[entry.vehicle_id] for entry in counts)
    return Convoy(
        members=members,
        rank=max(member.rank for member in members),
        capacity_t=max(member.min_bridge_capacity_t for member in members),
        gross_t=max(member.gross_t for member in members),
        count=sum(entry.count for entry in counts),
    )
