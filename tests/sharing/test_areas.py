"""Areas to avoid in products: the desk sees them whole, a partner their effect, others nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sharing import week
from sharing.week import CONFIG, END, MINUSCA, OWNER, PUBLIC

from cmcoord_geo.export import to_json
from cmcoord_geo.model import AvoidArea
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.areas import touches_at
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing import Audience, Release, build_product

COST = week.area("Zone du pont", "SBT GRI", effect="cost", min_per_km=3.0)
CLOSURE = week.area("Zone de la colline", "IPP BIV")
FAR = replace(CLOSURE, area_id="far", name="Zone nulle part", polygons=(
    (((14.5, 2.5), (14.6, 2.5), (14.6, 2.6), (14.5, 2.6), (14.5, 2.5)),),
))  # fmt: skip
NAMES = [area.name for area in (COST, CLOSURE, FAR)]


def released(*areas: AvoidArea, audience: Audience = OWNER) -> Release:
    picture = week.picture(areas=areas)
    return build_product(picture, plan_week(picture, CONFIG), audience, CONFIG)


def test_each_area_says_which_road_and_by_how_much() -> None:
    product = released(COST, CLOSURE, FAR).product
    network = bundled_network()
    for area, view in zip((COST, CLOSURE), product.areas, strict=False):
        touches = touches_at(network, [area], at=week.at(1, 6))
        assert sum(road.km for road in view.roads) == pytest.approx(
            sum(touch.inside_km for touch in touches), abs=0.01
        )
        assert {key for road in view.roads for key in road.segment_ids} == {
            network.segment_ids[touch.segment] for touch in touches
        }
        assert (view.name, view.effect, view.until) == (area.name, area.effect, END)
        assert view.outline == area.polygons
        assert view.idle is None
    assert [view.added_min_per_km for view in product.areas] == [3.0, None, None]
    assert [view.mark for view in product.areas] == ["Z1", "Z2", "Z3"]
    assert "no road" in product.areas[2].idle.en


def test_an_option_says_how_far_it_is_inside_and_what_that_adds() -> None:
    product = released(CLOSURE, COST).product
    crossed = [
        (movement.movement_id, one)
        for movement in product.movements
        for option in movement.options
        for one in option.areas
    ]
    assert {key for key, _ in crossed} == {"M1", "M2"}
    for _, one in crossed:
        assert one.mark == "Z2"
        assert one.km > 10
        assert one.added_min == pytest.approx(3 * one.km, abs=0.1)


def test_an_area_counts_for_the_movements_at_whose_departure_it_is_in_force() -> None:
    early = replace(COST, until=week.at(1, 8))  # M1 leaves before, M2 and M3 after
    past = replace(COST, until=week.at(-1, 8))
    areas = released(
        early, past, replace(COST, since=END, until=END + timedelta(days=9))
    ).product.areas
    assert [view.movements for view in areas] == [("H1",), (), ()]
    assert areas[0].idle is None
    assert "no longer in force" in areas[1].idle.en
    assert "none of these movements" in areas[2].idle.en
    assert areas[1].roads  # what it would touch is told all the same


def test_a_partner_sees_what_an_area_does_and_not_its_name_or_outline() -> None:
    partner = Audience(kind="owner", organisation="ORG-C")
    found = released(COST, CLOSURE, audience=partner)
    names = [view.name for view in found.product.areas]
    assert names == ["", ""]
    assert [view.outline for view in found.product.areas] == [(), ()]
    assert found.withheld["area", "owner"] == 2
    told = to_json(found.product, kind="plan") + "".join(
        build_text(found.product, lang=lang) for lang in ("fr", "en")
    )
    assert not [name for name in (*NAMES, COST.area_id, CLOSURE.area_id) if name in told]
    assert "Z2" in told
    assert found.product.areas[1].movements == ("H1",)  # its own, by its own mark
    assert found.product.areas[1].roads


@pytest.mark.parametrize("audience", [MINUSCA, PUBLIC])
def test_others_see_nothing_of_an_area_and_the_desk_is_told(audience: Audience) -> None:
    found = released(COST, CLOSURE, audience=audience)
    assert found.product.areas == ()
    assert found.withheld["area_effect", "nothing_left"] == 2
    assert ("area", "nothing_left") not in found.withheld
    assert ("area_effect", "nothing_left") not in released(audience=audience).withheld


def test_json_has_a_list_of_its_own_and_the_text_a_part() -> None:
    product = released(COST, FAR).product
    content = json.loads(to_json(product, kind="plan"))
    first = content["areas"][0]
    assert (first["name"], first["effect"], first["added_min_per_km"]) == (NAMES[0], "cost", 3.0)
    assert first["until"] == "2026-12-07T00:00:00+01:00"
    assert first["roads"][0]["km"] > 10
    english, french = (build_text(product, lang=lang) for lang in ("en", "fr"))
    assert "AREAS TO AVOID" in english
    assert "3 min added per km" in " ".join(english.split())
    assert "touches no road of the network" in " ".join(english.split())
    assert "Z1 « Zone du pont » · coût" in french.replace("\N{NO-BREAK SPACE}", " ")
    assert "AREAS TO AVOID" not in build_text(released().product, lang="en")
