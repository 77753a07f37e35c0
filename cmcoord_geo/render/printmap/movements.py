"""Movements: the option kept, in a lane of its own north or west of the road."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString

from cmcoord_geo.render.printmap import marks, strokes, tokens
from cmcoord_geo.render.printmap.badges import ALONG, Badge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import MovementView, OptionView

    Line = NDArray[np.float64]

#: Marks that one badge holds; more are counted.
MOST_MARKS = 5
#: Bends of streets that a lane beside them does not follow.
_BENDS_MM = 1.2


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


def draw_movements(scene: Scene) -> list[Badge]:
    """Draw the lanes of all movements; returns the badges to be placed."""
    drawn = drawn_movements(scene)
    uses = {
        m.mark: [leg.segment_id for leg in o.legs if leg.segment_id in scene.lines]
        for m, o in drawn
    }
    offset = strokes.offsets_mm(uses)
    sharing: dict[str, tuple[str, ...]] = {}
    for mark, segment_ids in uses.items():
        for key in dict.fromkeys(segment_ids):
            sharing[key] = (*sharing.get(key, ()), mark)
    badges = [_shared_badge(scene, together, keys, offset) for together, keys in _bundles(sharing)]
    for movement, option in drawn:
        pieces = _movement_lane(scene, movement, option, offset[movement.mark])
        own = [piece for key, piece in pieces if len(sharing[key]) == 1]
        if own:
            badges.append(_movement_badge(scene, movement.mark, own))
    return badges


def _movement_lane(
    scene: Scene, movement: MovementView, option: OptionView, offset_mm: float
) -> list[tuple[str, Line]]:
    trim = strokes.TRIM_MM * scene.sheet.scale
    pieces = []
    for key, ahead in _stretches(scene, option):
        piece = strokes.trimmed(strokes.beside(ahead, offset_mm * scene.sheet.scale), trim, trim)
        pieces.append((key, piece))
    late = is_after_expiry(movement, scene)
    for number, (_, piece) in enumerate(pieces):
        draw_lane(scene, piece, is_after_expiry=late, has_arrow=number == len(pieces) - 1)
    return pieces


def _stretches(scene: Scene, option: OptionView) -> list[tuple[str, Line]]:
    """
    Lines of the legs in the direction of travel.

    On streets all in one, under the longest leg; one that comes back to a junction begins anew before it, for
    a line beside a loop that closes would lose its ends.
    """
    found = [
        (leg.segment_id, line if leg.is_forward else line[::-1])
        for leg in option.legs
        if (line := scene.lines.get(leg.segment_id)) is not None
    ]
    if scene.product.frame.ground is None or not found:
        return found
    bends_mm = _BENDS_MM * scene.sheet.scale
    return [
        (
            max(row, key=lambda stretch: strokes.length_mm(stretch[1]))[0],
            np.asarray(LineString(np.vstack([line for _, line in row])).simplify(bends_mm).coords),
        )
        for row in _without_return(found)
    ]


def _without_return(stretches: Sequence[tuple[str, Line]]) -> list[list[tuple[str, Line]]]:
    """Rows of stretches in order, none of which ends twice at one spot."""
    rows: list[list[tuple[str, Line]]] = []
    met: set[tuple[float, ...]] = set()
    for key, line in stretches:
        start, end = (tuple(line[i].round(3).tolist()) for i in (0, -1))
        if not rows or end in met:
            rows.append([])
            met = {start}
        rows[-1].append((key, line))
        met.add(end)
    return rows


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
    scene: Scene, together: tuple[str, ...], keys: Sequence[str], offset: Mapping[str, float]
) -> Badge:
    middle = sum(offset[mark] for mark in together) / len(together) * scene.sheet.scale
    by_length = sorted(keys, key=lambda key: (-strokes.length_mm(scene.lines[key]), key))
    spots = [
        strokes.place(strokes.beside(scene.lines[key], middle), fraction)
        for key in by_length
        for fraction in ALONG
    ]
    marked = together if len(together) <= MOST_MARKS else together[: MOST_MARKS - 1]
    more = f" +{len(together) - len(marked)}" if len(together) > len(marked) else ""
    return _badge_of_movement(scene, " ".join(marked) + more, spots)


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
