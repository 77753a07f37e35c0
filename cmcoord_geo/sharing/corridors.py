"""
Requested corridors: what the gate lets through of the movements, as one request of several organisations.

What is put out says where and about when, never who, what or exactly when (L054); how organisations are
bundled, and what is held back, is decided in :mod:`cmcoord_geo.coordination`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.coordination import Demand, Issue, issue_corridors
from cmcoord_geo.coordination.demand import AREA_PRESENCE, bins_of
from cmcoord_geo.planning.requests import priority_of
from cmcoord_geo.planning.situation import accepts_mixed
from cmcoord_geo.sharing.records import corridor_record, movement_record
from cmcoord_geo.sharing.released import CorridorRow, CorridorWish
from cmcoord_geo.sharing.views import CorridorStretchView, CorridorView, RangeView, WindowView

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import CorridorRequest, MovementPlan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.desk import Desk


def corridor_demands(
    desk: Desk, picture: OperationalPicture, plans: Iterable[MovementPlan]
) -> tuple[Demand, ...]:
    """
    Presence that movements want, of those that the gate lets through to a desk of MINUSCA operations.

    Parameters
    ----------
    desk : Desk
    picture : OperationalPicture
    plans : iterable of MovementPlan
    """
    hours = desk.config.window_h
    found: list[Demand] = []
    for plan in plans:
        wish = desk.passed(movement_record(plan), CorridorWish)
        if wish is None:
            continue
        is_mixed = accepts_mixed(picture, plan.request)
        for part in wish.stretches:
            segment = picture.network.segment_index[part.segment_id]
            found.append(
                Demand(
                    party=plan.request.organisation,
                    movement_id=plan.request.movement_id,
                    segment=segment,
                    bins=bins_of(part.start, part.end, hours=hours),
                    presence=wish.presence or AREA_PRESENCE,
                    priority=priority_of(wish.need),
                    accepts_mixed=is_mixed,
                )
            )
    return tuple(found)


def asked_corridors(
    picture: OperationalPicture,
    demands: Sequence[Demand],
    *,
    now: datetime,
    seed: bytes,
    config: Config,
) -> Issue:
    """
    What is asked of the other side now, given what was asked before.

    Parameters
    ----------
    picture : OperationalPicture
        Its network, and the corridors that were issued.
    demands : sequence of Demand
    now : datetime
    seed : bytes
        For the names of new corridors.
    config : Config
    """
    return issue_corridors(
        picture.network,
        demands,
        picture.corridors,
        now=now,
        seed=seed,
        bin_h=config.sharing.window_h,
        config=config.corridor,
    )


def corridor_views(
    desk: Desk, network: RoadNetwork, corridors: Iterable[CorridorRequest]
) -> tuple[CorridorView, ...]:
    """Corridors C1, C2, ... of a map, in the order of their windows, for the audience of a desk."""
    passed = [
        row
        for corridor in corridors
        if (row := desk.passed(corridor_record(corridor), CorridorRow)) is not None
    ]
    passed.sort(key=lambda row: (row.window.earliest, row.segment_ids, row.window.latest))
    return tuple(_view(network, row, f"C{i}") for i, row in enumerate(passed, start=1))


def _view(network: RoadNetwork, row: CorridorRow, mark: str) -> CorridorView:
    window = WindowView(start=row.window.earliest, end=row.window.latest)
    return CorridorView(
        mark=mark,
        corridor_id=row.corridor_id,
        stretches=tuple(
            CorridorStretchView(
                segment_id=key,
                km=RangeView(low=0.0, high=_km(network, network.segment_index[key])),
                window=window,
            )
            for key in row.segment_ids
        ),
    )


def _km(network: RoadNetwork, segment: int) -> float:
    """Length in whole km; a surveyed segment is shorter than one, and is joined to its road later."""
    length_km = network.length_km(segment)
    return float(round(length_km)) if network.traffic is None else length_km
