"""Alternatives to an armed escort side by side, as a table, with what to ask first below it."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Lang, text
from cmcoord_geo.render.text.option import ordnance_words
from cmcoord_geo.render.text.questions import question_lines
from cmcoord_geo.render.text.sheet import WIDTH, Sheet, joined, whole

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import AlternativesView, AlternativeView, ExposureView

_HEADS = ("what", "hours", "exposure", "cover", "km", "ask")
#: Width of each column: with padding and rules they fill the table.
_WIDTHS = (14, 8, 13, 13, 10, 11)
#: Places of a way that are named in a cell.
_MOST_PLACES = 4


def build_alternatives_text(view: AlternativesView, *, lang: Lang = "fr") -> str:
    """
    Text of the alternatives of one movement.

    Parameters
    ----------
    view : AlternativesView
    lang : str
        ``fr`` or ``en``.
    """
    sheet = Sheet(view, lang)
    lines = [*_head(sheet, view), _table(sheet, view), *_foot(sheet, view)]
    return "\n".join(lines) + "\n"


def _head(sheet: Sheet, view: AlternativesView) -> Iterator[str]:
    frame, movement = view.frame, view.movement
    if frame.is_exercise:
        yield "*** EXERCICE / EXERCISE ***"
    yield from sheet.paragraph(frame.title[sheet.lang])
    yield from sheet.paragraph(
        joined([movement.movement_id, movement.organisation, movement.vehicles[sheet.lang]])
    )
    yield from sheet.paragraph(
        sheet.say(
            "depart", window=sheet.departure(movement.depart), season=movement.season[sheet.lang]
        )
    )
    yield from sheet.row("cut_off", sheet.both_clocks(frame.as_of), indent="")
    yield from sheet.row("expires", sheet.both_clocks(frame.expires_at), indent="")
    if movement.refusal:
        yield from sheet.paragraph(_say(sheet, "refused", why=movement.refusal[sheet.lang]))
    yield ""


def _table(sheet: Sheet, view: AlternativesView) -> str:
    from rich import box  # a command that draws no table should not wait for it
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.ASCII2, show_lines=True, width=WIDTH, padding=(0, 1))
    for head, width in zip(_HEADS, _WIDTHS, strict=True):
        table.add_column(_say(sheet, f"head_{head}"), width=width, overflow="fold")
    for one in view.movement.alternatives:
        table.add_row(*_cells(sheet, one))
    out = StringIO()
    Console(
        file=out, width=WIDTH, color_system=None, force_terminal=False, markup=False, emoji=False,
        highlight=False, legacy_windows=False,
    ).print(table)  # fmt: skip
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines())


def _cells(sheet: Sheet, one: AlternativeView) -> tuple[str, ...]:
    if one.drive_h is None:
        blank = _say(sheet, "nothing_driven")
        return (_what(sheet, one), blank, blank, blank, blank, _asked(sheet, one))
    days = "" if one.days is None else whole(one.days)
    hours = _say(sheet, "days", hours=whole(one.drive_h), days=days)
    km = (
        f"{one.unpatrolled_km}" if one.unpatrolled_km is not None else _say(sheet, "nothing_driven")
    )
    return (
        _what(sheet, one),
        hours,
        _exposure(sheet, one.exposure),
        _cover(sheet, one),
        km,
        _asked(sheet, one),
    )


def _what(sheet: Sheet, one: AlternativeView) -> str:
    name = joined([_say(sheet, one.family_id), one.letter], " ")
    parts = [name]
    if one.family_id in {"asked", "road", "programme"} and one.via:
        middle = [sheet.place(key) for key in one.via[1:-1] if sheet.is_place(key)]
        shown = ", ".join([*middle[:_MOST_PLACES], *(["…"] if len(middle) > _MOST_PLACES else [])])
        parts.append(_say(sheet, "via", places=shown) if middle else _say(sheet, "direct"))
    if one.family_id == "time" and one.depart:
        parts.append(_say(sheet, "depart", when=sheet.window(one.depart)))
    if one.meetings:
        parts.append(_say(sheet, "meetings", count=one.meetings))
    return "\n".join(parts)


def _cover(sheet: Sheet, one: AlternativeView) -> str:
    confirmed = _exposure(sheet, one.with_confirmed)
    if one.with_offered is None:
        return _say(sheet, "best", range=confirmed)
    offered = _exposure(sheet, one.with_offered)
    return confirmed if offered == confirmed else f"{confirmed} / {offered}"


def _exposure(sheet: Sheet, exposure: ExposureView | None) -> str:
    if exposure is None or not exposure.informed_percent:
        return _say(sheet, "none_known")
    if exposure.informed_percent < 100:
        return _say(sheet, "from", low=exposure.low)
    return f"{exposure.low}–{exposure.high}"


def _asked(sheet: Sheet, one: AlternativeView) -> str:
    """Questions that it hangs on, and whom to ask besides."""
    whom = "" if one.ask is None else one.ask[sheet.lang]
    return joined([" ".join(one.unknown), whom], "\n")


def _foot(sheet: Sheet, view: AlternativesView) -> Iterator[str]:
    yield from sheet.paragraph(_say(sheet, "note"))
    yield from sheet.points(
        _say(sheet, "ordnance", letter=option.letter, words=ordnance_words(sheet, option))
        for option in view.movement.options
    )
    yield from question_lines(sheet, view.movement)
    told = [one for one in view.movement.alternatives if one.said]
    if told:
        yield ""
        yield _say(sheet, "detail")
        yield from sheet.points(
            sheet.both(
                joined([_say(sheet, one.family_id), one.letter], " "),
                " ".join(words[sheet.lang] for words in one.said),
            )
            for one in told
        )
    yield sheet.say("no_escort")
    yield ""
    yield from sheet.paragraph(view.frame.disclaimer[sheet.lang])


def _say(sheet: Sheet, key: str, **values: object) -> str:
    return text(f"alternatives.{key}", sheet.lang, **values)
