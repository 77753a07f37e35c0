"""Points on the map: who has a mark, where it lies, and which names a reader will look for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from render.printmap.pencil import blank
from render.sample import AS_OF, product
from shapely import Point, Polygon

from cmcoord_geo import facts
from cmcoord_geo.render.printmap import points, strokes
from cmcoord_geo.render.printmap.boxes import box_about
from cmcoord_geo.render.printmap.marks import MARK_MM

WEEK = product("owner")
BARE = replace(
    WEEK, movements=(), patrols=(), conflicts=(), incidents=(), closures=(), crossings=()
)
BRIDGE = replace(
    next(c for c in WEEK.crossings if c.kind == "bridge"),
    state="unknown", reported_at=None, expires_at=None, capacity_t=None,
)  # fmt: skip
REPORT = {"reported_at": AS_OF - timedelta(days=1), "expires_at": AS_OF + timedelta(days=3)}


@pytest.mark.parametrize(
    ("changes", "is_drawn"),
    [
        ({}, False),
        ({"kind": "ferry"}, True),
        ({"capacity_t": 12.0}, True),
        ({"state": "closed", **REPORT}, True),
        ({"state": "unknown", **REPORT}, False),
        ({"state": "closed"}, False),
    ],
)
def test_a_crossing_has_a_mark_when_something_is_known_of_it_and_a_ferry_always(changes, is_drawn):
    crossing = replace(BRIDGE, **changes)
    assert points.is_drawn(crossing) == is_drawn
    scene = blank(replace(BARE, crossings=(crossing,)))
    before = len(scene.sheet.shapes)
    points.draw_marks(scene)
    own = [label.text for label in scene.labels if label.text.startswith(crossing.name.fr)]
    assert bool(own) == is_drawn
    assert (len(scene.sheet.shapes) > before) or not is_drawn


@pytest.mark.parametrize("state", ["open", "restricted", "closed", "conflicting", "unknown"])
@pytest.mark.parametrize("is_reported", [True, False])
@pytest.mark.parametrize("exposure_class", [None, 0, 2])
def test_a_bad_state_has_one_mark_however_it_is_known(state, is_reported, exposure_class):
    """By report it has the report's; where roads are drawn by state, their fill shows it."""
    segment = replace(
        WEEK.segments[0],
        state=state,
        is_state_reported=is_reported,
        exposure_class=exposure_class,
    )
    is_told_elsewhere = is_reported or exposure_class is None
    is_bad = state not in {"open", "restricted"}
    assert points.has_default_mark(segment) == (is_bad and not is_told_elsewhere)


def test_a_closure_lies_at_its_place_and_is_named_at_any_cost():
    closure = replace(WEEK.closures[0], segment_id="L042", fraction=0.25)
    scene = blank(replace(BARE, segments=WEEK.segments[:0], closures=(closure,)))
    scene = replace(scene, lines=blank(WEEK).lines)
    points.draw_marks(scene)
    x, y = strokes.place(scene.lines["L042"], 0.25)
    assert not scene.raster.is_free(box_about(x, y, 0.5))
    (label,) = scene.labels
    assert (label.text, label.x, label.y, label.is_needed) == (closure.mark, x, y, True)


def test_two_crossings_without_a_place_do_not_cover_each_other():
    ferries = [
        replace(BRIDGE, crossing_id=f"CR{i}", kind="ferry", is_place_known=False, fraction=0.5,
                segment_id="L042", segment_ids=("L042",))
        for i in range(2)
    ]  # fmt: skip
    scene = blank(replace(BARE, crossings=tuple(ferries)))
    points.draw_marks(scene)
    one, other = ((label.x, label.y) for label in scene.labels)
    assert not box_about(*one, MARK_MM - 0.25).overlaps(box_about(*other, MARK_MM - 0.25))


def test_names_that_a_reader_looks_for_come_first():
    scene = blank(WEEK)
    points.draw_towns(scene)
    labels = {label.text: label for label in scene.labels}
    by_id = {place.place_id: place for place in WEEK.places}
    for movement in WEEK.movements:
        if any(option.decision == "kept" for option in movement.options):
            for end in (movement.origin, movement.destination):
                assert labels[by_id[end].name].is_needed
    cell = next(p for p in WEEK.places if p.role == "cell")
    others = [labels[p.name] for p in WEEK.places if p.role == "town" and p.name in labels]
    assert labels[cell.name].is_needed
    assert labels[cell.name].rank < min(label.rank for label in others)
    assert labels[cell.name].face.size_pt > max(label.face.size_pt for label in others)


def test_a_town_outside_of_the_map_is_left_out():
    far = replace(WEEK.places[0], place_id="FAR", name="Paris", lon=2.35, lat=48.86)
    scene = blank(replace(BARE, places=(far, WEEK.places[1])))
    points.draw_towns(scene)
    assert [label.text for label in scene.labels] == [WEEK.places[1].name]


@pytest.mark.parametrize(("paper", "most"), [("A3", 2), ("A4", 1)])
def test_road_numbers_stand_on_their_roads_and_do_not_crowd(paper, most):
    scene = blank(WEEK, paper=paper)
    points.draw_shields(scene)
    counts = Counter(scene.sheet.texts())
    assert max(counts.values()) == most
    numbers = {s.route_ref.split("/")[0] for s in WEEK.segments if s.route_ref.startswith("RN")}
    assert set(counts) == numbers
    boxes = [written.box for written in scene.sheet.written]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_small_incidents_are_for_the_large_sheet_and_ordnance_has_its_own_mark():
    large, small = blank(WEEK, paper="A3"), blank(WEEK, paper="A4")
    for scene in (large, small):
        points.draw_incidents(scene)
    assert len(large.sheet.shapes) == sum(not i.is_ordnance for i in WEEK.incidents)
    assert small.sheet.shapes == []


def test_a_neighbour_is_named_on_its_own_land():
    scene = blank(WEEK)
    neighbours = facts.basemap()["neighbours"]
    points.write_countries(scene, neighbours)
    found = {written.text: written.box for written in scene.sheet.written}
    assert len(found) >= 4
    for neighbour in neighbours:
        box = found.get(neighbour["name_fr"].upper())
        if box is not None:
            land = max(
                (Polygon(scene.project(r)) for r in neighbour["rings"]), key=lambda r: r.area
            )
            middle = (box.top + box.bottom) / 2
            assert land.contains(Point(box.left, middle)), neighbour["name_fr"]
            assert land.contains(Point(box.right, middle)), neighbour["name_fr"]
            assert box.is_within(scene.project.frame)
