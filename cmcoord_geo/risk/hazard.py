"""
Hazard: recorded incidents to expect per 100 km and month, on each piece of road, by class.

Memories of several ranges and lengths, mixed by the shares that forward score gave them, each shrunk to the
mean of the area (Gamma-Poisson), with 5 % and 95 % bounds (ALGORITHMS.md f). Where no source speaks about the
date there is no information: that is a state of its own and never low.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.risk.attribution import attribute
from cmcoord_geo.risk.behind import RecordsBehind
from cmcoord_geo.risk.coverage import known_sources
from cmcoord_geo.risk.memory import memories_of
from cmcoord_geo.risk.mixture import RESTS_ON, Mixture
from cmcoord_geo.risk.pieces import Pieces, areas_of, cut_into_pieces
from cmcoord_geo.risk.window import Window
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import ArrayLike, NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.model import ExposureClass
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """
    Hazard of every piece of road at one date.

    Attributes
    ----------
    pieces : Pieces
    classes : tuple of str
        Incident classes on the road that a source covers at the date.
    by_class : ndarray of float64, shape (c, p)
        Mean records per 100 km and month; NaN where no source covers the class.
    mean, deviation : ndarray of float64, shape (p,)
        Mean and standard deviation of all classes together; NaN where there is no information.
    rests_on : ndarray of float64, shape (len(RESTS_ON), p)
        Parts of the mean by what they rest on: the place's own records, those around, towns, roads, and the
        mean of the area; 0 where there is no information.
    is_informed : ndarray of bool, shape (p,)
    assumed, assumed_deviation : ndarray of float64, shape (p,)
        Mean and standard deviation of all classes that are covered anywhere, with the prior where they are
        not: the search rests on them, and no colour does.
    records : sequence of tuple of int, one for each segment
        Rows of the incidents behind the figure of a segment, newest first.
    ordnance : sequence of tuple of int, one for each segment
        Rows of explosive ordnance on a segment: own layer, no decay.
    has_ordnance_source : bool
        False: no source records explosive ordnance, so nothing can be said of it.
    kinds : tuple of str
        For each record: place, road, coarse, nowhere, far.
    last_informed : datetime or None
        Last day about which any source speaks, where that is too long ago for the date.
    """

    pieces: Pieces
    classes: tuple[str, ...]
    by_class: NDArray[np.float64]
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    rests_on: NDArray[np.float64]
    is_informed: NDArray[np.bool_]
    assumed: NDArray[np.float64]
    assumed_deviation: NDArray[np.float64]
    records: Sequence[tuple[int, ...]]
    ordnance: Sequence[tuple[int, ...]]
    has_ordnance_source: bool
    kinds: tuple[str, ...]
    last_informed: datetime | None

    def bounds(
        self, at: slice | NDArray[np.int64] | NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """
        5 % and 95 % bounds of some pieces, all classes together as one Gamma of equal mean and variance.

        Parameters
        ----------
        at : slice, or ndarray of int64 or bool
            Which pieces.
        """
        return gamma_bounds(self.mean[at], self.deviation[at])

    def segment_mean(self, segment: int) -> float:
        """Mean records per 100 km and month over a segment; NaN without information."""
        part = slice(*self.pieces.first[segment : segment + 2])
        known = self.is_informed[part]
        if not known.any():
            return float("nan")
        return float(np.average(self.mean[part][known], weights=self.pieces.length_m[part][known]))


def exposure_class(rate: float, limits: tuple[float, float, float]) -> ExposureClass:
    """
    Class 1 to 4 of a rate, 0 for no information.

    Examples
    --------
    >>> exposure_class(0.2, (0.1, 0.3, 0.8)), exposure_class(float("nan"), (0.1, 0.3, 0.8))
    (2, 0)
    """
    if not np.isfinite(rate):
        return 0
    return 1 + int(np.searchsorted(limits, rate, side="left"))  # type: ignore[return-value]


def hazard(
    network: RoadNetwork,
    incidents: Incidents,
    *,
    at: datetime,
    as_of: datetime,
    config: HazardConfig,
) -> Hazard:
    """
    Hazard of every piece of road at a date, from the records known at the cut-off.

    Parameters
    ----------
    network : RoadNetwork
    incidents : Incidents
        Rows after the cut-off are not used.
    at : datetime
        Date for which it is asked; records age until then.
    as_of : datetime
        Cut-off of the data.
    config : HazardConfig
    """
    pieces = cut_into_pieces(network, piece_m=config.piece_m)
    spread = attribute(incidents, pieces, config=config)
    sources = known_sources(incidents, as_of=as_of)
    window = Window(sources, at=at, as_of=as_of, recent_days=config.recent_days)
    classes = tuple(
        entry.class_id
        for entry in incident_classes().values()
        if entry.is_on_road and window.months(entry.class_id, areas_of(pieces)[0]).any()
    )
    counted = incidents.counted(incidents.at_s <= utc_seconds(as_of))
    mixture = Mixture(spread, incidents, window, memories=memories_of(config), config=config)
    by_class = np.full((len(classes), len(pieces)), np.nan)
    rests_on = np.zeros((len(RESTS_ON), len(pieces)))
    variance, assumed, assumed_variance = (np.zeros(len(pieces)) for _ in range(3))
    for row, name in enumerate(classes):
        is_class = counted & np.array([key == name for key in incidents.class_id], dtype=bool)
        rates = mixture.rates(name, is_class)
        by_class[row] = np.where(rates.is_covered, rates.mean, np.nan)
        rests_on += np.where(rates.is_covered, rates.rests_on, 0.0)
        variance += np.where(rates.is_covered, rates.deviation**2, 0.0)
        assumed, assumed_variance = assumed + rates.mean, assumed_variance + rates.deviation**2
    is_informed = np.isfinite(by_class).any(axis=0)
    mean = np.where(is_informed, np.nansum(by_class, axis=0), np.nan)
    deviation = np.where(is_informed, np.sqrt(variance), np.nan)
    is_ordnance = np.array(
        [incident_classes()[name].is_ordnance for name in incidents.class_id], dtype=bool
    )
    return Hazard(
        pieces=pieces,
        classes=classes,
        by_class=by_class,
        mean=mean,
        deviation=deviation,
        rests_on=rests_on,
        is_informed=is_informed,
        assumed=assumed,
        assumed_deviation=np.sqrt(assumed_variance),
        records=RecordsBehind(spread, incidents.at_s, counted & ~is_ordnance),
        ordnance=RecordsBehind(spread, incidents.at_s, counted & is_ordnance),
        has_ordnance_source=window.has_ordnance_source(),
        kinds=spread.kind,
        last_informed=window.last_informed(),
    )


def gamma_bounds(
    mean: ArrayLike, deviation: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    5 % and 95 % bounds of Gamma variables.

    Parameters
    ----------
    mean, deviation : array_like
        Mean and standard deviation, of one shape; NaN gives NaN.
    """
    centre, spread = np.asarray(mean, dtype=float), np.asarray(deviation, dtype=float)
    if not np.isfinite(centre).any():
        return centre, centre
    from scipy.special import gammaincinv  # 0.4 s that a plan without information should not pay

    shape, scale = (centre / spread) ** 2, spread**2 / centre
    return gammaincinv(shape, 0.05) * scale, gammaincinv(shape, 0.95) * scale
