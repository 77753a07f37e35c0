"""A product as plain text: to read on a terminal, to print, to read out by radio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Lang
from cmcoord_geo.render.text import (
    Sheet,
    area_lines,
    closure_lines,
    conflict_lines,
    corridor_lines,
    count_lines,
    crossing_lines,
    movement_lines,
    operation_lines,
    overview_lines,
    patrol_lines,
    road_lines,
    shared_families,
)
from cmcoord_geo.render.text.movement import family_words

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import FrameView, ProductView


def build_text(product: ProductView, *, lang: Lang = "fr") -> str:
    """
    Text of a product, for the audience of its view.

    Parameters
    ----------
    product : ProductView
    lang : str
        ``fr`` or ``en``.
    """
    sheet = Sheet(product, lang)
    return (
        "\n".join([*_head(sheet, product), *_body(sheet, product), *_foot(sheet, product)]) + "\n"
    )


def _head(sheet: Sheet, product: ProductView) -> Iterator[str]:
    frame = product.frame
    if frame.is_exercise:
        yield "*** EXERCICE / EXERCISE ***"
    yield from sheet.paragraph(frame.title[sheet.lang])
    yield from sheet.paragraph(frame.subtitle[sheet.lang])
    yield ""
    audience = f"{frame.audience_name[sheet.lang]} ({frame.audience_note[sheet.lang]})"
    yield from sheet.row("audience", audience, indent="")
    yield from sheet.row("cut_off", sheet.both_clocks(frame.as_of), indent="")
    yield from sheet.row("expires", sheet.both_clocks(frame.expires_at), indent="")
    yield ""
    if frame.is_schematic:
        yield from sheet.paragraph(sheet.say("schematic"))
    for words in (product.incidents_said, product.ordnance_said):
        if words:
            yield from sheet.paragraph(words[sheet.lang])
    if product.movements:
        yield from sheet.paragraph(sheet.say("door_to_door"))
    if product.data_notes:
        yield from sheet.title(sheet.say("data_notes"))
        yield from sheet.points(words[sheet.lang] for words in product.data_notes)


def _body(sheet: Sheet, product: ProductView) -> Iterator[str]:
    shared = shared_families(product.movements)
    yield from overview_lines(sheet, product.movements)
    for movement in product.movements:
        yield from movement_lines(sheet, movement, product.conflicts, shared=shared)
    if shared:
        yield from sheet.title(sheet.say("families_all"))
        yield from family_words(sheet, shared)
    yield from corridor_lines(sheet, product.corridors)
    if product.movements:
        yield from conflict_lines(sheet, product)
    yield from patrol_lines(sheet, product.patrols)
    yield from operation_lines(sheet, product)
    yield from closure_lines(sheet, product.closures)
    yield from sheet.points(words[sheet.lang] for words in product.road_notes)
    yield from area_lines(sheet, product.areas)
    if product.frame.audience != "owner":
        yield from road_lines(sheet, product.segments)
        yield from crossing_lines(sheet, product.crossings)
    yield from count_lines(sheet, "incident_counts", product.incident_counts)
    yield from count_lines(sheet, "movement_counts", product.movement_counts)


def _foot(sheet: Sheet, product: ProductView) -> Iterator[str]:
    frame: FrameView = product.frame
    yield ""
    sources = " · ".join(source.said[sheet.lang] for source in frame.sources)
    yield from sheet.paragraph(sheet.say("sources", sources=sources))
    yield from sheet.paragraph(frame.disclaimer[sheet.lang])
