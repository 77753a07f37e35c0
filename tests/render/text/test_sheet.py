"""Words, dates and lines of a text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sharing import week
from sharing.week import at

from cmcoord_geo.render.text.sheet import WIDTH, Sheet, joined, km, outward, whole
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.views import RangeView, WindowView

PRODUCT = build_product(week.picture(), week.plans(), week.OWNER, week.CONFIG).product
FRENCH, ENGLISH = Sheet(PRODUCT, "fr"), Sheet(PRODUCT, "en")


def test_days_have_their_names() -> None:
    """Hazard H7."""
    assert FRENCH.moment(at(1, 6)) == "mar. 1er déc. 06:00"
    assert ENGLISH.moment(at(1, 6)) == "Tue 1 Dec 06:00"


def test_both_clocks_stand_where_it_matters() -> None:
    assert ENGLISH.both_clocks(at(1, 0, 30)) == "1 Dec 2026, 00:30 Bangui (23:30 UTC)"
    window = WindowView(start=at(1, 6), end=at(1, 8))
    assert FRENCH.departure(window).endswith(
        "06:00–08:00 (Bangui\N{NO-BREAK SPACE}; 05:00–07:00 UTC)"
    )


def test_a_window_names_the_second_day_only_where_it_differs() -> None:
    assert ENGLISH.window(WindowView(start=at(1, 6), end=at(1, 8))) == "Tue 1 Dec 06:00–08:00"
    over = WindowView(start=at(1, 6), end=at(2, 8))
    assert ENGLISH.window(over) == "Tue 1 Dec 06:00 – Wed 2 Dec 08:00"
    assert ENGLISH.hours(WindowView(start=at(1, 6), end=at(1, 8))) == "06:00–08:00"
    assert ENGLISH.hours(over) == "06:00 – Wed 2 Dec 08:00"


@given(start=st.integers(0, 86_400), lasts=st.integers(0, 86_400))
def test_quarters_go_outward(start: int, lasts: int) -> None:
    """Hazard H4: no minute that nobody knows, and never a window that is too narrow."""
    window = WindowView(
        start=at(1, 0) + timedelta(seconds=start), end=at(1, 0) + timedelta(seconds=start + lasts)
    )
    low, high = outward(window)
    assert low <= window.start
    assert high >= window.end
    assert window.start - low < timedelta(minutes=15)
    assert high - window.end < timedelta(minutes=15)
    assert {low.minute % 15, high.minute % 15, low.second, high.second} == {0}


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(1, 1, "1"), (0.9, 1.1, "0–2"), (3, 3.0001, "3–4"), (2.7, 2.9, "2–3")],
)
def test_the_upper_end_is_rounded_up(low: float, high: float, shown: str) -> None:
    assert whole(RangeView(low=low, high=high)) == shown


def test_kilometres_stay_with_their_unit() -> None:
    assert km(RangeView(low=0, high=76)) == "76\N{NO-BREAK SPACE}km"
    assert km(RangeView(low=3, high=76)) == "3–76\N{NO-BREAK SPACE}km"


def test_places_and_segments_have_names() -> None:
    assert FRENCH.segment(week.segment("SBT", "GRI")) == "Sibut–Grimari"
    assert FRENCH.position("BGF") == "Bangui 4.361 N 18.555 E"
    unknown = (FRENCH.place("x"), FRENCH.segment("x"), FRENCH.position("x"), FRENCH.ends("x"))
    assert unknown == ("x", "x", "x", ())


@given(words=st.lists(st.text("ab-– ", min_size=1, max_size=20), max_size=20).map(" ".join))
def test_no_line_is_too_long(words: str) -> None:
    lines = [
        *FRENCH.paragraph(words), *FRENCH.points([words], "    ", "[ ]"), *FRENCH.row("length", words),
        *FRENCH.title(words),
    ]  # fmt: skip
    assert max(map(len, lines)) <= WIDTH


def test_names_with_a_hyphen_are_not_broken() -> None:
    lines = list(FRENCH.paragraph("Kaga-Bandoro " * 20))
    assert {word for line in lines for word in line.split()} == {"Kaga-Bandoro"}


def test_a_row_without_words_keeps_its_label() -> None:
    assert list(ENGLISH.row("length", "")) == ["    Length"]


def test_parts_that_say_nothing_are_left_out() -> None:
    assert joined(["a", "", "b"]) == "a · b"
    assert FRENCH.several(["a", "b"]) == "a\N{NO-BREAK SPACE}; b"


def test_data_are_never_read_as_a_sentence() -> None:
    """A value with braces or signs is put in as it stands."""
    assert ENGLISH.both("{x} :", "{{y}} ; %") == "{x} :: {{y}} ; %"


def test_a_place_is_shown_back_as_it_was_understood() -> None:
    """Hazard H5: a wrong match is seen by its prefecture and position."""
    told = ENGLISH.whereabouts("BBY")
    assert "Bambari" in told
    assert "[BBY]" in told
    assert "Ouaka" in told
    assert ENGLISH.whereabouts("nowhere") == "nowhere"
