"""Small maps of one scale, each with the whole country, above legend and notes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo import facts
from cmcoord_geo.render.classmaps.layout import extent_of, fitted, lay_out
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.sharing.views import GroundView


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_map_holds_the_whole_country_at_one_scale(lang: str) -> None:
    layout = lay_out(Pencil("A4"), sheets.classes(), lang)
    outline = np.vstack([np.asarray(ring, dtype=float) for ring in facts.basemap()["country"]])
    scales = [cell.project.mm_per_km for cell in layout.cells]
    assert scales == pytest.approx([scales[0]] * len(scales))
    for cell in layout.cells:
        points, frame = cell.project(outline), cell.project.frame
        assert points[:, 0].min() > frame.left
        assert points[:, 0].max() < frame.right
        assert points[:, 1].min() > frame.top
        assert points[:, 1].max() < frame.bottom
        assert cell.box.bottom < layout.keys_top < layout.notes_top


def test_cells_do_not_meet() -> None:
    cells = lay_out(Pencil("A4"), sheets.classes(), "fr").cells
    for i, one in enumerate(cells):
        assert not any(one.box.overlaps(other.box) for other in cells[i + 1 :])


def test_a_network_of_its_own_extent_fills_its_maps() -> None:
    frame = sheets.classes().frame
    ground = GroundView(extent=(20.0, 5.0, 21.0, 5.6), has_base=True, name="x")
    extent = extent_of(replace(frame, ground=ground))
    assert extent == (20.0, 5.0, 21.0, 5.6)
    project = fitted(Box(left=0, right=70, top=0, bottom=50), extent)
    (west, _), (east, _) = project([(20.0, 5.3), (21.0, 5.3)])
    assert 60 < east - west < 70
