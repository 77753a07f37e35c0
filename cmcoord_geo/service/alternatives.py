"""The alternatives of one movement of a folder, released to its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, NoRouteError, WithheldError
from cmcoord_geo.i18n import problem
from cmcoord_geo.planning import plan_movement, refused_plan
from cmcoord_geo.service.planning import refusal_of
from cmcoord_geo.service.products import release_product
from cmcoord_geo.sharing.alternatives import alternatives_view
from cmcoord_geo.sharing.product import movements_of

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing import Audience
    from cmcoord_geo.sharing.views import AlternativesView


def ask_alternatives(
    picture: OperationalPicture, movement_id: str, audience: Audience, config: Config
) -> AlternativesView:
    """
    Plan one movement, and set its alternatives side by side.

    Parameters
    ----------
    picture : OperationalPicture
    movement_id : str
        As in the table of movements.
    audience : Audience
        Its owner: the gate refuses any other.
    config : Config

    Raises
    ------
    DataError
        The folder has no such movement, or the audience may not see it.
    """
    own = movements_of(picture, audience)
    request = next((one for one in own if one.movement_id == movement_id.strip()), None)
    if request is None and audience.kind != "owner":
        raise problem(DataError, "alternatives.not_released", word=movement_id)
    if request is None:  # the same words whether another has it or nobody
        known = ", ".join(one.movement_id for one in own) or "–"
        raise problem(DataError, "alternatives.no_such", word=movement_id, known=known)
    try:
        plan = plan_movement(picture, request, config, with_questions=True)
    except NoRouteError as error:
        plan = refused_plan(picture, request, config, refusal_of(error), with_questions=True)
    try:
        release = release_product(picture, [plan], audience, config, purpose="planning")
    except WithheldError as error:
        raise problem(DataError, "alternatives.not_released", word=movement_id) from error
    return alternatives_view(release.product, request.movement_id)
