"""Counts for the public: past, by prefecture, small ones suppressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cmcoord_geo.sharing.views import AreaCountView


def suppressed_counts(areas: Iterable[str], *, min_count: int) -> tuple[AreaCountView, ...]:
    """
    Count by prefecture; counts below the minimum are None, so that nobody is singled out (SAFETY.md).

    Examples
    --------
    >>> [(view.area, view.count) for view in suppressed_counts(["Ouaka"] * 5 + ["Kémo"], min_count=5)]
    [('Kémo', None), ('Ouaka', 5)]
    """
    totals = Counter(areas)
    return tuple(
        AreaCountView(area=area, count=totals[area] if totals[area] >= min_count else None)
        for area in sorted(totals)
    )
