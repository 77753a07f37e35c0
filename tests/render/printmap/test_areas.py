"""Areas to avoid on the sheet: hatched inside and nowhere else, named and explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
import shapely
from render.printmap.pencil import blank
from render.sample import product

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.areas import _strokes, draw_areas
from cmcoord_geo.render.printmap.picture import draw_picture
from cmcoord_geo.sharing.views import AreaView
from cmcoord_geo.units import BANGUI

RING = ((20.2, 5.4), (21.2, 5.4), (21.2, 6.3), (20.2, 6.3), (20.2, 5.4))
HOLE = ((20.5, 5.7), (20.9, 5.7), (20.9, 6.0), (20.5, 5.7))
FAR = ((2.0, 45.0), (3.0, 45.0), (3.0, 46.0), (2.0, 45.0))


def view(effect: str = "cost", *, outline: object = ((RING, HOLE),), **changed: object) -> AreaView:
    given: dict[str, object] = {
        "mark": "Z1", "area_id": "a", "name": "Zone du pont", "effect": effect,
        "added_min_per_km": 3.0 if effect == "cost" else None, "since": None,
        "until": datetime(2026, 12, 7, tzinfo=BANGUI), "roads": (), "movements": (), "idle": None,
        "outline": outline, **changed,
    }  # fmt: skip
    return AreaView(**given)


def week(*areas: AreaView, audience: str = "owner"):
    return replace(product(audience), areas=areas)


def drawn(*areas: AreaView):
    scene = blank(week(*areas))
    draw_areas(scene)
    return scene


@pytest.mark.parametrize("lean", [1.0, -1.0])
def test_strokes_fill_the_inside_and_leave_holes_out(lean: float) -> None:
    shape = shapely.Polygon([(0, 0), (30, 0), (30, 20), (0, 20)], [[(10, 5), (20, 5), (20, 15)]])
    strokes = list(_strokes(shape, 2.0, lean))
    for stroke in strokes:
        assert shape.buffer(1e-6).covers(shapely.LineString(stroke))
        (dx, dy) = np.abs(np.diff(stroke[[0, -1]], axis=0))[0]
        assert dx == pytest.approx(dy)
    length = sum(shapely.LineString(stroke).length for stroke in strokes)
    assert length == pytest.approx(shape.area / (2.0 / np.sqrt(2)), rel=0.1)


def test_an_area_asks_for_its_name_where_it_lies() -> None:
    scene = drawn(view())
    (label,) = scene.labels
    assert label.text == "Z1 Zone du pont"
    ((west, north), (east, south)) = scene.project([(20.2, 6.3), (21.2, 5.4)])
    assert west < label.x < east
    assert north < label.y < south


def test_what_lies_off_the_sheet_has_no_outline_or_is_past_is_not_drawn() -> None:
    past = view(until=product().frame.as_of)
    scene = drawn(view(outline=((FAR,),)), view(outline=()), past)
    assert scene.labels == []


def test_parts_that_touch_are_one_shape() -> None:
    halves = (
        (((20.2, 5.4), (20.7, 5.4), (20.7, 6.3), (20.2, 6.3), (20.2, 5.4)),),
        (((20.7, 5.4), (21.2, 5.4), (21.2, 6.3), (20.7, 6.3), (20.7, 5.4)),),
    )
    (label,) = drawn(view(outline=halves)).labels
    (whole,) = drawn(view(outline=((RING,),))).labels
    assert (label.x, label.y) == pytest.approx((whole.x, whole.y), abs=0.5)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_whole_sheet_names_and_explains_them(lang: str) -> None:
    areas = (view(), view("closure", mark="Z2", name="Zone de la colline"))
    scene = draw_picture(week(*areas), lang=lang, paper="A4", dpi=60)
    told = " ".join(one.text for one in scene.sheet.written)
    assert "Z1 Zone du pont" in told
    assert "Z2 Zone de la colline" in told
    for words in {"fr": ("fermeture", "coût"), "en": ("closure", "cost")}[lang]:
        assert words in told
    plain = draw_picture(week(), lang=lang, paper="A4", dpi=60)
    assert "Z1" not in " ".join(one.text for one in plain.sheet.written)


def test_a_partner_is_told_that_outlines_are_not_shown() -> None:
    scene = draw_picture(week(view(name="", outline=())), lang="en", paper="A4", dpi=60)
    told = " ".join(" ".join(one.text for one in scene.sheet.written).split())
    assert "Areas to avoid Z1: outline not shown" in told


def test_the_colour_is_none_of_a_state_and_not_green() -> None:
    red, green, blue = (int(tokens.AREA[i : i + 2], 16) for i in (1, 3, 5))
    assert green < red
    assert green < blue
    styles = (*tokens.REPORTED_STATE.values(), *tokens.DEFAULT_STATE.values())
    styles = (*styles, *tokens.EXPOSURE.values())
    assert tokens.AREA not in {style.color for style in styles}
