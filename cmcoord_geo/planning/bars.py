"""Something that bars a stretch of road, or a place, for some spans of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.planning.spans import Spans

Effect = Literal["stop", "tell", "ask"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bar:
    """
    Something that holds somewhere for some spans of time.

    Attributes
    ----------
    kind : str
        ``ban``, ``closure``, ``unknown``.
    effect : str
        ``stop``: nobody passes; ``tell``: who passes is told; ``ask``: nobody knows, so somebody must ask.
    source : str
        ``ban``, ``operation``, ``area``, or ``road`` for the state of the road itself.
    name : str
        Of the ban, the operation or the area; the id of the segment where the road itself is closed.
    key : str
        What makes two of them one, in any language: the same thing on two segments has one key.
    said : Said
    spans : Spans
    """

    kind: str
    effect: Effect
    source: str
    name: str
    key: str
    said: Said
    spans: Spans


def are_alike(some: Sequence[Bar], others: Sequence[Bar]) -> bool:
    """Whether the same things hold on two stretches at the same times."""
    return len(some) == len(others) and all(
        one.key == other.key
        and np.array_equal(one.spans.start, other.spans.start)
        and np.array_equal(one.spans.end, other.spans.end)
        for one, other in zip(some, others, strict=True)
    )
