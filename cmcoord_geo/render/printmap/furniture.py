"""Scale bar, north arrow and locator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo import facts
from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import text_width_mm
from cmcoord_geo.render.printmap.panel import Panel

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.panel import Room
    from cmcoord_geo.render.printmap.scene import Scene

BAR_KM, PARTS = 200, 4


def build_scale(scene: Scene, room: Room) -> Panel:
    """Scale bar with the north arrow."""
    panel = Panel(scene.sheet, "scale", room.width_mm, zoom=room.zoom)
    small = panel.face(tokens.SMALL_PT, color=tokens.SECOND)
    ground = scene.product.frame.ground
    if ground is None or ground.extent is None:
        panel.text(text("print.scale.projection", scene.lang), small)
    else:
        degrees = f"{abs(scene.project.parallel):.1f}"
        if scene.lang == "fr":
            degrees = degrees.replace(".", ",")
        side = "N" if scene.project.parallel >= 0 else "S"
        panel.text(text("print.scale.own", scene.lang, degrees=degrees, side=side), small)
    panel.put(9.0 * panel.unit, lambda left, y: _draw_scale(scene, panel, left, y))
    number = f"{scene.project.one_to:,}".replace(",", "\u202f" if scene.lang == "fr" else ",")
    paper = "A3" if scene.is_large else "A4"
    panel.text(text("print.scale.one_to", scene.lang, number=number, paper=paper), small)
    return panel


def _bar_km(scene: Scene) -> float:
    ground = scene.product.frame.ground
    own = ground is not None and ground.extent is not None
    return scene.project.bar_km if own else BAR_KM


def _draw_scale(scene: Scene, panel: Panel, left: float, y: float) -> None:
    sheet, bar_km = scene.sheet, _bar_km(scene)
    step = bar_km * scene.project.mm_per_km / PARTS
    for i in range(PARTS):
        part = Box(
            left=left + i * step,
            right=left + (i + 1) * step,
            top=y + 1.0 * panel.unit,
            bottom=y + 2.8 * panel.unit,
        )
        sheet.box(
            part, fill=tokens.PAPER if i % 2 else tokens.INK, edge=tokens.INK, width_pt=0.6, z=2
        )
    face = panel.face(tokens.SMALL_PT)
    for i in (0, 2, 4):
        unit = " km" if i == PARTS else ""
        sheet.write(
            f"{bar_km * i / PARTS:g}{unit}",
            left + i * step,
            y - 1.6 * panel.unit,
            face,
            align="center" if i else "left",
        )
    _draw_north(scene, panel, left + panel.width_mm - 4.0 * panel.unit, y)


def _draw_north(scene: Scene, panel: Panel, x: float, y: float) -> None:
    u = panel.unit
    for side, fill in ((1, tokens.INK), (-1, tokens.PAPER)):
        half = np.array([(0.0, -3.0), (side * 2.4, 5.0), (0.0, 3.2)]) * u + (x, y)
        scene.sheet.polygon(half, fill=fill, edge=tokens.INK, width_pt=0.7, z=2)
    scene.sheet.write(
        text("print.scale.north", scene.lang),
        x,
        y - 5.0 * u,
        panel.face(is_bold=True),
        align="center",
    )


def build_locator(scene: Scene, room: Room) -> Panel:
    """Small map of the country among its neighbours."""
    panel = Panel(scene.sheet, "locator", room.width_mm, zoom=room.zoom)
    panel.text(text("print.locator.title", scene.lang), panel.face(is_bold=True))
    west, south, east, north = facts.basemap()["box"]
    mm_per_degree = panel.width_mm / (east - west)
    height = (north - south) * mm_per_degree

    def draw(left: float, y: float) -> None:
        _draw_locator(scene, panel, left, y - height / 2, mm_per_degree)

    panel.put(height + 1.0 * panel.unit, draw)
    return panel


def _draw_locator(
    scene: Scene, panel: Panel, left: float, top: float, mm_per_degree: float
) -> None:
    base, sheet = facts.basemap(), scene.sheet
    west, _, _, north = base["box"]

    def project(lonlat: object) -> np.ndarray:
        points = np.asarray(lonlat, dtype=float).reshape(-1, 2)
        return np.column_stack(
            [
                left + (points[:, 0] - west) * mm_per_degree,
                top + (north - points[:, 1]) * mm_per_degree,
            ]
        )

    face = panel.face(5.8)
    for neighbour in base["neighbours"]:
        for ring in neighbour["rings"]:
            sheet.polygon(project(ring), fill="#dedede", edge=tokens.PAPER, width_pt=0.8, z=1)
        ((x, y),) = project(neighbour["label"])
        half = text_width_mm(neighbour["iso"], face) / 2
        x = float(np.clip(x, left + half, left + panel.width_mm - half))
        sheet.write(neighbour["iso"], x, y, face, align="center", z=3)
    for ring in base["country"]:
        sheet.polygon(project(ring), fill=tokens.INK, edge=tokens.PAPER, width_pt=0.8, z=2)
    ground = scene.product.frame.ground
    if ground is not None and ground.extent is not None:
        _mark_extent(scene, panel, project(np.reshape(ground.extent, (2, 2))))


def _mark_extent(scene: Scene, panel: Panel, corners: np.ndarray) -> None:
    """White frame where the map lies in the country, never too small to be seen."""
    x, y = corners.mean(axis=0)
    half = np.maximum(np.abs(corners[1] - corners[0]) / 2, 0.9 * panel.unit)
    box = Box(left=x - half[0], right=x + half[0], top=y - half[1], bottom=y + half[1])
    scene.sheet.box(box, edge=tokens.PAPER, width_pt=1.0, z=2.5)
