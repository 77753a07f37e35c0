"""Announced operations: a dash-dotted sleeve around their road, and their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import dates, marks, strokes, tokens
from cmcoord_geo.render.printmap.badges import ALONG, Badge
from cmcoord_geo.render.printmap.panel import Panel, titled_panel
from cmcoord_geo.render.printmap.sleeves import draw_sleeve
from cmcoord_geo.render.printmap.tabular import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.panel import Paint, Room
    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import OperationView

    Line = NDArray[np.float64]

DASHES = (5.0, 1.4, 1.2, 1.4)
REACH_MM, WIDTH_PT = 1.7, 1.4
BADGE = 6.0


def draw_operations(scene: Scene) -> list[Badge]:
    """Draw the roads of announced operations; returns their badges."""
    badges = []
    for operation in scene.product.operations:
        pieces = [
            strokes.part(scene.lines[key], low, high)
            for key, low, high in operation.stretches
            if key in scene.lines and low != high
        ]
        for piece in pieces:
            draw_operation_line(scene, piece)
        if pieces:
            badges.append(_badge(scene, mark_of(operation), pieces))
    return badges


def draw_operation_line(scene: Scene, piece: Line) -> None:
    """Draw one stretch of an operation."""
    draw_sleeve(
        scene, piece, reach=REACH_MM, width_pt=WIDTH_PT, dashes=DASHES, color=tokens.OPERATION
    )


def mark_of(operation: OperationView) -> str:
    """Mark of an operation, with a question mark where its hours are not known."""
    return operation.mark if operation.window else f"{operation.mark} ?"


def _badge(scene: Scene, mark: str, pieces: Sequence[Line]) -> Badge:
    by_length = sorted(pieces, key=lambda piece: -strokes.length_mm(piece))
    return Badge(
        text=mark,
        spots=[
            strokes.place(strokes.beside(piece, side * scene.sheet.scale), fraction)
            for piece in by_length
            for side in (-4.6, 4.6)
            for fraction in ALONG
        ],
        draw=lambda x, y: marks.draw_operation_badge(scene.sheet, x, y, mark),
    )


def build_operations(scene: Scene, room: Room) -> Panel:
    """Operations and closures that were announced, each with its hours."""
    panel = titled_panel(scene, "operations", room)
    shown = scene.product.operations[: room.rows]

    def badge(mark: str) -> Paint:
        return lambda left, y: marks.draw_operation_badge(
            scene.sheet, left + 2.5 * panel.unit, y, mark
        )

    Table(
        panel,
        [
            Column(paints=[badge(mark_of(one)) for one in shown], width=BADGE),
            Column(
                cells=[scene.stretch_name([key for key, _, _ in one.stretches]) for one in shown],
                gives=True,
                lines=2,
            ),
            Column(cells=[_hours(scene, one) for one in shown], align="right", gives=True, lines=2),
        ],
        gap=1.6,
        row=5.3,
    ).put()
    if left := len(scene.product.operations) - len(shown):
        small = panel.face(tokens.SMALL_PT, is_italic=True)
        panel.text(text("print.more", scene.lang, n=left), small)
    return panel


def _hours(scene: Scene, operation: OperationView) -> str:
    if operation.window is None:
        return text("word.unknown", scene.lang)
    return dates.window(operation.window, scene.lang)
