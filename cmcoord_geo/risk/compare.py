"""
Routes compared under doubt: common draws from the posterior of exposure, CVaR, and a verdict in one word.

What one drive gathers on one segment is a Gamma of the mean and variance that :func:`exposure_along` adds up;
segments are independent. A segment draws the same numbers for every route, whatever else is compared, so that
a shared road cancels to the last bit and a further option changes no figure. Hours are those of the middle
pace: one convoy is slow or fast on both roads.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import Comparison
from cmcoord_geo.risk.exposure import gathered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import CompareConfig, HazardConfig
    from cmcoord_geo.model import Verdict
    from cmcoord_geo.risk.exposure import Drive
    from cmcoord_geo.risk.hazard import Hazard

    Floats = NDArray[np.float64]

#: Share of the draws that CVaR leaves out: it is the mean of the worst tenth (Rockafellar and Uryasev 2000).
LEVEL = 0.9
_KEY = b"cmcoord-geo compare 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    Exposure on one segment of a route, as a Gamma.

    Attributes
    ----------
    shape : float
        The same for every route that drives the segment; infinite where there is no doubt.
    scale : float
        Index; the mean where there is no doubt.
    """

    shape: float
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """
    Exposure of one route as independent Gammas, one for each segment about which something is known.

    Attributes
    ----------
    parts : mapping of str to Part
        By segment id.
    informed_share : float
        Share of the length about which a source says something recent.
    """

    parts: Mapping[str, Part]
    informed_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """
    Draws of routes with common random numbers.

    Attributes
    ----------
    total : ndarray of float64, shape (k, n)
        Exposure of each route.
    more : ndarray of float64, shape (k, n)
        Exposure less that of the reference; what both share alike is left out, and not subtracted.
    """

    total: Floats
    more: Floats


def doubt_of(hazard: Hazard, drives: Sequence[Drive], *, config: HazardConfig) -> Doubt:
    """
    Exposure of a route as Gammas, without patrol credit.

    Parameters
    ----------
    hazard : Hazard
    drives : sequence of Drive
        A segment that is driven twice counts twice, with one rate.
    config : HazardConfig
    """
    shapes: dict[str, float] = {}
    scales: defaultdict[str, float] = defaultdict(float)
    informed_m = length_m = 0.0
    for drive in drives:
        found = gathered(hazard, drive, config=config)
        informed_m += found.informed_m
        length_m += found.length_m
        if found.mean > 0:
            key = hazard.pieces.network.segment_ids[drive.segment]
            is_sure = found.variance <= 0
            shapes[key] = np.inf if is_sure else found.mean**2 / found.variance
            scales[key] += found.mean if is_sure else found.variance / found.mean
    return Doubt(
        parts={key: Part(shape=shapes[key], scale=scales[key]) for key in shapes},
        informed_share=informed_m / length_m if length_m else 0.0,
    )


def drawn(doubts: Sequence[Doubt], *, reference: int = 0, draws: int) -> Draws:
    """
    Draws of the exposure of routes.

    Parameters
    ----------
    doubts : sequence of Doubt, length k
    reference : int
        Number of the route against which the others stand.
    draws : int
    """
    total, more = np.zeros((2, len(doubts), draws))
    for key in sorted({key for doubt in doubts for key in doubt.parts}):
        scales = np.array(
            [doubt.parts[key].scale if key in doubt.parts else 0.0 for doubt in doubts]
        )
        shape = next(doubt.parts[key].shape for doubt in doubts if key in doubt.parts)
        standard = _standard(key, shape, draws)
        apart = scales - scales[reference]
        for row in np.flatnonzero(scales):
            total[row] += scales[row] * standard
        for row in np.flatnonzero(apart):
            more[row] += apart[row] * standard
    return Draws(total=total, more=more)


