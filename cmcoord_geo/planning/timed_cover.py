"""
What presence leaves of the exposure of roads, slot by slot of a quarter of an hour, for the search over time.

A convoy that enters a segment in a slot is taken to find whatever presence it could find at any second of it:
it counts once the segment can be left after the presence has surely gone, at the age of the slot's first
second. So a road can only look better than it is, and is tried as an option before it is told.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.freshness import credit
from cmcoord_geo.planning.patrols import accepted, is_confirmed, presence_of
from cmcoord_geo.risk import search_shares
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.planning.situation import Situation

#: Share of the exposure that is a whole.
WHOLE = 100


def shares_ahead(
    situation: Situation,
    slow_s: Mapping[int, float],
    *,
    starts_s: NDArray[np.float64],
    step_s: float,
) -> Mapping[int, NDArray[np.int64]]:
    """
    Share of its exposure that each segment keeps under presence, in hundredths, rounded down.

    Parameters
    ----------
    situation : Situation
    slow_s : mapping
        Segments that are asked about, and seconds on each.
    starts_s : ndarray of float64, shape (slots,)
        When each slot begins, seconds since the epoch.
    step_s : float
        How long each is.

    Returns
    -------
    mapping
        Segments on which presence counts in some slot, each with its shares, shape (slots,).
    """
    stretches: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    factors_on: defaultdict[int, list[NDArray[np.float64]]] = defaultdict(list)
    factors = _Factors(situation, starts_s, step_s)
    patrols = situation.picture.patrols
    index = situation.network.segment_index
    for row, segment_id in enumerate(patrols.segment_id):
        segment = index[segment_id]
        if segment not in slow_s:
            continue
        found = factors.of(row, slow_s[segment])
        if found is not None and (found < 1).any():
            ends = float(patrols.from_fraction[row]), float(patrols.to_fraction[row])
            stretches[segment].append(ends)
            factors_on[segment].append(found)
    presence = {
        segment: (np.array(stretches[segment], float), np.array(factors_on[segment]))
        for segment in stretches
    }
    shares = search_shares(situation.hazard, presence, config=situation.config.hazard)
    kept = {segment: np.floor(share * WHOLE).astype(np.int64) for segment, share in shares.items()}
    return {segment: share for segment, share in kept.items() if (share < WHOLE).any()}


class _Factors:
    """Factor that a row of the patrols has in each slot; rows of one patrol share their times."""

    def __init__(self, situation: Situation, starts_s: NDArray[np.float64], step_s: float) -> None:
        self._situation = situation
        self._starts_s, self._step_s = starts_s, step_s
        self._aged = lru_cache(maxsize=None)(self._at_age)

    def of(self, row: int, slow_s: float) -> NDArray[np.float64] | None:
        """Factors of a row on a segment that takes so long, shape (slots,); None where it never counts."""
        situation = self._situation
        patrols, as_of = situation.picture.patrols, situation.picture.as_of
        presence = presence_of(patrols, row, as_of=as_of)
        is_reported = bool(np.isfinite(presence.passed_s))
        is_void = not presence.is_known or (presence.is_over and not is_reported)
        composition = patrols.composition[row]
        if is_void or not accepted(composition, accepts_mixed=situation.accepts_mixed):
            return None
        is_sure = is_confirmed(patrols, row, as_of=as_of, config=situation.config.patrol)
        oldest_s = presence.passed_s if is_reported else presence.first_s
        is_gone = self._starts_s + self._step_s + slow_s > presence.last_s
        return np.where(is_gone, self._aged(oldest_s, is_sure), 1.0)

    def _at_age(self, oldest_s: float, is_sure: bool) -> NDArray[np.float64]:  # noqa: FBT001
        config = self._situation.config.patrol
        ages: Sequence[float] = (np.maximum(self._starts_s - oldest_s, 0.0) / HOUR_S).tolist()
        return np.array([credit(age, is_confirmed=is_sure, config=config) for age in ages])
