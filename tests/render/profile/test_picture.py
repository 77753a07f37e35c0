"""The profile fits its sheet in both languages, and says in words and shape what it says by colour."""

from __future__ import annotations

import itertools
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from render import sheets
from render.sheet_checks import assert_text_stays_inside, meeting

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.render.profile import build_profile_picture
from cmcoord_geo.render.profile.layout import Layout
from cmcoord_geo.render.profile.picture import draw_profile

LANGS = ("fr", "en")


@pytest.fixture(scope="module", params=itertools.product(sheets.PROFILES, LANGS), ids="-".join)
def made(request: pytest.FixtureRequest) -> tuple[Sheet, Layout]:
    name, lang = request.param
    return draw_profile(sheets.PROFILES[name](), lang=lang, dpi=40)


def test_no_text_leaves_its_column_or_the_sheet(made: tuple[Sheet, Layout]) -> None:
    assert_text_stays_inside(made[0])


def test_no_two_texts_meet(made: tuple[Sheet, Layout]) -> None:
    assert list(meeting(made[0].written)) == []


def test_nothing_is_too_small_to_read(made: tuple[Sheet, Layout]) -> None:
    sheet, _ = made
    ours = [
        written
        for written in sheet.written
        if written.part not in {"head", "foot"} and written.text not in {"EE", "EO", "?", "!", "≠"}
    ]
    assert min(written.size_pt for written in ours) >= 4.9


def test_every_chart_has_height(made: tuple[Sheet, Layout]) -> None:
    _, layout = made
    for band in layout.bands:
        assert band.chart.height >= 8.0
        assert band.towns.bottom <= band.box.bottom


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("mark", ["H1", "H2", "H6", "H9", "H11"])
def test_nothing_of_the_week_is_cut_and_all_of_it_is_said(mark: str, lang: str) -> None:
    view = sheets.profiles()[mark]
    sheet, _ = draw_profile(view, lang=lang, dpi=40)
    ours = [written for written in sheet.written if written.part not in {"head", "foot"}]
    assert [written.text for written in ours if written.text.endswith("…")] == []
    told = " ".join(written.text for written in sheet.written)
    for sentence in (view.frame.title, *view.notes):
        assert sentence[lang] in told
    for option in view.options:
        assert option.title[lang] in told
        assert option.worst[lang] in told
        for fact in option.facts:
            assert fact.name[lang] in told
            assert fact.value[lang] in told
        for town in option.towns:
            assert town.name in told


@pytest.mark.parametrize("lang", LANGS)
def test_what_every_product_says(lang: str) -> None:
    view = sheets.profiles()["H6"]
    sheet, _ = draw_profile(view, lang=lang, dpi=40)
    told = " ".join(written.text for written in sheet.written)
    for words in (text("word.exercise", lang), view.frame.audience_note[lang], "(16:00 UTC)"):
        assert words in told
    assert view.frame.disclaimer[lang][:60] in told
    assert text("profile.no_information", lang) in told
    real = replace(view, frame=replace(view.frame, is_exercise=False))
    words = [one.text for one in draw_profile(real, lang=lang, dpi=40)[0].written]
    assert text("word.exercise", lang) not in words


def test_same_view_same_bytes_and_no_text_chunk() -> None:
    view = sheets.profiles()["H11"]
    first, second = (build_profile_picture(view, lang="fr", dpi=60) for _ in range(2))
    assert first == second
    assert build_profile_picture(view, lang="en", dpi=60) != first
    with Image.open(BytesIO(first)) as image:
        assert image.mode == "P"
        assert set(image.info) <= {"dpi"}


def test_a_sheet_to_print_is_small() -> None:
    assert len(build_profile_picture(sheets.profiles()["H9"])) < 400_000
