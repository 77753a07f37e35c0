"""Corridors for which presence is requested: sleeves around the road, one badge for those that share it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import marks, strokes
from cmcoord_geo.render.printmap.badges import ALONG, Badge
from cmcoord_geo.render.printmap.sleeves import draw_sleeve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import ProductView, WindowView

#: Marks that one badge holds; more are counted.
MOST_MARKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorEntry:
    """
    Stretches of a corridor that follow one another in one window.

    Attributes
    ----------
    km : float
        Length of all stretches.
    part : (float, float) or None
        From km to km, where a single segment is asked for in part.
    """

    mark: str
    segment_ids: list[str]
    km: float
    part: tuple[float, float] | None
    window: WindowView


def corridor_entries(product: ProductView) -> list[CorridorEntry]:
    """Corridors of a product, one entry for each window."""
    whole_km = {segment.segment_id: segment.km_mid for segment in product.segments}
    found = []
    for corridor in product.corridors:
        for window, group in groupby(corridor.stretches, key=lambda stretch: stretch.window):
            stretches = list(group)
            km = sum(stretch.km.high - stretch.km.low for stretch in stretches)
            one = stretches[0]
            is_part = len(stretches) == 1 and km < 0.95 * whole_km.get(one.segment_id, km)
            found.append(
                CorridorEntry(
                    mark=corridor.mark,
                    segment_ids=[stretch.segment_id for stretch in stretches],
                    km=km,
                    part=(one.km.low, one.km.high) if is_part else None,
                    window=window,
                )
            )
    return found


def draw_corridors(scene: Scene) -> list[Badge]:
    """Draw requested corridors as sleeves; returns a badge for each set that shares a road."""
    marks_on: dict[str, tuple[str, ...]] = {}
    spans: set[tuple[str, float, float]] = set()
    whole_km = {segment.segment_id: max(segment.km_mid, 1e-6) for segment in scene.product.segments}
    for corridor in scene.product.corridors:
        for stretch in corridor.stretches:
            key = stretch.segment_id
            if key in scene.lines:
                start, end = (
                    min(1.0, km / whole_km[key]) for km in (stretch.km.low, stretch.km.high)
                )
                spans.add((key, start, end))
                marks_on[key] = tuple(dict.fromkeys((*marks_on.get(key, ()), corridor.mark)))
    for key, start, end in sorted(spans):
        draw_sleeve(scene, strokes.part(scene.lines[key], start, end), reach=1.75, width_pt=1.5)
    in_order = sorted(marks_on.items(), key=lambda entry: (entry[1], entry[0]))
    return [
        _badge(scene, together, [key for key, _ in group])
        for together, group in groupby(in_order, key=lambda entry: entry[1])
    ]


def _badge(scene: Scene, together: tuple[str, ...], keys: Sequence[str]) -> Badge:
    shown = together if len(together) <= MOST_MARKS else together[: MOST_MARKS - 1]
    more = f" +{len(together) - len(shown)}" if len(together) > len(shown) else ""
    text = " ".join(shown) + more
    by_length = sorted(keys, key=lambda key: (-strokes.length_mm(scene.lines[key]), key))
    spots = [
        strokes.place(strokes.beside(scene.lines[key], side * scene.sheet.scale), fraction)
        for key in by_length[:3]
        for side in (5.2, 7.0, -5.2, -7.0)
        for fraction in ALONG
    ]
    return Badge(
        text=f"[{text}]",
        spots=spots,
        draw=lambda x, y: marks.draw_corridor_badge(scene.sheet, x, y, text),
    )
