"""The isolation board for one audience, made of road data and of the reports released to it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, WithheldError
from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, join, problem, said
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import convoy_of, passability
from cmcoord_geo.network.rains import next_rains
from cmcoord_geo.picture import Incidents
from cmcoord_geo.planning import Case, isolation
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import refusal_of_audience
from cmcoord_geo.sharing.isolation_views import (
    BoardPlaceView,
    BoardView,
    ReachView,
)
from cmcoord_geo.sharing.losses import board_notes, case_view, loss_views
from cmcoord_geo.sharing.records import status_record
from cmcoord_geo.sharing.refused import refused_notes
from cmcoord_geo.sharing.released import StatusRow
from cmcoord_geo.sharing.roads import (
    known_roads,
    place_views,
    released_reports,
    role_of,
    segment_views,
)

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import RoadStatus
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning import Isolation
    from cmcoord_geo.sharing.audience import Audience

_TWO = 2  # the common rule of the smallest convoy; size and weight govern, not the number


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardQuestion:
    """
    What a board is about.

    Attributes
    ----------
    base : str
        Node id.
    targets : tuple of str
        Node ids.
    vehicle, wet_vehicle : str
        Profiles, today and in the rains.
    missing : tuple of str
        Names of places that were asked for and are not on the network.
    """

    base: str
    targets: tuple[str, ...]
    vehicle: str = "truck_6x6"
    wet_vehicle: str = "lv_4x4"
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRelease:
    """A board, and what the gate kept back: (kind of record, reason) to count, for the desk alone."""

    board: BoardView
    withheld: Mapping[tuple[str, str], int]


def build_board(
    picture: OperationalPicture,
    question: BoardQuestion,
    audience: Audience,
    config: Config,
    *,
    now: datetime | None = None,
) -> BoardRelease:
    """
    Isolation board of a picture for one audience.

    Every figure is computed from the reports that the audience may see, so that none tells of another.

    Parameters
    ----------
    picture : OperationalPicture
    question : BoardQuestion
    audience : Audience
    config : Config
    now : datetime, optional
        Moment of release; without it the data cut-off alone counts, as for an exercise.

    Raises
    ------
    WithheldError
        The audience is unknown, or may not ask for a map.
    DataError
        A vehicle does not exist, or no target is left.
    """
    if reason := refusal_of_audience(audience, "map"):
        message = f"nothing is released: {reason}"
        raise WithheldError(message, reason=reason)
    network = picture.network
    base = network.node_index[question.base]
    targets = [network.node_index[key] for key in question.targets if key != question.base]
    if not targets:
        raise problem(DataError, "isolation.no_target")
    desk = Desk(
        audience,
        purpose="map",
        consents=picture.consents,
        moments=[picture.as_of] if now is None else [picture.as_of, now],
        config=config.sharing,
    )
    rows = desk.views(map(status_record, picture.status), StatusRow)
    reports = released_reports(rows)
    cases = [
        _case(network, question.vehicle, picture.as_of, picture.as_of, reports, config),
        _case(
            network,
            question.wet_vehicle,
            next_rains(network, picture.as_of),
            picture.as_of,
            reports,
            config,
        ),
    ]
    found = isolation(network, cases, base=base, targets=targets, config=config.isolation)
    board = _board(picture, question, audience, found, rows, config)
    return BoardRelease(board=board, withheld=desk.withheld)


def _case(
    network: RoadNetwork,
    vehicle_id: str,
    at: datetime,
    as_of: datetime,
    reports: Sequence[RoadStatus],
    config: Config,
) -> Case:
    convoy = convoy_of([VehicleCount(vehicle_id=vehicle_id, count=_TWO)])
    passable = passability(
        network, convoy, at=at, as_of=as_of, status=reports, config=config.status
    )
    return Case(vehicle_id=vehicle_id, at=at, passable=passable)


def _board(
    picture: OperationalPicture,
    question: BoardQuestion,
    audience: Audience,
    found: Isolation,
    rows: Sequence[StatusRow],
    config: Config,
) -> BoardView:
    network = picture.network
    order = _order(network, found)
    losses = loss_views(network, found, order)
    base_name = network.node_names[found.base]
    frame = frame_view(
        replace(picture, incidents=Incidents.empty()), audience, shown=(), config=config.sharing
    )
    bound = said(
        "isolation.bound",
        hours=f"{config.isolation.bound_h:g}",
        ratio=Said(
            fr=f"{config.isolation.bound_ratio:g}".replace(".", ","),
            en=f"{config.isolation.bound_ratio:g}",
        ),
    )
    lost = {key for loss in losses for key in loss.segment_ids}
    known = known_roads(network, rows, as_of=picture.as_of, config=config)
    return BoardView(
        frame=replace(
            frame,
            title=said("isolation.title", base=base_name),
            subtitle=said("isolation.subtitle"),
            audience_note=join([said("isolation.note"), frame.audience_note], "; "),
        ),
        base=_place(network, found.base, ()),
        targets=tuple(
            _place(
                network,
                found.targets[i],
                tuple(
                    ReachView(
                        hours=case.reach[i].hours,
                        km=case.reach[i].km,
                        hangs_on_unknown=case.reach[i].hangs_on_unknown,
                    )
                    for case in found.cases
                ),
            )
            for i in order
        ),
        losses=losses,
        cases=tuple(case_view(network, one.case, as_of=picture.as_of) for one in found.cases),
        bound_h=config.isolation.bound_h,
        bound_ratio=config.isolation.bound_ratio,
        least_h=config.isolation.least_h,
        bound=bound,
        notes=(
            *board_notes(network, found, missing=question.missing),
            *(refused_notes(picture.findings) if audience.kind == "owner" else ()),
        ),
        places=place_views(),
        segments=segment_views(
            network,
            known,
            as_of=picture.as_of,
            hazard=None,
            incidents=Incidents.empty(),
            config=config,
            own=lost,
        ),
    )


def _order(network: RoadNetwork, found: Isolation) -> list[int]:
    """Targets that hang on the same losses one after the other, nearer ones first; without a road last."""
    today = found.cases[0]

    def key(target: int) -> tuple[object, ...]:
        hours = today.reach[target].hours
        hit = tuple(
            i for i, row in enumerate(today.effects) if row[target] not in {"none", "no_road"}
        )
        node_id = network.node_ids[found.targets[target]]
        return hours is None, hit, 0.0 if hours is None else hours, node_id

    return sorted(range(len(found.targets)), key=key)


def _place(network: RoadNetwork, node: int, reach: tuple[ReachView, ...]) -> BoardPlaceView:
    place = places().get(network.node_ids[node])
    return BoardPlaceView(
        place_id=network.node_ids[node],
        name=network.node_names[node] or network.node_ids[node],
        lon=float(network.lon[node]),
        lat=float(network.lat[node]),
        role=role_of(place) if place else "town",
        reach=reach,
    )
