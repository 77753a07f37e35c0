"""Each option against the fastest one, under the doubt about what is recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.planning.routes import plain_drives
from cmcoord_geo.risk.compare import compared, doubt_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way


def with_comparisons(
    situation: Situation, ways: Sequence[Way], options: Sequence[Route]
) -> tuple[Route, ...]:
    """
    Options that say how they stand against the fastest one; as they are where nothing can be compared.

    Parameters
    ----------
    situation : Situation
    ways, options : sequence
        In one order.
    """
    if len(options) < 2 or not any(option.exposure.informed_share for option in options):
        return tuple(options)
    drives = [plain_drives(situation.passable, way) for way in ways]
    # by the slow pace, as the reasons of a choice call an option the fastest
    hours = [(option.drive_h.high, option.drive_h.low) for option in options]
    fastest = hours.index(min(hours))
    found = compared(
        [doubt_of(situation.hazard, one, config=situation.config.hazard) for one in drives],
        reference=fastest,
        config=situation.config.compare,
        letter=options[fastest].letter,
    )
    return tuple(replace(option, compared=one) for option, one in zip(options, found, strict=True))
