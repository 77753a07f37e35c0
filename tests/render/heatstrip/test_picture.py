"""The strip fits its sheet in both languages, for a day and for many; shape says what colour says."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from render.departures import departure_sheets, first_option
from render.sheet_checks import assert_text_stays_inside

from cmcoord_geo.render.heatstrip import build_strip_picture
from cmcoord_geo.render.heatstrip.cells import LOOKS
from cmcoord_geo.render.heatstrip.layout import Layout
from cmcoord_geo.render.heatstrip.picture import draw_strip
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.units import BANGUI


@pytest.fixture(scope="module", params=itertools.product((1, 14), ("fr", "en")), ids=str)
def made(request: pytest.FixtureRequest) -> tuple[Sheet, Layout]:
    days, lang = request.param
    return draw_strip(*first_option(days), lang=lang, dpi=40)


def test_no_text_leaves_its_column_or_the_sheet(made: tuple[Sheet, Layout]) -> None:
    assert_text_stays_inside(made[0])


def test_nothing_is_too_small_to_read(made: tuple[Sheet, Layout]) -> None:
    ours = [one for one in made[0].written if one.part not in {"head", "foot"}]
    assert min(one.size_pt for one in ours) >= 4.9


def test_frame_says_exercise_audience_cut_off_and_expiry(made: tuple[Sheet, Layout]) -> None:
    words = " ".join(one.text for one in made[0].written)
    assert "EXERC" in words
    assert "04" in words or "4" in words
    assert any("protection" in one.text for one in made[0].written)


def test_rows_stand_apart_within_the_grid(made: tuple[Sheet, Layout]) -> None:
    _, layout = made
    ends = [layout.row(i) for i in range(len(layout.days))]
    assert all(a[1] < b[0] for a, b in itertools.pairwise(ends))
    assert ends[-1][1] <= layout.keys_top


def test_the_same_view_gives_the_same_bytes_as_png_and_pdf() -> None:
    sheet, option = first_option(2)
    for kind, begin in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
        one = build_strip_picture(sheet, option, lang="fr", kind=kind, dpi=30)
        assert one == build_strip_picture(sheet, option, lang="fr", kind=kind, dpi=30)
        assert one.startswith(begin)


def test_pictures_hold_no_name_of_movement_in_their_metadata() -> None:
    sheet, option = first_option(2)
    written = build_strip_picture(sheet, option, lang="fr", kind="pdf")
    assert b"CreationDate" not in written
    assert b"matplotlib" not in written.lower()
    picture = Image.open(BytesIO(build_strip_picture(sheet, option, lang="fr", dpi=60)))
    assert not getattr(picture, "text", {})


def test_each_kind_keeps_its_look_in_grey() -> None:
    """What arrives grows darker with cover; what does not is hatched or grey, never as dark."""

    def grey(name: str) -> float:
        color = LOOKS[name].fill
        parts = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
        return float(np.dot(parts, (0.299, 0.587, 0.114)))

    assert grey("in0") > grey("in1") > grey("in2") > grey("in3")
    assert all(grey(name) > grey("in2") + 10 for name in ("night", "gate", "late", "fast_only"))
    signs = {(look.hatch, look.mark) for look in LOOKS.values()}
    assert len(signs) == len(LOOKS)


def test_every_option_of_every_movement_can_be_drawn() -> None:
    for sheet in departure_sheets():
        for option in sheet.options:
            assert draw_strip(sheet, option, lang="fr", dpi=30)[0].written


@pytest.mark.parametrize("days", [1, 7])
def test_no_frame_of_an_offer_crosses_the_figures_of_a_block(days: int) -> None:
    sheet, option = first_option(days)
    assert option.offered
    drawn, layout = draw_strip(sheet, option, lang="fr", dpi=40)
    figures = [
        one for one in drawn.written if re.fullmatch(r"arr\. \d+–\d+ h( \(\+\d\))?", one.text)
    ]
    assert figures
    for offer in option.offered:
        start = option.slots[offer.slot].depart.astimezone(BANGUI)
        left, right = layout.x_of(start), layout.x_of(start + timedelta(minutes=15))
        day = next(
            i for i, runs in enumerate(layout.days) if runs[0].first <= offer.slot <= runs[-1].last
        )
        top, bottom = layout.row(day)
        for one in figures:
            if top <= (one.box.top + one.box.bottom) / 2 <= bottom:
                assert one.box.right <= left + 0.1 or one.box.left >= right - 0.1
