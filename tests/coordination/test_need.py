"""Corridors by unmet need: class of need first, then km without fresh presence; never by organisation."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from coordination.wants import BIN_H
from sharing import week
from sharing.week import at

from cmcoord_geo.coordination.need import ranked
from cmcoord_geo.model import CorridorRequest, Span, TimeSpan
from cmcoord_geo.service import plan_week


def corridor(name: str, way: str, day: int, priority: int = 2) -> CorridorRequest:
    return CorridorRequest(
        corridor_id=name,
        segment_ids=(week.segment(*way.split()),),
        window=TimeSpan(earliest=at(day, 6), latest=at(day, 18)),
        presence=("area_presence",),
        accepts_mixed=False,
        priority=priority,
        issued_at=week.AS_OF,
    )


def planned(patrols):
    """Plans of the week with other patrols."""
    return plan_week(week.picture(patrols=patrols), week.CONFIG)


SHARED, LONE = corridor("S", "SBT GRI", 1), corridor("L", "IPP BIV", 2)


def order(*corridors: CorridorRequest, plans=None) -> list[str]:
    found = ranked(corridors, plans or week.plans(), bin_h=BIN_H)
    return [one.corridor.corridor_id for one in found]


def test_more_movement_without_presence_comes_first() -> None:
    first, second = ranked([LONE, SHARED], week.plans(), bin_h=BIN_H)
    assert first.corridor == SHARED
    assert first.unmet_km > second.unmet_km > 0


@pytest.mark.parametrize("turn", list(permutations([SHARED, LONE])))
def test_a_greater_need_comes_before_more_km(turn: tuple[CorridorRequest, ...]) -> None:
    raised = [replace(one, priority=1) if one == LONE else one for one in turn]
    assert order(*raised) == ["L", "S"]


def test_what_is_met_comes_last() -> None:
    patrol = week.patrols(("P", SHARED.segment_ids[0], at(0, 6), at(0, 16)))
    plans = planned(patrol)
    assert order(SHARED, LONE, plans=plans) == ["L", "S"]
    need = ranked([SHARED], plans, bin_h=BIN_H)[0]
    assert (need.unmet_km, need.confirmed_km) == (pytest.approx(0), 0)


def test_a_road_driven_twice_is_covered_twice_and_no_more() -> None:
    """Presence on a leg counts for that leg: not again for the way back on the same road."""
    patrol = week.patrols(("P", SHARED.segment_ids[0], at(0, 6), at(0, 16)))
    plan = planned(patrol)[0]
    (option, *_) = plan.options
    (leg,), (cover,) = option.legs, option.coverage
    km = leg.km.high
    shift = {"low": km, "high": 2 * km}
    twice = replace(
        option,
        legs=(leg, replace(leg, km=Span(**shift))),
        coverage=(cover, replace(cover, km=Span(**shift))),
    )
    (need,) = ranked([SHARED], [replace(plan, options=(twice,))], bin_h=BIN_H)
    assert (need.wanted_km, need.fresh_km) == (pytest.approx(2 * km), pytest.approx(2 * km))


def test_presence_in_the_hours_of_the_passage_does_not_meet_the_need() -> None:
    """It is a meeting (L041, L056)."""
    patrol = week.patrols(("P", SHARED.segment_ids[0], at(1, 6), at(1, 18)))
    assert ranked([SHARED], planned(patrol), bin_h=BIN_H)[0].fresh_km == 0


def test_another_window_wants_nothing() -> None:
    assert ranked([corridor("X", "SBT GRI", 4)], week.plans(), bin_h=BIN_H)[0].wanted_km == 0


def test_organisations_have_no_part_in_the_order() -> None:
    renamed = [
        replace(plan, request=replace(plan.request, organisation=f"Z{i}"))
        for i, plan in enumerate(reversed(week.plans()))
    ]
    assert order(SHARED, LONE, plans=renamed) == order(SHARED, LONE)
