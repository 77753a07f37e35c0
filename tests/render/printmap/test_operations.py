"""Announced operations on the printed map: sleeve, badge, legend and list; with "?" where unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render import sample

from cmcoord_geo.render.printmap.picture import draw_picture
from cmcoord_geo.render.printmap.tokens import OPERATION
from cmcoord_geo.sharing import views as v

ROAD = "L089"


def operation(window: v.WindowView | None) -> v.OperationView:
    return v.OperationView(
        mark="O1",
        operation_id="OP-1",
        stretches=((ROAD, 0.0, 1.0),),
        window=window,
        start=None,
        end=None,
        valid_until=None,
        movements=(),
    )


@pytest.mark.parametrize(
    ("window", "mark", "hours"),
    [(sample.window(4, 6, 12), "O1", "Fri 4, 06:00–12:00"), (None, "O1 ?", "unknown")],
)
def test_an_operation_is_drawn_named_and_listed(window, mark, hours):
    product = replace(sample.product("minusca_ops"), operations=(operation(window),), corridors=())
    scene = draw_picture(product, lang="en", paper="A4", dpi=40)
    written = [(one.part, one.text) for one in scene.sheet.written]
    assert ("map", mark) in written
    assert ("operations", mark) in written
    assert ("operations", hours) in written
    assert any(
        part == "legend" and text.startswith("Announced operation") for part, text in written
    )
    edges = [shape.get_edgecolor() for shape in scene.sheet._axes.patches]
    assert sum(_is(edge, OPERATION) for edge in edges) >= 3  # sleeve, badge, legend or list


def _is(edge, color):
    return tuple(round(part * 255) for part in edge[:3]) == tuple(bytes.fromhex(color[1:]))


def test_a_conflict_that_is_not_known_bears_a_question_mark():
    product = sample.product("owner")
    unsure = replace(product.conflicts[0], answer="unknown")
    scene = draw_picture(replace(product, conflicts=(unsure,)), lang="en", paper="A4", dpi=40)
    texts = [one.text for one in scene.sheet.written]
    assert texts.count(f"{unsure.mark} ?") == 3  # on the map, in the list and in the legend
    assert unsure.mark not in texts
    assert "Conflict: movement and patrol may meet; to be separated" not in texts
