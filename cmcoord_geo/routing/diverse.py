"""A few routes that differ on the ground, and why the others were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.stretch import decimal_fraction

FloatArray = NDArray[np.float64]
Reason = Literal["similar", "stretch", "limit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """
    A candidate that was not chosen.

    Attributes
    ----------
    candidate : int
        Its place among the candidates.
    reason : {"similar", "stretch", "limit"}
        It shares too much with a chosen one; it costs too much; or it differs enough, but there
        were others that differ more and no more were asked for.
    nearest : int
        The chosen candidate that it shares most with.
    share : float
        How much it shares with that one, 0 to 1, as :func:`choose_diverse` measures it.
    """

    candidate: int
    reason: Reason
    nearest: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DiverseChoice:
    """
    Candidates chosen for being different.

    Attributes
    ----------
    chosen : tuple of int
        Places among the candidates, in the order of choice.
    set_aside : tuple of SetAside
        All the others, in the order of the candidates.
    """

    chosen: tuple[int, ...]
    set_aside: tuple[SetAside, ...]


def choose_diverse(
    candidates: Sequence[ArrayLike],
    weight: ArrayLike,
    *,
    first: Sequence[int] = (0,),
    limit: int = 4,
    max_share: float = 0.7,
    costs: ArrayLike | None = None,
    max_stretch: float | None = None,
) -> DiverseChoice:
    """
    Choose a few candidates that differ on the ground.

    Two candidates share the weight of the segments that lie on both, divided by the weight of the
    lighter of the two, each segment counted once. That is symmetric, and 1 where one contains the
    other. It is never less than the measure of Abraham, Delling, Goldberg and Werneck (ACM JEA 18,
    2013), who divide what is shared with the optimal path by the length of that path. Pairs are
    compared: a candidate may still be made of parts of several chosen ones.

    The first of ``first`` is always chosen. Its other entries follow in their order, then whatever
    shares least with all that is chosen (greedy max-min dissimilarity; ties go to the earlier
    candidate), as long as it shares less than ``max_share`` with each of them.

    Parameters
    ----------
    candidates : sequence of array_like of int
        Segments of each candidate: both directions of a road have the same number.
    weight : array_like, shape (segments,)
        Length of each segment in metres, or another weight from 0 up.
    first : sequence of int, optional
        Candidates to look at before all others: the extremes, such as the fastest and the least
        exposed.
    limit : int, optional
        How many to choose at most.
    max_share : float, optional
        A candidate that shares this much or more with a chosen one is too similar.
    costs : array_like, shape (candidates,), optional
        What ``max_stretch`` looks at; the weight of each candidate when not given.
    max_stretch : float, optional
        Set aside what costs more than this multiple of the cheapest candidate.

    Raises
    ------
    DataError
        Nothing to choose from, or candidates, weights or limits that cannot be used.

    Examples
    --------
    >>> choice = choose_diverse([[0, 1], [0, 2], [3]], [90.0, 10.0, 10.0, 150.0])
    >>> choice.chosen, choice.set_aside[0].nearest, choice.set_aside[0].share
    ((0, 2), 0, 0.9)
    """
    lengths = _check_weight(weight)
    shares, totals = _shares([_check_candidate(c, len(lengths)) for c in candidates], lengths)
    order = _check_first(first, len(totals))
    if limit < 1 or not 0.0 <= max_share <= 1.0:
        message = "Choose at least one candidate, with a shared part between 0 and 1."
        raise DataError(message)
    is_short = _within_stretch(totals if costs is None else costs, len(totals), max_stretch)
    chosen = _choose(shares, is_short, order, limit, max_share)
    return DiverseChoice(
        chosen=tuple(chosen),
        set_aside=tuple(
            _explain(
                shares, chosen, candidate, is_short=bool(is_short[candidate]), max_share=max_share
            )
            for candidate in range(len(totals))
            if candidate not in chosen
        ),
    )


def _choose(
    shares: FloatArray, is_short: NDArray[np.bool_], first: list[int], limit: int, max_share: float
) -> list[int]:
    """Take the extremes that differ, then always the most different one."""
    chosen = first[:1]
    for candidate in first[1:]:
        is_different = shares[candidate, chosen].max() < max_share
        if len(chosen) < limit and is_short[candidate] and is_different:
            chosen.append(candidate)
    while len(chosen) < limit:
        nearest = np.where(is_short, shares[:, chosen].max(axis=1), np.inf)
        nearest[chosen] = np.inf
        candidate = int(nearest.argmin())
        if nearest[candidate] >= max_share:
            break
        chosen.append(candidate)
    return chosen


def _explain(
    shares: FloatArray, chosen: list[int], candidate: int, *, is_short: bool, max_share: float
) -> SetAside:
    """Why a candidate was not chosen, and which chosen one it is most like."""
    nearest = chosen[int(shares[candidate, chosen].argmax())]
    share = float(shares[candidate, nearest])
    reason: Reason = "stretch" if not is_short else "similar" if share >= max_share else "limit"
    return SetAside(candidate=candidate, reason=reason, nearest=nearest, share=share)


def _shares(
    candidates: list[NDArray[np.int64]], weight: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Shared part of each pair, (k, k), and the weight of each candidate, (k,)."""
    if not candidates:
        message = "There are no candidates to choose from."
        raise DataError(message)
    used, column = np.unique(np.concatenate(candidates), return_inverse=True)
    row = np.repeat(np.arange(len(candidates)), [len(c) for c in candidates])
    is_on = np.zeros((len(candidates), len(used)))
    is_on[row, column] = 1.0
    both = (is_on * weight[used]) @ is_on.T
    totals = np.diag(both).copy()
    lighter = np.minimum.outer(totals, totals)
    shares = np.divide(both, lighter, out=np.ones_like(both), where=lighter > 0.0)
    return np.minimum(shares, 1.0), totals


