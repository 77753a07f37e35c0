"""
What the reports say of every road and crossing of a network.

How fast a report without an expiry of its own ages hangs on the season at the data cut-off, so that one
report ends at one moment in every product (H3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.facts import season_zones
from cmcoord_geo.network.columns import words_of
from cmcoord_geo.network.season import season_of
from cmcoord_geo.network.status import KnownState, by_subject, known_state

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import datetime

    from cmcoord_geo.config import StatusConfig
    from cmcoord_geo.model import RoadStatus
    from cmcoord_geo.network.road_network import RoadNetwork


def known_states(
    network: RoadNetwork,
    status: Iterable[RoadStatus],
    *,
    at: datetime,
    as_of: datetime,
    config: StatusConfig,
) -> Mapping[str, KnownState]:
    """
    State of each segment and crossing that a report speaks of.

    Parameters
    ----------
    network : RoadNetwork
    status : iterable of RoadStatus
    at : datetime
        Moment of passage.
    as_of : datetime
        Cut-off: later reports are not used.
    config : StatusConfig

    Returns
    -------
    mapping
        Id of a segment or crossing to its state; what no report speaks of is absent.
    """
    roads = {crossing.crossing_id: tuple(crossing.at_km) for crossing in network.crossings}
    wet = {
        zone
        for zone in words_of(network.season_zone)
        if season_of(as_of, season_zones()[zone]) != "dry"
    }
    return {
        subject: known_state(
            told,
            as_of=as_of,
            at=at,
            is_wet=_is_wet(network, roads.get(subject, (subject,)), wet),
            config=config,
        )
        for subject, told in by_subject(status).items()
    }


def _is_wet(network: RoadNetwork, segment_ids: Iterable[str], wet: Container[str]) -> bool:
    """Whether one of the roads is not surely in its dry season, for a report then ages faster."""
    places = (network.segment_index[key] for key in segment_ids if key in network.segment_index)
    return any(network.season_zone[segment] in wet for segment in places)