def compared(
    doubts: Sequence[Doubt], *, reference: int, config: CompareConfig, letter: str = ""
) -> tuple[Comparison, ...]:
    """
    Each route against one of them.

    Parameters
    ----------
    doubts : sequence of Doubt
    reference : int
        Number of the route against which the others stand.
    config : CompareConfig
    letter : str
        Letter of that route.

    Returns
    -------
    tuple of Comparison, one for each route
        The reference against itself is tied in every draw.
    """
    found = drawn(doubts, reference=reference, draws=config.draws)
    means = [_mean(doubt) for doubt in doubts]
    tails = [cvar(row) for row in found.total]
    shares = [doubt.informed_share for doubt in doubts]
    is_ranked = informed_alike(shares, config=config)
    unranked = (0,) * len(doubts)
    mean_ranks, tail_ranks = (ranks(means), ranks(tails)) if is_ranked else (unranked, unranked)
    return tuple(
        Comparison(
            fastest=letter,
            below=float((row < 0).mean()),
            above=float((row > 0).mean()),
            tied=float((row == 0).mean()),
            verdict=_verdict(row, shares[i], shares[reference], config),
            informed_share=shares[i],
            fastest_informed_share=shares[reference],
            mean=means[i],
            tail=tails[i],
            mean_rank=mean_ranks[i],
            tail_rank=tail_ranks[i],
        )
        for i, row in enumerate(found.more)
    )


def cvar(draws: Floats, *, level: float = LEVEL) -> float:
    """
    Mean of the worst draws.

    Parameters
    ----------
    draws : ndarray of float64, shape (n,)
    level : float
        Share of the draws that is left out, from the lowest; a draw on the border counts in part.

    Examples
    --------
    >>> cvar(np.arange(1.0, 11.0), level=0.75)
    9.2
    """
    weight = np.full(len(draws), 1.0)
    left = level * len(draws)
    weight[: int(left)] = 0.0
    weight[int(left)] -= left - int(left)
    return float(np.sort(draws) @ weight / (len(draws) - left))


def gamma_cvar(shape: float, scale: float, *, level: float = LEVEL) -> float:
    """
    CVaR of a Gamma in closed form, so also of independent Gammas of one scale: their shapes add up.

    ``E[X | X > q] = shape * scale * Q(shape + 1, q / scale) / (1 - level)``.

    Parameters
    ----------
    shape, scale : float
    level : float

    Examples
    --------
    >>> round(gamma_cvar(1.0, 2.0, level=0.9), 9)  # exponential: scale * (1 - ln 0.1)
    6.605170186
    """
    from scipy.special import gammaincc, gammainccinv  # 0.4 s that a plan should not pay

    quantile = float(gammainccinv(shape, 1.0 - level))
    return shape * scale * float(gammaincc(shape + 1.0, quantile)) / (1.0 - level)


def informed_alike(shares: Sequence[float], *, config: CompareConfig) -> bool:
    """Whether enough is known of all routes, and as much of one as of another, so that they can be ranked."""
    is_enough = min(shares) >= config.least_informed
    return is_enough and max(shares) - min(shares) <= config.alike_informed


def ranks(values: Sequence[float]) -> tuple[int, ...]:
    """
    Rank of each value from the lowest, 1 first; of equals each has the best.

    Examples
    --------
    >>> ranks([3.0, 1.0, 3.0])
    (2, 1, 2)
    """
    return tuple(1 + sum(other < value for other in values) for value in values)


def _mean(doubt: Doubt) -> float:
    return sum(
        part.scale if np.isinf(part.shape) else part.shape * part.scale
        for part in doubt.parts.values()
    )


def _verdict(more: Floats, informed: float, other: float, config: CompareConfig) -> Verdict:
    below, above = (more < 0).mean(), (more > 0).mean()
    if min(informed, other) < config.least_informed:
        return "unknown"
    if below < config.clear_share and above < config.clear_share:
        return "close"
    lacking = other - informed if below > above else informed - other
    if (
        lacking > config.alike_informed
    ):  # the sum over a known part is low also where little is known
        return "less_known"
    return "less" if below > above else "more"


def _standard(key: str, shape: float, draws: int) -> Floats:
    """Draws of a segment before its scale; they depend on its id and its shape alone."""
    if np.isinf(shape):
        return np.ones(draws)
    digest = blake2b(key.encode(), digest_size=16, key=_KEY).digest()
    random = np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "big")))
    return random.standard_gamma(shape, draws)
