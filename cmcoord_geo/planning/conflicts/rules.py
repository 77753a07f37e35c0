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
#: Rules that look at what movements say, and at tables, not at where they drive.
_NEED_NO_ROAD = frozenset({"C8"})


def week_conflicts(week: Week) -> tuple[Ruling, ...]:
    """
    What each rule C1 to C11 (DOMAIN.md 3.2) finds in a week.

    A rule whose tables lost a row cannot say no. A movement without a road goes nowhere and meets nobody;
    where none has one, nothing was looked at.
    """
    return tuple(_with_gaps(week, rule(week), tables) for rule, tables in RULES)


def _with_gaps(week: Week, ruling: Ruling, tables: frozenset[str]) -> Ruling:
    gaps = {
        "refused": bool((tables | {"movements"}) & week.refused),
        "roads": not week.routes and ruling.kind not in _NEED_NO_ROAD,
    }
    return replace(
        ruling, lacking=(*ruling.lacking, *(gap for gap, is_there in gaps.items() if is_there))
    )
