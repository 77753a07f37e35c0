"""The isolation boards for one audience, made of road data and of the reports released to it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, WithheldError
from cmcoord_geo.facts import places, vehicles
from cmcoord_geo.i18n import Said, join, problem, said
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import convoy_of, passability
from cmcoord_geo.network.rains import next_rains
from cmcoord_geo.picture import Incidents
from cmcoord_geo.planning import Case, isolation
from cmcoord_geo.sharing.board_notes import board_notes
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import refusal_of_audience
from cmcoord_geo.sharing.isolation_views import (
    BoardPlaceView,
    BoardView,
    ReachView,
)
from cmcoord_geo.sharing.losses import case_view, loss_views
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
    from collections.abc import Callable
    from datetime import datetime

    from cmcoord_geo.config import Config, IsolationConfig
    from cmcoord_geo.model import RoadStatus
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning import Isolation
    from cmcoord_geo.sharing.audience import Audience
    from cmcoord_geo.sharing.views import FrameView

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
    pairs : tuple of (str, str)
        Profiles, today and in the rains: one board for each pair.
    missing : tuple of str
        Names of places that were asked for and are not on the network.
    """

    base: str
    targets: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRelease:
    """Boards, and what the gate kept back: (kind of record, reason) to count, for the desk alone."""

    boards: tuple[BoardView, ...]
    withheld: Mapping[tuple[str, str], int]


def build_boards(
    picture: OperationalPicture,
    question: BoardQuestion,
    audience: Audience,
    config: Config,
    *,
    now: datetime | None = None,
) -> BoardRelease:
    """
    Isolation boards of a picture for one audience, one for each vehicle.

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
    case_of = _cases(picture, released_reports(rows), config)
    rains = next_rains(network, picture.as_of)
    found = [
        isolation(
            network,
            [case_of(vehicle, picture.as_of), case_of(wet_vehicle, rains)],
            base=base,
            targets=targets,
            config=config.isolation,
        )
        for vehicle, wet_vehicle in question.pairs
    ]
    boards = _boards(picture, question, audience, found, rows, config)
    return BoardRelease(boards=boards, withheld=desk.withheld)


def _cases(
    picture: OperationalPicture, reports: Sequence[RoadStatus], config: Config
) -> Callable[[str, datetime], Case]:
    """Roads as a vehicle finds them at a moment, each looked at once."""

    @cache
    def case_of(vehicle_id: str, at: datetime) -> Case:
        convoy = convoy_of([VehicleCount(vehicle_id=vehicle_id, count=_TWO)])
        passable = passability(
            picture.network,
            convoy,
            at=at,
            as_of=picture.as_of,
            status=reports,
            config=config.status,
        )
        return Case(vehicle_id=vehicle_id, at=at, passable=passable)

    return case_of


def _boards(
    picture: OperationalPicture,
    question: BoardQuestion,
    audience: Audience,
    found: Sequence[Isolation],
    rows: Sequence[StatusRow],
    config: Config,
) -> tuple[BoardView, ...]:
    """One view for each vehicle; frame, places and segments are the same object in all of them."""
    network = picture.network
    orders = [_order(network, one) for one in found]
    losses = [loss_views(network, one, order) for one, order in zip(found, orders, strict=True)]
    segments = segment_views(
        network,
        known_roads(network, rows, as_of=picture.as_of, config=config),
        as_of=picture.as_of,
        hazard=None,
        incidents=Incidents.empty(),
        config=config,
        own={key for of_board in losses for loss in of_board for key in loss.segment_ids},
    )
    frame = _frame(picture, audience, network.node_names[found[0].base], config)
    all_places = place_views()
    return tuple(
        BoardView(
            frame=frame,
            key="_".join(dict.fromkeys(pair)),
            vehicles=_vehicles(pair),
            base=_place(network, one.base, ()),
            targets=_targets(network, one, order),
            losses=of_board,
            cases=tuple(case_view(network, case.case, as_of=picture.as_of) for case in one.cases),
            bound_h=config.isolation.bound_h,
            bound_ratio=config.isolation.bound_ratio,
            least_h=config.isolation.least_h,
            bound=_bound(config.isolation),
            notes=(
                *board_notes(network, one, missing=question.missing),
                *(refused_notes(picture.findings) if audience.kind == "owner" else ()),
            ),
            places=all_places,
            segments=segments,
        )
        for pair, one, order, of_board in zip(question.pairs, found, orders, losses, strict=True)
    )


def _frame(picture: OperationalPicture, audience: Audience, base: str, config: Config) -> FrameView:
    bare = replace(picture, incidents=Incidents.empty())
    frame = frame_view(bare, audience, shown=(), config=config.sharing)
    return replace(
        frame,
        title=said("isolation.title", base=base),
        subtitle=said("isolation.subtitle"),
        audience_note=join([said("isolation.note"), frame.audience_note], "; "),
    )


def _bound(config: IsolationConfig) -> Said:
    ratio = f"{config.bound_ratio:g}"
    return said(
        "isolation.bound",
        hours=f"{config.bound_h:g}",
        ratio=Said(fr=ratio.replace(".", ","), en=ratio),
    )


def _vehicles(pair: tuple[str, str]) -> Said:
    """Name of a vehicle, or of both where another one drives in the rains."""
    today, rains = (vehicles()[key].name for key in pair)
    return today if today == rains else said("isolation.two_vehicles", today=today, rains=rains)


def _targets(
    network: RoadNetwork, found: Isolation, order: Sequence[int]
) -> tuple[BoardPlaceView, ...]:
    return tuple(
        _place(
            network,
            found.targets[i],
            tuple(
                ReachView(
                    hours=case.reach[i].hours,
                    km=case.reach[i].km,
                    hangs_on_unknown=case.reach[i].hangs_on_unknown,
                    only_by_turn=case.reach[i].only_by_turn,
                )
                for case in found.cases
            ),
        )
        for i in order
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
