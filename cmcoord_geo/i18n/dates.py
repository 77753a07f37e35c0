"""Days as people say them, in both languages: never a bare number that two orders could read (H7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from datetime import datetime


def said_day(moment: datetime) -> Said:
    """Day with its name in both languages, such as "mar. 1er déc."."""
    local = moment.astimezone(BANGUI)
    weekday = said(f"weekday.d{local.weekday()}")
    return said("frame.day", weekday=weekday, day=_day_number(local), month=_month(local))


def said_date(moment: datetime) -> Said:
    """Day, month and year in both languages, such as "1er déc. 2026"."""
    local = moment.astimezone(BANGUI)
    return said("frame.date", day=_day_number(local), month=_month(local), year=local.year)


def _day_number(local: datetime) -> Said:
    return Said(fr="1er" if local.day == 1 else str(local.day), en=str(local.day))


def _month(local: datetime) -> Said:
    return said(f"month.m{local.month}")
