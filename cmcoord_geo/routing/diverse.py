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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recorded:
    """
    What is recorded on each segment, as a second measure of how alike two candidates are.

    Two candidates share what is recorded on the segments of both, over that of the one with less, as
    they share weight: the more exposed of two is not more different for that. It counts by the share
    of the less known of the two about which anything is known; for the rest the share of their weight
    stands, so that a segment of which nothing is known makes nothing alike and nothing different.

    Attributes
    ----------
    value : ndarray of float64, shape (segments,)
        From 0 up, such as exposure; only of what is known.
    known : ndarray of float64, shape (segments,)
        Share of each segment about which something is known, 0 to 1.
    """

    value: FloatArray
    known: FloatArray


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
        How much of its weight it shares with that one, 0 to 1, as :func:`choose_diverse` measures it.
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
    recorded: Recorded | None = None,
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
    is least like all that is chosen (greedy max-min dissimilarity, as Akgun, Erkut and Batta choose
    from many paths, EJOR 121, 2000; ties go to the earlier candidate), as long as it shares less than
    ``max_share`` of its weight with each of them.

    Two candidates are as alike as the larger of two shares says: that of their weight and that of what
    is recorded on them, as far as it is known (:class:`Recorded`).

    Parameters
    ----------
    candidates : sequence of array_like of int
        Segments of each candidate: both directions of a road have the same number.
    weight : array_like, shape (segments,)
        Length of each segment in metres, or another weight from 0 up.
    recorded : Recorded, optional
        What else makes two candidates alike; without it the weight alone does.
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
    likeness = Likeness(candidates, lengths, recorded)
    totals = likeness.totals
    order = _check_first(first, len(totals))
    if limit < 1 or not 0.0 <= max_share <= 1.0:
        message = "Choose at least one candidate, with a shared part between 0 and 1."
        raise DataError(message)
    is_short = _within_stretch(totals if costs is None else costs, len(totals), max_stretch)
    chosen, shares = _choose(likeness, is_short, order, limit, max_share)
    return DiverseChoice(
        chosen=tuple(chosen),
        set_aside=tuple(
            _explain(shares[candidate], chosen, candidate, is_short=is_short, max_share=max_share)
            for candidate in range(len(totals))
            if candidate not in chosen
        ),
    )


class Likeness:
    """How alike candidates are: by weight alone for the limit, by what is recorded too for the order."""

    def __init__(
        self, candidates: Sequence[ArrayLike], weight: FloatArray, recorded: Recorded | None
    ) -> None:
        more = () if recorded is None else _check_recorded(recorded, weight)
        self._has_records = bool(more)
        self._overlap = Overlap(candidates, weight, *more)
        self.totals = self._overlap.totals

    def shares(self, chosen: int) -> FloatArray:
        """Share of its weight that each candidate has in common with one, shape (candidates,)."""
        return self._overlap.shares(chosen)

    def alike(self, chosen: int, shares: FloatArray, among: NDArray[np.int64]) -> FloatArray:
        """How alike some candidates and one are, whose shares are known; shape (len(among),)."""
        own = shares[among]
        if not self._has_records or not len(among):
            return own
        more = self._overlap.shares_among(chosen, 1, among) - own
        known = np.minimum(self._known(among), self._known(np.array([chosen])))
        alike: FloatArray = own + known * np.maximum(more, 0.0)
        return alike

    def _known(self, among: NDArray[np.int64]) -> FloatArray:
        """Share of the weight of some candidates about which anything is known."""
        known, whole = self._overlap.sums(2, among), self.totals[among]
        share: FloatArray = np.zeros_like(whole)
        np.divide(known, whole, out=share, where=whole > 0.0)
        return share


def _choose(
    likeness: Likeness,
    is_short: NDArray[np.bool_],
    first: list[int],
    limit: int,
    max_share: float,
) -> tuple[list[int], FloatArray]:
    """Take the extremes that differ, then always the most different one; shares with each, (k, chosen)."""
    chosen: list[int] = []
    columns: list[FloatArray] = []
    is_left, alike = is_short.copy(), np.zeros_like(likeness.totals)

    def take(candidate: int) -> None:
        chosen.append(candidate)
        shares = likeness.shares(candidate)
        columns.append(shares)
        is_left[candidate] = False
        np.logical_and(is_left, shares < max_share, out=is_left)
        if len(chosen) < limit:
            among = np.flatnonzero(is_left)
            alike[among] = np.maximum(alike[among], likeness.alike(candidate, shares, among))

    take(first[0])
    for candidate in first[1:]:
        if len(chosen) < limit and is_left[candidate]:
            take(candidate)
    while len(chosen) < limit and is_left.any():
        take(int(np.where(is_left, alike, np.inf).argmin()))
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


def _check_recorded(recorded: Recorded, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What is recorded on each segment, and the weight of it about which anything is known."""
    values, known = _check_weight(recorded.value), _check_weight(recorded.known)
    if not values.shape == known.shape == weight.shape or (known > 1.0).any():
        message = (
            f"What is recorded needs {len(weight)} values and {len(weight)} shares from 0 to 1."
        )
        raise DataError(message)
    return values, known * weight


def _check_first(first: Sequence[int], n_candidates: int) -> list[int]:
    """Return the candidates to look at first, each once."""
    order = list(dict.fromkeys(int(candidate) for candidate in first))
    if not order or min(order) < 0 or max(order) >= n_candidates:
        message = f"The first to look at must be among the candidates 0 to {n_candidates - 1}."
        raise DataError(message)
    return order
