"""Last departures that still get back: for the desk alone, a line for each place and vehicle."""

from __future__ import annotations

import pytest
from sharing import week

from cmcoord_geo.errors import DataError, WithheldError
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.departure_views import ReturnTrapsView
from cmcoord_geo.sharing.return_traps import build_return_traps


def traps(audience: Audience = week.OWNER, targets: tuple[str, ...] = ("BBY",)):
    return build_return_traps(
        week.picture(), audience, week.CONFIG, base=("BGF", "Bangui"),
        targets=dict.fromkeys(targets, "Bambari"),
        vehicle_ids=["lv_4x4", "truck_6x6"], days=5,
    )  # fmt: skip


def test_a_line_for_each_place_and_vehicle() -> None:
    found = traps()
    assert isinstance(found, ReturnTrapsView)
    assert [(trap.place, trap.vehicle.en[:3]) for trap in found.traps] == [
        ("Bambari", "4x4"), ("Bambari", "6x6"),
    ]  # fmt: skip
    assert {trap.state for trap in found.traps} <= {"free", "trap", "none", "no_road"}


def test_nobody_else_is_given_any() -> None:
    for audience in (week.MINUSCA, week.PUBLIC):
        with pytest.raises(WithheldError):
            traps(audience)


def test_without_a_place_there_is_nothing_to_say() -> None:
    with pytest.raises(DataError):
        traps(targets=())
