"""What share of a way rests on an assumed surface: on a surveyed network most roads have none on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import join, said
from cmcoord_geo.network.carry import is_surface_lent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Way


def assumed_surface(network: RoadNetwork, passable: Passability, way: Way) -> Said | None:
    """
    Shares of length and driving time, in whole per cent, on roads of unknown surface.

    Their speed is that of a track (``docs/osm_policy.md``), so the hours lean to the slow side; where a
    bundled link lent its surface, that of the link. None on the bundled network, whose links each have a
    confidence of their own.
    """
    if network.traffic is None:
        return None
    segments = np.array([segment for segment, _ in way])
    length_m, mid_s = network.length_m[segments], passable.mid_s[segments]

    def told(key: str, is_it: NDArray[np.bool_]) -> Said:
        km, hours = (
            100 * float(whole[is_it].sum()) / float(whole.sum()) for whole in (length_m, mid_s)
        )
        return said(key, km=_percent(km), hours=_percent(hours))

    is_unknown = np.array([network.surface[segment] == "unknown" for segment in segments.tolist()])
    is_lent = np.array([is_surface_lent(network, segment) for segment in segments.tolist()])
    parts = [
        told(key, is_it)
        for key, is_it in (("option.assumed", is_unknown), ("option.lent", is_lent))
        if is_it.any()
    ]
    return join(parts, "; ") if parts else said("option.surveyed")


def _percent(share: float) -> str:
    """Whole per cent; what is little is not said to be nothing."""
    return "< 1" if share < 1 else f"{share:.0f}"
