"""What stands around every product: cut-off, expiry, audience, disclaimer, and its week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sharing import week
from sharing.week import AS_OF, MINUSCA, OWNER, PUBLIC, at

from cmcoord_geo.config import SharingConfig
from cmcoord_geo.model import Source
from cmcoord_geo.sharing.frame import frame_view, source_view
from cmcoord_geo.sharing.views import WindowView


def frame(audience=OWNER, *, shown=(), **changed):
    picture = replace(week.picture(), **changed) if changed else week.picture()
    return frame_view(picture, audience, shown=shown, config=SharingConfig())


def test_cut_off_and_expiry_are_told() -> None:
    found = frame()
    assert found.as_of == AS_OF
    assert found.expires_at == AS_OF + timedelta(hours=SharingConfig().product_hours)
    assert found.is_exercise
    assert found.is_schematic


@pytest.mark.parametrize("audience", [OWNER, MINUSCA, PUBLIC], ids=lambda one: one.kind)
def test_every_product_says_what_it_is_not(audience) -> None:
    assert "not a clearance" in frame(audience).disclaimer.en
    assert "ni une autorisation" in frame(audience).disclaimer.fr


def test_a_sheet_for_one_partner_bears_his_name() -> None:
    own = frame(replace(OWNER, organisation="ORG-A"))
    assert own.audience_name.en == "ORG-A, of its own movements"
    assert "ORG" not in frame(replace(OWNER, organisation="")).audience_name.en


def test_minusca_is_told_no_source_of_incidents() -> None:
    names = {
        kind.kind: [one.name for one in frame(kind).sources] for kind in (OWNER, MINUSCA, PUBLIC)
    }
    assert "Journal d’exercice" in names["owner"]
    assert "Journal d’exercice" in names["public"]
    assert "Journal d’exercice" not in names["minusca_ops"]


def test_a_source_without_release_is_not_named_to_the_public() -> None:
    (source,) = week.picture().incidents.sources
    closed = replace(week.picture().incidents, sources=(replace(source, has_export=False),))
    assert "Journal d’exercice" not in [one.name for one in frame(PUBLIC, incidents=closed).sources]
    assert "Journal d’exercice" in [one.name for one in frame(OWNER, incidents=closed).sources]


@pytest.mark.parametrize(
    ("as_of", "first"),
    [(at(0, 11), at(0, 0)), (at(0, 12), at(1, 0)), (at(0, 11, 30).astimezone(UTC), at(0, 0))],
    ids=["morning", "noon", "noon in Bangui, not in UTC"],
)
def test_the_week_starts_today_or_tomorrow(as_of, first) -> None:
    assert frame(as_of=as_of).week == WindowView(start=first, end=first + timedelta(days=7))


def test_the_week_grows_to_what_is_shown() -> None:
    shown = [WindowView(start=at(-1, 6), end=at(-1, 12)), WindowView(start=at(6, 6), end=at(9, 6))]
    assert frame(shown=shown).week == WindowView(start=at(-1, 0), end=at(10, 0))


def test_a_window_to_midnight_needs_no_further_day() -> None:
    assert frame(shown=[WindowView(start=at(6, 6), end=at(8, 0))]).week.end == at(8, 0)


def test_old_windows_do_not_pull_the_week_back() -> None:
    old = WindowView(start=at(-40, 6), end=at(-40, 12))
    assert frame(shown=[old]).week == frame().week


def test_a_far_movement_has_its_own_week() -> None:
    far = WindowView(start=at(60, 6), end=at(62, 12))
    assert frame(shown=[far]).week == WindowView(start=at(60, 0), end=at(67, 0))


@given(
    starts=st.lists(st.integers(-60, 90), max_size=5), lasts=st.integers(1, 20)
)  # fmt: skip
def test_the_week_has_a_bound(starts: list[int], lasts: int) -> None:
    shown = [WindowView(start=at(day, 6), end=at(day + lasts, 7)) for day in starts]
    found = frame(shown=shown).week
    assert timedelta(days=7) <= found.end - found.start <= timedelta(days=14)
    assert found.start.hour == found.end.hour == 0


def test_the_sun_is_told_west_and_east() -> None:
    days = {day for _, day, _, _ in frame().sun}
    assert len(frame().sun) == 2 * len(days) == 14
    assert all(day < rise < fall for _, day, rise, fall in frame().sun)


def test_a_source_without_a_licence_says_so_and_names_itself_once() -> None:
    day = datetime(2026, 11, 1, tzinfo=UTC)
    source = Source(source_id="x", name="Log", licence="", first=day, last=day, classes=())
    for is_exercise in (False, True):
        told = source_view(replace(source, is_exercise=is_exercise)).said
        assert "(licence not stated)" in told.en
        assert "(licence non indiquée)" in told.fr
        assert told.en.count("Log") == 1
