"""What "confirmed" takes, and the kilometres of a movement that patrols cover (notes of the print mock)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from render.sample import product

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.patrols import form_of, share_of
from cmcoord_geo.render.printmap.picture import draw_picture
from cmcoord_geo.sharing import views

WEEK = product("owner")
AS_OF = WEEK.frame.as_of
OFFERED = next(patrol for patrol in WEEK.patrols if patrol.state == "offered")
CONFIRMED = next(patrol for patrol in WEEK.patrols if patrol.state == "confirmed")


@pytest.mark.parametrize(
    ("hours_before", "form"),
    [
        (0, "confirmed"),
        (48, "confirmed"),
        (48.1, "unverified"),
        (55, "unverified"),
        (-1, "unverified"),
    ],
)
def test_confirmed_takes_a_passage_within_48_h_before_the_cut_off(hours_before, form):
    patrol = replace(CONFIRMED, passed_at=AS_OF - timedelta(hours=hours_before))
    assert form_of(patrol, AS_OF) == form


def test_confirmed_without_a_time_is_not_confirmed():
    assert form_of(replace(CONFIRMED, passed_at=None), AS_OF) == "unverified"


def test_an_offer_that_is_over_at_the_cut_off_covers_nothing():
    assert form_of(OFFERED, AS_OF) == "offered"
    over = views.WindowView(start=AS_OF - timedelta(hours=9), end=AS_OF - timedelta(hours=3))
    assert form_of(replace(OFFERED, window=over), AS_OF) == "unverified"
    assert form_of(replace(OFFERED, window=None), AS_OF) == "offered"


def filled_badges(scene) -> int:
    fill = to_rgba(tokens.PATROL)
    patches = scene.sheet._figure.findobj(PathPatch)
    return sum(patch.get_facecolor() == fill for patch in patches)


def test_a_stale_report_is_drawn_hollow_and_with_a_question_mark():
    stale = replace(CONFIRMED, passed_at=AS_OF - timedelta(hours=55))
    bare = replace(WEEK, movements=(), conflicts=())
    fresh, old = (
        draw_picture(replace(bare, patrols=(patrol,)), lang="fr", paper="A4", dpi=40)
        for patrol in (CONFIRMED, stale)
    )
    assert filled_badges(fresh) > 0
    assert filled_badges(old) == 0
    listed = [w.text for w in old.sheet.written if w.part == "patrols"]
    assert any(text.endswith("?") for text in listed)


# ---------------------------------------------------------------- kilometres


def option_with(covers, length=300.0):
    option = WEEK.movements[0].options[0]
    leg = replace(option.legs[0], km=views.RangeView(low=0, high=length))
    cover = tuple(
        views.CoverView(
            patrol_id=patrol_id,
            km=views.RangeView(low=low, high=high),
            age_h=views.RangeView(low=1, high=2),
            is_confirmed=is_confirmed,
        )
        for patrol_id, low, high, is_confirmed in covers
    )
    return replace(option, legs=(leg,), cover=cover)


def test_a_stretch_counts_once_and_confirmed_comes_before_offered():
    option = option_with([("a", 0, 100, False), ("b", 50, 150, True), ("c", 60, 120, False)])
    share = share_of(option, (), AS_OF)
    assert (share.whole_km, share.confirmed_km, share.offered_km, share.neither_km) == (
        300,
        100,
        50,
        150,
    )


def test_a_stale_confirmation_covers_no_kilometre():
    patrol = replace(CONFIRMED, passed_at=AS_OF - timedelta(hours=55))
    option = option_with([(patrol.patrol_id, 0, 100, True)])
    assert share_of(option, (patrol,), AS_OF).neither_km == 300
    assert share_of(option, (CONFIRMED,), AS_OF).confirmed_km == 100


km = st.floats(0, 400, allow_nan=False)
cover = st.tuples(st.sampled_from("abc"), km, km, st.booleans())


@settings(max_examples=60, deadline=None)
@given(covers=st.lists(cover, max_size=6), length=st.floats(10, 400))
def test_the_kilometres_of_a_row_add_up(covers, length):
    share = share_of(option_with(covers, length), (), AS_OF)
    parts = (share.confirmed_km, share.offered_km, share.neither_km)
    assert sum(parts) == share.whole_km
    assert min(parts) >= 0
