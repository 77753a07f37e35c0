"""Announced operations, meetings that are not known, and who is meant, on the page."""

from __future__ import annotations

import json
from dataclasses import replace

from render import sample

from cmcoord_geo.render.page import build_page
from cmcoord_geo.sharing import views as v

OPERATION = v.OperationView(
    mark="O1",
    operation_id="OP-77",
    stretches=(("L089", 0.0, 1.0),),
    window=sample.window(2, 6, 18),
    start=None,
    end=None,
    valid_until=None,
    movements=("H1",),
)
BARS = "return [...document.querySelectorAll('.bar-operation')].length"


def test_operations_are_drawn_listed_and_on_the_time_bar(open_page):
    timeless = replace(OPERATION, mark="O2", operation_id="OP-78", window=None)
    page = open_page(replace(sample.product("owner"), operations=(OPERATION, timeless)))
    given, drawn, left = (json.loads(page.root(kind)) for kind in ("given", "drawn", "left"))
    assert given["operations"] == drawn["operations"] + left["operations"] == 2
    assert page.run(BARS) == 1, "what may be at any time has no bar"
    page.click("#tab-patrols")
    row = page.text("tr[data-id=O1]")
    assert "OP-77 · H1" in row
    assert "O2 ?" in page.text("tr[data-id=O2]")
    page.click("tr[data-id=O1]")
    assert page.run("return document.querySelector('tr[data-id=O1]').getAttribute('aria-current')")


def test_a_page_without_operations_has_no_word_for_them():
    words = "Announced operations and closures"
    assert words not in build_page(sample.product("public"))
    assert words in build_page(replace(sample.product("owner"), operations=(OPERATION,)))


def test_a_meeting_that_is_not_known_is_no_certain_conflict(open_page):
    product = sample.product("owner")
    first, *rest = product.conflicts
    page = open_page(replace(product, conflicts=(replace(first, answer="unknown"), *rest)))
    page.click("#tab-conflicts")
    assert f"{first.mark} ?" in page.text(f"tr[data-id={first.mark}]")
    assert len(page.run("return [...document.querySelectorAll('.bar-conflict.unknown')]")) == 1
    told = page.text("#panel")
    assert "(C1)" in told
    assert "deconflict" in told


def test_patrols_on_the_road_that_do_not_count_are_named(open_page):
    product = sample.product("owner")
    movement = product.movements[0]
    bare = tuple(replace(option, cover=()) for option in movement.options)
    leg = movement.options[0].legs[0].segment_id
    patrol = replace(product.patrols[0], mark="P1", stretches=((leg, 0.0, 1.0),))
    page = open_page(
        replace(product, movements=(replace(movement, options=bare),), patrols=(patrol,))
    )
    assert movement.movement_id in page.text(f"tr[data-id={movement.mark}]")
    page.click(f"tr[data-id={movement.mark}]")
    assert "P1 sur cette route, aucune comptée" in page.text("#panel")
    assert movement.movement_id in page.text(".detailhead")
