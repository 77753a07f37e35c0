"""Places along an option: both ends are named, and no two names meet."""

from __future__ import annotations

import itertools

import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.render.profile.layout import lay_out
from cmcoord_geo.render.profile.towns import (
    LEFT_MM,
    MOST_ROWS,
    RIGHT_MM,
    draw_towns,
    place_towns,
    rows_of,
)
from cmcoord_geo.sharing.profile_views import TownView

EDGES = (30.0, 200.0)


def towns(step: float, count: int) -> tuple[TownView, ...]:
    return tuple(TownView(name=f"Kaga-Bandoro {i}", km=i * step) for i in range(count))


@pytest.mark.parametrize(("step", "count"), [(100.0, 2), (40.0, 5), (10.0, 40)])
def test_ends_are_named_and_names_do_not_meet(step: float, count: int) -> None:
    given = towns(step, count)
    spots = place_towns(given, 170.0 / given[-1].km, EDGES)
    named = [spot.town for spot in spots]
    assert given[0] in named
    assert given[-1] in named
    assert rows_of(spots) <= MOST_ROWS
    for row in range(MOST_ROWS):
        lefts = sorted(spot.left for spot in spots if spot.row == row)
        assert all(after - before > 20.0 for before, after in itertools.pairwise(lefts))
    assert min(spot.left for spot in spots) >= EDGES[0] - LEFT_MM
    assert max(spot.left for spot in spots) < EDGES[1] + RIGHT_MM


def test_few_towns_need_one_row() -> None:
    assert rows_of(place_towns(towns(50.0, 3), 1.7, EDGES)) == 1


def test_every_place_has_its_tick_even_without_words() -> None:
    view = sheets.crowded()
    sheet = Pencil("A4")
    band = lay_out(sheet, view, "fr").bands[0]
    draw_towns(sheet, band, view.options[0])
    assert len(sheet.lines) == len(view.options[0].towns) > len(sheet.texts()) / 2
