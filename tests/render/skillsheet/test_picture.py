"""The sheet of skill fits in both languages and says what the figures say."""

from __future__ import annotations

import itertools
from io import BytesIO

import pytest
from PIL import Image
from render import skills
from render.sheet_checks import assert_text_stays_inside, meeting

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.render.skillsheet import build_skill_picture
from cmcoord_geo.render.skillsheet.layout import Layout
from cmcoord_geo.render.skillsheet.picture import draw_skill

LANGS = ("fr", "en")


@pytest.fixture(scope="module", params=itertools.product(skills.VIEWS, LANGS), ids="-".join)
def made(request: pytest.FixtureRequest) -> tuple[Sheet, Layout]:
    name, lang = request.param
    return draw_skill(skills.VIEWS[name](), lang=lang, dpi=40)


def test_no_text_leaves_its_column_or_the_sheet(made: tuple[Sheet, Layout]) -> None:
    assert_text_stays_inside(made[0])


def test_no_two_texts_meet(made: tuple[Sheet, Layout]) -> None:
    assert list(meeting(made[0].written)) == []


def test_nothing_is_cut_and_nothing_is_too_small_to_read(made: tuple[Sheet, Layout]) -> None:
    sheet, _ = made
    ours = [written for written in sheet.written if written.part not in {"head", "foot"}]
    assert min(written.size_pt for written in ours) >= 4.9
    assert [written.text for written in ours if "…" in written.text] == []


def test_panels_and_sentences_do_not_meet(made: tuple[Sheet, Layout]) -> None:
    sheet, layout = made
    assert layout.whole.bottom < layout.keep.top
    assert layout.months.height > 50
    for written in sheet.written:
        if written.part in {"hits", "months", "groups"}:
            panel = getattr(layout, written.part)
            assert written.box.is_within(panel, slack_mm=0.6), written.text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", skills.VIEWS)
def test_every_sentence_of_the_view_is_on_the_sheet(name: str, lang: str) -> None:
    view = skills.VIEWS[name]()
    sheet, _ = draw_skill(view, lang=lang, dpi=40)
    told = " ".join(written.text for written in sheet.written)
    for sentence in (view.headline, view.headline_note, *view.keep):
        assert sentence[lang] in told


@pytest.mark.parametrize("lang", LANGS)
def test_too_few_has_no_panel(lang: str) -> None:
    sheet, _ = draw_skill(skills.thin(), lang=lang, dpi=40)
    parts = {written.part for written in sheet.written}
    assert parts == {"head", "foot", "few", "keep"}
    words = [written.text for written in sheet.written]
    assert text("skillsheet.few.title", lang) in words
    assert not any("5 %" in word.replace("\N{NO-BREAK SPACE}", " ") for word in words)


def test_exercise_and_audience_are_on_the_sheet() -> None:
    drill = [one.text for one in draw_skill(skills.view(), lang="fr", dpi=40)[0].written]
    real = [one.text for one in draw_skill(skills.VIEWS["real"](), lang="fr", dpi=40)[0].written]
    assert "EXERCICE" in drill
    assert "EXERCICE" not in real
    assert any(word.endswith("Tout lecteur") for word in drill)


def test_same_view_same_bytes_and_no_text_chunk() -> None:
    first, second = (build_skill_picture(skills.view(), lang="fr", dpi=60) for _ in range(2))
    assert first == second
    assert build_skill_picture(skills.view(), lang="en", dpi=60) != first
    with Image.open(BytesIO(first)) as image:
        assert image.mode == "P"
        assert set(image.info) <= {"dpi"}


def test_a_sheet_to_print_is_small() -> None:
    assert len(build_skill_picture(skills.view())) < 400_000
