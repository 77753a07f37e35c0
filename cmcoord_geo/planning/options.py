"""The options of a situation, the one kept first: what is planned, and what is planned again on an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.planning.choice import LETTERS, ranked
from cmcoord_geo.planning.conditions import none_informed, none_together, search_limits
from cmcoord_geo.planning.figures import with_figures
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.ways import find_ways, none_proven
from cmcoord_geo.risk import recorded_exposure, search_costs
from cmcoord_geo.routing import Recorded
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way, Ways


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
    exposure : ndarray of int64, shape (m,)
        Criterion of each segment.
    """

    found: Ways
    ways: tuple[Way, ...]
    routes: tuple[Route, ...]
    exposure: NDArray[np.int64]


def options_of(situation: Situation) -> Options:
    """
    Search, build and rank the options.

    Raises
    ------
    NoRouteError
        Nothing that the convoy can pass leads there: ``origin`` and ``destination`` are ids of the nodes of
        the part without a way. Or no way keeps the limits of the request, and the error says so in words.
    PlanningError
        A limit cannot be checked, or memory was used up before a way was proven.
    """
    passable, config = situation.passable, situation.config
    exposure = search_costs(situation.hazard, passable.mid_s, config=config.hazard)
    value, known = recorded_exposure(situation.hazard, passable.mid_s)
    recorded = Recorded(value=value, known=known)
    found = _found(situation, exposure, recorded)
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
    return Options(found=found, ways=ways, routes=routed, exposure=exposure)


def _found(situation: Situation, exposure: NDArray[np.int64], recorded: Recorded) -> Ways:
    """Ways that keep the limits of the request; an error says why there is none."""
    asked = situation.request.limits
    limits = search_limits(situation, exposure)
    try:
        found = find_ways(
            situation.network,
            situation.passable,
            exposure,
            *situation.stops,
            config=situation.config.route,
            limits=limits,
            recorded=recorded,
        )
    except NoRouteError:
        if limits is None:
            raise
        raise none_together(asked) from None  # roads there are: each limit was kept by one of them
    if not found.options:
        raise none_informed(asked, found) if found.is_complete else none_proven()
    return found
