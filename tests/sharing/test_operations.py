"""Announced operations: who may see them, on whose road they lie, and when nobody knows their hours."""

from __future__ import annotations

from dataclasses import replace

from sharing import week
from sharing.week import CONFIG, MINUSCA, OWNER, PUBLIC, at

from cmcoord_geo.export import to_json
from cmcoord_geo.model import Operation
from cmcoord_geo.sharing import Audience, Release, build_product

ROAD, OTHER = week.segment("SBT", "GRI"), week.segment("BOP", "BOH")
OPERATIONS = (
    Operation(
        operation_id="OP-1",
        stretches=((ROAD, 0.0, 1.0), (OTHER, 0.2, 0.4)),
        start=at(1, 6),
        end=at(1, 12),
    ),
    Operation(
        operation_id="OP-2",
        stretches=((OTHER, 0.0, 0.5),),
        start=at(2, 6),
        end=at(3, 6),
        valid_until=week.AS_OF,
    ),
)


def released(audience: Audience, operations: tuple[Operation, ...] | None = OPERATIONS) -> Release:
    picture = replace(week.picture(), operations=operations)
    return build_product(picture, week.plans(), audience, CONFIG)


def test_the_desk_sees_every_operation_and_on_whose_road_it_lies() -> None:
    one, other = released(OWNER).product.operations
    assert (one.mark, one.operation_id, one.movements) == ("O1", "OP-1", ("H1", "H2"))
    assert one.window is not None
    assert (one.window.start, one.window.end) == (at(1, 6), at(1, 12))
    assert other.window is None, "the word on it has run out: it may be at any time"
    assert other.movements == ()


def test_a_partner_sees_those_on_its_own_roads() -> None:
    found = released(Audience(kind="owner", organisation="ORG-A"))
    assert [one.stretches for one in found.product.operations] == [((ROAD, 0.0, 1.0),)]
    assert found.withheld["operation", "not_own_segment"] == 2


def test_the_other_side_sees_its_operations_and_no_movement_of_them() -> None:
    assert [one.movements for one in released(MINUSCA).product.operations] == [(), ()]


def test_the_public_sees_none_and_the_desk_is_told() -> None:
    found = released(PUBLIC)
    assert found.withheld["operation", "nothing_left"] == 2
    assert "OP-1" not in to_json(found.product, kind="plan")
