"""What a patrol's presence is still worth after some hours, by the curve that the cell set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cmcoord_geo.config import PatrolConfig


def freshness(age_h: float, config: PatrolConfig) -> float:
    """
    Share of the full credit at an age: 1 at once, never more later, 0 beyond ``fresh_h``.

    Parameters
    ----------
    age_h : float
        Hours between presence and passage, 0 or more.
    config : PatrolConfig
        Its points where it has any, straight between them and nothing after the last; else its half-life.

    Examples
    --------
    >>> from cmcoord_geo.config import PatrolConfig
    >>> freshness(24, PatrolConfig()), freshness(49, PatrolConfig())
    (0.5, 0.0)
    >>> freshness(9, PatrolConfig(points=((6, 1.0), (12, 0.5))))
    0.75
    """
    if age_h > config.fresh_h:
        return 0.0
    if not config.points:
        return float(0.5 ** (age_h / config.half_life_h))
    hours, shares = zip(*config.points, strict=True)
    return float(np.interp(age_h, hours, shares, right=0.0))


def credit(age_h: float, *, is_confirmed: bool, config: PatrolConfig) -> float:
    """
    Factor that presence puts on ambush, robbery and illegal checkpoints; 1 = nothing.

    A passage that was reported counts in full, an offer with the weight of the settings.
    """
    weight = 1.0 if is_confirmed else config.offered_weight
    return 1 - (1 - config.floor) * freshness(age_h, config) * weight
