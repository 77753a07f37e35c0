"""Requested corridors as text, by day, with the places to look for on a map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.render.text.sheet import Sheet, km

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import CorridorStretchView, CorridorView


def corridor_lines(sheet: Sheet, corridors: Sequence[CorridorView]) -> Iterator[str]:
    """Corridors in the order of their marks; nothing without one."""
    if not corridors:
        return
    yield from sheet.title(sheet.say("corridors"))
    yield from sheet.paragraph(sheet.say("corridor_note"))
    for day, group in groupby(corridors, key=lambda one: sheet.day(one.stretches[0].window.start)):
        yield ""
        yield f"  {day}"
        for corridor in group:
            yield f"    {corridor.mark} ({corridor.corridor_id})"
            yield from _stretches(sheet, corridor.stretches)
    seen = dict.fromkeys(
        place
        for corridor in corridors
        for part in corridor.stretches
        for place in sheet.ends(part.segment_id)
        if sheet.is_place(place)
    )
    yield ""
    yield from sheet.paragraph(sheet.say("positions", places=" · ".join(map(sheet.position, seen))))


def _stretches(sheet: Sheet, stretches: Sequence[CorridorStretchView]) -> Iterator[str]:
    """Stretches in a row with one window stand in one line."""
    for _, group in groupby(stretches, key=lambda part: (part.window.start, part.window.end)):
        parts = list(group)
        where = sheet.surveyed(part.segment_id for part in parts) or ", ".join(
            f"{sheet.segment(part.segment_id)} ({km(part.km)})" for part in parts
        )
        yield from sheet.paragraph(sheet.both(sheet.hours(parts[0].window), where), indent="      ")
