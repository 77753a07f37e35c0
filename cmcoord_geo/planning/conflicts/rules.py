"""All rules in their order, and what a week says to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.planning.conflicts.copresence import closures, copresence
from cmcoord_geo.planning.conflicts.cover import composition, stale, uncovered
from cmcoord_geo.planning.conflicts.halts import bunched, near_sites, without_daylight
from cmcoord_geo.planning.conflicts.programme import (
    beside_distributions,
    mixed_assessments,
    patterns,
)

if TYPE_CHECKING:
    from cmcoord_geo.planning.conflicts.week import Rule, Ruling, Week

RULES: tuple[Rule, ...] = (
    copresence,
    closures,
    uncovered,
    stale,
    composition,
    near_sites,
    bunched,
    mixed_assessments,
    without_daylight,
    beside_distributions,
    patterns,
)


def week_conflicts(week: Week) -> tuple[Ruling, ...]:
    """What each rule C1 to C11 (DOMAIN.md 3.2) finds in a week."""
    return tuple(rule(week) for rule in RULES)
