"""All rules in their order, and what a week says to each."""

from __future__ import annotations

from dataclasses import replace
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

#: Each rule, and the tables that it rests on besides the movements.
RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (copresence, frozenset({"patrols"})),
    (closures, frozenset({"operations", "areas", "road_status"})),
    (uncovered, frozenset({"patrols", "consents"})),
    (stale, frozenset({"patrols"})),
    (composition, frozenset({"patrols", "consents"})),
    (near_sites, frozenset()),
    (bunched, frozenset()),
    (mixed_assessments, frozenset()),
    (without_daylight, frozenset()),
    (beside_distributions, frozenset({"activities"})),
    (patterns, frozenset()),
)


def week_conflicts(week: Week) -> tuple[Ruling, ...]:
    """
    What each rule C1 to C11 (DOMAIN.md 3.2) finds in a week.

    A rule whose tables lost a row cannot say no. A movement without a road goes nowhere and meets nobody.
    """
    return tuple(_with_gaps(week, rule(week), tables) for rule, tables in RULES)


def _with_gaps(week: Week, ruling: Ruling, tables: frozenset[str]) -> Ruling:
    if not (tables | {"movements"}) & week.refused:
        return ruling
    return replace(ruling, lacking=(*ruling.lacking, "refused"))
