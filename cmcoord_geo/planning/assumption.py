"""What share of a way rests on an assumed surface: on a surveyed network most roads have none on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Way


def assumed_surface(network: RoadNetwork, passable: Passability, way: Way) -> Said | None:
    """
    Shares of length and driving time, in whole per cent, on roads of unknown surface.

    Their speed is that of a track (``docs/osm_policy.md``), so the hours lean to the slow side. None on the
    bundled network, whose links each have a confidence of their own.
    """
    if network.traffic is None:
        return None
    segments = np.array([segment for segment, _ in way])
    is_unknown = np.array([network.surface[segment] == "unknown" for segment in segments.tolist()])
    if not is_unknown.any():
        return said("option.surveyed")
    length_m, mid_s = network.length_m[segments], passable.mid_s[segments]
    km, hours = (
        100 * float(whole[is_unknown].sum()) / float(whole.sum()) for whole in (length_m, mid_s)
    )
    return said("option.assumed", km=_percent(km), hours=_percent(hours))


def _percent(share: float) -> str:
    """Whole per cent; what is little is not said to be nothing."""
    return "< 1" if share < 1 else f"{share:.0f}"
