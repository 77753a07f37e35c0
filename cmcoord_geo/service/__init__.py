"""The front door: one function for each job a user has."""

from __future__ import annotations

from cmcoord_geo.service.planning import plan_week
from cmcoord_geo.service.products import Written, write_products
from cmcoord_geo.service.requests import Question, ask

__all__ = ["Question", "Written", "ask", "plan_week", "write_products"]
