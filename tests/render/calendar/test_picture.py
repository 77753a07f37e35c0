"""The calendar fits its sheet in both languages, and tells each state by letter, edge and pattern."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from render.sheet_checks import assert_text_stays_inside, meeting
from sharing import week
from sharing.week import at

from cmcoord_geo.i18n import Said, said, text
from cmcoord_geo.render.calendar import build_calendar
from cmcoord_geo.render.calendar.cells import STATES, draw_cell, letter_of
from cmcoord_geo.render.calendar.foot import draw_foot_notes
from cmcoord_geo.render.calendar.grid import draw_grid
from cmcoord_geo.render.calendar.layout import lay_out
from cmcoord_geo.render.calendar.picture import draw_calendar
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.sharing.corridor_sheets import ask, corridor_calendar
from cmcoord_geo.sharing.corridor_views import CalendarRowView, CalendarView, SlotView

LANGS = ("fr", "en")


def blank() -> CalendarView:
    picture = week.picture()
    issue = ask(picture, week.plans(), week.CONFIG, now=week.AS_OF, seed=b"1").issue
    return corridor_calendar(
        picture, week.plans(), issue, week.MINUSCA, week.CONFIG, now=week.AS_OF
    )


def slots(day: int, *states: str) -> tuple[SlotView, ...]:
    return tuple(
        SlotView(
            start=at(day, 6 + 3 * i),
            end=at(day, 9 + 3 * i),
            state=state,
            share=1.0 if i % 2 else 0.4,
            is_asked=True,
        )
        for i, state in enumerate(states)
    )


def row(number: int, first: str = "Kaga-Bandoro", last: str = "Batangafo") -> CalendarRowView:
    return CalendarRowView(
        corridor_ids=(f"7Q2{number:02d}",),
        road="RN8",
        first=Said(fr=first, en=first),
        last=Said(fr=last, en=last),
        km=122,
        presence=(said("corridors.presence.area_presence"),),
        priority=1 + number % 3,
        slots=slots(number % 7, *STATES[:4]),
    )


def calendar(rows: int) -> CalendarView:
    return replace(blank(), rows=tuple(row(i) for i in range(rows)))


LONG = "Nom d’un croisement sans nom, très loin de tout lieu connu (Route nationale)"
CALENDARS = {
    "empty": blank,
    "one": lambda: calendar(1),
    "week": lambda: calendar(12),
    "crowded": lambda: calendar(40),
    "long": lambda: replace(blank(), rows=(row(1, LONG, LONG),)),
    "late": lambda: replace(
        calendar(5), frame=replace(blank().frame, as_of=at(3, 14), expires_at=at(5, 14))
    ),
}


@pytest.mark.parametrize("name", CALENDARS)
@pytest.mark.parametrize("lang", LANGS)
def test_no_text_leaves_its_column_or_meets_another(name: str, lang: str) -> None:
    sheet, layout = draw_calendar(CALENDARS[name](), lang=lang, dpi=40)
    assert_text_stays_inside(sheet)
    lone = [one for one in sheet.written if one.part != "moments"]  # those stand on the rows' edge
    assert list(meeting(lone)) == []
    assert layout.rows_bottom <= layout.inner.bottom


def test_rows_that_do_not_fit_are_counted() -> None:
    _, layout = draw_calendar(calendar(40), lang="fr", dpi=40)
    assert len(layout.rows) + layout.left_rows == 40
    assert any(str(layout.left_rows) in note for note in layout.notes)


@pytest.mark.parametrize("lang", LANGS)
def test_every_state_has_its_letter_and_a_word_in_the_legend(lang: str) -> None:
    sheet, _ = draw_calendar(calendar(3), lang=lang, dpi=40)
    texts = {one.text for one in sheet.written}
    for state in STATES:
        assert text(f"corridors.calendar.{state}.name", lang) in texts
        assert letter_of(state, lang) in texts


def test_states_differ_without_colour() -> None:
    """In grey each state still looks unlike every other."""
    seen = []
    for state in STATES:
        sheet = Sheet(tokens.PAPERS["A4"], dpi=60)
        draw_cell(sheet, Box(left=10, right=17, top=10, bottom=20), state, 1.0, "fr")
        grey = Image.fromarray(sheet.pixels()).convert("L")
        seen.append(np.asarray(grey, dtype=int)[20:50, 20:45])
    for i, one in enumerate(seen):
        for other in seen[i + 1 :]:
            assert np.abs(one - other).mean() > 3


def test_a_part_of_the_road_fills_a_part_of_the_bin() -> None:
    dark = []
    for share in (0.3, 1.0):
        sheet = Sheet(tokens.PAPERS["A4"], dpi=60)
        draw_cell(sheet, Box(left=10, right=17, top=10, bottom=20), "confirmed", share, "fr")
        dark.append(int((sheet.pixels()[:, :, 1] < 120).sum()))
    assert dark[0] < 0.6 * dark[1]


def test_cut_off_and_expiry_stand_across_the_days() -> None:
    view = CALENDARS["late"]()
    sheet, layout = draw_calendar(view, lang="fr", dpi=40)
    assert layout.x_of(at(3, 6)) < layout.x_of(at(3, 14)) < layout.x_of(at(5, 14))
    assert layout.x_of(view.frame.week.start - timedelta(days=3)) == layout.grid_left
    assert layout.x_of(view.frame.week.end + timedelta(days=3)) == layout.grid_right
    assert any("périmé" in one.text for one in sheet.written)


def test_a_bin_at_night_has_no_column() -> None:
    _, layout = draw_calendar(calendar(1), lang="fr", dpi=40)
    (night,) = slots(1, "asked")
    assert layout.column(replace(night, start=at(1, 21))) is None
    assert layout.column(night) == (1, 0)


def test_parts_draw_on_a_sheet_of_their_own() -> None:
    sheet = Sheet(tokens.PAPERS["A4"], dpi=40)
    layout = lay_out(sheet, calendar(2), "en")
    draw_grid(sheet, layout, calendar(2), "en")
    draw_foot_notes(sheet, layout, calendar(2), "en")
    assert {"heads", "rows", "cells", "legend", "notes"} <= {one.part for one in sheet.written}


@pytest.mark.parametrize("as_pdf", [False, True], ids=["png", "pdf"])
def test_same_calendar_same_bytes_and_no_word_of_when(*, as_pdf: bool) -> None:
    first = build_calendar(calendar(1), lang="fr", dpi=40, as_pdf=as_pdf)
    assert first == build_calendar(calendar(1), lang="fr", dpi=40, as_pdf=as_pdf)
    assert first.startswith(b"%PDF" if as_pdf else b"\x89PNG")
    assert not any(word in first for word in (b"CreationDate", b"Author", b"Producer", b"tEXt"))
    if not as_pdf:
        assert Image.open(BytesIO(first)).size[0] > 400


def test_offers_at_other_hours_are_counted_beside_the_bins_asked_for() -> None:
    """Presence before the window is worth more than in it: it is no refusal, and not lost in the sum."""
    asked = slots(1, "refused", "refused")
    before = tuple(replace(slot, is_asked=False) for slot in slots(0, "offered", "asked"))
    view = replace(blank(), rows=(replace(row(1), slots=asked),))
    for lang, word in (("fr", "Hors de ces tranches"), ("en", "outside these bins")):
        assert word not in _told(view, lang)
        with_offer = _told(replace(view, rows=(replace(row(1), slots=before + asked),)), lang)
        assert word in with_offer
        assert ("non couvertes : 2" if lang == "fr" else "not covered: 2") in with_offer


def _told(view: CalendarView, lang: str) -> str:
    sheet, _ = draw_calendar(view, lang=lang, dpi=40)
    return " ".join(" ".join(one.text for one in sheet.written).split())
