"""Roads: casing for the class, fill for exposure or state, dots where there is no information."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo import facts
from cmcoord_geo.render.printmap import strokes, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.projection import Projection
    from cmcoord_geo.render.printmap.raster import Raster
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.views import SegmentView

#: Width of a road without information and of a lesser class, where there are streets.
LESSER_PT = 1.1
#: A regional road is drawn this much narrower than a national one.
REGIONAL = 0.82
BREAK_FROM_MM = 13.0
#: Millimetres on A3 between the strokes of a hatched road.
HATCH_MM = 2.2
#: Between two lines that are drawn in one go.
_GAP = np.full((1, 2), np.nan)


def road_lines(
    segments: Iterable[SegmentView], project: Projection
) -> dict[str, NDArray[np.float64]]:
    """Lines on the sheet by segment id."""
    return {segment.segment_id: project(segment.line) for segment in segments}


def is_main(segment: SegmentView) -> bool:
    """Whether a road has the black edge of a national one; of a surveyed network its main classes."""
    if not segment.title:
        return segment.road_class == "national"
    row = facts.road_classes().get(segment.road_class)
    return row is not None and row.is_main and segment.road_class != "ferry"


def road_style(segment: SegmentView) -> tokens.RoadStyle | None:
    """Style of a segment's fill; None where there is no information."""
    if segment.exposure_class is not None:
        return tokens.EXPOSURE.get(segment.exposure_class)
    styles = tokens.REPORTED_STATE if segment.is_state_reported else tokens.DEFAULT_STATE
    return styles.get(segment.state)


def draw_road(
    sheet: Sheet,
    line: NDArray[np.float64],
    style: tokens.RoadStyle | None,
    *,
    is_national: bool,
    z: float = 3.0,
) -> None:
    """Draw one stretch of road."""
    share = 1.0 if is_national else REGIONAL
    if style is None:
        sheet.line(line, color=tokens.PAPER, width_pt=3.0, z=z)
        sheet.line(
            line,
            color=tokens.NO_INFORMATION,
            width_pt=2.3 * share,
            dashes=(0.1, 1.9),
            cap="round",
            z=z + 0.01,
        )
        return
    width = style.width_pt * share
    casing, edge = ("#000000", 1.1) if is_national else ("#8a8a8a", 0.77)
    sheet.line(line, color=casing, width_pt=width + edge, z=z)
    has_gaps = style.dashes is not None and not style.is_rungs
    sheet.line(line, color=tokens.PAPER if has_gaps else style.color, width_pt=width, z=z + 0.01)
    if style.dashes is not None:
        over = tokens.PAPER if style.is_rungs else style.color
        sheet.line(line, color=over, width_pt=width, dashes=style.dashes, z=z + 0.02)


def draw_roads(
    sheet: Sheet,
    segments: Iterable[SegmentView],
    lines: Mapping[str, NDArray[np.float64]],
    raster: Raster,
) -> None:
    """Draw all segments, the most exposed on top; surveyed ones that look alike in one go."""
    ranked = sorted(segments, key=lambda s: (s.exposure_class or 0, is_main(s)))
    alike: dict[tuple[tokens.RoadStyle | None, bool], list[NDArray[np.float64]]] = {}
    for rank, segment in enumerate(ranked):
        line = lines[segment.segment_id]
        is_national, style = is_main(segment), road_style(segment)
        if segment.title:
            alike.setdefault((style, is_national), []).extend((line, _GAP))
        else:
            draw_road(sheet, line, style, is_national=is_national, z=3 + rank * 1e-3)
        raster.line(line, width_mm=1.8 * sheet.scale, cost=70.0)
        if segment.stale_at is not None:
            draw_hatch(sheet, line)
        if segment.is_schematic:
            draw_break(sheet, line)
    for rank, ((style, is_national), rows) in enumerate(alike.items()):
        together, z = np.vstack(rows), 3 + rank * 0.1
        if style is None and not is_national:
            _draw_dots(sheet, together, z=z)
        else:
            draw_road(sheet, together, style, is_national=is_national, z=z)


def _draw_dots(sheet: Sheet, line: NDArray[np.float64], *, z: float) -> None:
    """Draw lesser roads without information: thin, for there are many."""
    sheet.line(
        line,
        color=tokens.NO_INFORMATION,
        width_pt=LESSER_PT,
        dashes=(0.1, 1.9),
        cap="round",
        z=z,
    )


def draw_hatch(sheet: Sheet, line: NDArray[np.float64]) -> None:
    """Slanted strokes across a road whose last report no longer speaks: its state is unknown."""
    whole = strokes.length_mm(line)
    count = int(whole / (HATCH_MM * sheet.scale))
    for i in range(count):
        here, ahead = (
            np.array(strokes.place(line, min((i + step) / count, 1.0))) for step in (0.4, 0.6)
        )
        along = (ahead - here) / max(float(np.hypot(*(ahead - here))), 1e-9)
        slant = (np.array([-along[1], along[0]]) + 0.6 * along) * 0.8 * sheet.scale
        middle = (here + ahead) / 2
        sheet.line(
            np.vstack([middle - slant, middle + slant]), color=tokens.INK, width_pt=0.6, z=3.45
        )


def draw_break(sheet: Sheet, line: NDArray[np.float64]) -> None:
    """Break mark ``//`` across a schematic line: its length is true, its course is not."""
    if strokes.length_mm(line) < BREAK_FROM_MM * sheet.scale:
        return
    ahead = (line[-1] - line[0]) / np.hypot(*(line[-1] - line[0]))
    across = np.array([-ahead[1], ahead[0]])
    slant = (across + 0.5 * ahead) * 1.05 * sheet.scale
    middle = np.array(strokes.place(line, 0.5))
    for side in (-0.36, 0.36):
        centre = middle + ahead * side * sheet.scale
        stroke = np.vstack([centre - slant, centre + slant])
        sheet.line(stroke, color=tokens.PAPER, width_pt=1.7, z=3.5)
        sheet.line(stroke, color=tokens.INK, width_pt=0.7, z=3.51)
