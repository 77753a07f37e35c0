"""
Two users of a road, in whole numbers, and whether they come near one another, in exact rationals.

Shares no code with the package: the times that both may be there cut a rectangle of positions down, corner by
corner (Sutherland and Hodgman), and the nearest pair of positions is looked for on what is left of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from cmcoord_geo.planning.approach import Bands

Point = tuple[Fraction, Fraction]
Linear = tuple[Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class Band:
    """A straight piece: ends in the plane, first and last moment at both."""

    start: tuple[int, int]
    end: tuple[int, int]
    first: tuple[int, int]
    last: tuple[int, int]


def random_band(rng: np.random.Generator, *, along: bool) -> Band:
    """Piece of some kilometres within some hours; along one road, or anywhere; one in six stands still."""
    xs, ys = rng.integers(0, 3000, 2), rng.integers(0, 3000, 2)
    if along:
        xs, ys = np.sort(xs), np.zeros(2, int)
    if rng.random() < 1 / 6:
        xs[1], ys[1] = xs[0], ys[0]
    first = np.sort(rng.integers(0, 3600, 2))
    if rng.random() < 0.5:
        first = first[::-1]
    last = first + rng.integers(0, 2500, 2)
    return Band(
        (int(xs[0]), int(ys[0])),
        (int(xs[1]), int(ys[1])),
        (int(first[0]), int(first[1])),
        (int(last[0]), int(last[1])),
    )


def bands_of(bands: list[Band]) -> Bands:
    """The same as columns."""
    start, end = (np.array([getattr(b, side) for b in bands], float) for side in ("start", "end"))
    return Bands(
        start=start,
        step=end - start,
        first_s=np.array([b.first for b in bands], float),
        last_s=np.array([b.last for b in bands], float),
    )


def limits(a: Band, b: Band, buffer: Fraction) -> tuple[Linear, Linear]:
    """Linear forms ``c + p u + q v`` that are at most 0 where both may be there."""

    def lag(one: Band, two: Band) -> tuple[Fraction, Fraction, Fraction]:
        return (
            Fraction(one.first[0] - two.last[0]) - buffer,
            Fraction(one.first[1] - one.first[0]),
            Fraction(two.last[0] - two.last[1]),
        )

    ahead, behind = lag(a, b), lag(b, a)
    return ahead, (behind[0], behind[2], behind[1])


def value(form: Linear, point: Point) -> Fraction:
    return form[0] + form[1] * point[0] + form[2] * point[1]


def clipped(polygon: list[Point], form: Linear) -> list[Point]:
    """What of a convex polygon lies where a form is at most 0, its edge included."""
    found: list[Point] = []
    for here, there in pairwise([*polygon, *polygon[:1]]):
        at_here, at_there = value(form, here), value(form, there)
        if at_here <= 0:
            found.append(here)
        if at_here * at_there < 0:
            w = at_here / (at_here - at_there)
            found.append((here[0] + w * (there[0] - here[0]), here[1] + w * (there[1] - here[1])))
    if len(polygon) == 1 and value(form, polygon[0]) <= 0:
        return polygon
    return found


SQUARE: list[Point] = [(Fraction(u), Fraction(v)) for u, v in ((0, 0), (1, 0), (1, 1), (0, 1))]


def together(a: Band, b: Band, buffer: Fraction) -> list[Point]:
    """Corners of the positions at which both may be at one time."""
    polygon = SQUARE
    for form in limits(a, b, buffer):
        polygon = clipped(polygon, form) if polygon else polygon
    return polygon


def least_square(a: Band, b: Band, buffer: Fraction = Fraction(0)) -> Fraction | None:
    """Square of the least distance at times within the buffer; None where there is no such time."""
    polygon = together(a, b, buffer)
    if not polygon:
        return None
    apart = [Fraction(p - q) for p, q in zip(a.start, b.start, strict=True)]
    along = [Fraction(q - p) for p, q in zip(a.start, a.end, strict=True)]
    against = [Fraction(p - q) for p, q in zip(b.start, b.end, strict=True)]

    def gap(point: Point) -> list[Fraction]:
        return [
            r + point[0] * s + point[1] * t for r, s, t in zip(apart, along, against, strict=True)
        ]

    inner = _level(apart, along, against)
    if inner is not None and _holds(polygon, inner):
        return _dot(gap(inner), gap(inner))
    return min(_on_edge(gap, p, q) for p, q in pairwise([*polygon, *polygon[:1]]))


def _dot(p: list[Fraction], q: list[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(p, q, strict=True)), Fraction(0))


def _level(apart: list[Fraction], along: list[Fraction], against: list[Fraction]) -> Point | None:
    """Where the gradient of the squared distance vanishes; None where that is no single point."""
    aa, ab, bb = _dot(along, along), _dot(along, against), _dot(against, against)
    ra, rb = _dot(apart, along), _dot(apart, against)
    det = aa * bb - ab * ab
    return None if det == 0 else ((ab * rb - bb * ra) / det, (ab * ra - aa * rb) / det)


def _holds(polygon: list[Point], point: Point) -> bool:
    """Whether a point lies within a convex polygon whose corners go round one way."""
    turns = [
        (q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0])
        for p, q in pairwise([*polygon, *polygon[:1]])
    ]
    return min(turns) > 0 or max(turns) < 0


def _on_edge(gap: Callable[[Point], list[Fraction]], p: Point, q: Point) -> Fraction:
    start, end = gap(p), gap(q)
    way = [y - x for x, y in zip(start, end, strict=True)]
    square = _dot(way, way)
    w = min(max(-_dot(start, way) / square, Fraction(0)), Fraction(1)) if square else Fraction(0)
    at = [x + w * y for x, y in zip(start, way, strict=True)]
    return _dot(at, at)


def least_buffer(a: Band, b: Band) -> Fraction:
    """Smallest buffer at which both may be at one spot of one road at all."""
    forms = limits(a, b, Fraction(0))
    spots: list[Point] = _one_spot(a, b)
    at = [max(value(form, spot) for form in forms) for spot in spots]
    for p, q in pairwise(spots):
        ends = [value(forms[0], s) - value(forms[1], s) for s in (p, q)]
        if ends[0] * ends[1] < 0:
            w = ends[0] / (ends[0] - ends[1])
            mid = (p[0] + w * (q[0] - p[0]), p[1] + w * (q[1] - p[1]))
            at.append(max(value(form, mid) for form in forms))
    return max(min(at), Fraction(0))


def _one_spot(a: Band, b: Band) -> list[Point]:
    """Ends of the line of (u, v) on which both are at one chainage; both must overlap, and move."""
    low = max(a.start[0], b.start[0])
    high = min(a.end[0], b.end[0])
    return [
        (
            Fraction(x - a.start[0], a.end[0] - a.start[0]),
            Fraction(x - b.start[0], b.end[0] - b.start[0]),
        )
        for x in (low, high)
    ]
