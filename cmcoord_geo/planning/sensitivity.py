"""
The options under other parameters of the hazard: how much of the advice rests on them.

Roads, hours, patrols and doubts stay; half-lives and reaches are halved and doubled, each class is left
out in turn. The hazard is computed anew each time and the options shown are put in order again; no other
road is sought.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import Variant, VariantOption
from cmcoord_geo.planning.choice import ranked
from cmcoord_geo.planning.routes import plain_drives
from cmcoord_geo.risk import exposure_along, hazard, search_costs, worst_segment
from cmcoord_geo.risk.compare import informed_alike, ranks
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.model import Route
    from cmcoord_geo.picture import Incidents
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way

#: What half-lives and reaches are multiplied with.
_FACTORS = (("halved", 0.5), ("doubled", 2.0))


def sensitivity(
    situation: Situation, ways: Sequence[Way], options: Sequence[Route]
) -> tuple[Variant, ...]:
    """
    Options under each variant, as they are first.

    Parameters
    ----------
    situation : Situation
    ways, options : sequence
        In one order, the option kept first.

    Returns
    -------
    tuple of Variant
        Empty where nothing is known of any option: then there is nothing to vary.
    """
    if not any(option.exposure.informed_share for option in options):
        return ()
    return tuple(
        _variant(changed, ways, options, kind=kind, class_id=class_id)
        for kind, class_id, changed in _variants(situation)
    )


def _variants(situation: Situation) -> Iterator[tuple[str, str, Situation]]:
    """Kind, class left out, and the situation under it."""
    incidents, config = situation.picture.incidents, situation.config.hazard
    yield "as_is", "", situation
    for name, factor in _FACTORS:
        changed = replace(config, half_life_factor=config.half_life_factor * factor)
        yield f"half_life_{name}", "", _under(situation, incidents, changed)
    for name, factor in _FACTORS:
        yield f"reach_{name}", "", _under(situation, incidents, _reaching(config, factor))
    for class_id in situation.hazard.classes:
        yield "without", class_id, _under(situation, _without(incidents, class_id), config)


def _reaching(config: HazardConfig, factor: float) -> HazardConfig:
    return replace(
        config,
        place_reach_m=config.place_reach_m * factor,
        road_reach_m=config.road_reach_m * factor,
        reach_factor=config.reach_factor * factor,
    )


def _without(incidents: Incidents, class_id: str) -> Incidents:
    """Records as if no source had looked for a class."""
    sources = tuple(
        replace(source, classes=tuple(name for name in source.classes if name != class_id))
        for source in incidents.sources
    )
    return replace(incidents, sources=sources)


def _under(situation: Situation, incidents: Incidents, config: HazardConfig) -> Situation:
    found = hazard(
        situation.network,
        incidents,
        at=situation.request.depart.earliest,
        as_of=situation.picture.as_of,
        config=config,
    )
    return replace(situation, hazard=found, config=replace(situation.config, hazard=config))


def _variant(
    situation: Situation,
    ways: Sequence[Way],
    options: Sequence[Route],
    *,
    kind: str,
    class_id: str,
) -> Variant:
    known, config = situation.hazard, situation.config
    drives = [plain_drives(situation.passable, way) for way in ways]
    found = [exposure_along(known, one, config=config.hazard) for one in drives]
    costs = search_costs(known, situation.passable.mid_s, config=config.hazard)
    segments = [np.array([segment for segment, _ in way]) for way in ways]
    order = ranked(
        options,
        [float(situation.passable.mid_s[part].sum()) / HOUR_S for part in segments],
        [int(costs[part].sum()) for part in segments],
    )
    is_ranked = informed_alike([one.informed_share for one in found], config=config.compare)
    places = ranks([one.mean for one in found]) if is_ranked else (0,) * len(options)
    return Variant(
        kind=kind,
        class_id=class_id,
        advised=options[order[0]].letter,
        options=tuple(
            VariantOption(
                letter=option.letter,
                mean=exposure.mean,
                rank=place,
                worst_class=worst_segment(known, one, config=config.hazard)[1],
                informed_share=exposure.informed_share,
            )
            for option, exposure, place, one in zip(options, found, places, drives, strict=True)
        ),
    )
