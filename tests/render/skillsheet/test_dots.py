"""Ten dots show a share to a part of a dot."""

from __future__ import annotations

import numpy as np
import pytest
from render import skills
from render.printmap.pencil import Pencil
from shapely import Polygon

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.skillsheet.dots import FILLS, RADIUS_MM, draw_dot, draw_hits


def filled_mm(pencil: Pencil, fill: str) -> float:
    """Sum over shapes of a colour of their width."""
    widths = [np.ptp(one.points[:, 0]) for one in pencil.shapes if one.style.get("fill") == fill]
    return float(sum(widths))


def test_filled_width_is_the_share() -> None:
    pencil = Pencil("A4")
    view = skills.view(skills.skill(hit_rate=(0.73, 0.9)))
    draw_hits(pencil, Box(left=10, right=145, top=20, bottom=75), view, "fr")
    for hit in view.hits:
        dots = filled_mm(pencil, FILLS[hit.kind]) / (2 * RADIUS_MM)
        assert dots == pytest.approx(10 * hit.share, abs=0.02), hit.kind


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_part_of_a_dot_lies_at_its_left(share: float) -> None:
    pencil = Pencil("A4")
    draw_dot(pencil, 50.0, 50.0, share, "#123456", radius_mm=5.0)
    (part,) = [one.points for one in pencil.shapes if one.style.get("fill") == "#123456"]
    assert part[:, 0].min() == pytest.approx(45.0, abs=0.01)
    assert part[:, 0].max() == pytest.approx(45.0 + 10 * share, abs=0.01)
    assert Polygon(part).area < np.pi * 25


def test_empty_and_full() -> None:
    for share, count in ((-2.0, 0), (0.0, 0), (1.0, 1), (7.0, 1)):
        pencil = Pencil("A4")
        draw_dot(pencil, 50.0, 50.0, share, "#123456")
        assert len([one for one in pencil.shapes if one.style.get("fill") == "#123456"]) == count
