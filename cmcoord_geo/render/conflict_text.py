"""The conflicts of a week as plain text: to read on a terminal, to print, to read out by radio."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.text import Sheet
from cmcoord_geo.render.text.sheet import joined, outward

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.conflict_views import ConflictsView, ProposalsView, RuleView

_NAME = 44
#: Number of a statement of the leaflet: no reader has them, but all know the leaflet.
_LEAFLET = re.compile(r"\bL\d")


def build_conflict_text(view: ConflictsView, *, lang: Lang = "fr") -> str:
    """
    Text of the conflicts of a week, for the audience of its view.

    Parameters
    ----------
    view : ConflictsView
    lang : str
        ``fr`` or ``en``.
    """
    sheet = Sheet(view, lang)
    lines = [*_head(sheet, view), *_overview(sheet, view)]
    for rule in view.rules:
        if rule.conflicts or rule.lacking:
            lines += _rule(sheet, rule)
    if view.proposals:
        lines += _proposals(sheet, view.proposals)
    return "\n".join([*lines, *_foot(sheet, view)]) + "\n"


def _say(sheet: Sheet, key: str, **values: object) -> str:
    return text(f"conflicts.text.{key}", sheet.lang, **values)


def _head(sheet: Sheet, view: ConflictsView) -> Iterator[str]:
    frame, lang = view.frame, sheet.lang
    if frame.is_exercise:
        yield "*** EXERCICE / EXERCISE ***"
    yield from sheet.paragraph(frame.title[lang])
    yield from sheet.paragraph(frame.subtitle[lang])
    yield ""
    audience = f"{frame.audience_name[lang]} ({frame.audience_note[lang]})"
    yield from sheet.row("audience", audience, indent="")
    yield from sheet.row("cut_off", sheet.both_clocks(frame.as_of), indent="")
    yield from sheet.row("expires", sheet.both_clocks(frame.expires_at), indent="")
    if view.movements is not None:
        yield ""
        yield from sheet.paragraph(sheet.both(_say(sheet, "looked_at"), str(view.movements)))
    for note in view.notes:
        yield from sheet.paragraph(note[lang])


def _overview(sheet: Sheet, view: ConflictsView) -> Iterator[str]:
    yield from sheet.title(_say(sheet, "overview"))
    if not view.rules:
        yield from sheet.paragraph(_say(sheet, "nothing"))
        return
    for rule in view.rules:
        count = sum(one.answer == "conflict" for one in rule.conflicts)
        answer = _say(sheet, rule.answer) + (f" ({count})" if count else "")
        name = rule.name[sheet.lang]
        yield f"  {rule.kind:<4}{name:.<{_NAME + 14}} {answer}"
    yield ""
    yield from sheet.paragraph(_say(sheet, "held", at=sheet.moment(view.frame.as_of)))


def _rule(sheet: Sheet, rule: RuleView) -> Iterator[str]:
    lang = sheet.lang
    severity = _say(sheet, f"severity_{rule.severity}")
    yield from sheet.title(
        _say(sheet, "head", kind=rule.kind, name=rule.name[lang], severity=severity)
    )
    origin = "source_leaflet" if _LEAFLET.search(rule.source) else "source_tool"
    yield from sheet.paragraph(
        _say(sheet, "rule", rule=rule.rule[lang], source=_say(sheet, origin))
    )
    for what in rule.lacking:
        yield from sheet.paragraph(_say(sheet, "not_known", what=what[lang]))
    for one in rule.conflicts:
        sign = one.mark if one.answer == "conflict" else f"{one.mark} ?"
        start, end = outward(one.window)
        told = joined([sheet.window(replace(one.window, start=start, end=end)), one.said[lang]])
        yield from sheet.points([told], sign=sign)
    if rule.conflicts:
        yield from sheet.paragraph(_say(sheet, "do", advice=rule.advice[lang]))


def _proposals(sheet: Sheet, view: ProposalsView) -> Iterator[str]:
    yield from sheet.title(_say(sheet, "proposals"))
    if not any(view.answers):
        yield from sheet.paragraph(_say(sheet, "no_change"))
    elif view.is_proven:
        yield from sheet.paragraph(_say(sheet, "proven"))
    else:
        yield from sheet.paragraph(_say(sheet, "not_proven", gap=f"{view.gap_percent:.0f}"))
    for limit in view.limits:
        yield from sheet.paragraph(limit[sheet.lang])
    for number, answer in enumerate(view.answers, start=1):
        if len(view.answers) > 1:
            yield from sheet.paragraph(_say(sheet, "answer", number=number, of=len(view.answers)))
        for change in answer:
            told = joined([sheet.window(change.depart), change.said[sheet.lang]])
            yield from sheet.points([told])
            yield from sheet.points(change.removes, indent="      ", sign="·")
    if view.standing:
        yield from sheet.paragraph(_say(sheet, "standing"))
        yield from sheet.points(view.standing)


def _foot(sheet: Sheet, view: ConflictsView) -> Iterator[str]:
    yield ""
    yield from sheet.paragraph(view.frame.disclaimer[sheet.lang])
