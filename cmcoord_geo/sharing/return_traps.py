"""Last departures that still get back, for the desk: hours of departures are the owner's (DOMAIN.md 2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError, WithheldError
from cmcoord_geo.facts import vehicles
from cmcoord_geo.i18n import join, problem, said
from cmcoord_geo.model import MovementRequest, TimeSpan, VehicleCount
from cmcoord_geo.picture import Incidents
from cmcoord_geo.planning.return_trap import trap_or_none
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.sharing.departure_views import ReturnTrapsView, ReturnTrapView
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import refusal_of_audience

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.audience import Audience

_TWO = 2  # the common rule of the smallest convoy; size and weight govern, not the number


def build_return_traps(
    picture: OperationalPicture,
    audience: Audience,
    config: Config,
    *,
    base: tuple[str, str],
    targets: Mapping[str, str],
    vehicle_ids: Sequence[str],
    days: int,
) -> ReturnTrapsView:
    """
    Last departures that still get back from each place to a base, for each vehicle.

    Parameters
    ----------
    picture : OperationalPicture
    audience : Audience
    config : Config
    base : (str, str)
        Node id and name.
    targets : mapping
        Node id to name.
    vehicle_ids : sequence of str
    days : int
        How far ahead is looked.

    Raises
    ------
    WithheldError
        The audience may not ask for departures.
    DataError
        No place is asked for.
    """
    if reason := refusal_of_audience(audience, "departures"):
        message = f"nothing is released: {reason}"
        raise WithheldError(message, reason=reason)
    if not targets:
        raise problem(DataError, "departures.traps.not_here")
    bare = replace(picture, incidents=Incidents.empty())

    def traps() -> Iterator[ReturnTrapView]:
        for key, place in targets.items():
            for vehicle_id in vehicle_ids:
                asked = (base[0], key, vehicle_id)
                yield replace(_trap(bare, config, asked, days), place=place)

    frame = frame_view(bare, audience, shown=(), config=config.sharing)
    return ReturnTrapsView(
        frame=replace(
            frame,
            title=said("departures.traps.title", base=base[1]),
            subtitle=said("departures.traps.subtitle", days=days),
            audience_note=join([frame.audience_note, said("departures.private")], "; "),
        ),
        base=base[1],
        days=days,
        traps=tuple(traps()),
    )


def _trap(
    picture: OperationalPicture, config: Config, asked: tuple[str, str, str], days: int
) -> ReturnTrapView:
    base, target, vehicle_id = asked
    request = MovementRequest(
        movement_id="", organisation="", origin=base, destination=target,
        depart=TimeSpan(earliest=picture.as_of, latest=picture.as_of + timedelta(hours=1)),
        vehicles=(VehicleCount(vehicle_id=vehicle_id, count=_TWO),), is_return=True,
    )  # fmt: skip
    has_road, found = trap_or_none(situation_of(picture, request, config), days=days)
    state = "free" if has_road else "no_road"
    if found is not None:
        state = "none" if found.depart is None else "trap"
    return ReturnTrapView(
        place=target,
        vehicle=vehicles()[vehicle_id].name,
        state=state,
        depart=None if found is None else found.depart,
        back_by=None if found is None else found.back_by,
        because=None if found is None else found.because,
    )
