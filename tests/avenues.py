"""A drawn road of two carriageways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from towns import town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.traffic import Traffic, everybody


def avenue(
    *,
    back: str = "EFGH",
    names: Mapping[str, str] | None = None,
    cell_m: float = 30.0,
    dashes: int = 2,
) -> RoadNetwork:
    """
    Carriageway A to D eastwards; two cells below it one westwards, or eastwards with ``back=""``.

    Between two letters lie so many cells.
    """
    upper, lower = (("-" * dashes).join(row) for row in ("ABCD", "EFGH"))
    drawn = town(f"{upper}\n\n{lower}", cell_m=cell_m, road_class="primary")
    every = np.full(len(drawn), everybody(), dtype=np.uint8)
    is_back = np.array([key[0] in back for key in drawn.segment_ids])
    traffic = Traffic(
        names=tuple((names or {}).get(key, "Avenue") for key in drawn.segment_ids),
        forward=np.where(is_back, 0, every).astype(np.uint8),
        backward=np.where(is_back, every, 0).astype(np.uint8),
        duration_s=np.full(len(drawn), np.nan),
    )
    return replace(drawn, traffic=traffic)
