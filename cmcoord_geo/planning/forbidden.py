"""Roads that a request forbids: closed for it alone, and what that costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import ForbiddenRoad
    from cmcoord_geo.network import Passability, RoadNetwork


def without_roads(
    network: RoadNetwork, passable: Passability, roads: Sequence[ForbiddenRoad]
) -> Passability:
    """
    Roads as a convoy finds them, without those that its request forbids.

    Parameters
    ----------
    network : RoadNetwork
    passable : Passability
    roads : sequence of ForbiddenRoad
    """
    if not roads:
        return passable
    why: dict[int, Said] = {
        network.segment_index[key]: said("closed.asked", road=road.name)
        for road in reversed(roads)
        for key in road.segment_ids
    }
    is_kept = np.ones(len(network), dtype=bool)
    is_kept[list(why)] = False
    reasons = list(passable.reasons)
    for segment, reason in why.items():
        reasons[segment] = (*reasons[segment], reason)
    return replace(
        passable,
        is_open=passable.is_open & is_kept,
        is_arc_open=passable.is_arc_open & np.repeat(is_kept, 2),
        low_s=np.where(is_kept, passable.low_s, np.inf),
        mid_s=np.where(is_kept, passable.mid_s, np.inf),
        high_s=np.where(is_kept, passable.high_s, np.inf),
        reasons=tuple(reasons),
    )
