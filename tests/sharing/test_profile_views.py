"""The views of a profile are frozen and hold figures, names of places, sentences and moments."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import datetime

import pytest
from render import sheets
from sharing.test_skill_views import leaves

from cmcoord_geo.i18n import Said
from cmcoord_geo.sharing import class_views, profile_views


def test_nothing_but_plain_values_reaches_the_drawing() -> None:
    for view in (*sheets.profiles().values(), sheets.classes()):
        kinds = {type(leaf) for leaf in leaves(view)}
        assert kinds <= {str, int, float, bool, datetime, Said, type(None)}


@pytest.mark.parametrize("room", [profile_views, class_views])
def test_views_are_frozen_and_have_no_room_for_a_record(room) -> None:
    found = [
        one for one in vars(room).values() if is_dataclass(one) and one.__module__ == room.__name__
    ]
    assert len(found) >= 4
    names = {entry.name for one in found for entry in fields(one)}
    assert not names & {"organisation", "cargo", "purpose", "persons", "source_id", "incident_id"}


def test_a_view_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        sheets.profiles()["H1"].top = 1.0
