"""A few routes that differ on the ground, and why the others were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.overlap import FloatArray, Overlap
from cmcoord_geo.routing.stretch import decimal_fraction

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
    overlap = Overlap(candidates, lengths)
    totals = overlap.totals
    order = _check_first(first, len(totals))
    if limit < 1 or not 0.0 <= max_share <= 1.0:
        message = "Choose at least one candidate, with a shared part between 0 and 1."
        raise DataError(message)
    is_short = _within_stretch(totals if costs is None else costs, len(totals), max_stretch)
    chosen, shares = _choose(overlap, is_short, order, limit, max_share)
    return DiverseChoice(
        chosen=tuple(chosen),
        set_aside=tuple(
            _explain(shares[candidate], chosen, candidate, is_short=is_short, max_share=max_share)
            for candidate in range(len(totals))
            if candidate not in chosen
        ),
    )


def _choose(
    overlap: Overlap, is_short: NDArray[np.bool_], first: list[int], limit: int, max_share: float
) -> tuple[list[int], FloatArray]:
    """Take the extremes that differ, then always the most different one; shares with each, (k, chosen)."""
    chosen, columns = first[:1], [overlap.shares(first[0])]
    nearest = columns[0].copy()

    def take(candidate: int) -> None:
        chosen.append(candidate)
        columns.append(overlap.shares(candidate))
        np.maximum(nearest, columns[-1], out=nearest)

    for candidate in first[1:]:
        if len(chosen) < limit and is_short[candidate] and nearest[candidate] < max_share:
            take(candidate)
    while len(chosen) < limit:
        left = np.where(is_short, nearest, np.inf)
        left[chosen] = np.inf
        candidate = int(left.argmin())
        if left[candidate] >= max_share:
            break
        take(candidate)
    return chosen, np.column_stack(columns)


def _explain(
    shares: FloatArray,
    chosen: list[int],
    candidate: int,
    *,
    is_short: NDArray[np.bool_],
    max_share: float,
) -> SetAside:
    """Why a candidate was not chosen, and which chosen one it is most like."""
    nearest = int(shares.argmax())
    share = float(shares[nearest])
    reason: Reason = "similar" if share >= max_share else "limit"
    if not is_short[candidate]:
        reason = "stretch"
    return SetAside(candidate=candidate, reason=reason, nearest=chosen[nearest], share=share)


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


def _check_first(first: Sequence[int], n_candidates: int) -> list[int]:
    """Return the candidates to look at first, each once."""
    order = list(dict.fromkeys(int(candidate) for candidate in first))
    if not order or min(order) < 0 or max(order) >= n_candidates:
        message = f"The first to look at must be among the candidates 0 to {n_candidates - 1}."
        raise DataError(message)
    return order
