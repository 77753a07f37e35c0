"""
Roads around positions: all within a distance, and the nearest; exact distance to each straight part.

A small question is answered in numpy, all parts at once; a large one by a grid over the lines, compiled.
Both use the one formula :func:`_squared`, so the answer does not depend on the size of the question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from cmcoord_geo.compiled import compiled
from cmcoord_geo.network.scale import metres_per_degree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network.lines import Lines

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: A number, or an array of them.
_N = TypeVar("_N", float, "NDArray[np.float64]")
#: Positions times points of lines up to which numpy answers sooner than a compiler starts.
SMALL = 5_000_000
_AT_ONCE = 500_000
_MOST_CELLS = 4_000_000
_NOTHING = 1e-18
#: Room for rounding where lines are only looked through, not measured.
_MORE = 1 + 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Near:
    """
    Lines within a distance of each position.

    Attributes
    ----------
    begin, count : ndarray of int64, shape (n,)
        Those of position ``i`` are ``count[i]`` rows from ``begin[i]``, in no particular order.
    line : ndarray of int32, shape (k,)
    away_m : ndarray of float64, shape (k,)
        Empty where distances were not asked for.
    """

    begin: NDArray[np.int64]
    count: NDArray[np.int64]
    line: NDArray[np.int32]
    away_m: NDArray[np.float64]

    def of(self, position: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Lines near one position, in their order, and metres to each."""
        run = slice(self.begin[position], self.begin[position] + self.count[position])
        order = np.argsort(self.line[run])
        return self.line[run][order], self.away_m[run][order] if len(self.away_m) else self.away_m


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nearest:
    """
    Line nearest to each position.

    Attributes
    ----------
    line : ndarray of int64, shape (n,)
        -1 where none is within the distance.
    fraction : ndarray of float64, shape (n,)
        Along the line by its drawn length; NaN where there is none.
    away_m : ndarray of float64, shape (n,)
        Infinite where there is none.
    """

    line: NDArray[np.int64]
    fraction: NDArray[np.float64]
    away_m: NDArray[np.float64]


def lines_within(
    positions: NDArray[np.float64],
    lines: Lines,
    *,
    within_m: float,
    scale: NDArray[np.float64] | None = None,
    is_measuring: bool = True,
    small: int = SMALL,
) -> Near:
    """
    Every line within a distance of each position.

    Parameters
    ----------
    positions : ndarray of float64, shape (n, 2)
        Longitude and latitude; a position that is not finite is near nothing.
    lines : Lines
        Each of two points or more.
    within_m : float
        The bound itself counts as within.
    scale : ndarray of float64, shape (n, 2), optional
        Metres of one unit of the plane at each position; by default the positions are degrees, each measured
        at its own latitude (:func:`~cmcoord_geo.network.scale.metres_per_degree`).
    is_measuring : bool
        False where only the lines are wanted and no distances, in half the time.
    small : int
        Largest question that is answered without the compiler.
    """
    question = _Question.of(positions, lines, within_m, scale)
    if question.size <= max(small, 0):
        near = _within_of_small(question)
        return near if is_measuring else replace(near, away_m=near.away_m[:0])
    grid = _Grid.of(question)
    begin, count, line, away_m = compiled(_within, makes_arrays=True)(
        is_measuring, *grid.arrays, *question.arrays
    )
    return Near(begin=begin, count=count, line=line, away_m=away_m)


def nearest_lines(
    positions: NDArray[np.float64], lines: Lines, *, within_m: float, small: int = SMALL
) -> Nearest:
    """
    Line nearest to each position, among those within a distance; of two alike the first.

    Parameters
    ----------
    positions : ndarray of float64, shape (n, 2)
        Longitude and latitude; a position that is not finite is near nothing.
    lines : Lines
        Each of two points or more.
    within_m : float
    small : int
        Largest question that is answered without the compiler.
    """
    question = _Question.of(positions, lines, within_m, None)
    if question.size <= max(small, 0):
        best, point, share = _nearest_of_small(question)
    else:
        best, point, share = compiled(_nearest, makes_arrays=True)(
            *_Grid.of(question).arrays, *question.arrays
        )
    is_near = best <= within_m**2
    point, share = point[is_near], share[is_near]
    owner = np.searchsorted(lines.first, point, side="right") - 1
    along = lines.along()
    at = along[point] + share * (along[point + 1] - along[point])
    line, fraction = np.full(len(positions), -1), np.full(len(positions), np.nan)
    line[is_near] = owner
    fraction[is_near] = at / np.maximum(along[lines.first[owner + 1] - 1], _NOTHING)
    return Nearest(line=line, fraction=fraction, away_m=np.where(is_near, np.sqrt(best), np.inf))


