"""A convoy at one pace on its way: where, when, and what it has done so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.model import Halt, Pace

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.stretches import PaceName
    from cmcoord_geo.planning.ways import Way


class Clock:
    """
    Where a convoy is, when, and where it spent its nights.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    depart : datetime
        In Bangui.
    name : str
        Pace; kept on the halts.
    """

    def __init__(self, network: RoadNetwork, way: Way, depart: datetime, name: PaceName) -> None:
        self.network = network
        self.way = way
        self.now = depart
        self.km = 0.0
        self.enter: list[datetime] = []
        self.leave: list[datetime] = []
        self.halts: list[Halt] = []
        self._name = name
        self._times: list[datetime] = []
        self._kms: list[float] = []

    @property
    def is_on_its_way(self) -> bool:
        """Whether anything was noted yet."""
        return bool(self._times)

    @property
    def pace(self) -> Pace:
        """Times and km so far."""
        return Pace(times=tuple(self._times), km=tuple(self._kms))

    def advance(self, to_km: float, duration: timedelta) -> None:
        """Drive on, or stand where the km do not change."""
        self.now += duration
        self.km = to_km
        self.mark()

    def stand_until(self, moment: datetime) -> None:
        """Stand until a moment, if that is later."""
        if moment > self.now:
            self.now = moment
            self.mark()

    def sleep_until(self, moment: datetime, *, place_id: str, segment_id: str) -> None:
        """Spend the night at a place, or on a segment."""
        self.halts.append(
            Halt(
                place_id=place_id,
                segment_id=segment_id,
                km=self.km,
                pace=self._name,
                night=len(self.halts) + 1,
            )
        )
        self.now = moment
        self.mark()

    def mark(self) -> None:
        """Note the present time and place."""
        self._times.append(self.now)
        self._kms.append(self.km)
