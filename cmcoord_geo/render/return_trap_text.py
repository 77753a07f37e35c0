"""Last departures that still get back, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.text import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.departure_views import ReturnTrapsView, ReturnTrapView


def build_return_trap_text(view: ReturnTrapsView, *, lang: Lang = "fr") -> str:
    """
    Text of last departures: a block for each place, a line for each vehicle.

    Parameters
    ----------
    view : ReturnTrapsView
    lang : str
    """
    return "\n".join(_lines(Sheet(None, lang), view)) + "\n"


def _lines(page: Sheet, view: ReturnTrapsView) -> Iterator[str]:
    frame, lang = view.frame, page.lang
    if frame.is_exercise:
        yield "*** EXERCICE / EXERCISE ***"
    yield from page.paragraph(frame.title[lang])
    yield from page.paragraph(frame.subtitle[lang])
    yield ""
    audience = f"{frame.audience_name[lang]} ({frame.audience_note[lang]})"
    yield from page.row("audience", audience, indent="")
    yield from page.row("cut_off", page.both_clocks(frame.as_of), indent="")
    yield from page.row("expires", page.both_clocks(frame.expires_at), indent="")
    if view.told:
        yield ""
        yield from page.points(what[lang] for what in view.told)
    place = ""
    for trap in view.traps:
        if trap.place != place:
            yield from page.title(trap.place)
        place = trap.place
        yield from page.points([page.both(trap.vehicle[lang], _words(page, trap))])
    yield ""
    if view.missing:
        names = ", ".join(view.missing)
        yield from page.paragraph(text("departures.traps.missing", lang, places=names))
    yield from page.paragraph(text("departures.traps.note", lang))
    yield from page.paragraph(frame.disclaimer[lang])


def _words(page: Sheet, trap: ReturnTrapView) -> str:
    lang = page.lang
    if trap.depart is None or trap.back_by is None:
        return text(f"departures.traps.{trap.state}", lang)
    because = text("departures.traps.hours", lang) if trap.because is None else trap.because[lang]
    return text(
        "departures.traps.trap", lang, depart=page.moment(trap.depart),
        back=page.moment(trap.back_by), because=because,
    )  # fmt: skip
