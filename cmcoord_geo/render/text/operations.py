"""Announced operations and closures as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.text.sheet import Sheet, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.sharing.views import OperationView, ProductView


def operation_lines(sheet: Sheet, product: ProductView) -> Iterator[str]:
    """Operations as released; where no table was given, that nothing is known of them."""
    if not product.operations and not product.lacks_operations:
        return
    yield from sheet.title(sheet.say("operations"))
    if product.lacks_operations:
        yield from sheet.paragraph(sheet.say("operations_none_given"))
        return
    yield from sheet.points(_line(sheet, one) for one in product.operations)
    if product.movements:
        yield from sheet.paragraph(sheet.say("operations_deconflict"))


def _line(sheet: Sheet, one: OperationView) -> str:
    keys = [key for key, _, _ in one.stretches]
    where = sheet.surveyed(keys) or ", ".join(map(sheet.segment, keys))
    marks = sheet.say("operation_on", marks=", ".join(one.movements)) if one.movements else ""
    return joined([f"{one.mark} ({one.operation_id})", _hours(sheet, one), where, marks])


def _hours(sheet: Sheet, one: OperationView) -> str:
    """Hours as announced, and where they do not say when it is, that."""
    if one.window:
        return sheet.window(one.window)
    if one.start and not one.end:
        return text("operation.from", sheet.lang, start=sheet.moment(one.start))
    if one.end and not one.start:
        return text("operation.until", sheet.lang, end=sheet.moment(one.end))
    return text("operation.at_any_time", sheet.lang)
