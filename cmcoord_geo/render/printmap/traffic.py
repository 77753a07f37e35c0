"""Movements north or west of the road, patrols south or east of it, conflicts and corridors around it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString

from cmcoord_geo.render.printmap import dates, marks, strokes, tokens
from cmcoord_geo.render.printmap.badges import ALONG, Badge
from cmcoord_geo.render.printmap.labels import Label
from cmcoord_geo.render.printmap.patrols import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import (
        ConflictView,
        CorridorView,
        MovementView,
        OptionView,
        PatrolView,
    )

    Line = NDArray[np.float64]

#: Millimetres on A3: road to first lane, lane to lane, and what is cut off a lane near a town.
FIRST_LANE_MM, LANE_MM, TRIM_MM = 2.5, 1.35, 1.3


def kept_option(movement: MovementView) -> OptionView | None:
    """Option that is drawn: the one kept, if any is."""
    return next((option for option in movement.options if option.decision == "kept"), None)


def drawn_movements(scene: Scene) -> list[tuple[MovementView, OptionView]]:
    """Movements with the option that is drawn."""
    pairs = ((movement, kept_option(movement)) for movement in scene.product.movements)
    return [(movement, option) for movement, option in pairs if option is not None and option.legs]


def is_after_expiry(movement: MovementView, scene: Scene) -> bool:
    """Whether a movement departs when this sheet is no longer valid."""
    return movement.depart.start > scene.product.frame.expires_at


def _lane_mm(scene: Scene, lane: float) -> float:
    return (FIRST_LANE_MM + lane * LANE_MM) * scene.sheet.scale


# ---------------------------------------------------------------- movements


def draw_movements(scene: Scene) -> list[Badge]:
    """Draw the lanes of all movements; returns the badges to be placed."""
    drawn = drawn_movements(scene)
    uses = {
        m.mark: [leg.segment_id for leg in o.legs if leg.segment_id in scene.lines]
        for m, o in drawn
    }
    lane = strokes.lanes(uses)
    sharing: dict[str, tuple[str, ...]] = {}
    for mark, segment_ids in uses.items():
        for key in dict.fromkeys(segment_ids):
            sharing[key] = (*sharing.get(key, ()), mark)
    badges = [_shared_badge(scene, together, keys, lane) for together, keys in _bundles(sharing)]
    for movement, option in drawn:
        pieces = _movement_lane(scene, movement, option, lane[movement.mark])
        own = [piece for key, piece in pieces if len(sharing[key]) == 1]
        if own:
            badges.append(_movement_badge(scene, movement.mark, own))
    return badges


def _movement_lane(
    scene: Scene, movement: MovementView, option: OptionView, lane: int
) -> list[tuple[str, Line]]:
    trim = TRIM_MM * scene.sheet.scale
    pieces = []
    for leg in option.legs:
        line = scene.lines.get(leg.segment_id)
        if line is None:
            continue
        ahead = line if leg.is_forward else line[::-1]
        piece = strokes.trimmed(strokes.beside(ahead, _lane_mm(scene, lane)), trim, trim)
        pieces.append((leg.segment_id, piece))
    late = is_after_expiry(movement, scene)
    for number, (_, piece) in enumerate(pieces):
        draw_lane(scene, piece, is_after_expiry=late, has_arrow=number == len(pieces) - 1)
    return pieces


def draw_lane(
    scene: Scene, piece: Line, *, is_after_expiry: bool, has_arrow: bool, z: float = 4.0
) -> None:
    """Draw one stretch of a movement; hollow when it lies after the expiry of the sheet."""
    sheet = scene.sheet
    end = piece[-1]
    if has_arrow:
        ahead = piece[-1] - piece[-2]
        ahead = ahead / max(float(np.hypot(*ahead)), 1e-9)
        piece = strokes.trimmed(piece, 0.0, 1.8 * sheet.scale)
        across = np.array([-ahead[1], ahead[0]]) * 1.45 * sheet.scale
        back = end - ahead * 3.2 * sheet.scale
        fill = tokens.PAPER if is_after_expiry else tokens.HUMANITARIAN
        sheet.polygon(
            [end, back + across, back - across],
            fill=fill,
            edge=tokens.HUMANITARIAN,
            width_pt=0.8,
            z=z + 0.3,
        )
    sheet.line(piece, color=tokens.PAPER, width_pt=3.0, z=z)
    sheet.line(
        piece, color=tokens.HUMANITARIAN, width_pt=2.2 if is_after_expiry else 1.7, z=z + 0.1
    )
    if is_after_expiry:
        sheet.line(piece, color=tokens.PAPER, width_pt=1.1, z=z + 0.2)
    scene.raster.line(piece, width_mm=1.2 * sheet.scale, cost=160.0)


def _bundles(sharing: dict[str, tuple[str, ...]]) -> list[tuple[tuple[str, ...], list[str]]]:
    """Sets of movements that share road, with the segments of each set."""
    shared = sorted((together, key) for key, together in sharing.items() if len(together) > 1)
    return [
        (together, [key for _, key in keys])
        for together, keys in groupby(shared, key=lambda entry: entry[0])
    ]


def _shared_badge(
    scene: Scene, together: tuple[str, ...], keys: Sequence[str], lane: dict[str, int]
) -> Badge:
    middle = sum(lane[mark] for mark in together) / len(together)
    by_length = sorted(keys, key=lambda key: (-strokes.length_mm(scene.lines[key]), key))
    spots = [
        strokes.place(strokes.beside(scene.lines[key], _lane_mm(scene, middle)), fraction)
        for key in by_length
        for fraction in ALONG
    ]
    return _badge_of_movement(scene, " ".join(together), spots)


def _movement_badge(scene: Scene, mark: str, pieces: Sequence[Line]) -> Badge:
    by_length = sorted(pieces, key=lambda piece: -strokes.length_mm(piece))
    spots = [strokes.place(piece, fraction) for piece in by_length for fraction in ALONG]
    return _badge_of_movement(scene, mark, spots)


def _badge_of_movement(scene: Scene, text: str, spots: list[tuple[float, float]]) -> Badge:
    return Badge(
        text=text,
        spots=spots,
        draw=lambda x, y: marks.draw_movement_badge(scene.sheet, x, y, text),
    )


# ---------------------------------------------------------------- patrols


def draw_patrols(scene: Scene) -> list[Badge]:
    """Draw the windows of all patrols on their side of the road; returns their badges."""
    uses = {p.mark: [key for key, _, _ in p.stretches] for p in scene.product.patrols}
    lane = strokes.lanes(uses)
    badges = []
    for patrol in scene.product.patrols:
        pieces = [
            strokes.beside(
                strokes.part(scene.lines[key], start, end), -_lane_mm(scene, lane[patrol.mark])
            )
            for key, start, end in patrol.stretches
            if key in scene.lines and start != end
        ]
        if pieces:
            badges.append(_draw_patrol(scene, patrol, pieces))
    return badges


def _draw_patrol(scene: Scene, patrol: PatrolView, pieces: list[Line]) -> Badge:
    is_confirmed = form_of(patrol, scene.product.frame.as_of) == "confirmed"
    trim = TRIM_MM * scene.sheet.scale
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


# ---------------------------------------------------------------- around the road


def draw_sleeve(
    scene: Scene,
    line: Line,
    *,
    reach: float,
    width_pt: float,
    dashes: tuple[float, ...] | None = None,
    z: float = 3.9,
) -> None:
    """Draw a sleeve around a stretch of road, ``reach`` millimetres on A3 to each side."""
    ring = LineString(line).buffer(reach * scene.sheet.scale, cap_style="flat", join_style="mitre")
    for shape in getattr(ring, "geoms", [ring]):
        outline = np.asarray(shape.exterior.coords)
        scene.sheet.polygon(outline, edge=tokens.INK, width_pt=width_pt, dashes=dashes, z=z)
        scene.raster.line(outline, width_mm=0.8, cost=90.0)


def draw_corridors(scene: Scene) -> list[Badge]:
    """Draw requested corridors as sleeves; returns their badges."""
    return [
        badge for corridor in scene.product.corridors for badge in _draw_corridor(scene, corridor)
    ]


def _draw_corridor(scene: Scene, corridor: CorridorView) -> Iterable[Badge]:
    held = {segment.segment_id: segment for segment in scene.product.segments}
    parts = []
    for stretch in corridor.stretches:
        if stretch.segment_id not in scene.lines:
            continue
        whole_km = max(held[stretch.segment_id].km_mid, 1e-6)
        ends = (min(1.0, stretch.km.low / whole_km), min(1.0, stretch.km.high / whole_km))
        parts.append(strokes.part(scene.lines[stretch.segment_id], *ends))
    for line in parts:
        draw_sleeve(scene, line, reach=1.75, width_pt=1.5)
    if parts:
        longest = max(parts, key=strokes.length_mm)
        yield Badge(
            text=f"[{corridor.mark}]",
            spots=[
                strokes.place(strokes.beside(longest, side * scene.sheet.scale), fraction)
                for side in (5.2, 6.8, -5.2, -6.8)
                for fraction in ALONG
            ],
            draw=lambda x, y: marks.draw_corridor_badge(scene.sheet, x, y, corridor.mark),
        )


def draw_conflicts(scene: Scene) -> list[Badge]:
    """Draw conflicts as black sleeves around road, movement and patrol; returns their badges."""
    return [
        badge for conflict in scene.product.conflicts for badge in _draw_conflict(scene, conflict)
    ]


def _draw_conflict(scene: Scene, conflict: ConflictView) -> Iterable[Badge]:
    line = scene.lines.get(conflict.segment_id)
    if line is None:
        return
    low, high = conflict.fraction.low, conflict.fraction.high
    piece = strokes.part(line, low, max(high, low + 0.04))
    draw_sleeve(scene, piece, reach=3.5, width_pt=1.4, z=4.6)
    when = f"{conflict.mark}: {dates.window(conflict.window, scene.lang)}"

    def draw(x: float, y: float) -> None:
        marks.draw_conflict_badge(scene.sheet, x, y, conflict.mark)
        face = scene.sheet.face(6.6, is_bold=True)
        reach = marks.BADGE_MM * scene.sheet.scale
        scene.labels.append(
            Label(text=when, x=x, y=y, face=face, rank=-1.0, is_near=True, reach_mm=reach)
        )

    yield Badge(
        text=conflict.mark,
        spots=[
            strokes.place(strokes.beside(piece, side * scene.sheet.scale), fraction)
            for side in (3.5, -3.5, 6.0, -6.0)
            for fraction in ALONG
        ],
        draw=draw,
    )
