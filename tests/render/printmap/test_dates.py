"""Days and hours as read in Bangui, UTC beside what ends something."""

from __future__ import annotations

from datetime import UTC, datetime

from cmcoord_geo.render.printmap import dates
from cmcoord_geo.sharing.views import WindowView

MOMENT = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)  # already Monday in Bangui


def test_a_stamp_names_both_zones_and_the_day_in_bangui():
    assert dates.stamp(MOMENT, "fr") == "lun. 30 nov. 2026, 00:30 Bangui (23:30 UTC)"
    assert dates.stamp(MOMENT, "en") == "Mon 30 Nov 2026, 00:30 Bangui (23:30 UTC)"
    assert dates.short_stamp(MOMENT, "fr") == "lun. 30, 00:30"
    assert dates.dated_stamp(MOMENT, "en") == "Mon 30 Nov, 00:30"


def test_a_window_names_its_second_day_only_where_it_differs():
    same = WindowView(start=MOMENT, end=MOMENT.replace(hour=23, minute=59))
    assert dates.window(same, "fr") == "lun. 30, 00:30–00:59"
    later = WindowView(start=MOMENT, end=datetime(2026, 12, 1, 5, tzinfo=UTC))
    assert dates.window(later, "en") == "Mon 30, 00:30 – Tue 1, 06:00"
