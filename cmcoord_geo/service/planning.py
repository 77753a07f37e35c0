"""Plan one movement or a week of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, PlanningError
from cmcoord_geo.i18n import Said
from cmcoord_geo.io import read_picture
from cmcoord_geo.planning import plan_movement, refused_plan
from cmcoord_geo.service.networks import load_network

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.picture import OperationalPicture


def read_week(
    folder: Path,
    config: Config,
    *,
    network: Path | None = None,
    as_of: datetime | None = None,
) -> OperationalPicture:
    """
    Picture of a folder, on a network file where one is given.

    Parameters
    ----------
    folder : Path
    config : Config
    network : Path, optional
        Otherwise the network that the folder names, otherwise the bundled one.
    as_of : datetime, optional
        Cut-off of the data; otherwise that of the folder.

    Raises
    ------
    DataError
        The folder or the network cannot be read at all.
    """
    roads = load_network(network)[0] if network else None
    return read_picture(folder, as_of=as_of, network=roads, config=config.status)


def plan_week(
    picture: OperationalPicture,
    config: Config,
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[MovementPlan, ...]:
    """
    Plan every movement of a picture; one without a road becomes a plan that says why.

    Parameters
    ----------
    picture : OperationalPicture
    config : Config
    on_progress : callable, optional
        Called with the number done and the total.
    """
    requests = picture.movements
    plans: dict[int, MovementPlan] = {}
    # those that leave together one after the other: what holds at their hour is found once
    in_order = sorted(range(len(requests)), key=lambda i: requests[i].depart.earliest)
    for done, i in enumerate(in_order, start=1):
        try:
            plans[i] = plan_movement(picture, requests[i], config)
        except (PlanningError, DataError) as error:
            plans[i] = refused_plan(picture, requests[i], config, refusal_of(error))
        if on_progress:
            on_progress(done, len(requests))
    return tuple(plans[i] for i in range(len(requests)))


def refusal_of(error: PlanningError | DataError) -> Said:
    """Sentence of an error, for a plan that says why there is none."""
    both = error.said
    return both if isinstance(both, Said) else Said(fr=str(error), en=str(error))
