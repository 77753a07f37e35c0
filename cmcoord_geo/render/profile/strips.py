"""Under a chart: the road with its states and ordnance, and the patrols."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import roads, tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.printmap.marks import draw_ordnance

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.profile.band import Band
    from cmcoord_geo.sharing.profile_views import OptionProfileView, RoadStretchView

SIDE = Face(size_pt=6.2)
PATROL = Face(size_pt=5.8, is_bold=True)
BAR_MM, EDGE_MM, WORD_MM = 3.2, 0.3, 1.2


def draw_road(sheet: Sheet, band: Band, option: OptionProfileView, lang: Lang) -> None:
    """Draw the road as the map has it for those who do not see exposure, and ordnance on it."""
    y = (band.road.top + band.road.bottom) / 2
    with sheet.inside("road"):
        sheet.write(text("profile.road", lang), band.chart.left - 1.2, y, SIDE, align="right")
        for stretch in option.roads:
            left, right = band.x(stretch.km.low), band.x(stretch.km.high)
            draw_state(sheet, left, right, y, stretch)
            if stretch.ordnance_records:
                letters = text("print.ordnance_letters", lang)
                draw_ordnance(sheet, (left + right) / 2, y + 0.5, letters)


def draw_state(sheet: Sheet, left: float, right: float, y: float, road: RoadStretchView) -> None:
    """Stretch of road in the style of its state."""
    line = np.array([(left, y), (right, y)])
    styles = tokens.REPORTED_STATE if road.is_reported else tokens.DEFAULT_STATE
    roads.draw_road(sheet, line, styles.get(road.state), is_national=True)
    if road.is_stale:
        roads.draw_hatch(sheet, line)


def draw_presence(sheet: Sheet, band: Band, option: OptionProfileView, lang: Lang) -> None:
    """Draw patrols as bars over the km that they cover."""
    middle = (band.patrol.top + band.patrol.bottom) / 2
    top, bottom = middle - BAR_MM / 2, middle + BAR_MM / 2
    end = band.x(option.km)
    with sheet.inside("patrol"):
        word = text("profile.patrol", lang)
        sheet.write(word, band.chart.left - 1.2, middle, SIDE, align="right")
        whole = Box(left=band.chart.left, right=end, top=top, bottom=bottom)
        sheet.box(whole, edge=tokens.RULE, width_pt=0.7, z=1)
        for one in option.presence:
            box = Box(left=band.x(one.km.low), right=band.x(one.km.high), top=top, bottom=bottom)
            draw_bar(sheet, box, is_confirmed=one.is_confirmed)
            for words in (one.label[lang], one.short[lang]):
                if text_width_mm(words, PATROL) + 2 * WORD_MM <= box.width:
                    _write_on(sheet, words, box, is_confirmed=one.is_confirmed)
                    break
        for left, right in _free(band, option):
            words = text("profile.no_patrol", lang)
            face = Face(size_pt=PATROL.size_pt, color=tokens.SECOND)
            if text_width_mm(words, face) + 2 * WORD_MM <= right - left:
                x, half = (left + right) / 2, text_width_mm(words, face) / 2 + 0.8
                back = Box(left=x - half, right=x + half, top=top + 0.4, bottom=bottom - 0.4)
                sheet.box(back, fill=tokens.PAPER, z=4.5)
                sheet.write(words, x, middle, face, align="center", column=(left, right))


def _free(band: Band, option: OptionProfileView) -> list[tuple[float, float]]:
    """Stretches of the bar without presence."""
    found, start = [], 0.0
    for one in sorted(option.presence, key=lambda one: one.km.low):
        found.append((band.x(start), band.x(max(start, one.km.low))))
        start = max(start, one.km.high)
    return [*found, (band.x(start), band.x(option.km))]


def draw_bar(sheet: Sheet, box: Box, *, is_confirmed: bool) -> None:
    """Full where confirmed, hatched where offered."""
    sheet.box(
        box,
        fill=tokens.PATROL if is_confirmed else tokens.PAPER,
        edge=tokens.PATROL,
        width_pt=1.2,
        hatch=None if is_confirmed else "//////",
        z=4.4,
    )


def _write_on(sheet: Sheet, words: str, box: Box, *, is_confirmed: bool) -> None:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    color = tokens.PAPER if is_confirmed else tokens.INK
    if not is_confirmed:
        half = text_width_mm(words, PATROL) / 2 + 0.6
        back = Box(left=x - half, right=x + half, top=box.top + 0.4, bottom=box.bottom - 0.4)
        sheet.box(back, fill=tokens.PAPER, z=4.5)
    face = Face(size_pt=PATROL.size_pt, is_bold=True, color=color)
    sheet.write(words, x, y, face, align="center", column=(box.left, box.right))
