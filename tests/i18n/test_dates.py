"""Days in words: no reader can take the month for the day (H7)."""

from __future__ import annotations

from datetime import UTC, datetime

from cmcoord_geo.i18n import Said
from cmcoord_geo.i18n.dates import said_date, said_day
from cmcoord_geo.units import BANGUI


def test_days_are_named_in_both_languages() -> None:
    first = datetime(2026, 12, 1, 6, tzinfo=BANGUI)
    assert said_day(first) == Said(fr="mar. 1er déc.", en="Tue 1 Dec")
    assert said_date(first.replace(day=2)) == Said(fr="2 déc. 2026", en="2 Dec 2026")


def test_the_day_is_that_of_bangui() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert said_date(late) == Said(fr="1er déc. 2026", en="1 Dec 2026")
