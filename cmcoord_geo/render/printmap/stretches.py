"""Closed and restricted stretches along their whole length: a sign every so often, a bar at each end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.render.printmap import strokes, tokens
from cmcoord_geo.render.printmap.boxes import box_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.views import ClosureView

    Line = NDArray[np.float64]

#: Strokes, each from one spot to another.
Sign = tuple[tuple[tuple[float, float], tuple[float, float]], ...]

#: Millimetres on A3: from sign to sign, half a sign, and how near to another sign or the mark none stands.
_EVERY_MM, REACH_MM, _AWAY_MM, _MARK_MM = 6.0, 0.85, 2.6, 4.0
#: Strokes of a sign, each from (ahead, aside) to (ahead, aside) in half signs.
_BAR: Sign = (((0.0, -2.0), (0.0, 2.0)),)
_STROKE: Sign = (((-1.0, -1.0), (1.0, 1.0)),)
_CROSS: Sign = (*_STROKE, ((-1.0, 1.0), (1.0, -1.0)))


def draw_stretches(scene: Scene) -> None:
    """Draw the signs of every reported stretch; its first mark is drawn by :func:`.points.draw_marks`."""
    for closure in scene.product.closures:
        lines = [
            strokes.part(scene.lines[key], low, high)
            for key, low, high in closure.along
            if key in scene.lines
        ]
        if lines and closure.segment_id in scene.lines:
            _draw(scene, closure, lines)


def _draw(scene: Scene, closure: ClosureView, lines: Sequence[Line]) -> None:
    mark = np.array(strokes.place(scene.lines[closure.segment_id], closure.fraction))
    reach = REACH_MM * scene.sheet.scale
    for at in draw_signs(scene.sheet, lines, is_closed=closure.state == "closed", mark=mark):
        scene.raster.block(box_about(float(at[0]), float(at[1]), reach))


def draw_signs(
    sheet: Sheet, lines: Sequence[Line], *, is_closed: bool, mark: Line | None = None
) -> list[Line]:
    """Draw a bar at each end of some lines and signs along them, away from a mark; where they stand."""
    k = sheet.scale
    taken = [] if mark is None else [(mark, _MARK_MM)]
    inner = _CROSS if is_closed else _STROKE
    wanted = [(at, along, _BAR) for at, along in _ends(lines)]
    wanted += [(at, along, inner) for at, along in _spots(lines, _EVERY_MM * k)]
    found = []
    for at, along, sign in wanted:
        if all(float(np.hypot(*(at - other))) >= away_mm * k for other, away_mm in taken):
            taken.append((at, _AWAY_MM))
            found.append(at)
            _sign(sheet, at, along, sign)
    return found


def _ends(lines: Iterable[Line]) -> Iterator[tuple[Line, Line]]:
    """Ends that no other line goes on from, with the direction of the road there."""
    found = [(line[0], line[1] - line[0]) for one in lines for line in (one, np.asarray(one[::-1]))]
    for at, along in found:
        if sum(float(np.hypot(*(at - other))) < 0.3 for other, _ in found) == 1:
            yield at, along


def _spots(lines: Iterable[Line], every_mm: float) -> Iterator[tuple[Line, Line]]:
    """Places at equal distances along each line, half a distance from its ends, and the direction there."""
    for line in lines:
        whole = strokes.length_mm(line)
        for i in range(max(1, round(whole / every_mm))) if whole else ():
            share = (i + 0.5) / max(1, round(whole / every_mm))
            near = strokes.part(line, max(share - 0.01, 0.0), min(share + 0.01, 1.0))
            yield np.array(strokes.place(line, share)), near[-1] - near[0]


def _sign(
    sheet: Sheet,
    at: Line,
    along: Line,
    sign: Sign,
) -> None:
    ahead = along / (float(np.hypot(*along)) or 1.0) * REACH_MM * sheet.scale
    aside = np.array([-ahead[1], ahead[0]])
    lines = [[tuple(at + a * ahead + b * aside) for a, b in stroke] for stroke in sign]
    for color, width_pt, z in ((tokens.PAPER, 2.6, 7.6), (tokens.INK, 1.2, 7.7)):
        for points in lines:
            sheet.line(points, color=color, width_pt=width_pt, z=z)
