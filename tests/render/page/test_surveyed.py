"""The page of a surveyed network: near as streets, on its own ground, in one line for each option."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from browser.chromium import PHONE
from sharing.surveyed import ROAD, WAY, conflict, leg, patrol, place, product, segment

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.page.payload import page_payload
from cmcoord_geo.sharing.condense import condensed
from cmcoord_geo.sharing.naming import named
from cmcoord_geo.sharing.views import (
    AreaRoadView,
    AreaView,
    ClosureView,
    CrossingView,
    GroundView,
    ProductView,
    RangeView,
)

STREET = segment("s4", "d", "e", 0.03, title="Rue <b>", route_ref="", road_class="residential")
EXTENT = (19.99, 4.99, 20.05, 5.01)


def surveyed(*, has_base: bool = True, is_country: bool = False) -> ProductView:
    made = product(
        tuple(replace(one, exposure_class=0) for one in (*ROAD, STREET)),
        (*WAY, leg("s4", 3)),
        via=("a", "e"),
        places=(place("a"), place("d", 20.03), place("e", 20.04)),
        patrols=(patrol(("s1", 0, 1), ("s2", 0, 1), ("s4", 0, 1)),),
        conflicts=(
            replace(conflict("s1", 0), mark="X1", more=(("s2", 0.0, 1.0), ("s4", 0.0, 1.0))),
        ),
    )
    movement = replace(made.movements[0], origin="a", destination="e")
    ground = GroundView(extent=None if is_country else EXTENT, has_base=has_base, name="x.osm")
    frame = replace(made.frame, ground=ground, is_schematic=False)
    return named(condensed(replace(made, movements=(movement,), frame=frame)))


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
@pytest.mark.parametrize("has_base", [True, False])
def test_the_page_opens_on_the_network_and_answers_to_every_click(
    open_page, has_base, size
) -> None:
    view = surveyed(has_base=has_base)
    page = open_page(view, lang="en", size=size)
    given, drawn = json.loads(page.root("given")), json.loads(page.root("drawn"))
    assert drawn["segments"] == given["segments"] == len(view.segments)
    assert drawn["conflicts"] == 1
    for kind, key in (
        ("movement", "H1"),
        ("conflict", "X1"),
        ("patrol", "P1"),
        ("segment", view.segments[0].segment_id),
        ("place", "e"),
    ):
        page.run("cmcoord.select(arguments[0], arguments[1])", kind, key)
    page.run("cmcoord.showTab('legend')")
    assert "Main road" in page.text("#view")
    assert "National" not in page.text("#view")
    assert page.errors() == []
    assert page.requests() in ([], [page.driver.current_url])


def test_a_way_that_comes_back_is_drawn_in_two_lines(open_page) -> None:
    """A lane beside a line that turns round would fold onto itself."""
    lines = "return document.querySelectorAll('.leaflet-movements-pane path').length"
    view = surveyed()
    (movement,) = view.movements
    option, *others = movement.options
    last = option.legs[-1]
    back = replace(last, is_forward=False, km=RangeView(low=4.0, high=5.0))
    turned = replace(option, legs=(*option.legs, back))
    again = replace(view, movements=(replace(movement, options=(turned, *others)),))
    counts = []
    for one in (view, again):
        page = open_page(one, lang="en")
        counts.append(page.run(lines))
        assert page.errors() == []
    assert counts[1] == counts[0] + 2  # a line and its edge


def test_a_road_says_its_state_to_those_who_see_no_exposure(open_page) -> None:
    view = surveyed()
    hidden = tuple(replace(one, exposure_class=None) for one in view.segments)
    bare = replace(
        view, segments=hidden, movements=(), patrols=(), conflicts=(), ordnance_said=None,
        incidents_said=None, frame=replace(view.frame, audience="minusca_ops"),
    )  # fmt: skip
    page = open_page(bare, lang="en")
    page.run("cmcoord.select('segment', arguments[0])", hidden[0].segment_id)
    assert "default of the season" in page.text("#view")
    assert page.errors() == []


def test_a_street_is_seen_from_near(open_page) -> None:
    page = open_page(surveyed(), lang="en")
    bar = "return parseFloat(document.querySelector('.leaflet-control-scale-line').textContent)"
    unit = "return document.querySelector('.leaflet-control-scale-line').textContent.includes(' m')"
    page.run("cmcoord.select('place', 'e')")
    assert page.run(unit) or page.run(bar) <= 1


def test_outside_the_country_no_base_map_is_carried() -> None:
    away = page_payload(surveyed(has_base=False), lang="en")["base"]
    assert [away[key] for key in ("land", "neighbours", "rivers", "prefectures")] == [
        [],
        [],
        [],
        [],
    ]
    assert len(away["country"]) == 2
    here = page_payload(surveyed(is_country=True), lang="en")["base"]
    assert here["country"] == here["land"] != []


def test_main_roads_look_like_national_ones() -> None:
    rows = page_payload(surveyed(), lang="en")["segments"]
    assert {row["ref"]: row["roadClass"] for row in rows} == {
        "RN2 Avenue": "national",
        "Rue <b>": "regional",
    }


@pytest.mark.parametrize("has_base", [True, False])
def test_areas_lie_on_surveyed_ground_too(open_page, has_base) -> None:
    """With and without a base map below; the area is larger than what the page shows."""
    ring = ((19.0, 4.0), (20.02, 4.0), (20.02, 6.0), (19.0, 6.0), (19.0, 4.0))
    given = surveyed(has_base=has_base)
    area = AreaView(
        mark="Z1", area_id="a", name="Zone", effect="cost", added_min_per_km=3.0, since=None,
        until=given.frame.as_of + timedelta(days=7), movements=("H1",), idle=None,
        roads=(AreaRoadView(road="RN2 Avenue", km=2.0, segment_ids=()),), outline=((ring,),),
    )  # fmt: skip
    page = open_page(replace(given, areas=(area,)), lang="en")
    assert page.errors() == []
    assert json.loads(page.root("drawn"))["areas"] == 1
    assert page.run("return document.querySelectorAll('pattern[id^=area]').length") == 2
    assert "Area to avoid: cost" in page.text("#key")


def test_a_closed_stretch_shows_along_its_whole_length_while_the_report_holds(open_page) -> None:
    """A bar at each end and crosses between; past its end, the mark alone, as unknown."""
    view = replace(surveyed(), movements=(), patrols=(), conflicts=())
    road = max(view.segments, key=lambda one: one.km_mid).segment_id
    start = view.frame.as_of
    closure = ClosureView(
        mark="R1", segment_id=road, fraction=0.5, state="closed", said=Said(fr="x", en="x"),
        reported_at=start, expires_at=start + timedelta(hours=30), along=((road, 0.0, 1.0),),
    )  # fmt: skip
    paths = "return document.querySelectorAll('.leaflet-exposure-pane path').length"
    counts = []
    for one in (replace(closure, along=()), closure, replace(closure, state="restricted")):
        page = open_page(replace(view, closures=(one,)), lang="en")
        page.run("cmcoord.setNow(0)")
        page.run("cmcoord.select('closure', 'R1')")
        counts.append(page.run(paths))
        page.run("cmcoord.setNow(arguments[0])", 31 * 60 + 24 * 60)
        late = page.run(paths)
        assert page.errors() == []
        assert late == counts[0]
    assert counts[1] == counts[2] >= counts[0] + 2 * 6  # each sign and its edge


@pytest.mark.parametrize("state", ["restricted", "conflicting"])
def test_a_ferry_says_what_it_carries_and_never_looks_as_if_it_ran(open_page, state) -> None:
    view = surveyed()
    road = replace(view.segments[0], start="…", end="…", title="Bac d’essai")
    ferry = CrossingView(
        crossing_id="OSM-w1", kind="ferry", name=Said(fr="Bac d’essai", en="Bac d’essai"),
        segment_ids=(road.segment_id,), segment_id=road.segment_id, fraction=0.5,
        is_place_known=True, state=state, capacity_t=25.40117272,
        reported_at=view.frame.as_of, expires_at=view.frame.as_of + timedelta(days=7),
    )  # fmt: skip
    page = open_page(
        replace(view, segments=(road, *view.segments[1:]), crossings=(ferry,)), lang="fr"
    )
    page.run("cmcoord.showTab('patrols')")
    told = page.text("#view")
    assert "25,4 t" in told
    assert "…" not in told
    sign = {"restricted": "!", "conflicting": "≠"}[state]
    assert page.run("return document.querySelector('#view .badge-ferry').textContent") == sign
    key = {"restricted": "service restreint", "conflicting": "rapports contradictoires"}[state]
    assert f"Bac : {key}" in page.text("#key").replace("\N{NO-BREAK SPACE}", " ")


def test_a_patrol_along_pieces_of_one_road_is_listed_by_its_name(open_page) -> None:
    view = surveyed()
    first, second = (
        replace(one, title="RN8", start=start, end=end)
        for one, start, end in zip(view.segments, ("a", "…"), ("…", "e"), strict=True)
    )
    page = open_page(replace(view, segments=(first, second)), lang="en")
    page.run("cmcoord.showTab('patrols')")
    row = "return document.querySelector('#view tbody tr bdi').textContent"
    assert page.run(row) == "RN8"


@pytest.mark.parametrize(
    ("state", "words"),
    [("closed", "From bar to bar: closed"), ("conflicting", "From bar to bar: restricted or")],
)
def test_the_key_explains_the_signs_along_a_stretch(open_page, state, words) -> None:
    view = surveyed()
    road = view.segments[0].segment_id
    closure = ClosureView(
        mark="R1", segment_id=road, fraction=0.5, state=state, said=Said(fr="coupée", en="cut"),
        reported_at=view.frame.as_of, expires_at=view.frame.as_of + timedelta(days=7),
        along=((road, 0.0, 1.0),),
    )  # fmt: skip
    page = open_page(replace(view, closures=(closure,)), lang="en")
    assert words in page.text("#key")
    assert page.errors() == []
    page = open_page(replace(view, closures=(replace(closure, along=()),)), lang="en")
    assert "From bar to bar" not in page.text("#key")
