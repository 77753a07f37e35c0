"""What both sides agree on: presence asked for on a road, what is answered, and what stays unmet."""

from __future__ import annotations

from cmcoord_geo.coordination.demand import Demand
from cmcoord_geo.coordination.issue import Issue, issue_corridors

__all__ = ["Demand", "Issue", "issue_corridors"]
