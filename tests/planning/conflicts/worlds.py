"""Weeks on the row of four places A-B-C-D, for the tests of rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from planning.worlds import CONFIG, MORNING, ROW, Row, picture, request

from cmcoord_geo.model import MovementRequest
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.conflicts import Ruling, Week

HOUR = timedelta(hours=1)


def moved(
    name: str = "M1", origin: str = "A", destination: str = "D", **more: Any
) -> MovementRequest:
    return replace(request(origin, destination, **more), movement_id=name)


def week(
    *rows: Row,
    requests: tuple[MovementRequest, ...] = (moved(),),
    network: RoadNetwork = ROW,
    sites: tuple[tuple[float, float], ...] | None = None,
    earlier: tuple[MovementRequest, ...] | None = None,
    **more: Any,
) -> Week:
    """Week of some requests, each planned, with some patrols."""
    known = picture(network, *rows, movements=requests, **more)
    return Week(
        picture=known,
        plans=tuple(plan_movement(known, one, CONFIG) for one in requests),
        config=CONFIG,
        sites=sites,
        earlier=earlier,
    )


def parties(ruling: Ruling) -> list[tuple[str, str, str]]:
    """Movement, other party and answer of each conflict."""
    return [
        (one.movement_id, one.patrol_id or one.other_id, one.answer) for one in ruling.conflicts
    ]


PATROL = Row(start=MORNING, end=MORNING + 3 * HOUR)
