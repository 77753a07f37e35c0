"""Counts for the public: past, by prefecture, small ones suppressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cmcoord_geo.sharing.views import AreaCountView


def suppressed_counts(areas: Iterable[str], *, min_count: int) -> tuple[AreaCountView, ...]:
    """
    Count by prefecture, so that nobody is singled out: one below the minimum is left out (SAFETY.md).

    Even "a few" would tell that something was there; a prefecture that is missing has none, or a few.

    Examples
    --------
    >>> [(view.area, view.count) for view in suppressed_counts(["Ouaka"] * 5 + ["Kémo"], min_count=5)]
    [('Ouaka', 5)]
    """
    totals = Counter(areas)
    return tuple(
        AreaCountView(area=area, count=totals[area])
        for area in sorted(totals)
        if totals[area] >= min_count
    )
