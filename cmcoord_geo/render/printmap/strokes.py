"""Lines on the sheet: a place along one, a part of one, and the side of the road that belongs to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString, offset_curve
from shapely.ops import substring

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Line = NDArray[np.float64]

#: Millimetres on A3: road to first lane, lane to lane, all lanes of a side, and what is cut off near a town.
FIRST_LANE_MM, LANE_MM, SIDE_MM, TRIM_MM = 2.5, 1.35, 9.0, 1.3
#: Points north by west (x, y; y grows downwards): the side of the road on which humanitarians are drawn.
HUMANITARIAN_SIDE = np.array([-0.42, -0.91])


def length_mm(line: Line) -> float:
    """Length of a line ``(n, 2)``."""
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def part(line: Line, start: float, end: float) -> Line:
    """Part of a line between two fractions of its length; reversed when start > end."""
    found = substring(LineString(line), start, end, normalized=True)
    points = np.asarray(found.coords, dtype=np.float64)
    return points if len(points) > 1 else np.vstack([points, points])


def trimmed(line: Line, start_mm: float, end_mm: float) -> Line:
    """Line without its first and last millimetres, though never less than its middle third."""
    whole = length_mm(line)
    if whole == 0.0:
        return line
    return part(line, min(start_mm / whole, 1 / 3), 1 - min(end_mm / whole, 1 / 3))


def place(line: Line, fraction: float) -> tuple[float, float]:
    """Point at a fraction of the length."""
    point = LineString(line).interpolate(fraction, normalized=True)
    return float(point.x), float(point.y)


def humanitarian_normal(line: Line) -> NDArray[np.float64]:
    """Unit normal of a line's chord to the north, or to the west where it runs north and south."""
    chord = line[-1] - line[0]
    size = float(np.hypot(*chord))
    if size == 0.0:
        return np.asarray(HUMANITARIAN_SIDE / np.hypot(*HUMANITARIAN_SIDE))
    normal = np.array([chord[1], -chord[0]]) / size
    return np.asarray(normal if normal @ HUMANITARIAN_SIDE > 0 else -normal)


def beside(line: Line, distance_mm: float) -> Line:
    """
    Line in parallel, on the humanitarian side; a negative distance gives the patrols' side.

    The direction of the line is kept.
    """
    chord = line[-1] - line[0]
    normal = humanitarian_normal(line)
    if len(line) == 2:
        return np.asarray(line + normal * distance_mm)
    turns_left = chord[0] * normal[1] - chord[1] * normal[0] > 0
    curve = offset_curve(
        LineString(line), distance_mm if turns_left else -distance_mm, join_style="mitre"
    )
    pieces = [piece for piece in getattr(curve, "geoms", [curve]) if not piece.is_empty]
    if not pieces:
        return np.asarray(line + normal * distance_mm)
    points = np.asarray(max(pieces, key=lambda piece: piece.length).coords, dtype=np.float64)
    return points if (points[-1] - points[0]) @ chord >= 0 else points[::-1]


def lanes(uses: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """
    Lane of each user of roads: the innermost that no earlier user of one of its segments holds.

    Examples
    --------
    >>> lanes({"H1": ["a", "b"], "H2": ["c"], "H3": ["b", "c"]})
    {'H1': 0, 'H2': 0, 'H3': 1}
    """
    held: dict[str, set[int]] = {}
    found: dict[str, int] = {}
    for mark, segment_ids in uses.items():
        segments = list(segment_ids)
        taken = set().union(*(held.get(key, set()) for key in segments))
        lane = next(number for number in range(len(taken) + 1) if number not in taken)
        found[mark] = lane
        for key in segments:
            held.setdefault(key, set()).add(lane)
    return found


def offsets_mm(uses: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """Distance of each user's lane from the road, in millimetres on A3; many lanes lie closer together."""
    lane = lanes(uses)
    pitch = min(LANE_MM, SIDE_MM / (1 + max(lane.values(), default=0)))
    return {mark: FIRST_LANE_MM + number * pitch for mark, number in lane.items()}
