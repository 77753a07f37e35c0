"""Departures as plain text: for a terminal, to print, to read out by radio."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.departure_runs import Run, few_names, runs_of
from cmcoord_geo.render.text import Sheet
from cmcoord_geo.render.text.sheet import clock
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.departure_views import (
        DepartureSheetView,
        OptionDeparturesView,
        SlotView,
    )
    from cmcoord_geo.sharing.views import ExposureView, WindowView

#: Columns that the name of a day takes before its hours.
_HEAD = 15
FULL_PERCENT = 100


def build_departure_text(sheets: Sequence[DepartureSheetView], *, lang: Lang = "fr") -> str:
    """
    Text of departure sheets.

    Parameters
    ----------
    sheets : sequence of DepartureSheetView
    lang : str
    """
    page = Sheet(None, lang)
    blocks = ["\n".join(_movement(page, sheet)) for sheet in sheets]
    return "\n\n".join(blocks) + "\n"


def _say(page: Sheet, key: str, **values: object) -> str:
    return text(f"departures.text.{key}", page.lang, **values)


def _movement(page: Sheet, sheet: DepartureSheetView) -> Iterator[str]:
    frame, lang = sheet.frame, page.lang
    if frame.is_exercise:
        yield "*** EXERCICE / EXERCISE ***"
    yield from page.paragraph(frame.title[lang])
    yield from page.paragraph(frame.subtitle[lang])
    yield ""
    audience = f"{frame.audience_name[lang]} ({frame.audience_note[lang]})"
    yield from page.row("audience", audience, indent="")
    yield from page.row("cut_off", page.both_clocks(frame.as_of), indent="")
    yield from page.row("expires", page.both_clocks(frame.expires_at), indent="")
    if sheet.refusal is not None:
        yield ""
        yield from page.paragraph(sheet.refusal[lang])
    for option in sheet.options:
        yield from _option(page, option)
    if sheet.other_road is not None:
        yield from page.title(text("other_road.title", lang))
        yield from page.paragraph(sheet.other_road.said[lang])
    yield ""
    yield from page.paragraph(_say(page, "patrol_note"))
    yield from page.paragraph(frame.disclaimer[lang])


def _option(page: Sheet, option: OptionDeparturesView) -> Iterator[str]:
    lang = page.lang
    via = "–".join(few_names(option.via))
    yield from page.title(_say(page, "option", letter=option.letter, via=via, km=option.km))
    yield from page.paragraph(option.answer[lang])
    yield from page.points(option.notes)
    if option.offered:
        yield ""
        key = "offered" if option.alike > len(option.offered) else "offered_all"
        yield from page.paragraph(_say(page, key, alike=option.alike))
        for number, offer in enumerate(option.offered, start=1):
            slot = option.slots[offer.slot]
            against = ", ".join(words[lang] for words in offer.against)
            words = page.both(_moment(page, slot), f"{slot_words(slot, lang)} ({against})")
            yield from page.points([words], sign=str(number))
    if option.ask:
        yield ""
        yield from page.paragraph(_say(page, "ask"))
        yield from page.points(option.ask)
    yield ""
    days = [(_day(page, option, runs), *_when(option, runs)) for runs in runs_of(option)]
    for (lines, is_stale), alike in groupby(days, key=lambda day: (day[0], day[2])):
        moments = [moment for _, moment, _ in alike]
        head = _head(page, moments[0], moments[-1], is_stale=is_stale)
        if len(head) < _HEAD:
            yield f"{head:<{_HEAD}}{lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield head
            yield from lines


def _when(option: OptionDeparturesView, runs: Sequence[Run]) -> tuple[datetime, bool]:
    """A moment of the day, and whether the data have expired before its first departure."""
    day = next((run for run in runs if run.kind != "night"), runs[-1])
    slot = option.slots[day.first]
    return slot.depart, slot.is_stale


def _head(page: Sheet, first: datetime, last: datetime, *, is_stale: bool) -> str:
    """Name of a day, or of the first and the last of days that are alike."""
    words = said_day(first)[page.lang]
    if last != first:
        words = f"{words} – {said_day(last)[page.lang]}"
    return _say(page, "stale_days", days=words) if is_stale else words


def _day(page: Sheet, option: OptionDeparturesView, runs: Sequence[Run]) -> tuple[str, ...]:
    """A line for each run of a day but the night."""
    shown = [run for run in runs if run.kind != "night"]
    if not shown:
        return (" " * _HEAD + _say(page, "nothing"),)
    lines: list[str] = []
    for run in shown:
        first, last = option.slots[run.first], option.slots[run.last]
        until = "" if last == first else f"–{clock(last.depart)}"
        hours = f"{clock(first.depart)}{until} "
        lines += page.points([run_words(option, run, page.lang)], indent=" " * _HEAD, sign=hours)
    return tuple(lines)


def run_words(option: OptionDeparturesView, run: Run, lang: Lang) -> str:
    """What a run is, in words."""
    if run.kind == "in":
        words = text(f"departures.cover.c{run.cover}", lang)
        return text(
            "departures.text.both", lang, words=words, more=arrival_words(option, run, lang)
        )
    if run.kind in {"meets", "announced"}:
        words = text(f"departures.kind.{run.kind}", lang)
        return text(
            "departures.text.both", lang, words=words, more=arrival_words(option, run, lang)
        )
    reason = "" if run.reason is None else option.reasons[run.reason].said[lang]
    if run.kind == "fast_only":
        return text("departures.kind.fast_only", lang, reason=reason)
    return text("departures.kind.out", lang, reason=reason)


def arrival_words(option: OptionDeparturesView, run: Run, lang: Lang) -> str:
    """First and last arrival of the slots of a run, with the nights on the way."""
    slots = option.slots[run.first : run.last + 1]
    arrivals = [slot.arrive for slot in slots if slot.arrive is not None]
    first = min(window.start for window in arrivals)
    last = max(window.end for window in arrivals)
    days = (last.astimezone(BANGUI).date() - slots[0].depart.astimezone(BANGUI).date()).days
    hours = f"{clock(first)}–{clock(last)}"
    if not days:
        return text("departures.text.arrives", lang, hours=hours)
    nights = ", ".join(dict.fromkeys(name for slot in slots for name in slot.halts))
    return text("departures.text.arrives_later", lang, hours=hours, days=days, nights=nights)


def slot_words(slot: SlotView, lang: Lang) -> str:
    """Arrival, nights, patrols, meetings that remain and way back of a slot that is offered."""
    parts = []
    if slot.arrive is not None:
        key = "arrival_nights" if slot.halts else "arrival"
        parts.append(
            text(f"departures.text.{key}", lang, window=_window(slot.arrive, lang),
                 nights=", ".join(slot.halts))
        )  # fmt: skip
    parts += _meetings(slot, lang)
    if slot.unpatrolled_km is not None:
        parts.append(text("departures.text.unpatrolled", lang, km=slot.unpatrolled_km))
    if slot.exposure is not None:
        parts.append(_exposure(slot.exposure, lang))
    if slot.back_by is not None:
        moment = f"{said_day(slot.back_by)[lang]} {clock(slot.back_by)}"
        parts.append(text("departures.text.back", lang, moment=moment))
    return ", ".join(parts)


def _meetings(slot: SlotView, lang: Lang) -> Iterator[str]:
    """Meetings that remain, and those of which nobody knows: an offer does not hide them."""
    for key, count in (("meeting", slot.meetings), ("unknown_meeting", slot.unknown_meetings)):
        if count:
            number = "one" if count == 1 else "more"
            yield text(f"departures.text.{key}_{number}", lang, count=count)


def _exposure(exposure: ExposureView, lang: Lang) -> str:
    """Exposure with patrols; what is not known never reads as low."""
    if not exposure.informed_percent:
        return text("departures.text.exposure_unknown", lang)
    if exposure.informed_percent < FULL_PERCENT:
        percent = FULL_PERCENT - exposure.informed_percent
        return text("departures.text.exposure_part", lang, low=exposure.low, percent=percent)
    return text("departures.text.exposure", lang, figures=f"{exposure.low}–{exposure.high}")


def _window(window: WindowView, lang: Lang) -> str:
    start, end = (said_day(moment)[lang] for moment in (window.start, window.end))
    if start == end:
        return f"{start} {clock(window.start)}–{clock(window.end)}"
    return f"{start} {clock(window.start)} – {end} {clock(window.end)}"


def _moment(page: Sheet, slot: SlotView) -> str:
    return f"{said_day(slot.depart)[page.lang]} {clock(slot.depart)}"
