"""Patrols, south or east of the road: full when confirmed, dashed when offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import marks, strokes, tokens
from cmcoord_geo.render.printmap.badges import ALONG, Badge
from cmcoord_geo.render.printmap.patrols import form_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import PatrolView

    Line = NDArray[np.float64]


def draw_patrols(scene: Scene) -> list[Badge]:
    """Draw the windows of all patrols on their side of the road; returns their badges."""
    uses = {p.mark: [key for key, _, _ in p.stretches] for p in scene.product.patrols}
    offset = strokes.offsets_mm(uses)
    badges = []
    for patrol in scene.product.patrols:
        pieces = [
            strokes.beside(
                strokes.part(scene.lines[key], start, end), -offset[patrol.mark] * scene.sheet.scale
            )
            for key, start, end in patrol.stretches
            if key in scene.lines and start != end
        ]
        if pieces:
            badges.append(_draw_patrol(scene, patrol, pieces))
    return badges


def _draw_patrol(scene: Scene, patrol: PatrolView, pieces: list[Line]) -> Badge:
    is_confirmed = form_of(patrol, scene.product.frame.as_of) == "confirmed"
    trim = strokes.TRIM_MM * scene.sheet.scale
    pieces = [strokes.trimmed(piece, trim, trim) for piece in pieces]
    for piece in pieces:
        draw_patrol_line(scene, piece, is_confirmed=is_confirmed)
    by_length = sorted(pieces, key=lambda piece: -strokes.length_mm(piece))
    return Badge(
        text=patrol.mark,
        spots=[strokes.place(piece, fraction) for piece in by_length for fraction in ALONG],
        draw=lambda x, y: marks.draw_patrol_badge(
            scene.sheet, x, y, patrol.mark, is_confirmed=is_confirmed
        ),
    )


def draw_patrol_line(scene: Scene, piece: Line, *, is_confirmed: bool, z: float = 4.0) -> None:
    """Draw one stretch of a patrol: full when confirmed, dashed when offered."""
    sheet = scene.sheet
    sheet.line(piece, color=tokens.PAPER, width_pt=3.4, z=z)
    dashes = None if is_confirmed else (1.6, 1.1)
    sheet.line(piece, color=tokens.PATROL, width_pt=2.5, dashes=dashes, z=z + 0.1)
    scene.raster.line(piece, width_mm=1.2 * sheet.scale, cost=160.0)
