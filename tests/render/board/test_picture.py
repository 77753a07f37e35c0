"""The board fits its sheet in both languages, and says by shape and words what it says by colour."""

from __future__ import annotations

import itertools
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from render import boards
from render.printmap.pencil import Pencil
from render.sheet_checks import assert_text_stays_inside, meeting

from cmcoord_geo.i18n import text
from cmcoord_geo.render.board import build_board_picture
from cmcoord_geo.render.board.cells import LONG, SHORT, draw_cell
from cmcoord_geo.render.board.foot import draw_foot_notes
from cmcoord_geo.render.board.grid import draw_grid
from cmcoord_geo.render.board.layout import Layout, breakable, joined, lay_out
from cmcoord_geo.render.board.picture import draw_board
from cmcoord_geo.render.board.top import draw_captions
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.sharing.isolation_views import BoardView

LANGS = ("fr", "en")
BOARDS = {
    "exercise": boards.exercise,
    "owner": lambda: boards.exercise("owner"),
    "public": lambda: boards.exercise("public"),
    "crowded": boards.crowded,
    "hostile": boards.hostile,
    "empty": boards.empty,
    **{f"only_{n}": (lambda n=n: boards.by_vehicle()[n]) for n in range(5)},
}


def drawn(board: BoardView, lang: str) -> tuple[Sheet, Layout]:
    return draw_board(board, lang=lang, dpi=40)


@pytest.fixture(scope="module", params=itertools.product(BOARDS, LANGS), ids="-".join)
def made(request: pytest.FixtureRequest) -> tuple[Sheet, Layout]:
    name, lang = request.param
    return drawn(BOARDS[name](), lang)


def test_no_text_leaves_its_column_or_the_sheet(made: tuple[Sheet, Layout]) -> None:
    assert_text_stays_inside(made[0])


def test_no_two_texts_meet(made: tuple[Sheet, Layout]) -> None:
    sheet, _ = made
    assert list(meeting(sheet.written)) == []


def test_nothing_is_too_small_to_read(made: tuple[Sheet, Layout]) -> None:
    sheet, _ = made
    ours = [written for written in sheet.written if written.part not in {"head", "foot"}]
    assert min(written.size_pt for written in ours) >= 4.9


def test_every_row_and_column_that_is_shown_is_whole(made: tuple[Sheet, Layout]) -> None:
    sheet, layout = made
    assert layout.rows_bottom < layout.notes_top
    assert layout.lefts == tuple(sorted(layout.lefts))
    if layout.lefts:
        assert layout.lefts[-1] + layout.column_mm <= layout.inner.right + 0.01
    names = {written.text for written in sheet.written if written.part == "places"}
    assert len([n for n in names if n == "?"]) <= 1


@pytest.mark.parametrize("lang", LANGS)
def test_what_does_not_fit_is_told(lang: str) -> None:
    board = boards.crowded()
    sheet, layout = drawn(board, lang)
    assert len(layout.losses) + len(layout.left_losses) == len(board.losses)
    assert len(layout.places) + len(layout.left_places) == len(board.targets)
    assert layout.left_losses
    assert layout.left_places
    told = " ".join(written.text for written in sheet.written if written.part == "notes")
    assert told.startswith(f"{len(layout.left_losses)} ")
    assert f"{len(layout.left_places)} " in told


def test_the_most_important_losses_are_shown_in_their_order() -> None:
    _, layout = drawn(boards.exercise(), "fr")
    least = min(one.importance for one in layout.losses)
    assert all(one.importance <= least for one in layout.left_losses)
    marks = [int(one.mark) for one in layout.losses]
    assert marks == sorted(marks)


@pytest.mark.parametrize("lang", LANGS)
def test_each_cell_says_what_the_view_says(lang: str) -> None:
    board = boards.exercise()
    sheet, layout = drawn(board, lang)
    cells = [written for written in sheet.written if written.part == "cells"]
    cut, dot = text("isolation.board.cut", lang), text("isolation.board.none", lang)
    for left, loss in zip(layout.lefts, layout.losses, strict=True):
        for i in range(len(layout.places)):
            top, bottom = layout.row(i)
            told = [
                w.text
                for w in cells
                if left <= (w.box.left + w.box.right) / 2 <= left + layout.column_mm
                and top <= (w.box.top + w.box.bottom) / 2 <= bottom
            ]
            effects = [of_case[i] for of_case in loss.effects]
            expected = [
                {"cut": cut, "none": dot, "no_road": ""}.get(e.effect)
                if e.extra_h is None
                else text("isolation.board.hours", lang, hours=e.extra_h)
                for e in effects
            ]
            if [e.effect for e in effects] == ["cut", "cut"]:
                expected = expected[:1]
            assert told == [word for word in expected if word]


