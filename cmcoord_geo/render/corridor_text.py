"""Requested corridors as text: the request, and their rank by unmet need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import join, said, text
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.corridor_ranks import RanksView, RankView
    from cmcoord_geo.sharing.corridor_views import AskedCorridorView, CorridorSheetView


def corridor_text(sheet: CorridorSheetView, *, lang: Lang) -> str:
    """Text of the corridors of a sheet, a line for each."""
    return "\n".join(_sheet_lines(sheet, lang))


def _sheet_lines(sheet: CorridorSheetView, lang: Lang) -> Iterator[str]:
    if sheet.frame.is_exercise:
        yield text("corridors.exercise", lang)
    yield sheet.frame.title[lang]
    yield sheet.frame.subtitle[lang]
    yield ""
    for corridor in sheet.corridors:
        yield text(
            "corridors.line",
            lang,
            **_where(corridor, lang),
            km=corridor.km,
            presence=", ".join(kind[lang] for kind in corridor.presence),
            composition=corridor.composition[lang],
            sides=f", {text('corridors.both_sides', lang)}" if corridor.is_dual else "",
        )
    if not sheet.corridors:
        yield text("corridors.none", lang)
    if sheet.withdrawn:
        yield text("corridors.withdrawn", lang, names=", ".join(sheet.withdrawn))
    yield ""
    yield from (note[lang] for note in sheet.notes[:4])
    yield sheet.frame.disclaimer[lang]


def rank_text(ranks: RanksView, *, lang: Lang) -> str:
    """Text of the corridors by unmet need."""
    return "\n".join(_rank_lines(ranks, lang))


def _rank_lines(ranks: RanksView, lang: Lang) -> Iterator[str]:
    if ranks.is_exercise:
        yield text("corridors.exercise", lang)
    yield text("corridors.rank_title", lang)
    for one in ranks.corridors:
        yield ""
        yield text("corridors.rank_line", lang, n=one.rank, **_where(one.corridor, lang))
        yield "    " + text(
            "corridors.rank_km",
            lang,
            wanted=one.wanted_km,
            fresh=one.fresh_km,
            confirmed=one.confirmed_km,
            unmet=one.unmet_km,
        )
        yield "    " + _states(one, lang)
        if one.passed_at:
            at = moment_text(one.passed_at, lang=lang)
            yield "    " + text("corridors.rank_passed", lang, at=at)
        if one.not_counted:
            why = join(one.not_counted, "; ")[lang]
            yield "    " + text("corridors.not_counted", lang, why=why)
    if ranks.outdated:
        yield ""
        yield outdated_text(ranks.outdated, lang=lang)
    elif not ranks.corridors:
        yield text("corridors.no_ledger", lang)
    yield ""
    yield text("corridors.rank_note", lang)


def outdated_text(names: Sequence[str], *, lang: Lang) -> str:
    """Sentence about corridors that no longer match the movements."""
    return text("corridors.outdated", lang, count=len(names), names=", ".join(names))


def _states(one: RankView, lang: Lang) -> str:
    missing = text("corridors.untold" if one.answers else "corridors.not_yet", lang)

    def told(at: datetime | None) -> str:
        return missing if at is None else moment_text(at, lang=lang)

    answers = [text(f"corridors.answers.{word}", lang) for word in one.answers]
    return text(
        "corridors.rank_states",
        lang,
        received=told(one.received_at),
        relayed=told(one.relayed_at),
        answered=told(one.answered_at),
        answer=", ".join(answers) or text("corridors.not_yet", lang),
    )


def moment_text(at: datetime, *, lang: Lang) -> str:
    """Day and hour in Bangui."""
    return f"{said_day(at)[lang]} {at.astimezone(BANGUI):%H:%M}"


def _where(corridor: AskedCorridorView, lang: Lang) -> dict[str, object]:
    """Name, priority, road, ends and window."""
    start, end = (at.astimezone(BANGUI) for at in (corridor.window.start, corridor.window.end))
    window = said(
        "corridors.window", day=said_day(start), start=f"{start:%H:%M}", end=f"{end:%H:%M}"
    )
    return {
        "id": corridor.corridor_id,
        "priority": corridor.priority,
        "road": f"{corridor.road}, " if corridor.road else "",
        "first": corridor.first.name[lang],
        "last": corridor.last.name[lang],
        "window": window[lang],
    }
