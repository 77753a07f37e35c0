"""Roads that a request forbids are closed for it, with its own reason."""

from __future__ import annotations

import numpy as np
from planning.worlds import ROW, request, situation

from cmcoord_geo.model import ForbiddenRoad
from cmcoord_geo.planning.forbidden import without_roads

BAN = ForbiddenRoad(name="the middle", segment_ids=("B-C",))


def test_a_forbidden_road_is_closed_and_says_who_closed_it() -> None:
    here = situation(asked=request(avoid=(BAN,)))
    i = ROW.segment_index["B-C"]
    assert np.flatnonzero(~here.passable.is_open).tolist() == [i]
    assert np.flatnonzero(~here.passable.is_arc_open).tolist() == [2 * i, 2 * i + 1]
    assert all(np.isinf(pace[i]) for pace in (here.passable.low_s, here.passable.high_s))
    (reason,) = here.passable.reasons[i]
    assert "the middle" in reason.en
    assert "the middle" in reason.fr


def test_nothing_forbidden_changes_nothing() -> None:
    passable = situation().passable
    assert without_roads(ROW, passable, ()) is passable


def test_a_ban_can_be_lifted_again() -> None:
    assert situation(asked=request(avoid=(BAN,))).forbidding(()).passable.is_open.all()