def test_effects_differ_without_colour() -> None:
    """Black, hatched, pale, nothing, grey: no two look alike on a grey print."""
    looks = []
    for effect in ("cut", "long", "detour", "none", "no_road"):
        sheet = Pencil("A4")
        draw_cell(sheet, Box(left=10, right=20, top=10, bottom=16), effect, "+9 h")
        first = sheet.shapes[0].style if sheet.shapes else {}
        looks.append(
            (grey(first.get("fill", tokens.PAPER)), bool(first.get("hatch")), bool(sheet.written))
        )
    assert len(set(looks)) == len(looks)
    assert grey(tokens.INK) < grey(LONG) - 80 < grey(SHORT) - 80


def grey(color: str) -> int:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


@pytest.mark.parametrize("lang", LANGS)
def test_what_every_product_says(lang: str) -> None:
    board = boards.exercise()
    sheet, _ = drawn(board, lang)
    told = " ".join(written.text for written in sheet.written)
    for words in (
        text("word.exercise", lang), board.frame.title[lang], board.cases[0].caption[lang],
        board.cases[1].caption[lang], "2026, 17:00 Bangui (16:00 UTC)",
    ):  # fmt: skip
        assert words in told
    assert board.frame.disclaimer[lang][:60] in told
    assert "Natural Earth" not in told


def test_png_is_small_and_the_same_each_time() -> None:
    first, second = (build_board_picture(boards.exercise(), lang="fr", dpi=110) for _ in range(2))
    assert first == second
    image = Image.open(BytesIO(first))
    assert image.size == (round(297 / 25.4 * 110), round(210 / 25.4 * 110))
    assert len(build_board_picture(boards.exercise(), lang="fr")) < 1_000_000
    assert len(np.unique(np.asarray(image.convert("L")))) > 10


def test_headings_break_after_a_dash_and_are_whole_again() -> None:
    title = "Kaga-Bandoro–Batangafo"
    assert breakable(title).split(" ") == ["Kaga-", "Bandoro–", "Batangafo"]
    assert joined(breakable(title)) == title


def test_parts_may_be_drawn_alone() -> None:
    board = boards.exercise()
    sheet = Pencil("A4")
    layout = lay_out(sheet, board, "fr")
    for draw in (draw_captions, draw_grid, draw_foot_notes):
        before = len(sheet.written)
        draw(sheet, layout, board, "fr")
        assert len(sheet.written) > before


@pytest.mark.parametrize("audience", ["owner", "minusca_ops", "public"])
@pytest.mark.parametrize("lang", LANGS)
def test_no_word_of_the_week_is_cut_and_headings_have_one_size(lang: str, audience: str) -> None:
    sheet, layout = drawn(boards.exercise(audience), lang)
    assert [written.text for written in sheet.written if written.text.endswith("…")] == []
    assert not any(head.is_cut for head in layout.heads)
    assert len({round(head.face.size_pt, 6) for head in layout.heads}) == 1
    assert layout.heads[0].face.size_pt >= 5.6


def test_a_board_of_few_rows_has_its_notes_under_them(tmp_path: Path) -> None:
    sheet, layout = drawn(boards.surveyed(tmp_path), "en")
    assert layout.notes_top - layout.rows_bottom < 12
    names = " ".join(written.text for written in sheet.written if written.part == "places")
    assert "5.72000, 20.65000" in names
    assert list(meeting(sheet.written)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_cut_by_turns_alone_has_a_star_that_the_notes_explain(tmp_path: Path, lang: str) -> None:
    board = boards.barred(tmp_path)
    sheet, _ = drawn(board, lang)
    cut = text("isolation.board.by_turn", lang, words=text("isolation.board.cut", lang))
    assert [written.text for written in sheet.written if written.part == "cells"] == [cut]
    away = text("isolation.board.by_turn", lang, words=text("isolation.board.no_road", lang))
    ways = [written.text for written in sheet.written if written.part == "places"]
    assert sum(words.endswith(away) for words in ways) == 2
    notes = " ".join(written.text for written in sheet.written if written.part == "notes")
    assert text("isolation.only_by_turn", lang) in notes


def test_halves_that_differ_by_the_star_stay_two_cells(tmp_path: Path) -> None:
    board = boards.barred(tmp_path)
    (loss,) = board.losses
    now, rains = loss.effects
    plain = tuple(replace(effect, only_by_turn=False) for effect in rains)
    sheet, _ = drawn(replace(board, losses=(replace(loss, effects=(now, plain)),)), "en")
    cells = [written.text for written in sheet.written if written.part == "cells"]
    assert [words[:3] for words in cells] == ["CUT", "CUT"]
    assert cells[0] != cells[1]
