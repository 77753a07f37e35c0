"""Patrol windows and possible meetings as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.render.text.sheet import Sheet, joined

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import PatrolView, ProductView


def patrol_lines(sheet: Sheet, patrols: Sequence[PatrolView]) -> Iterator[str]:
    """Patrols as released; nothing without one."""
    if not patrols:
        return
    yield from sheet.title(sheet.say("patrols"))
    for patrol in patrols:
        where = sheet.surveyed(key for key, _, _ in patrol.stretches) or ", ".join(
            sheet.segment(key) for key, _, _ in patrol.stretches
        )
        window = sheet.window(patrol.window) if patrol.window else sheet.say("window_unknown")
        passed = sheet.say("passed", at=sheet.moment(patrol.passed_at)) if patrol.passed_at else ""
        about = f"{patrol.provider[sheet.lang]}, {patrol.composition[sheet.lang]}"
        name = patrol.patrol_id
        head = (
            f"{patrol.mark} ({sheet.say('answer_to', corridor=name) if patrol.is_answer else name})"
        )
        yield from sheet.points(
            [joined([head, window, where, sheet.say(patrol.state), passed, about])]
        )


def conflict_lines(sheet: Sheet, product: ProductView) -> Iterator[str]:
    """Meetings in a row, and what the answer does not say: where data were refused, it rests on less."""
    yield from sheet.title(sheet.say("conflicts"))
    yield from sheet.points(
        joined([one.mark, sheet.window(one.window), one.said[sheet.lang]])
        for one in product.conflicts
    )
    key = "elsewhere" if product.conflicts else "no_patrols" if product.lacks_patrols else "nowhere"
    yield from sheet.paragraph(sheet.say(key, at=sheet.both_clocks(product.frame.as_of)))
    yield from sheet.paragraph(sheet.say("other_rules"))
    if product.data_notes:
        yield from sheet.paragraph(sheet.say("conflicts_rest_on_less"))
