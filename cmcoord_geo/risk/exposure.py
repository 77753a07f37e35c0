"""Exposure: hazard gathered along a route, rate times hours there, as a relative index with its doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.model import Exposure, Span, Stretch
from cmcoord_geo.risk.hazard import Hazard, exposure_class, gamma_bounds
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.model import ExposureClass

#: Unit of the search criterion: one millionth of the index.
MICRO = 1_000_000
#: Stretches of a segment, shape (k, 2), and the factor that presence on each has, shape (k, moments).
Presence: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.float64]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """
    Time on one segment of a route.

    Attributes
    ----------
    segment : int
    is_forward : bool
    low_h, mid_h, high_h : float
        Moving hours at the fast, middle and slow pace.
    credit : tuple of (from fraction, to fraction, factor)
        Patrol credit on stretches of the segment, from its start; factor 1 = none.
    """

    segment: int
    is_forward: bool
    low_h: float
    mid_h: float
    high_h: float
    credit: tuple[tuple[float, float, float], ...] = ()

    def with_credit(self, credit: tuple[tuple[float, float, float], ...]) -> Drive:
        """Return the same drive with some patrol credit."""
        return replace(self, credit=credit)


def search_costs(
    hazard: Hazard, mid_s: NDArray[np.float64], *, config: HazardConfig
) -> NDArray[np.int64]:
    """
    Exposure of each segment as a criterion of the search, in millionths of the index.

    A road without information counts with what is assumed there, at least with the mean of what is known,
    and at least with the prior of the configuration: an hour on it never costs less than an hour on the
    average known road.

    Parameters
    ----------
    hazard : Hazard
    mid_s : ndarray of float64, shape (m,)
        Moving seconds; infinite where closed.

    Returns
    -------
    ndarray of int64, shape (m,)
        0 where closed.
    """
    pieces, rate = hazard.pieces, _search_rates(hazard, config)
    length_m = np.bincount(pieces.segment, weights=pieces.length_m)
    mean = np.bincount(pieces.segment, weights=rate * pieces.length_m) / length_m
    hours = np.where(np.isfinite(mid_s), mid_s, 0.0) / HOUR_S
    return np.rint(mean * hours * MICRO).astype(np.int64)


def _search_rates(hazard: Hazard, config: HazardConfig) -> NDArray[np.float64]:
    """Rate of each piece as the search counts it."""
    known = hazard.is_informed
    unknown_rate = config.prior_rate
    if known.any():
        average = np.average(hazard.mean[known], weights=hazard.pieces.length_m[known])
        unknown_rate = max(unknown_rate, float(average))
    return np.where(known, hazard.mean, np.maximum(hazard.assumed, unknown_rate))


def search_shares(
    hazard: Hazard, presence: Mapping[int, Presence], *, config: HazardConfig
) -> Mapping[int, NDArray[np.float64]]:
    """
    Part of the criterion of :func:`search_costs` that presence leaves on some segments, moment by moment.

    Presence counts where there is information only, and for the classes that it may count for (H11).

    Parameters
    ----------
    hazard : Hazard
    presence : mapping
        Segment to its stretches, shape (k, 2), fractions from its start, and the factor that presence on
        each puts on the classes with credit, shape (k, moments).

    Returns
    -------
    mapping
        Segment to shares from 0 to 1, shape (moments,).
    """
    rates = _search_rates(hazard, config)
    found = {}
    for segment, (stretches, credit) in presence.items():
        part = slice(*hazard.pieces.first[segment : segment + 2])
        weight = rates[part] * hazard.pieces.length_m[part]
        left = _left_on(hazard, part, stretches, credit)
        left[~hazard.is_informed[part]] = 1.0
        total = float(weight.sum())
        found[segment] = weight @ left / total if total > 0 else np.ones(credit.shape[1])
    return found


def recorded_exposure(
    hazard: Hazard, mid_s: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """
    Exposure of each segment as far as it is known, and how far that is.

    Unlike :func:`search_costs`, nothing is put in where nothing is known.

    Parameters
    ----------
    hazard : Hazard
    mid_s : ndarray of float64, shape (m,)
        Moving seconds; infinite where closed.

    Returns
    -------
    ndarray of float64, shape (m,)
        Index that is gathered where there is information; 0 where closed.
    ndarray of float64, shape (m,)
        Share of each segment's length with information, 0 to 1.
    """
    pieces, known = hazard.pieces, hazard.is_informed
    length_m = np.bincount(pieces.segment, weights=pieces.length_m)
    rate = np.where(known, hazard.mean, 0.0)
    mean = np.bincount(pieces.segment, weights=rate * pieces.length_m) / length_m
    informed_m = np.bincount(pieces.segment, weights=np.where(known, pieces.length_m, 0.0))
    hours = np.where(np.isfinite(mid_s), mid_s, 0.0) / HOUR_S
    return mean * hours, np.minimum(informed_m / length_m, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """
    What one drive over one segment gathers where there is information.

    Attributes
    ----------
    mean, variance : float
        Of the index, at the middle pace.
    known_share : float
        Share of the segment about which a source says something recent.
    informed_m, length_m : float
    """

    mean: float
    variance: float
    known_share: float
    informed_m: float
    length_m: float


def gathered(hazard: Hazard, drive: Drive, *, config: HazardConfig) -> Gathered:
    """
    Mean and variance that one drive gathers; doubt about pieces moves together, the less the farther apart.

    Parameters
    ----------
    hazard : Hazard
    drive : Drive
    config : HazardConfig
    """
    part = slice(*hazard.pieces.first[drive.segment : drive.segment + 2])
    lengths = hazard.pieces.length_m[part]
    known = hazard.is_informed[part]
    share = np.where(known, lengths / lengths.sum(), 0.0)
    doubt_h = np.where(known, hazard.deviation[part] * share, 0.0) * drive.mid_h
    return Gathered(
        mean=float(np.nansum(hazard.mean[part] * share)) * drive.mid_h,
        variance=float(doubt_h @ _likeness(hazard, part, config.place_reach_m) @ doubt_h),
        known_share=float(share.sum()),
        informed_m=float(lengths[known].sum()),
        length_m=float(lengths.sum()),
    )


def exposure_along(hazard: Hazard, drives: Sequence[Drive], *, config: HazardConfig) -> Exposure:
    """
    Exposure of a route, as if no patrol were on it.

    Parameters
    ----------
    hazard : Hazard
    drives : sequence of Drive

    Returns
    -------
    Exposure
        Sums over the part of the route with information only; ``informed_share`` says how much that
        is. Doubt about pieces of one segment moves together, the less the farther they lie apart; that
        of different segments does not.
    """
    mean = variance = informed_m = length_m = 0.0
    hours = np.zeros(3)
    for drive in drives:
        part = gathered(hazard, drive, config=config)
        mean += part.mean
        variance += part.variance
        hours += part.known_share * np.array([drive.low_h, drive.mid_h, drive.high_h])
        informed_m += part.informed_m
        length_m += part.length_m
    if mean <= 0:
        return Exposure(low=0.0, mean=0.0, high=0.0, exposure_class=0, informed_share=0.0)
    low, high = gamma_bounds(mean, np.sqrt(variance))
    return Exposure(
        low=float(low * hours[0] / hours[1]),
        mean=mean,
        high=float(high * hours[2] / hours[1]),
        exposure_class=exposure_class(mean / hours[1], config.class_limits),
        informed_share=informed_m / length_m,
    )


def exposure_with_presence(
    hazard: Hazard, drives: Sequence[Drive], whole: Exposure, *, config: HazardConfig
) -> Exposure:
    """
    Exposure of a route with patrol credit, which never touches classes without credit (H11).

    Parameters
    ----------
    hazard : Hazard
    drives : sequence of Drive
    whole : Exposure
        Of :func:`exposure_along` for the same drives.
    """
    return _part_of(whole, _shares(hazard, drives, _factors), config=config)


def exposure_unpatrolled(
    hazard: Hazard, drives: Sequence[Drive], whole: Exposure, *, config: HazardConfig
) -> Exposure:
    """
    What of the exposure of a route is gathered where no presence counts.

    Parameters
    ----------
    hazard : Hazard
    drives : sequence of Drive
    whole : Exposure
        Of :func:`exposure_along` for the same drives.
    """
    return _part_of(whole, _shares(hazard, drives, _outside), config=config)


def _shares(
    hazard: Hazard, drives: Sequence[Drive], factors: Callable[..., NDArray[np.float64]]
) -> tuple[float, float]:
    """Part of the index of a route that is left by a factor on each piece, and hours with information."""
    told = total = hours = 0.0
    for drive in drives:
        part = slice(*hazard.pieces.first[drive.segment : drive.segment + 2])
        lengths = hazard.pieces.length_m[part]
        share_h = np.where(hazard.is_informed[part], lengths / lengths.sum(), 0.0) * drive.mid_h
        index = np.nan_to_num(hazard.mean[part]) * share_h
        told += float((index * factors(hazard, drive, part)).sum() if drive.credit else index.sum())
        total += float(index.sum())
        hours += float(share_h.sum())
    return (told / total if total > 0 else 1.0), hours


def _part_of(whole: Exposure, left: tuple[float, float], *, config: HazardConfig) -> Exposure:
    """
    Part of an exposure.

    Its bounds are those of the whole, made smaller as the mean is: presence tells nothing about the road, so
    that relative doubt stays, and more presence never raises either bound.
    """
    if whole.mean <= 0:
        return whole
    share, hours = left
    mean = whole.mean * share
    return Exposure(
        low=whole.low * share,
        mean=mean,
        high=whole.high * share,
        exposure_class=exposure_class(mean / hours, config.class_limits),
        informed_share=whole.informed_share,
    )


def _likeness(hazard: Hazard, part: slice, reach_m: float) -> NDArray[np.float64]:
    """Correlation of doubt between pieces of one segment: 1/e at the reach of a town's record."""
    along_m = np.cumsum(hazard.pieces.length_m[part])
    return np.exp(-np.abs(along_m[:, None] - along_m[None, :]) / reach_m)


