"""Figures of each option: against the fastest way, and in common with the option kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.numbers import said_number
from cmcoord_geo.model import RouteFigures
from cmcoord_geo.planning.ways import LOCAL_UP_TO
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cmcoord_geo.config import RouteConfig
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.ways import Way, Ways
    from cmcoord_geo.routing import OptionFigures, Recorded


def with_figures(
    network: RoadNetwork,
    options: Sequence[Route],
    ways: Sequence[Way],
    figures: Sequence[OptionFigures],
    recorded: Recorded,
) -> tuple[Route, ...]:
    """
    Options that say how they stand to the fastest way and to the option kept.

    Parameters
    ----------
    network : RoadNetwork
    options : sequence of Route
        The one kept first.
    ways, figures : sequence
        Of each option, in the same order.
    recorded : Recorded
        Recorded exposure of each segment.
    """
    segments = [{segment for segment, _ in way} for way in ways]

    def shared(own: set[int], weight: NDArray[np.float64]) -> float | None:
        whole = float(weight[sorted(own)].sum())
        return float(weight[sorted(own & segments[0])].sum()) / whole if whole > 0.0 else None

    found = []
    for option, own, one in zip(options, segments, figures, strict=True):
        local_s, local_share = _local(one)
        length = shared(own, network.length_m)
        record = RouteFigures(
            stretch=float(one.stretch),
            kept=options[0].letter,
            length_shared=1.0 if length is None else length,
            exposure_shared=shared(own, recorded.value),
            local_h=local_s / HOUR_S,
            local_share=local_share,
        )
        found.append(replace(option, figures=record))
    return tuple(found)


def _local(figures: OptionFigures) -> tuple[float, float]:
    """Seconds below which every part is a fastest way, and the same as a share of the fastest."""
    fastest = figures.cost / figures.stretch
    if figures.stretch == 1:
        return float(figures.cost), 1.0
    local = LOCAL_UP_TO * fastest if figures.local is None else figures.local
    return float(local), float(local / fastest)


def tried(ways: Ways, config: RouteConfig, *, is_limited: bool) -> Said | None:
    """
    What was tried to find a second road; None where there is one, or none was asked for.

    A search that memory ended says so in any case.
    """
    if not ways.is_complete:
        return said("tried.unfinished", count=ways.exact_routes)
    if len(ways.options) > 1 or config.max_options == 1:
        return None
    if is_limited:  # these may need a way beyond the stretch bound, and leave others within it out
        return said(
            "tried.limited", count=ways.tried - 1, percent=said_number(100 * config.max_share)
        )
    return said(
        "tried.alike" if ways.tried > 1 else "tried.nothing",
        count=ways.tried - 1,
        stretch=said_number(config.stretch),
        percent=said_number(100 * config.max_share),
    )
