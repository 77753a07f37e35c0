"""
Hazard: recorded incidents to expect per 100 km and month, on each piece of road, by class.

First version of ALGORITHMS.md (f): mass of the records with age decay, shrunk to the mean of the area
(Gamma-Poisson), with 5 % and 95 % bounds. Where no source speaks about the date there is no information:
that is a state of its own and never low.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.risk.attribution import Attribution, attribute
from cmcoord_geo.risk.pieces import Pieces, cut_into_pieces
from cmcoord_geo.units import DAY_S, KM_M, utc_seconds

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import ArrayLike, NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.model import ExposureClass, Source
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Incidents

MONTH_S = 30 * DAY_S
BLOCK_M = 100 * KM_M


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
        Mean records per 100 km and month.
    low, mean, high : ndarray of float64, shape (p,)
        All classes together, as one Gamma of equal mean and variance: 5 % bound, mean, 95 % bound.
        NaN where there is no information.
    deviation : ndarray of float64, shape (p,)
        Standard deviation of all classes together.
    is_informed : ndarray of bool, shape (p,)
    records : tuple of tuple of int, one for each segment
        Rows of the incidents behind the figure of a segment, newest first.
    ordnance : tuple of tuple of int, one for each segment
        Rows of explosive ordnance on a segment: own layer, no decay.
    has_ordnance_source : bool
        False: no source records explosive ordnance, so nothing can be said of it.
    kinds : mapping-like tuple of str
        For each record: place, road, coarse, far.
    last_informed : datetime or None
        Last day about which any source speaks, where that is too long ago for the date.
    """

    pieces: Pieces
    classes: tuple[str, ...]
    by_class: NDArray[np.float64]
    low: NDArray[np.float64]
    mean: NDArray[np.float64]
    high: NDArray[np.float64]
    deviation: NDArray[np.float64]
    is_informed: NDArray[np.bool_]
    records: tuple[tuple[int, ...], ...]
    ordnance: tuple[tuple[int, ...], ...]
    has_ordnance_source: bool
    kinds: tuple[str, ...]
    last_informed: datetime | None

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
    window = _Window(incidents.sources, at=at, as_of=as_of, recent_days=config.recent_days)
    on_road = [entry.class_id for entry in incident_classes().values() if entry.is_on_road]
    covered = {name: window.covered(name, pieces.area) for name in on_road}
    classes = tuple(name for name in on_road if covered[name].any())
    means, variances = [], []
    for name in classes:
        mean, variance = _rates(name, incidents, spread, pieces, window, covered[name], config)
        means.append(mean)
        variances.append(variance)
    by_class = np.array(means).reshape(len(classes), len(pieces))
    is_informed = np.zeros(len(pieces), dtype=bool)
    for name in classes:
        is_informed |= covered[name]
    variance = np.array(variances).reshape(by_class.shape).sum(axis=0)
    mean = np.where(is_informed, by_class.sum(axis=0), np.nan)
    deviation = np.where(is_informed, np.sqrt(variance), np.nan)
    low, high = gamma_bounds(mean, deviation)
    known = incidents.at_s <= utc_seconds(as_of)
    kinds = np.array(
        [incident_classes()[name].is_ordnance for name in incidents.class_id], dtype=bool
    )
    return Hazard(
        pieces=pieces,
        classes=classes,
        by_class=by_class,
        low=low,
        mean=mean,
        high=high,
        deviation=deviation,
        is_informed=is_informed,
        records=_rows_by_segment(spread, pieces, incidents, known & ~kinds),
        ordnance=_rows_by_segment(spread, pieces, incidents, known & kinds),
        has_ordnance_source=window.has_ordnance_source(),
        kinds=spread.kind,
        last_informed=window.last_informed(),
    )