def exposure_by_class(hazard: Hazard, drives: Sequence[Drive]) -> Mapping[str, float]:
    """Mean index of each class along a route, without patrol credit; NaN where no source covers it."""
    totals = np.full(len(hazard.classes), np.nan)
    for drive in drives:
        part = slice(*hazard.pieces.first[drive.segment : drive.segment + 2])
        share = hazard.pieces.length_m[part] / hazard.pieces.length_m[part].sum()
        index = hazard.by_class[:, part] * share * drive.mid_h
        is_known = np.isfinite(index).any(axis=1)
        totals[is_known] = np.nan_to_num(totals[is_known]) + np.nansum(index[is_known], axis=1)
    return dict(zip(hazard.classes, totals.tolist(), strict=True))


def profile_along(
    hazard: Hazard, drives: Sequence[Drive], *, config: HazardConfig
) -> tuple[Stretch, ...]:
    """Exposure class along a route, neighbouring pieces of one class and segment joined."""
    pieces, network = hazard.pieces, hazard.pieces.network
    found: list[Stretch] = []
    km = 0.0
    for drive in drives:
        order = list(range(*pieces.first[drive.segment : drive.segment + 2]))
        for piece in order if drive.is_forward else reversed(order):
            level = exposure_class(float(hazard.mean[piece]), config.class_limits)
            end = km + float(pieces.length_m[piece]) / KM_M
            segment_id = network.segment_ids[drive.segment]
            last = found[-1] if found else None
            if last and (last.exposure_class, last.segment_id) == (level, segment_id):
                found[-1] = Stretch(
                    km=Span(low=last.km.low, high=end), exposure_class=level, segment_id=segment_id
                )
            else:
                found.append(
                    Stretch(km=Span(low=km, high=end), exposure_class=level, segment_id=segment_id)
                )
            km = end
    return tuple(found)


