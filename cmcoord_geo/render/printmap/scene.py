"""What every part of the drawing is handed: sheet, projection, raster, product and language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cmcoord_geo.facts import road_classes
from cmcoord_geo.i18n.roads import said_road

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.boxes import Box
    from cmcoord_geo.render.printmap.labels import Label, Placed
    from cmcoord_geo.render.printmap.projection import Projection
    from cmcoord_geo.render.printmap.raster import Raster
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.views import ProductView, SegmentView


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """
    One product on one sheet.

    Attributes
    ----------
    lines : mapping
        Line on the sheet of each segment that is drawn, by segment id.
    labels : list of Label
        What wants to be named once everything else has its place.
    placed, left_out : list
        Labels with their places, and those for which there was none.
    panels : dict
        Box of each panel by its name.
    """

    sheet: Sheet
    project: Projection
    raster: Raster
    product: ProductView
    lang: Lang
    lines: Mapping[str, NDArray[np.float64]]
    labels: list[Label] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    left_out: list[Label] = field(default_factory=list)
    panels: dict[str, Box] = field(default_factory=dict)

    @property
    def is_large(self) -> bool:
        """Whether the sheet has room for the names of crossings and the like."""
        return self.sheet.scale >= 1.0

    def place_name(self, place_id: str) -> str:
        """Name of a place; its id when the product does not hold it."""
        return self.places.get(place_id, place_id)

    @property
    def places(self) -> Mapping[str, str]:
        """Names by place id."""
        return {place.place_id: place.name for place in self.product.places}

    def stretch_name(self, segment_ids: list[str]) -> str:
        """Ends of a chain of segments, such as "Sibut – Grimari"; a ring has its first places instead."""
        held = {segment.segment_id: segment for segment in self.product.segments}
        driven = [held[key] for key in dict.fromkeys(segment_ids) if key in held]
        if driven and all(segment.title for segment in driven):
            return _titles(driven, self.lang)
        passed = [place_id for segment in driven for place_id in (segment.start, segment.end)]
        ends = [place_id for place_id in passed if passed.count(place_id) % 2]
        shown = list(dict.fromkeys(ends or passed or segment_ids))
        return " – ".join(self.place_name(place_id) for place_id in shown[:2])


def _titles(driven: list[SegmentView], lang: Lang) -> str:
    """Names of the two longest roads among surveyed ones, in their order; among named ones no nameless."""
    km: dict[str, float] = {}
    for segment in driven:
        km[segment.title] = km.get(segment.title, 0.0) + segment.km_mid
    longest = sorted(km, key=lambda title: -km[title])[:2]
    named = [title for title in km if title in longest and title not in road_classes()]
    return ", ".join(named or [said_road(longest[0])[lang]])
