"""Rates along a route with their 5 to 95 % range: what a profile along the kilometres draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import RatedStretch, Span
from cmcoord_geo.risk.hazard import exposure_class
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.risk.exposure import Drive
    from cmcoord_geo.risk.hazard import Hazard


def rates_along(
    hazard: Hazard, drives: Sequence[Drive], *, config: HazardConfig
) -> tuple[RatedStretch, ...]:
    """
    Rate of every stretch of a route, from its origin on, without gap.

    Pieces shorter than half of what hazard is held in (a surveyed road has a segment from junction to
    junction) are joined with those that follow, known with known and unknown with unknown. Mean and bounds
    of a joined stretch are means over its length: its pieces lie so near to each other that their doubt
    moves together, and quantiles of such sums add.

    Parameters
    ----------
    hazard : Hazard
    drives : sequence of Drive
        Segments in the order of driving.
    config : HazardConfig

    Returns
    -------
    tuple of RatedStretch
        Rates in records per 100 km and month.
    """
    least_km = config.piece_m / KM_M / 2
    pieces = np.array(list(_pieces_of(hazard, drives)), dtype=np.int64)
    km = hazard.pieces.length_m[pieces] / KM_M
    known = hazard.is_informed[pieces]
    found: list[RatedStretch] = []
    start, first, total = 0.0, 0, len(pieces)
    for i in range(total):
        length = float(km[first : i + 1].sum())
        is_last = i + 1 == total or bool(known[i + 1] != known[i])
        if length >= least_km or is_last:
            row = slice(first, i + 1)
            found.append(_stretch(hazard, pieces[row], km[row], start, config))
            start, first = start + length, i + 1
    return tuple(found)


def _pieces_of(hazard: Hazard, drives: Sequence[Drive]) -> Iterator[int]:
    """Pieces in the order in which they are driven."""
    for drive in drives:
        order = range(*hazard.pieces.first[drive.segment : drive.segment + 2])
        yield from order if drive.is_forward else reversed(order)


def _stretch(
    hazard: Hazard,
    pieces: NDArray[np.int64],
    km: NDArray[np.float64],
    start: float,
    config: HazardConfig,
) -> RatedStretch:
    span = Span(low=start, high=start + float(km.sum()))
    if not hazard.is_informed[pieces[0]]:
        return RatedStretch(km=span, exposure_class=0, low=None, mean=None, high=None)
    low, high = (float(np.average(bound, weights=km)) for bound in hazard.bounds(pieces))
    mean = float(np.average(hazard.mean[pieces], weights=km))
    level = exposure_class(mean, config.class_limits)
    return RatedStretch(km=span, exposure_class=level, low=low, mean=mean, high=high)
