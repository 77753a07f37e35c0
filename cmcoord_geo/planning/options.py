"""The options of a situation, the one kept first: what is planned, and what is planned again on an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.choice import LETTERS, ranked
from cmcoord_geo.planning.figures import with_figures
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.ways import find_ways
from cmcoord_geo.risk import recorded_exposure, search_costs
from cmcoord_geo.routing import Recorded
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way, Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    Options with the one kept first.

    Attributes
    ----------
    found : Ways
        As the search gave them.
    ways : tuple of Way
        In the order of the options.
    routes : tuple of Route
        Lettered in that order.
    """

    found: Ways
    ways: tuple[Way, ...]
    routes: tuple[Route, ...]


def options_of(situation: Situation) -> Options:
    """
    Search, build and rank the options.

    Raises
    ------
    NoRouteError
        Nothing that the convoy can pass leads there.
    """
    passable, config = situation.passable, situation.config
    exposure = search_costs(situation.hazard, passable.mid_s, config=config.hazard)
    value, known = recorded_exposure(situation.hazard, passable.mid_s)
    recorded = Recorded(value=value, known=known)
    found = find_ways(
        situation.network, passable, exposure, *situation.ends,
        config=config.route, recorded=recorded,
    )  # fmt: skip
    routes = [build_route(situation, way, letter="") for way in found.options]
    segments = [np.array([segment for segment, _ in way]) for way in found.options]
    order = ranked(
        routes,
        [float(passable.mid_s[part].sum()) / HOUR_S for part in segments],
        [int(exposure[part].sum()) for part in segments],
    )
    lettered = tuple(
        replace(routes[i], letter=letter) for letter, i in zip(LETTERS, order, strict=False)
    )
    kept = order[: len(lettered)]
    ways = tuple(found.options[i] for i in kept)
    figures = [found.figures[i] for i in kept]
    routed = with_figures(situation.network, lettered, ways, figures, recorded)
    return Options(found=found, ways=ways, routes=routed)