class _Window:
    """What the sources cover at a date."""

    def __init__(
        self, sources: tuple[Source, ...], *, at: datetime, as_of: datetime, recent_days: int
    ) -> None:
        self._sources = sources
        self.at_s = utc_seconds(at)
        self.as_of_s = utc_seconds(as_of)
        self._recent_s = recent_days * DAY_S

    def _speaks(self, source: Source) -> bool:
        last_s = min(utc_seconds(source.last), self.as_of_s)
        return self.at_s - last_s <= self._recent_s and utc_seconds(source.first) <= last_s

    def covered(self, class_id: str, areas: tuple[str, ...]) -> NDArray[np.bool_]:
        """Whether a source that still speaks records the class on each piece, shape (p,)."""
        found = np.zeros(len(areas), dtype=bool)
        for source in self._sources:
            if class_id in source.classes and self._speaks(source):
                found |= np.array([not source.areas or area in source.areas for area in areas])
        return found

    def months(self, class_id: str, half_life_days: float) -> float:
        """Length of the covered period in months, each moment weighted by its age decay."""
        best = 0.0
        scale_s = half_life_days * DAY_S / np.log(2)
        for source in self._sources:
            if class_id in source.classes and self._speaks(source):
                newest = self.at_s - min(utc_seconds(source.last), self.as_of_s)
                oldest = self.at_s - utc_seconds(source.first)
                weighed = scale_s * (np.exp(-newest / scale_s) - np.exp(-oldest / scale_s))
                best = max(best, float(weighed) / MONTH_S)
        return best

    def has_ordnance_source(self) -> bool:
        classes = incident_classes()
        return any(classes[name].is_ordnance for source in self._sources for name in source.classes)

    def last_informed(self) -> datetime | None:
        """Last day of the newest source, when none speaks about the date any more."""
        if not self._sources or any(map(self._speaks, self._sources)):
            return None
        return max(source.last for source in self._sources)


def _rates(
    class_id: str,
    incidents: Incidents,
    spread: Attribution,
    pieces: Pieces,
    window: _Window,
    covered: NDArray[np.bool_],
    config: HazardConfig,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Posterior mean and variance of one class on each piece: Gamma prior, Poisson records."""
    half_life_s = incident_classes()[class_id].half_life_days * DAY_S
    age_s = window.at_s - incidents.at_s
    counted = np.array([name == class_id for name in incidents.class_id], dtype=bool)
    counted &= incidents.at_s <= window.as_of_s
    decay = np.where(counted, 0.5 ** (np.maximum(age_s, 0) / half_life_s), 0.0)
    mass = np.bincount(
        spread.piece, weights=spread.weight * decay[spread.record], minlength=len(pieces)
    )
    months = window.months(class_id, half_life_s / DAY_S)
    effort = np.where(covered, pieces.length_m / BLOCK_M * months, 0.0)
    area_rate = max(mass[covered].sum(), config.prior_records) / effort.sum()
    shape = config.prior_records + np.where(covered, mass, 0.0)
    rate = config.prior_records / area_rate + effort
    mean = np.where(covered, shape / rate, 0.0)
    return mean, np.where(covered, shape / rate**2, 0.0)


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
    from scipy.special import gammaincinv

    centre, spread = np.asarray(mean, dtype=float), np.asarray(deviation, dtype=float)
    shape, scale = (centre / spread) ** 2, spread**2 / centre
    return gammaincinv(shape, 0.05) * scale, gammaincinv(shape, 0.95) * scale


def _rows_by_segment(
    spread: Attribution, pieces: Pieces, incidents: Incidents, wanted: NDArray[np.bool_]
) -> tuple[tuple[int, ...], ...]:
    """Rows with at least a twentieth of their mass on a segment, newest first."""
    segment = pieces.segment[spread.piece]
    key = spread.record * len(pieces.network) + segment
    shares = np.bincount(key, weights=spread.weight) if len(key) else np.zeros(0)
    found: list[list[int]] = [[] for _ in range(len(pieces.network))]
    for place in np.flatnonzero(shares >= 0.05):
        record, at = divmod(int(place), len(pieces.network))
        if wanted[record]:
            found[at].append(record)
    return tuple(
        tuple(sorted(rows, key=lambda row: (-int(incidents.at_s[row]), row))) for rows in found
    )
