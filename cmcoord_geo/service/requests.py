"""One question from the command line becomes a request and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io import later_findings, read_patrols, read_status
from cmcoord_geo.io.areas import idle_findings, read_areas
from cmcoord_geo.io.incident_store import read_incident_file
from cmcoord_geo.model import (
    Finding,
    Limits,
    MovementRequest,
    TimeSpan,
    VehicleCount,
    ViaPoint,
)
from cmcoord_geo.network import bundled_network, convoy_of, find_place
from cmcoord_geo.network.asked_roads import forbidden_road
from cmcoord_geo.network.coordinates import find_position
from cmcoord_geo.network.ends import with_ends
from cmcoord_geo.network.whereabouts import Spot, where_of
from cmcoord_geo.picture import Incidents, OperationalPicture, Patrols
from cmcoord_geo.service.networks import load_network

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import AvoidArea, RoadStatus
    from cmcoord_geo.network import RoadNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    What someone asks of ``plan``.

    Attributes
    ----------
    origin, destination : str
        As they were typed.
    vehicles : tuple of VehicleCount
    depart : datetime
    latest : datetime or None
        End of the departure window; one hour after its begin when not said.
    as_of : datetime
        Cut-off of the data.
    avoid : tuple of Path
        Files of areas to avoid.
    incidents, patrols, status : Path or None
        Files; without one nothing is assumed.
    persons : int or None
    marking : str
    is_return : bool or None
    include_border : bool
    network : Path or None
        File of a road network; the bundled one without it.
    snap_limit_m : float
        Farther from a road of such a file a point is refused.
    status_config : StatusConfig
        How far off its road a drawn report or patrol may lie.
    via : tuple of str
        Places to go through, as they were typed.
    forbidden : tuple of str
        Roads that no option may use, as they were typed.
    limits : Limits
    """

    origin: str
    destination: str
    vehicles: tuple[VehicleCount, ...]
    depart: datetime
    as_of: datetime
    latest: datetime | None = None
    incidents: Path | None = None
    patrols: Path | None = None
    status: Path | None = None
    avoid: tuple[Path, ...] = ()
    persons: int | None = None
    marking: str = ""
    is_return: bool | None = None
    include_border: bool = False
    network: Path | None = None
    snap_limit_m: float = 2000.0
    status_config: StatusConfig = field(default_factory=StatusConfig)
    via: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)


def ask(question: Question) -> tuple[OperationalPicture, MovementRequest]:
    """
    Read the files of a question.

    Returns
    -------
    picture : OperationalPicture
        With all findings about the files.
    request : MovementRequest

    Raises
    ------
    UnknownPlaceError
        A place is unknown, or its name fits several.
    SnapError
        A point is too far from any road of the network file.
    DataError
        A file cannot be used at all, or the network has no road that is to be forbidden.
    """
    words = (question.origin, *question.via, question.destination)
    if question.network is None:
        network = bundled_network(include_border=question.include_border)
        stops = tuple(map(place_id_of, words))
        told: tuple[Said, ...] = ()
    else:
        surveyed, _ = load_network(question.network)
        convoy = convoy_of(question.vehicles)
        ends = with_ends(surveyed, words, convoy, limit_m=question.snap_limit_m)
        network, stops = ends.network, ends.node_ids
        told = ends.told
    request = MovementRequest(
        movement_id="H1",
        organisation="",
        origin=stops[0],
        destination=stops[-1],
        depart=TimeSpan(
            earliest=question.depart, latest=question.latest or question.depart + timedelta(hours=1)
        ),
        vehicles=question.vehicles,
        persons=question.persons,
        marking=question.marking,
        is_return=question.is_return,
        via=tuple(ViaPoint(place_id=key) for key in stops[1:-1]),
        avoid=tuple(forbidden_road(network, word) for word in question.forbidden),
        limits=question.limits,
    )
    findings = [Finding(severity="warning", said=what) for what in told]
    return _picture(question, request, network, findings), request


def place_id_of(word: str) -> str:
    """Id of a place by name; the bundled network, drawn from town to town, has no road for a position."""
    position = find_position(word)
    if position is None:
        return find_place(word).place_id
    spot = Spot(spot_id="", name=word, lon=position.lon, lat=position.lat)
    raise problem(DataError, "place.needs_network", word=word.strip(), where=where_of(spot))


def _picture(
    question: Question, request: MovementRequest, network: RoadNetwork, findings: list[Finding]
) -> OperationalPicture:
    incidents, patrols = Incidents.empty(), Patrols.empty()
    status: Sequence[RoadStatus] = ()
    if question.incidents:
        read = read_incident_file(question.incidents)
        incidents = read.content
        findings += read.findings
    if question.patrols:
        offered = read_patrols(question.patrols, network=network, config=question.status_config)
        patrols = offered.content
        findings += offered.findings
    if question.status:
        told = read_status(question.status, network=network, config=question.status_config)
        status = told.content
        findings += told.findings
    areas: list[AvoidArea] = []
    for path in question.avoid:
        avoided = read_areas(path)
        areas += avoided.content
        findings += avoided.findings
        findings += idle_findings(
            network,
            avoided.content,
            departures=[question.depart],
            as_of=question.as_of,
            file=path.name,
        )
    picture = OperationalPicture(
        network=network,
        as_of=question.as_of,
        incidents=incidents,
        patrols=patrols,
        status=tuple(status),
        movements=(request,),
        areas=tuple(areas),
    )
    names = {
        kind: path.name
        for kind in ("incidents", "patrols", "status")
        if (path := getattr(question, kind))
    }
    return replace(picture, findings=(*findings, *later_findings(picture, **names)))
