"""
Labels by cost: each tries places around its anchor, then all are lifted and set again.

Greedy placement in order of rank over a raster of costs, with passes of improvement (after the candidate
model of Christensen, Marks and Shieber 1995); the same input gives the same places. A label never lies on
anything hard: one that finds no free place is left out and listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import text_width_mm
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.render.printmap.faces import Face
    from cmcoord_geo.render.printmap.raster import Raster
from cmcoord_geo.render.printmap.sheet import Sheet

PASSES = 3
#: Distances from the anchor in millimetres on A3; a label in need may go further.
NEAR_MM = (1.5, 2.4, 3.6, 5.2, 7.5)
FAR_MM = (10.0, 13.0, 17.0, 22.0)
#: Direction (x, y) in order of taste.
AROUND = (
    (1.0, 0.0), (1.0, -0.8), (1.0, 0.8), (-1.0, 0.0), (-1.0, -0.8), (-1.0, 0.8),
    (0.0, -1.0), (0.0, 1.0), (0.5, -1.0), (-0.5, -1.0), (0.5, 1.0), (-0.5, 1.0),
)  # fmt: skip
LEADER_FROM_MM = 3.0
WIDEST_MM = 58.0
#: Above this cost a label that could as well be read in a list is left out.
DEAREST = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """
    A name and what it belongs to.

    Attributes
    ----------
    x, y : float
        Anchor in millimetres.
    rank : float
        The lowest is placed first.
    is_needed : bool
        May stand far away with a leader line rather than be left out.
    is_near : bool
        Left out rather than placed where it could be read as another's.
    reach_mm : float
        Half the size of the mark at the anchor.
    """

    text: str
    x: float
    y: float
    face: Face
    rank: float
    is_needed: bool = False
    is_near: bool = False
    reach_mm: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label with its lines, its box, its cost and its distance from the anchor."""

    label: Label
    lines: tuple[str, ...]
    box: Box
    cost: float
    gap_mm: float


def place_labels(
    sheet: Sheet, raster: Raster, labels: Sequence[Label]
) -> tuple[list[Placed], list[Label]]:
    """
    Find a place for each label.

    Returns
    -------
    placed : list of Placed
        Their boxes are closed on the raster.
    left_out : list of Label
        Those without a free place.
    """
    ranked = sorted(labels, key=lambda label: (label.rank, label.y, label.x, label.text))
    found: list[Placed | None] = [None] * len(ranked)
    for _ in range(PASSES):
        for i, label in enumerate(ranked):
            before = found[i]
            if before is not None:
                raster.block(before.box, by=-1)
            found[i] = _best(sheet, raster, label)
            after = found[i]
            if after is not None:
                raster.block(after.box)
    placed = [place for place in found if place is not None]
    return placed, [label for label, place in zip(ranked, found, strict=True) if place is None]


def _best(sheet: Sheet, raster: Raster, label: Label) -> Placed | None:
    lines = fit(label.text, label.face, WIDEST_MM * sheet.scale, lines=3, floor=1.0).lines
    width = max(text_width_mm(line, label.face) for line in lines) + 0.5
    height = label.face.line_mm * (len(lines) - 1) + label.face.size_mm * 1.06
    near = NEAR_MM[:2] if label.is_near else NEAR_MM
    for distances in (near, FAR_MM) if label.is_needed else (near,):
        places = [
            Placed(
                label=label,
                lines=lines,
                box=box,
                cost=raster.soft_cost(box) * 2.2 + taste,
                gap_mm=gap,
            )
            for box, gap, taste in _candidates(label, width, height, distances, sheet.scale)
            if raster.is_free(box)
        ]
        best = min(places, key=lambda place: place.cost, default=None)
        if best is not None and not (label.is_near and best.cost > DEAREST):
            return best
    return None


def _candidates(
    label: Label, width: float, height: float, distances: Sequence[float], scale: float
) -> Iterator[tuple[Box, float, float]]:
    for base in distances:
        gap = base * scale + label.reach_mm
        for turn, (dx, dy) in enumerate(AROUND):
            side = 0.5 - 0.5 * max(-1.0, min(1.0, dx * (1.0 if abs(dx) > 0.9 else 0.9)))
            left = label.x + dx * gap - side * width
            top = label.y - height / 2 + dy * (gap * 0.8 + (height / 2 if abs(dy) > 0.5 else 0.0))
            box = Box(left=left, right=left + width, top=top, bottom=top + height)
            yield box, base * scale, turn * 0.5 + (base - distances[0]) * 4


def draw_labels(sheet: Sheet, placed: Sequence[Placed]) -> None:
    """Draw labels, with a leader line where one stands far from its anchor."""
    for place in placed:
        label, box, face = place.label, place.box, place.label.face
        if place.gap_mm > LEADER_FROM_MM * sheet.scale:
            end = (min(max(label.x, box.left), box.right), min(max(label.y, box.top), box.bottom))
            sheet.line([(label.x, label.y), end], color=face.color, width_pt=0.5, z=5.8)
        middle = (box.left + box.right) / 2
        first = (box.top + box.bottom) / 2 - face.line_mm * (len(place.lines) - 1) / 2
        for i, line in enumerate(place.lines):
            sheet.write(
                line, middle, first + i * face.line_mm, face, align="center", halo_pt=2.4, z=9.0
            )
