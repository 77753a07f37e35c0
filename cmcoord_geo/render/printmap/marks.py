"""Marks: towns, closures, crossings, ordnance and badges, as they stand on the map and in its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.faces import text_width_mm

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.sheet import Sheet

#: Half the side of the marks in millimetres on A3.
MARK_MM = 2.1
TRIANGLE_MM = 2.6
BADGE_MM = 2.4
BADGE_PT = 7.2


def _cross(sheet: Sheet, x: float, y: float, reach: float, color: str, *, z: float) -> None:
    for lean in (1, -1):
        points = [(x - reach, y - reach * lean), (x + reach, y + reach * lean)]
        sheet.line(points, color=color, width_pt=1.5, z=z)


def draw_town(sheet: Sheet, x: float, y: float, role: str, *, z: float = 6.0) -> None:
    """Town: square for a CMCoord cell, ringed circle for a contact point, small circle else."""
    k = sheet.scale
    if role in {"capital", "cell"}:
        sheet.box(box_about(x, y, 1.25 * k), fill=tokens.INK, edge=tokens.PAPER, width_pt=0.7, z=z)
        sheet.box(box_about(x, y, 0.42 * k), fill=tokens.PAPER, z=z + 0.1)
        return
    sheet.circle(
        x,
        y,
        (0.95 if role == "contact" else 0.72) * k,
        fill=tokens.PAPER,
        edge=tokens.INK,
        width_pt=0.9,
        z=z,
    )
    if role == "contact":
        sheet.circle(x, y, 0.38 * k, fill=tokens.INK, z=z + 0.1)


def draw_closure(
    sheet: Sheet, x: float, y: float, state: str, *, is_lapsing: bool = False, z: float = 8.0
) -> None:
    """
    Reported state of a road: closed, restricted, or reports that contradict each other.

    A closure whose report ends before the sheet does is grey: afterwards the state is not known.
    """
    k = sheet.scale
    is_closed = state == "closed"
    fill = (tokens.LAPSING if is_lapsing else tokens.INK) if is_closed else tokens.PAPER
    sheet.box(box_about(x, y, 2.1 * k), fill=tokens.PAPER, z=z)
    sheet.box(box_about(x, y, 1.75 * k), fill=fill, edge=tokens.INK, width_pt=1.1, z=z + 0.1)
    if is_closed:
        _cross(sheet, x, y, 1.05 * k, tokens.PAPER, z=z + 0.2)
    else:
        sign = {"restricted": "!", "conflicting": "≠"}.get(state, "?")
        face = sheet.face(8.5, is_bold=True)
        sheet.write(sign, x, y, face, align="center", z=z + 0.2)


def draw_ferry(sheet: Sheet, x: float, y: float, state: str, *, z: float = 8.0) -> None:
    """Ferry: under sail it runs, crossed it is out; else the sign of its state: ``!``, ``≠`` or ``?``."""
    k = sheet.scale
    sheet.circle(x, y, 2.1 * k, fill=tokens.PAPER, edge=tokens.INK, width_pt=0.9, z=z)
    hull = np.array([(-1.5, 0.2), (1.5, 0.2), (0.9, 1.2), (-0.9, 1.2)]) * k + (x, y)
    sheet.polygon(hull, fill=tokens.INK, z=z + 0.1)
    if state == "running":
        sail = np.array([(0.0, -1.5), (0.0, -0.1), (1.1, -0.1)]) * k + (x, y)
        sheet.polygon(sail, fill=tokens.INK, z=z + 0.1)
    elif state == "out":
        _cross(sheet, x, y, 1.45 * k, tokens.INK, z=z + 0.2)
    else:
        face = sheet.face(6.5, is_bold=True)
        sign = {"restricted": "!", "conflicting": "≠"}.get(state, "?")
        sheet.write(sign, x, y - 0.75 * k, face, align="center", z=z + 0.2)


def draw_crossing(
    sheet: Sheet, x: float, y: float, kind: str, state: str, *, z: float = 8.0
) -> None:
    """
    Ferry as such; bridge ``)(``, ford as waves, border crossing as a barrier, each crossed when closed.

    Of conflicting reports their own sign is drawn instead: such a passage must not look like an open one.
    """
    if kind == "ferry":
        draw_ferry(sheet, x, y, state, z=z)
        return
    k = sheet.scale
    sheet.circle(x, y, 1.75 * k, fill=tokens.PAPER, edge=tokens.INK, width_pt=0.8, z=z)
    if state == "conflicting":
        sheet.write("≠", x, y, sheet.face(8.0, is_bold=True), align="center", z=z + 0.1)
    elif kind == "bridge":
        for side in (-1, 1):
            angle = np.linspace(-0.9, 0.9, 9)
            bow = np.column_stack([side * (1.55 - np.cos(angle) * 1.15), np.sin(angle) * 1.4]) * k
            sheet.line(bow + np.array((x, y)), width_pt=1.1, z=z + 0.1)
    elif kind == "ford":
        along = np.linspace(-1.1, 1.1, 15)
        for level in (-0.45, 0.45):
            wave = np.column_stack([along, level + 0.25 * np.sin(along * 4.5)]) * k
            sheet.line(wave + np.array((x, y)), width_pt=0.9, z=z + 0.1)
    else:
        bar = np.array([(-1.1, 0.5), (1.1, -0.5)]) * k + (x, y)
        sheet.line(bar, width_pt=1.4, z=z + 0.1)
    if state == "closed":
        _cross(sheet, x, y, 1.3 * k, tokens.INK, z=z + 0.2)


def draw_default_state(sheet: Sheet, x: float, y: float, state: str, *, z: float = 8.0) -> None:
    """State of the season without a report: small and hollow, a cross for closed, else a question mark."""
    k = sheet.scale
    sheet.box(box_about(x, y, 1.25 * k), fill=tokens.PAPER, edge=tokens.INK, width_pt=0.7, z=z)
    if state == "closed":
        _cross(sheet, x, y, 0.7 * k, tokens.INK, z=z + 0.2)
    else:
        sheet.write("?", x, y, sheet.face(5.6, is_bold=True), align="center", z=z + 0.2)


def draw_ordnance(sheet: Sheet, x: float, y: float, letters: str, *, z: float = 8.0) -> None:
    """Explosive ordnance: white triangle with its letters; no colour of the scale."""
    k = sheet.scale
    reach = TRIANGLE_MM
    corners = np.array([(0.0, -reach), (reach, 1.9), (-reach, 1.9)]) * k + (x, y)
    sheet.polygon(corners, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.2, z=z)
    face = sheet.face(5.3, is_bold=True)
    sheet.write(letters, x, y + 0.8 * k, face, align="center", z=z + 0.2)


def draw_incident(sheet: Sheet, x: float, y: float, *, is_precise: bool, z: float = 4.5) -> None:
    """Recorded incident: small diamond, hollow when only the area is known."""
    k = 0.62 * sheet.scale
    corners = np.array([(0, -1), (1, 0), (0, 1), (-1, 0)]) * k + (x, y)
    fill = tokens.SECOND if is_precise else tokens.PAPER
    sheet.polygon(corners, fill=fill, edge=tokens.SECOND, width_pt=0.5, z=z)


# ---------------------------------------------------------------- badges


def badge_box(sheet: Sheet, x: float, y: float, text: str) -> Box:
    """Box of the badge that holds a text."""
    half = BADGE_MM * sheet.scale
    face = sheet.face(BADGE_PT, is_bold=True)
    wide = max(half, text_width_mm(text, face) / 2 + 0.9 * sheet.scale)
    return box_about(x, y, wide, half)


def draw_movement_badge(sheet: Sheet, x: float, y: float, text: str, *, z: float = 7.0) -> None:
    """Round badge; a pill when it holds more than one mark."""
    box = badge_box(sheet, x, y, text)
    radius = box.height / 2
    angle = np.linspace(-np.pi / 2, np.pi / 2, 20)
    cap = np.column_stack([np.cos(angle), np.sin(angle)]) * radius
    right = cap + np.array((box.right - radius, y))
    left = np.array((box.left + radius, y)) - cap
    sheet.polygon(
        np.vstack([right, left]), fill=tokens.PAPER, edge=tokens.HUMANITARIAN, width_pt=1.5, z=z
    )
    face = sheet.face(BADGE_PT, is_bold=True, color=tokens.HUMANITARIAN)
    sheet.write(text, x, y, face, align="center", z=z + 0.1)


def draw_patrol_badge(
    sheet: Sheet, x: float, y: float, text: str, *, is_confirmed: bool, z: float = 7.0
) -> None:
    """Square badge: filled when confirmed, hollow and dashed when offered."""
    box = badge_box(sheet, x, y, text)
    sheet.box(
        box,
        fill=tokens.PATROL if is_confirmed else tokens.PAPER,
        edge=tokens.PATROL,
        width_pt=1.4,
        dashes=None if is_confirmed else (2.0, 1.0),
        z=z,
    )
    color = tokens.PAPER if is_confirmed else tokens.PATROL
    sheet.write(
        text, x, y, sheet.face(BADGE_PT, is_bold=True, color=color), align="center", z=z + 0.1
    )


def draw_operation_badge(sheet: Sheet, x: float, y: float, text: str, *, z: float = 7.2) -> None:
    """Badge of six sides: an operation that was announced."""
    box = badge_box(sheet, x, y, text)
    cut = 0.9 * sheet.scale
    corners = [
        (box.left - cut, y),
        (box.left, box.top),
        (box.right, box.top),
        (box.right + cut, y),
        (box.right, box.bottom),
        (box.left, box.bottom),
    ]
    sheet.polygon(corners, fill=tokens.PAPER, edge=tokens.OPERATION, width_pt=1.3, z=z)
    face = sheet.face(BADGE_PT, is_bold=True, color=tokens.OPERATION)
    sheet.write(text, x, y, face, align="center", z=z + 0.1)


def draw_conflict_badge(
    sheet: Sheet, x: float, y: float, text: str, *, is_unknown: bool = False, z: float = 7.5
) -> None:
    """Letter X in a double frame; in one dashed frame where it is not known whether it is a conflict."""
    box = badge_box(sheet, x, y, text)
    dashes = (2.0, 1.2) if is_unknown else None
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.5, dashes=dashes, z=z)
    if is_unknown:
        sheet.write(
            text, x, y, sheet.face(BADGE_PT * 0.92, is_bold=True), align="center", z=z + 0.1
        )
        return
    inner = 0.55 * sheet.scale
    frame = Box(
        left=box.left + inner,
        right=box.right - inner,
        top=box.top + inner,
        bottom=box.bottom - inner,
    )
    sheet.box(frame, edge=tokens.INK, width_pt=0.6, z=z + 0.05)
    sheet.write(text, x, y, sheet.face(BADGE_PT * 0.92, is_bold=True), align="center", z=z + 0.1)


def draw_corridor_badge(sheet: Sheet, x: float, y: float, text: str, *, z: float = 7.0) -> None:
    """Letter C in brackets, with a halo instead of a box, so that it cuts no sleeve."""
    face = sheet.face(BADGE_PT, is_bold=True)
    sheet.write(f"[{text}]", x, y, face, align="center", halo_pt=3.0, z=z + 0.1)
