"""Sleeves around a stretch of road: conflicts in black, and the outline that corridors use as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString, union_all

from cmcoord_geo.render.printmap import dates, marks, strokes, tokens
from cmcoord_geo.render.printmap.badges import ALONG, Badge
from cmcoord_geo.render.printmap.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import ConflictView

    Line = NDArray[np.float64]

#: Dashes of a sleeve around a meeting of which it is not known whether it takes place.
UNKNOWN_DASHES = (2.4, 1.6)
#: Share of its segment that the sleeve of a conflict takes at least.
LEAST_SHARE = 0.04


def draw_sleeve(
    scene: Scene,
    line: Line,
    *,
    reach: float,
    width_pt: float,
    dashes: tuple[float, ...] | None = None,
    color: str = tokens.INK,
    z: float = 3.9,
) -> None:
    """Draw a sleeve around a stretch of road, ``reach`` millimetres on A3 to each side; a point has none."""
    ring = LineString(line).buffer(reach * scene.sheet.scale, cap_style="flat", join_style="mitre")
    for shape in getattr(ring, "geoms", [ring]):
        if shape.is_empty:
            continue
        outline = np.asarray(shape.exterior.coords)
        scene.sheet.polygon(outline, edge=color, width_pt=width_pt, dashes=dashes, z=z)
        scene.raster.line(outline, width_mm=0.8, cost=90.0)


def draw_conflicts(scene: Scene) -> list[Badge]:
    """
    Draw conflicts as black sleeves around road, movement and patrol; returns their badges.

    Where it is not known whether both are there at once, the sleeve is dashed and the mark bears a "?".
    """
    return [
        badge for conflict in scene.product.conflicts for badge in _draw_conflict(scene, conflict)
    ]


def conflict_mark(conflict: ConflictView) -> str:
    """Mark of a conflict, with a question mark where it is not known whether it is one."""
    return f"{conflict.mark} ?" if conflict.answer == "unknown" else conflict.mark


def _draw_long_sleeve(
    scene: Scene, pieces: Iterable[Line], dashes: tuple[float, ...] | None
) -> None:
    """Draw one sleeve around the roads of a meeting that goes on over many."""
    around = union_all([LineString(piece).buffer(3.5 * scene.sheet.scale) for piece in pieces])
    for shape in getattr(around, "geoms", [around]):
        outline = np.asarray(shape.exterior.coords)
        scene.sheet.polygon(outline, edge=tokens.INK, width_pt=1.4, dashes=dashes, z=4.6)
        scene.raster.line(outline, width_mm=0.8, cost=90.0)


def _draw_conflict(scene: Scene, conflict: ConflictView) -> Iterable[Badge]:
    line = scene.lines.get(conflict.segment_id)
    if line is None:
        return
    low = min(conflict.fraction.low, 1.0 - LEAST_SHARE)
    piece = strokes.part(line, low, max(conflict.fraction.high, low + LEAST_SHARE))
    others = [
        strokes.part(scene.lines[key], start, end)
        for key, start, end in conflict.more
        if key in scene.lines
    ]
    is_unknown = conflict.answer == "unknown"
    dashes, mark = UNKNOWN_DASHES if is_unknown else None, conflict_mark(conflict)
    if others:
        _draw_long_sleeve(scene, [piece, *others], dashes)
    else:
        draw_sleeve(scene, piece, reach=3.5, width_pt=1.4, dashes=dashes, z=4.6)
    when = f"{mark}: {dates.window(conflict.window, scene.lang)}"

    def draw(x: float, y: float) -> None:
        marks.draw_conflict_badge(scene.sheet, x, y, mark, is_unknown=is_unknown)
        face = scene.sheet.face(6.6, is_bold=True)
        reach = marks.BADGE_MM * scene.sheet.scale
        scene.labels.append(
            Label(text=when, x=x, y=y, face=face, rank=-1.0, is_near=True, reach_mm=reach)
        )

    yield Badge(
        text=mark,
        spots=[
            strokes.place(strokes.beside(piece, side * scene.sheet.scale), fraction)
            for side in (3.5, -3.5, 6.0, -6.0)
            for fraction in ALONG
        ],
        draw=draw,
    )
