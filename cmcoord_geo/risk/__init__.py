"""Incidents to hazard to exposure; knows nothing of search."""

from __future__ import annotations

from cmcoord_geo.risk.exposure import (
    Drive,
    exposure_along,
    exposure_by_class,
    exposure_unpatrolled,
    exposure_with_presence,
    profile_along,
    recorded_exposure,
    search_costs,
    search_shares,
    worst_segment,
)
from cmcoord_geo.risk.hazard import Hazard, exposure_class, hazard
from cmcoord_geo.risk.rates import rates_along

__all__ = [
    "Drive",
    "Hazard",
    "exposure_along",
    "exposure_by_class",
    "exposure_class",
    "exposure_unpatrolled",
    "exposure_with_presence",
    "hazard",
    "profile_along",
    "rates_along",
    "recorded_exposure",
    "search_costs",
    "search_shares",
    "worst_segment",
]
