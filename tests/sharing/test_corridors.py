"""Corridors of a map say where and about when, never who, and never of one that is alone (L054, H14)."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from sharing import week
from sharing.week import at

from cmcoord_geo.export import to_json
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.corridor_sheets import MINUSCA, PATROL_REQUEST, ask
from cmcoord_geo.sharing.corridors import asked_corridors, corridor_demands, corridor_views
from cmcoord_geo.sharing.desk import Desk

SHARED = (week.segment("SBT", "GRI"), at(1, 6), at(1, 18))


def desk(picture) -> Desk:
    return Desk(
        MINUSCA,
        purpose=PATROL_REQUEST,
        consents=picture.consents,
        moments=[picture.as_of],
        config=week.CONFIG.sharing,
    )


def map_corridors(picture=None, plans=None):
    picture = picture or week.picture()
    found = build_product(picture, plans or week.plans(), week.MINUSCA, week.CONFIG)
    return found.product.corridors


def windows(corridors) -> list[tuple]:
    return [
        (part.segment_id, part.window.start, part.window.end)
        for corridor in corridors
        for part in corridor.stretches
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_order_of_plans_changes_no_byte(order: tuple[int, ...]) -> None:
    plans = week.plans()
    first = build_product(week.picture(), plans, week.MINUSCA, week.CONFIG).product
    shuffled = [plans[i] for i in order]
    again = build_product(week.picture(), shuffled, week.MINUSCA, week.CONFIG).product
    assert to_json(again, kind="plan") == to_json(first, kind="plan")


def test_renaming_organisations_changes_no_byte() -> None:
    other = {"ORG-A": "Zèbre", "ORG-B": "ORG-A", "ORG-C": "ORG-B"}
    renamed = [
        replace(plan, request=replace(plan.request, organisation=other[plan.request.organisation]))
        for plan in week.plans()
    ]
    consents = tuple(week.consent(name) for name in other.values())
    first = build_product(week.picture(), week.plans(), week.MINUSCA, week.CONFIG)
    again = build_product(week.picture(consents=consents), renamed, week.MINUSCA, week.CONFIG)
    assert again.product == first.product


def test_a_map_shows_the_shared_road_and_not_the_lone_one() -> None:
    """ORG-A and ORG-B drive Sibut to Grimari, ORG-C alone Ippy to Bria."""
    assert windows(map_corridors()) == [SHARED]


def test_a_map_shows_what_was_issued_and_nothing_else() -> None:
    """What is not issued yet would make two maps differ by one movement (H14)."""
    picture = week.picture()
    issue = ask(picture, week.plans(), week.CONFIG, now=week.AS_OF, seed=b"1").issue
    (corridor,) = map_corridors(replace(picture, corridors=issue.ledger))
    assert corridor.corridor_id == issue.added[0].corridor_id
    alone = replace(picture, corridors=issue.ledger, consents=week.CONSENTS[:1])
    assert map_corridors(alone) == ()


def test_demand_takes_need_and_kind_of_its_owner() -> None:
    picture = week.picture()
    plans = [week.plan("M1", need="lifesaving", presence="road_check"), week.plan("M2")]
    demands = corridor_demands(desk(picture), picture, plans)
    assert {(one.movement_id, one.priority, one.presence) for one in demands} == {
        ("M1", 1, "road_check"),
        ("M2", 2, "area_presence"),
    }
    issue = asked_corridors(picture, demands, now=week.AS_OF, seed=b"", config=week.CONFIG)
    (view,) = corridor_views(desk(picture), picture.network, issue.added)
    assert (view.mark, len(view.stretches)) == ("C1", 1)


@pytest.mark.parametrize(
    "consents",
    [
        week.CONSENTS[:1],
        (*week.CONSENTS[:1], week.consent("ORG-B", is_withdrawn=True)),
        (*week.CONSENTS[:1], week.consent("ORG-B", until=week.AS_OF)),
    ],
    ids=["absent", "withdrawn", "expired"],
)
def test_without_consent_a_movement_is_behind_no_corridor(consents) -> None:
    """L052."""
    assert map_corridors(week.picture(consents=consents)) == ()
