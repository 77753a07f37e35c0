"""The next moment at which a network is in its rains."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.facts import season_zones
from cmcoord_geo.network.season import season_of
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.network.road_network import RoadNetwork

_DAYS = 366
_NOON_H = 12


def next_rains(network: RoadNetwork, after: datetime) -> datetime:
    """
    First moment at which every zone of a network is in its rains: now, else noon in Bangui of a later day.

    Zones begin at different dates (DOMAIN.md 2.8). On that day none is dry or between the seasons, and a
    report that has expired by then no longer speaks.

    Parameters
    ----------
    network : RoadNetwork
    after : datetime

    Raises
    ------
    StopIteration
        The rains of two zones never meet: a fault of the table, found by the tests.
    """
    zones = [season_zones()[name] for name in sorted(set(network.season_zone))]
    noon = after.astimezone(BANGUI).replace(hour=_NOON_H, minute=0, second=0, microsecond=0)
    days = (noon + timedelta(days=n) for n in range(1, _DAYS + 1))
    return next(
        moment
        for moment in (after, *days)
        if all(season_of(moment, zone) == "wet" for zone in zones)
    )