def _squared(ax: _N, ay: _N, bx: _N, by: _N) -> tuple[_N, _N]:
    """Squared distance from the origin to the part from a to b, and the share of it where it is nearest."""
    dx, dy = bx - ax, by - ay
    along = -(ax * dx + ay * dy) / np.maximum(dx * dx + dy * dy, _NOTHING)
    share = np.minimum(np.maximum(along, 0.0), 1.0)
    x, y = ax + share * dx, ay + share * dy
    return x * x + y * y, share


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Question:
    """Positions with their scales, and the lines."""

    positions: NDArray[np.float64]
    scale: NDArray[np.float64]
    lines: Lines
    within_m: float

    @classmethod
    def of(
        cls,
        positions: NDArray[np.float64],
        lines: Lines,
        within_m: float,
        scale: NDArray[np.float64] | None,
    ) -> _Question:
        there = np.array(positions, dtype=np.float64).reshape(-1, 2)
        there[~np.isfinite(there).all(axis=1)] = np.nan
        measure = metres_per_degree(there[:, 1]) if scale is None else scale
        return cls(positions=there, scale=measure, lines=lines, within_m=within_m)

    @property
    def size(self) -> int:
        return int(np.isfinite(self.positions[:, 0]).sum()) * len(self.lines.points)

    @property
    def arrays(self) -> tuple[Any, ...]:
        """What the compiled loops read."""
        return (
            self.positions, self.scale, float(self.within_m**2), self.lines.points, self.lines.first
        )  # fmt: skip