def _within_stretch(
    costs: ArrayLike, n_candidates: int, max_stretch: float | None
) -> NDArray[np.bool_]:
    """Which candidates cost little enough."""
    values = np.asarray(costs, dtype=np.float64)
    if values.shape != (n_candidates,) or not np.isfinite(values).all():
        message = f"Costs must be {n_candidates} finite numbers, one for each candidate."
        raise DataError(message)
    if max_stretch is None:
        return np.ones(n_candidates, dtype=np.bool_)
    stretch = decimal_fraction(max_stretch, "stretch", least=1.0)
    return np.asarray(values <= float(stretch) * values.min() * (1.0 + 1e-12), dtype=np.bool_)


def _check_weight(weight: ArrayLike) -> FloatArray:
    """Weights as float64."""
    values = np.asarray(weight, dtype=np.float64)
    if values.ndim != 1 or not np.isfinite(values).all() or (values < 0).any():
        message = "The weight of every segment must be a finite number from 0 up."
        raise DataError(message)
    return values


def _check_candidate(candidate: ArrayLike, n_segments: int) -> NDArray[np.int64]:
    """Segments of a candidate as int64."""
    segments = np.asarray(candidate)
    if segments.size == 0:
        return np.zeros(0, dtype=np.int64)
    if segments.ndim != 1 or segments.dtype.kind not in "iu":
        message = "A candidate is a flat array of segment numbers."
        raise DataError(message)
    if segments.min() < 0 or segments.max() >= n_segments:
        message = f"A candidate names a segment outside 0 to {n_segments - 1}."
        raise DataError(message)
    return segments.astype(np.int64)


def _check_first(first: Sequence[int], n_candidates: int) -> list[int]:
    """Return the candidates to look at first, each once."""
    order = list(dict.fromkeys(int(candidate) for candidate in first))
    if not order or min(order) < 0 or max(order) >= n_candidates:
        message = f"The first to look at must be among the candidates 0 to {n_candidates - 1}."
        raise DataError(message)
    return order
