"""Areas to avoid on the map: hatched, outlined and called by their mark, under the roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.labels import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.views import AreaView, ProductView

#: Millimetres on A3 between two strokes, and what an outline may be simplified by.
STROKE_MM, FINE_MM = 2.0, 0.05
OUTLINE_PT, STROKE_PT = 1.2, 0.55
DASHES = (4.0, 1.6)
NAME_PT = 7.2
#: With more areas than this a name may be left out where there is no free place; it stands in the text.
MOST_NEEDED = 12


def draw_areas(scene: Scene) -> None:
    """Draw the areas whose outline the product holds, and ask for their names."""
    drawn = drawn_areas(scene.product)
    for area in drawn:
        shape = _on_sheet(scene, area)
        if shape.is_empty:
            continue
        draw_area(scene.sheet, shape, is_closure=area.effect == "closure")
        for ring in _rings(shape):
            scene.raster.line(ring, width_mm=0.5, cost=10.0)
        spot = shape.representative_point()
        scene.labels.append(
            Label(
                text=f"{area.mark} {area.name}".strip(),
                x=float(spot.x),
                y=float(spot.y),
                face=scene.sheet.face(NAME_PT, is_bold=True, color=tokens.AREA),
                rank=0.5,
                is_needed=len(drawn) <= MOST_NEEDED,
            )
        )


def drawn_areas(product: ProductView) -> list[AreaView]:
    """Areas with an outline that are not past at the cut-off of the data."""
    return [area for area in product.areas if area.outline and area.until > product.frame.as_of]


def draw_area(sheet: Sheet, shape: BaseGeometry, *, is_closure: bool, z: float = 1.2) -> None:
    """One area in millimetres: strokes one way for a cost, both ways for a closure."""
    for lean in (1.0, -1.0) if is_closure else (1.0,):
        for stroke in _strokes(shape, STROKE_MM * sheet.scale, lean):
            sheet.line(stroke, color=tokens.AREA, width_pt=STROKE_PT, z=z)
    for ring in _rings(shape):
        dashes = None if is_closure else DASHES
        sheet.line(ring, color=tokens.PAPER, width_pt=OUTLINE_PT + 1.2, z=z + 0.05)
        sheet.line(ring, color=tokens.AREA, width_pt=OUTLINE_PT, dashes=dashes, z=z + 0.1)


def swatch(x: float, y: float, wide_mm: float, high_mm: float) -> BaseGeometry:
    """Small area about a point of the legend."""
    from shapely import box

    return box(x - wide_mm / 2, y - high_mm / 2, x + wide_mm / 2, y + high_mm / 2)


def _on_sheet(scene: Scene, area: AreaView) -> BaseGeometry:
    """Area in millimetres, as far as the map reaches."""
    import shapely

    project, frame = scene.project, scene.project.frame
    window = shapely.box(*_around(project.window()))
    parts = [shapely.Polygon(rings[0], rings[1:]).intersection(window) for rings in area.outline]
    whole = shapely.transform(shapely.union_all(parts), project)
    inside = whole.intersection(shapely.box(frame.left, frame.top, frame.right, frame.bottom))
    return shapely.union_all(_polygons(inside.simplify(FINE_MM)))


def _around(window: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Window a little wider: what is cut off must not be taken for an outline."""
    west, south, east, north = window
    return west - 0.5, south - 0.5, east + 0.5, north + 0.5


def _polygons(shape: BaseGeometry) -> list[Any]:
    parts = getattr(shape, "geoms", [shape])
    return [part for part in parts if part.geom_type == "Polygon" and part.area > 0]


def _rings(shape: BaseGeometry) -> Iterator[np.ndarray]:
    for part in _polygons(shape):
        for ring in (part.exterior, *part.interiors):
            yield np.asarray(ring.coords, dtype=np.float64)


def _strokes(shape: BaseGeometry, step_mm: float, lean: float) -> Iterable[np.ndarray]:
    """Slanted lines within a shape, on one raster for the whole sheet so that neighbours go on in line."""
    import shapely

    left, top, right, bottom = shape.bounds
    high = bottom - top
    starts = [x - lean * y for x, y in ((left, top), (right, top), (left, bottom), (right, bottom))]
    first, last = np.floor(min(starts) / step_mm), np.ceil(max(starts) / step_mm)
    if not high:
        return []
    at = np.arange(first, last + 1) * step_mm
    ends = np.stack(
        [
            np.column_stack([at + lean * top, np.full(len(at), top)]),
            np.column_stack([at + lean * bottom, np.full(len(at), bottom)]),
        ],
        axis=1,
    )
    shapely.prepare(shape)
    cut: Any = shapely.intersection(shapely.linestrings(ends), shape)
    pieces = (piece for line in cut for piece in getattr(line, "geoms", [line]))
    return [
        np.asarray(piece.coords)
        for piece in pieces
        if piece.geom_type == "LineString" and piece.length
    ]
