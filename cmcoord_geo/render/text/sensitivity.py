"""The options under other parameters of the hazard, as a sentence and a table."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmcoord_geo.render.text.sheet import Sheet
    from cmcoord_geo.sharing.views import SensitivityView, VariantOptionView

_NAME, _CELL = 34, 13


def sensitivity_lines(sheet: Sheet, view: SensitivityView) -> Iterator[str]:
    """Whether the option kept stays, then one line for each variant."""
    yield ""
    yield sheet.say("sensitivity")
    yield from sheet.paragraph(view.said[sheet.lang], indent="  ")
    if not view.variants:
        return
    letters = "".join(f"{option.letter:<{_CELL}}" for option in view.variants[0].options)
    yield f"  {'':<{_NAME}}{letters}".rstrip()
    for variant in view.variants:
        *above, name = wrap(variant.name[sheet.lang], _NAME - 2)
        yield from (f"  {line}" for line in above)
        cells = "".join(
            f"{_cell(option, is_kept=option.letter == variant.advised):<{_CELL}}"
            for option in variant.options
        )
        yield f"  {name:<{_NAME}}{cells}".rstrip()
    yield from sheet.paragraph(sheet.say("sensitivity_key"), indent="  ")


def _cell(option: VariantOptionView, *, is_kept: bool) -> str:
    star = "*" if is_kept else ""
    if not option.informed_percent:
        return f"?{star}"
    index = str(option.index or "<1") + ("" if option.informed_percent >= 100 else "+?")
    rank = str(option.rank) if option.rank else "–"
    return f"{index} ({rank}) {option.worst_class or '?'}{star}"
