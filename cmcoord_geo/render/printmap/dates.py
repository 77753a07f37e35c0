"""Days and hours as they are read in Bangui, with UTC where a moment ends something."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.views import WindowView


def day(moment: datetime, lang: Lang) -> str:
    """Weekday and day, such as "lun. 30"."""
    local = moment.astimezone(BANGUI)
    return f"{text(f'print.weekday.{local.weekday()}', lang)} {local.day}"


def stamp(moment: datetime, lang: Lang) -> str:
    """Full moment in Bangui and UTC."""
    local = moment.astimezone(BANGUI)
    return text(
        "print.stamp",
        lang,
        day=day(moment, lang),
        month=text(f"print.month.{local.month}", lang),
        year=local.year,
        hour=f"{local:%H:%M}",
        utc=f"{moment.astimezone(UTC):%H:%M}",
    )


def dated_stamp(moment: datetime, lang: Lang) -> str:
    """Day, month and hour in Bangui, for what may lie beyond the week."""
    local = moment.astimezone(BANGUI)
    return f"{day(moment, lang)} {text(f'print.month.{local.month}', lang)}, {local:%H:%M}"


def short_stamp(moment: datetime, lang: Lang) -> str:
    """Day and hour in Bangui."""
    return f"{day(moment, lang)}, {moment.astimezone(BANGUI):%H:%M}"


def window(span: WindowView, lang: Lang) -> str:
    """Window of time in Bangui; the second day only where it differs from the first."""
    start, end = span.start.astimezone(BANGUI), span.end.astimezone(BANGUI)
    if start.date() == end.date():
        return f"{day(start, lang)}, {start:%H:%M}–{end:%H:%M}"
    return f"{day(start, lang)}, {start:%H:%M} – {day(end, lang)}, {end:%H:%M}"