def worst_segment(
    hazard: Hazard, drives: Sequence[Drive], *, config: HazardConfig
) -> tuple[int | None, ExposureClass]:
    """Segment with the highest mean rate on a route and its class; None where nothing is known (H23)."""
    rates = {drive.segment: hazard.segment_mean(drive.segment) for drive in drives}
    known = {segment: rate for segment, rate in rates.items() if np.isfinite(rate)}
    if not known:
        return None, 0
    worst = max(known, key=lambda segment: (known[segment], -segment))
    return worst, exposure_class(known[worst], config.class_limits)


def _factors(hazard: Hazard, drive: Drive, part: slice) -> NDArray[np.float64]:
    """Factor that patrol credit puts on the sum of classes of each piece of a segment."""
    rows = np.array(drive.credit).reshape(-1, 3)
    factor: NDArray[np.float64] = _left_on(hazard, part, rows[:, :2], rows[:, 2:])[:, 0]
    return factor


def _left_on(
    hazard: Hazard, part: slice, stretches: NDArray[np.float64], credit: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Factor on the sum of classes of each piece, shape (pieces, moments), by :data:`Presence`."""
    covered = np.ones((part.stop - part.start, credit.shape[1]))
    starts, ends = hazard.pieces.from_fraction[part], hazard.pieces.to_fraction[part]
    for (start, end), factor in zip(stretches.tolist(), credit, strict=True):
        overlap = np.clip(np.minimum(ends, end) - np.maximum(starts, start), 0, None)
        covered = np.minimum(covered, 1 - (overlap / (ends - starts))[:, None] * (1 - factor))
    is_credit = np.array(
        [incident_classes()[name].has_patrol_credit for name in hazard.classes], dtype=bool
    )
    by_class = np.nan_to_num(hazard.by_class[:, part])
    total = by_class.sum(axis=0)
    credited = by_class[is_credit].sum(axis=0)
    share = np.divide(credited, total, out=np.zeros_like(total), where=total > 0)
    left: NDArray[np.float64] = 1 - share[:, None] * (1 - covered)
    return left


def _outside(hazard: Hazard, drive: Drive, part: slice) -> NDArray[np.float64]:
    """Share of each piece of a segment on which no presence counts: stretches that overlap count once."""
    starts, ends = hazard.pieces.from_fraction[part], hazard.pieces.to_fraction[part]
    inside, reached = np.zeros(part.stop - part.start), 0.0
    for start, end in sorted((low, high) for low, high, factor in drive.credit if factor < 1):
        first = max(start, reached)
        inside += np.clip(np.minimum(ends, end) - np.maximum(starts, first), 0, None)
        reached = max(reached, end)
    left: NDArray[np.float64] = np.clip(1 - inside / (ends - starts), 0.0, 1.0)
    return left
