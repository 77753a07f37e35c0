"""Last departures that still get back: places as a person names them, on any network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, SnapError
from cmcoord_geo.facts import places, vehicles
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.network.placing import place_on
from cmcoord_geo.service.isolation import usual_targets
from cmcoord_geo.service.requests import place_id_of
from cmcoord_geo.sharing.product import movements_of
from cmcoord_geo.sharing.return_traps import build_return_traps

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import MovementRequest
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing import Audience
    from cmcoord_geo.sharing.departure_views import ReturnTrapsView

#: Base where none is named, and how many days ahead are looked at.
BASE, RETURN_DAYS = "BGF", 240
#: A place nearer than this to its junction is put there without a word.
_QUIET_M = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hub:
    """A place on the network: id of its node, its name, and how far it was moved."""

    node_id: str
    name: str
    away_m: float = 0.0

    @property
    def told(self) -> Iterator[Said]:
        """That it was moved."""
        if self.away_m > _QUIET_M:
            yield said("io.place.moved", place=self.name, away=said_length(self.away_m))


def release_return_traps(
    picture: OperationalPicture,
    audience: Audience,
    config: Config,
    *,
    base: str = "",
    targets: Sequence[str] = (),
    days: int = RETURN_DAYS,
) -> ReturnTrapsView:
    """
    Last departures from a base that still get back from each of some places, by vehicle of the week.

    Parameters
    ----------
    picture : OperationalPicture
    audience : Audience
    config : Config
    base : str
        Name or id of a place, of the gazetteer or of the map, or on a surveyed network a position; as all of
        these. Empty: Bangui, or where most movements of the week begin.
    targets : sequence of str
        None: cells, contact points, and where movements of the week go.
    days : int
        How far ahead is looked.

    Raises
    ------
    WithheldError
        The audience may not ask for departures.
    DataError
        A place that was named is not known, or not on the network; or none of the usual ones is.
    """
    network = picture.network
    own = movements_of(picture, audience)
    kinds = {entry.vehicle_id for one in own for entry in one.vehicles}
    ranks = {vehicles()[key].rank for key in kinds}
    start = _hub(network, base, ranks) if base else _usual_base(network, own)
    if start is None:
        raise problem(DataError, "departures.traps.not_here")
    hubs = [_hub(network, word, ranks) for word in targets]
    missing: tuple[str, ...] = ()
    if not targets:
        keys = usual_targets(start.node_id)
        missing = tuple(places()[key].name for key in keys if key not in network.node_index)
        ends = (one.destination for one in own)
        hubs = [_at(network, key) for key in (*keys, *ends) if key in network.node_index]
    view = build_return_traps(
        picture, audience, config,
        base=(start.node_id, start.name),
        targets={hub.node_id: hub.name for hub in hubs if hub.node_id != start.node_id},
        vehicle_ids=[key for key in vehicles() if key in kinds],
        days=days,
    )  # fmt: skip
    told = (what for hub in (start, *hubs) for what in hub.told)
    return replace(view, told=tuple(told), missing=missing)


def _hub(network: RoadNetwork, word: str, ranks: Iterable[int]) -> _Hub:
    """Place that a word means, at a road for all of some vehicles, else at any."""
    if network.traffic is None:
        key = place_id_of(word)
        if key not in network.node_index:
            raise problem(DataError, "place.not_on_network", place=places()[key].name)
        return _at(network, key)
    try:
        placed = place_on(network, word, frozenset(ranks))
    except SnapError:
        placed = place_on(network, word)
    return _Hub(node_id=network.node_ids[placed.node], name=placed.name, away_m=placed.away_m)


def _at(network: RoadNetwork, key: str) -> _Hub:
    return _Hub(node_id=key, name=end_name(network, network.node_index[key]))


def _usual_base(network: RoadNetwork, own: Iterable[MovementRequest]) -> _Hub | None:
    """Bangui; where it is not on the network, the place where most movements begin."""
    starts = Counter(one.origin for one in own).most_common(1)
    keys = (BASE, *(key for key, _ in starts))
    return next((_at(network, key) for key in keys if key in network.node_index), None)