def _by_block(question: _Question) -> Iterator[tuple[slice, Any, Any]]:
    """Squared distances and shares, shape (positions, parts), for a block of known positions at a time."""
    step = max(1, _AT_ONCE // max(1, len(question.lines.points)))
    is_part = np.ones(len(question.lines.points), dtype=bool)
    is_part[question.lines.first[1:] - 1] = False
    parts = np.flatnonzero(is_part)
    start, end = question.lines.points[parts].T, question.lines.points[parts + 1].T
    for first in range(0, len(question.positions), step):
        block = slice(first, first + step)
        spots, scale = question.positions[block, :, None], question.scale[block, :, None]
        a, b = (start - spots) * scale, (end - spots) * scale
        squared, share = _squared(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
        yield block, np.where(np.isfinite(squared), squared, np.inf), share


def _within_of_small(question: _Question) -> Near:
    each = question.lines.first[:-1] - np.arange(len(question.lines))
    counts = [np.zeros(0, np.int64)]
    lines, away_m = [np.zeros(0, np.int32)], [np.zeros(0)]
    for _, squared, _ in _by_block(question):
        by_line = np.minimum.reduceat(squared, each, axis=1)
        is_near = by_line <= question.within_m**2
        counts.append(is_near.sum(axis=1))
        lines.append(np.nonzero(is_near)[1].astype(np.int32))
        away_m.append(np.sqrt(by_line[is_near]))
    count = np.concatenate(counts)
    return Near(
        begin=np.cumsum(count) - count,
        count=count,
        line=np.concatenate(lines),
        away_m=np.concatenate(away_m),
    )


def _nearest_of_small(question: _Question) -> tuple[Floats, Ints, Floats]:
    count, lines = len(question.positions), question.lines
    best, share = np.full(count, np.inf), np.zeros(count)
    point = np.zeros(count, dtype=np.int64)
    ends = lines.first[1:] - 1 - np.arange(len(lines))
    for block, squared, shares in _by_block(question):
        at = squared.argmin(axis=1)
        rows = np.arange(len(at))
        best[block], share[block] = squared[rows, at], shares[rows, at]
        point[block] = at + np.searchsorted(ends, at, side="right")
    return best, point, share


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Grid:
    """Lines by the cells that their boxes touch; a row of cells is one run of lines."""

    arrays: tuple[Any, ...]

    @classmethod
    def of(cls, question: _Question) -> _Grid:
        lines = question.lines
        starts = lines.first[:-1]
        low = np.minimum.reduceat(lines.points, starts, axis=0)
        high = np.maximum.reduceat(lines.points, starts, axis=0)
        corner, span = low.min(axis=0), high.max(axis=0) - low.min(axis=0)
        cell = question.within_m / 2 / np.nanmin(question.scale, axis=0)
        cell = np.maximum(np.maximum(cell, span / np.sqrt(_MOST_CELLS)), _NOTHING)
        shape = np.floor(span / cell).astype(np.int64) + 1
        boxes = np.column_stack([low, high])
        first, filed = compiled(_file, makes_arrays=True)(boxes, corner, cell, shape)
        order = _by_cell(question.positions, corner, cell, shape)
        return cls(arrays=(order, first, filed, boxes, corner, cell, shape))


def _by_cell(positions: Floats, corner: Floats, cell: Floats, shape: Ints) -> NDArray[np.int64]:
    """Positions in the order of their cells: neighbours ask for the same lines one after the other."""
    known = np.flatnonzero(np.isfinite(positions).all(axis=1))
    at = np.clip(np.floor((positions[known] - corner) / cell), 0, shape - 1).astype(np.int64)
    return known[np.argsort(at[:, 1] * shape[0] + at[:, 0], kind="stable")]


def _file(
    boxes: Floats, corner: Floats, cell: Floats, shape: Ints
) -> tuple[Ints, NDArray[np.int32]]:
    """Lines of each cell: first of each cell, and the lines of all cells one after the other."""
    first = np.zeros(shape[0] * shape[1] + 1, np.int64)
    filed, free = np.empty(0, np.int32), first
    for is_filing in (False, True):
        if is_filing:
            first = np.concatenate((np.zeros(1, np.int64), np.cumsum(first[:-1])))
            filed = np.empty(first[-1], np.int32)
            free = first.copy()
        for line in range(len(boxes)):
            left = int((boxes[line, 0] - corner[0]) / cell[0])
            right = int((boxes[line, 2] - corner[0]) / cell[0])
            bottom = int((boxes[line, 1] - corner[1]) / cell[1])
            top = int((boxes[line, 3] - corner[1]) / cell[1])
            for row in range(bottom, top + 1):
                for at in range(row * shape[0] + left, row * shape[0] + right + 1):
                    if is_filing:
                        filed[free[at]] = line
                        free[at] += 1
                    else:
                        first[at] += 1
    return first, filed


def _cells(x: float, reach: float, corner: float, cell: float, count: int) -> tuple[int, int]:
    """First and last cell within reach of a position along one axis; last before first where none."""
    wide = reach * _MORE
    last = min(floor((x + wide - corner) / cell), count - 1.0)
    return int(max(floor((x - wide - corner) / cell), 0.0)), int(max(last, -1.0))


def _gap(x: float, y: float, u: float, v: float, box: Floats) -> float:
    """Squared distance from a position to a box, never above the truth by rounding."""
    east = max(box[0] - x, x - box[2], 0.0) * u
    north = max(box[1] - y, y - box[3], 0.0) * v
    gap: float = (east * east + north * north) / _MORE
    return gap


def _span(x: float, y: float, u: float, v: float, box: Floats) -> float:
    """Squared distance from a position to the far corner of a box, never below the truth by rounding."""
    east = max(x - box[0], box[2] - x) * u
    north = max(y - box[1], box[3] - y) * v
    span: float = (east * east + north * north) * _MORE
    return span


def _reaches(
    x: float, y: float, u: float, v: float, points: Floats, a: int, b: int, within: float
) -> bool:  # fmt: skip
    """Whether points a to b of a line come within a squared distance: the first part that does is enough."""
    ax, ay = (points[a, 0] - x) * u, (points[a, 1] - y) * v
    for i in range(a + 1, b):
        bx, by = (points[i, 0] - x) * u, (points[i, 1] - y) * v
        squared, _ = _squared(ax, ay, bx, by)
        if squared <= within:
            return True
        ax, ay = bx, by
    return False


def _least(x: float, y: float, u: float, v: float, points: Floats, a: int, b: int) -> float:
    """Least squared distance to points a to b of a line."""
    best = np.inf
    ax, ay = (points[a, 0] - x) * u, (points[a, 1] - y) * v
    for i in range(a + 1, b):
        bx, by = (points[i, 0] - x) * u, (points[i, 1] - y) * v
        squared, _ = _squared(ax, ay, bx, by)
        best = min(best, squared)
        ax, ay = bx, by
    return best


def _foot(
    x: float, y: float, u: float, v: float, points: Floats, a: int, b: int
) -> tuple[float, int, float]:
    """Least squared distance to points a to b of a line, the part where it is, and the share of it."""
    best, at, where = np.inf, a, 0.0
    for i in range(a, b - 1):
        squared, share = _squared(
            (points[i, 0] - x) * u, (points[i, 1] - y) * v,
            (points[i + 1, 0] - x) * u, (points[i + 1, 1] - y) * v,
        )  # fmt: skip
        if squared < best:
            best, at, where = squared, i, share
    return best, at, where


def _within(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    is_measuring: bool,  # noqa: FBT001
    order: Ints, first: Ints, filed: NDArray[np.int32], boxes: Floats, corner: Floats,
    cell: Floats, shape: Ints, positions: Floats, scale: Floats, within: float, points: Floats, starts: Ints,
) -> tuple[Ints, Ints, NDArray[np.int32], Floats]:  # fmt: skip
    """Lines within a distance of each position, and how far away."""
    room = 200 * len(order) + 1  # untouched room costs nothing, moving what was found does
    lines, away = np.empty(room, np.int32), np.empty(room if is_measuring else 0, np.float64)
    begin, counts = np.zeros(len(positions), np.int64), np.zeros(len(positions), np.int64)
    asked, count = np.full(len(boxes), -1, np.int32), 0
    for p in order:
        x, y, u, v = positions[p, 0], positions[p, 1], scale[p, 0], scale[p, 1]
        begin[p] = count
        left, right = _cells(x, np.sqrt(within) / u, corner[0], cell[0], shape[0])
        bottom, top = _cells(y, np.sqrt(within) / v, corner[1], cell[1], shape[1])
        if left > right:
            continue
        for row in range(bottom, top + 1):
            for k in range(first[row * shape[0] + left], first[row * shape[0] + right + 1]):
                line = filed[k]
                if asked[line] == p:
                    continue
                asked[line] = p
                if _gap(x, y, u, v, boxes[line]) > within:
                    continue
                a, b, best = starts[line], starts[line + 1], 0.0
                if is_measuring:
                    best = _least(x, y, u, v, points, a, b)
                    if best > within:
                        continue
                elif _span(x, y, u, v, boxes[line]) > within and not _reaches(
                    x, y, u, v, points, a, b, within
                ):
                    continue
                if count == len(lines):
                    lines = np.append(lines, np.empty(room, np.int32))
                    away = np.append(away, np.empty(room if is_measuring else 0, np.float64))
                    room = len(lines)
                lines[count] = line
                if is_measuring:
                    away[count] = np.sqrt(best)
                count += 1
        counts[p] = count - begin[p]
    return begin, counts, lines[:count], away[:count]


def _nearest(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    order: Ints, first: Ints, filed: NDArray[np.int32], boxes: Floats, corner: Floats,
    cell: Floats, shape: Ints, positions: Floats, scale: Floats, within: float, points: Floats, starts: Ints,
) -> tuple[Floats, Ints, Floats]:  # fmt: skip
    """Least squared distance of each position, the part where it is, and the share of it."""
    best, share = np.full(len(positions), np.inf), np.zeros(len(positions))
    point = np.zeros(len(positions), np.int64)
    for p in order:
        x, y, u, v = positions[p, 0], positions[p, 1], scale[p, 0], scale[p, 1]
        left, right = _cells(x, np.sqrt(within) / u, corner[0], cell[0], shape[0])
        bottom, top = _cells(y, np.sqrt(within) / v, corner[1], cell[1], shape[1])
        if left > right:
            continue
        for row in range(bottom, top + 1):
            for k in range(first[row * shape[0] + left], first[row * shape[0] + right + 1]):
                line = filed[k]
                if _gap(x, y, u, v, boxes[line]) > min(best[p], within):
                    continue
                if _least(x, y, u, v, points, starts[line], starts[line + 1]) > best[p]:
                    continue
                squared, at, where = _foot(x, y, u, v, points, starts[line], starts[line + 1])
                if squared < best[p] or (squared == best[p] and at < point[p]):
                    best[p], point[p], share[p] = squared, at, where
    return best, point, share
