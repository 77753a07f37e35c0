"""The options of the EXERCISE week with their situations, planned once for all tests of a session."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cmcoord_geo.config import Config
from cmcoord_geo.errors import CmcoordError
from cmcoord_geo.io import read_picture
from cmcoord_geo.model import MovementPlan, Route
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.situation import Situation, situation_of

CONFIG = Config()


@cache
def exercise() -> OperationalPicture:
    return read_picture(Path(__file__).resolve().parents[2] / "data" / "exercise")


@cache
def plans() -> tuple[MovementPlan, ...]:
    """Plans of the movements that have a road."""
    found = []
    for asked in exercise().movements:
        try:
            found.append(plan_movement(exercise(), asked, CONFIG))
        except CmcoordError:
            continue
    return tuple(found)


def every_option() -> tuple[tuple[Situation, Route], ...]:
    return tuple(
        (situation_of(exercise(), plan.request, CONFIG), option)
        for plan in plans()
        for option in plan.options
    )
