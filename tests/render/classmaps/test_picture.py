"""The small maps fit their sheet in both languages, and none says low where nothing is known."""

from __future__ import annotations

import itertools
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from render import sheets
from render.sheet_checks import assert_text_stays_inside, meeting

from cmcoord_geo.i18n import text
from cmcoord_geo.render.classmaps import build_class_picture
from cmcoord_geo.render.classmaps.layout import Layout
from cmcoord_geo.render.classmaps.picture import draw_classes
from cmcoord_geo.render.printmap.sheet import Sheet

LANGS = ("fr", "en")


@pytest.fixture(scope="module", params=itertools.product(sheets.CLASSES, LANGS), ids="-".join)
def made(request: pytest.FixtureRequest) -> tuple[Sheet, Layout]:
    name, lang = request.param
    return draw_classes(sheets.CLASSES[name](), lang=lang, dpi=40)


def test_no_text_leaves_its_column_or_the_sheet(made: tuple[Sheet, Layout]) -> None:
    assert_text_stays_inside(made[0])


def test_no_two_texts_meet(made: tuple[Sheet, Layout]) -> None:
    assert list(meeting(made[0].written)) == []


def test_nothing_is_cut_and_nothing_is_too_small_to_read(made: tuple[Sheet, Layout]) -> None:
    sheet, _ = made
    ours = [one for one in sheet.written if one.text and one.part not in {"head", "foot"}]
    assert min(written.size_pt for written in ours) >= 4.9
    assert [written.text for written in ours if "…" in written.text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_each_class_has_its_map_with_records_and_period(lang: str) -> None:
    view = sheets.classes()
    sheet, layout = draw_classes(view, lang=lang, dpi=40)
    assert len(layout.cells) == len(view.panels) == 8
    for cell, panel in zip(layout.cells, view.panels, strict=True):
        there = [one.text for one in sheet.written if one.box.is_within(cell.box, slack_mm=0.8)]
        assert panel.title[lang] in there
        assert f"{panel.records[lang]} · {panel.period[lang]}" in there


@pytest.mark.parametrize("lang", LANGS)
def test_what_no_source_covers_is_said_and_not_counted(lang: str) -> None:
    view = sheets.uncovered()
    sheet, layout = draw_classes(view, lang=lang, dpi=40)
    for cell, panel in zip(layout.cells, view.panels, strict=True):
        there = [one.text for one in sheet.written if one.box.is_within(cell.box, slack_mm=0.8)]
        is_unknown = panel.key not in {"all", "robbery"}
        if panel.key == "ordnance":  # the source holds records of it all the same: they are told
            assert panel.period[lang] in there
            continue
        assert (text("classmaps.no_information", lang) in there) == is_unknown
        assert (text("classmaps.no_source", lang) in there) == is_unknown
        assert not (is_unknown and panel.records[lang] in " ".join(there))


@pytest.mark.parametrize("lang", LANGS)
def test_what_every_product_says(lang: str) -> None:
    view = sheets.classes()
    words = [one.text for one in draw_classes(view, lang=lang, dpi=40)[0].written]
    told = " ".join(words)
    for sentence in (text("word.exercise", lang), view.frame.audience_note[lang], "(16:00 UTC)"):
        assert sentence in told
    for note in view.notes:
        assert note[lang] in told
    assert view.frame.disclaimer[lang][:60] in told
    real = replace(view, frame=replace(view.frame, is_exercise=False))
    assert text("word.exercise", lang) not in [
        one.text for one in draw_classes(real, lang=lang, dpi=40)[0].written
    ]


def test_same_view_same_bytes_and_no_text_chunk() -> None:
    first, second = (build_class_picture(sheets.classes(), lang="fr", dpi=60) for _ in range(2))
    assert first == second
    with Image.open(BytesIO(first)) as image:
        assert image.mode == "P"
        assert set(image.info) <= {"dpi"}


def test_a_sheet_to_print_is_small() -> None:
    assert len(build_class_picture(sheets.classes())) < 500_000
