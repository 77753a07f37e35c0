"""What holds for every route of one request: the roads, the hazard and the consents on that date."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.network import convoy_of, passability
from cmcoord_geo.planning.forbidden import without_roads
from cmcoord_geo.risk import hazard

if TYPE_CHECKING:
    from cmcoord_geo.config import Config, HazardConfig
    from cmcoord_geo.model import ForbiddenRoad, MovementRequest, RoadStatus, VehicleCount
    from cmcoord_geo.network import Convoy, Passability, RoadNetwork
    from cmcoord_geo.picture import Incidents, OperationalPicture
    from cmcoord_geo.risk import Hazard

#: The last hazard with what it answers: one, as it takes 100 MB on a country.
_kept: deque[tuple[RoadNetwork, Incidents, tuple[datetime, datetime, HazardConfig], Hazard]] = (
    deque(maxlen=1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """
    What holds for every route of one request.

    Attributes
    ----------
    picture : OperationalPicture
    request : MovementRequest
    convoy : Convoy
    passable : Passability
    hazard : Hazard
    accepts_mixed : bool
        Whether presence mixed with national forces may count (L111).
    config : Config
    """

    picture: OperationalPicture
    request: MovementRequest
    convoy: Convoy
    passable: Passability
    hazard: Hazard
    accepts_mixed: bool
    config: Config

    @property
    def network(self) -> RoadNetwork:
        """Roads of the picture."""
        return self.picture.network

    @property
    def stops(self) -> tuple[int, ...]:
        """Nodes of origin, via points and destination."""
        request, index = self.request, self.network.node_index
        via = (point.place_id for point in request.via)
        return tuple(index[key] for key in (request.origin, *via, request.destination))

    def forbidding(self, roads: tuple[ForbiddenRoad, ...]) -> Situation:
        """Return the same movement with other roads forbidden."""
        request = replace(self.request, avoid=roads)
        passable = _roads(self.picture, request, self.convoy, self.config)
        return replace(self, request=request, passable=passable)

    def shifted(self, shift: timedelta) -> Situation:
        """Return the same movement some hours earlier or later, on the same roads."""
        depart = self.request.depart
        moved = TimeSpan(earliest=depart.earliest + shift, latest=depart.latest + shift)
        return replace(self, request=replace(self.request, depart=moved))

    def on_day(self, days_on: int) -> Situation:
        """
        Return the same movement some days later, on the roads as they are then.

        The hazard stays that of the date asked for: a day or two do not change it.
        """
        if not days_on:
            return self
        moved = self.shifted(timedelta(days=days_on))
        roads = _roads(moved.picture, moved.request, moved.convoy, moved.config)
        return replace(moved, passable=roads)

    def told(self, status: tuple[RoadStatus, ...]) -> Situation:
        """Return the same movement as if these reports, and no others, were known; the hazard stays."""
        picture = replace(self.picture, status=status)
        roads = _roads(picture, self.request, self.convoy, self.config)
        return replace(self, picture=picture, passable=roads)

    def driven_by(self, vehicles: tuple[VehicleCount, ...]) -> Situation:
        """Return the same movement with other vehicles; the hazard stays."""
        request = replace(self.request, vehicles=vehicles)
        convoy = convoy_of(vehicles)
        roads = _roads(self.picture, request, convoy, self.config)
        return replace(self, request=request, convoy=convoy, passable=roads)

    def without_patrol(self, patrol_id: str) -> Situation:
        """Return the same movement as if a patrol did not come."""
        patrols = self.picture.patrols
        kept = [row for row, one in enumerate(patrols.patrol_id) if one != patrol_id]
        return replace(self, picture=replace(self.picture, patrols=patrols.only(kept)))


def situation_of(
    picture: OperationalPicture, request: MovementRequest, config: Config
) -> Situation:
    """
    Situation of a request.

    Raises
    ------
    DataError
        A vehicle does not exist, or there is none.
    """
    convoy = convoy_of(request.vehicles)
    return Situation(
        picture=picture,
        request=request,
        convoy=convoy,
        passable=_roads(picture, request, convoy, config),
        hazard=_hazard(picture, request.depart.earliest, config.hazard),
        accepts_mixed=accepts_mixed(picture, request),
        config=config,
    )


def _hazard(picture: OperationalPicture, at: datetime, config: HazardConfig) -> Hazard:
    """Hazard at a moment, kept until another is asked for: many movements of a week leave together."""
    for network, incidents, asked, answer in _kept:
        is_same = network is picture.network and incidents is picture.incidents
        if is_same and asked == (at, picture.as_of, config):
            return answer
    answer = hazard(picture.network, picture.incidents, at=at, as_of=picture.as_of, config=config)
    _kept.append((picture.network, picture.incidents, (at, picture.as_of, config), answer))
    return answer


def accepts_mixed(picture: OperationalPicture, request: MovementRequest) -> bool:
    """
    Whether the organisation lets presence mixed with national forces count (L111).

    Only consents that are alive at the cut-off speak (L052), those for this movement before those for all;
    where two of one kind differ, the answer is no.
    """
    alive = [
        consent
        for consent in picture.consents
        if consent.organisation == request.organisation
        and not consent.is_withdrawn
        and consent.until > picture.as_of
    ]
    own = [consent for consent in alive if consent.movement_id == request.movement_id]
    speaking = own or [consent for consent in alive if not consent.movement_id]
    return bool(speaking) and all(consent.accepts_mixed_patrols for consent in speaking)


def _roads(
    picture: OperationalPicture, request: MovementRequest, convoy: Convoy, config: Config
) -> Passability:
    passable = passability(
        picture.network,
        convoy,
        at=request.depart.earliest,
        as_of=picture.as_of,
        status=picture.status,
        areas=picture.areas,
        config=config.status,
    )
    return without_roads(picture.network, passable, request.avoid)
