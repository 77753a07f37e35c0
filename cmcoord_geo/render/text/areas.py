"""Areas to avoid as text: what each does, until when, and on which roads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Lang, text
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.render.text.sheet import Sheet, joined

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import AreaView

#: Roads that are named of one area, and areas that are told one by one; the others are counted.
_MOST_ROADS, _MOST_AREAS = 6, 60


def area_lines(sheet: Sheet, areas: Sequence[AreaView]) -> Iterator[str]:
    """Areas to avoid, one by one; nothing without one."""
    if not areas:
        return
    yield from sheet.title(text("areas.title", sheet.lang))
    first = sorted(areas, key=lambda area: area.idle is not None)[:_MOST_AREAS]
    yield from sheet.points(area_words(sheet, area) for area in first)
    if len(areas) > len(first):
        count = len(areas) - len(first)
        yield from sheet.points([text("areas.more_areas", sheet.lang, count=count)])
    yield from sheet.paragraph(text("areas.note", sheet.lang))


def area_words(sheet: Sheet, area: AreaView) -> str:
    """One area in a row: mark and name, effect, period, roads, movements."""
    lang = sheet.lang
    return joined(
        [
            area_name(area, lang),
            area_effect(area, lang),
            text("areas.since", lang, at=sheet.moment(area.since)) if area.since else "",
            text("areas.until_then", lang, at=sheet.moment(area.until)),
            _roads(sheet, area),
            area.idle[lang] if area.idle else ", ".join(area.movements),
        ]
    )


def area_name(area: AreaView, lang: Lang) -> str:
    """Mark of an area, and its name where it is shown."""
    return text("areas.named", lang, mark=area.mark, name=area.name) if area.name else area.mark


def area_effect(area: AreaView, lang: Lang) -> str:
    """What an area does: closes, or adds so many minutes to each km."""
    if area.added_min_per_km is None:
        return text("areas.closes", lang)
    minutes = said_decimal(area.added_min_per_km, digits=int(area.added_min_per_km % 1 > 0))
    return text("areas.weighs", lang, minutes=minutes[lang])


def _roads(sheet: Sheet, area: AreaView) -> str:
    told = [
        f"{said_road(road.road)[sheet.lang]} {said_decimal(road.km, digits=1)[sheet.lang]} km"
        for road in area.roads[:_MOST_ROADS]
    ]
    left = len(area.roads) - len(told)
    if left:
        told.append(text("areas.more_roads", sheet.lang, count=left))
    return ", ".join(told)
