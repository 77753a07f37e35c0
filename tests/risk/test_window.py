"""What sources cover at a date; beyond that there is no information."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from records import DRY, source

from cmcoord_geo.risk.window import Window

AREAS = ("Ouaka", "Mbomou")


def window(*sources, at=DRY, as_of=DRY, recent_days: int = 365) -> Window:
    return Window(sources, at=at, as_of=as_of, recent_days=recent_days)


def months(*sources, class_id: str = "robbery", **asked) -> list[float]:
    return window(*sources, **asked).months(class_id, AREAS).tolist()


def test_no_source_no_information() -> None:
    assert months() == [0.0, 0.0]
    assert window().last_informed() is None
    assert not window().has_ordnance_source()


def test_a_class_that_a_source_does_not_record_is_not_covered() -> None:
    log = source("robbery")
    assert months(log, class_id="ambush") == [0.0, 0.0]
    assert min(months(log)) > 0


def test_an_area_that_a_source_does_not_reach_is_not_covered() -> None:
    here, there = months(source("robbery", areas=("Ouaka",)))
    assert here > 0
    assert there == 0


@pytest.mark.parametrize(("days", "speaks"), [(0, True), (365, True), (366, False), (2000, False)])
def test_a_source_speaks_for_a_year_after_its_last_day(days: int, *, speaks: bool) -> None:
    """Data that end in 2020 say nothing recent about 2027."""
    at = DRY + timedelta(days=days)
    asked = window(source("robbery"), at=at, as_of=at)
    assert bool(asked.months("robbery", AREAS).any()) is speaks
    assert asked.last_informed() == (None if speaks else DRY)


def test_a_source_that_covers_no_class_is_no_last_word() -> None:
    old = source("robbery", last=DRY - timedelta(days=2000))
    asked = window(old, source())
    assert asked.last_informed() == old.last
    assert window(source()).last_informed() is None
    assert not asked.months("robbery", AREAS).any()


def test_a_source_says_nothing_of_the_time_before_it_began() -> None:
    log = source("robbery", days=30)
    assert months(log, at=DRY - timedelta(days=31)) == [0.0, 0.0]
    assert min(months(log, at=DRY - timedelta(days=29))) > 0


def test_nothing_after_the_cut_off_counts() -> None:
    log = source("robbery", days=30)
    assert months(log, as_of=DRY - timedelta(days=31)) == [0.0, 0.0]
    assert months(log, as_of=DRY - timedelta(days=10))[0] < months(log)[0]


def test_months_fade_with_age() -> None:
    """A short log counts by its days, an endless one by its half-life: 120 d / ln 2, in months of 30.44 d."""
    assert months(source("robbery", days=3))[0] == pytest.approx(3 / 30.436875, rel=0.01)
    endless = months(source("robbery", days=30_000))[0]
    assert endless == pytest.approx(120 / np.log(2) / 30.436875, rel=1e-6)


def test_of_two_sources_the_longer_counts_where_it_is() -> None:
    long, short = source("robbery", days=300, areas=("Ouaka",)), source("robbery", days=3)
    (alone, _), (both, there) = months(long), months(long, short)
    assert both == alone
    assert there == months(short)[1] < alone


def test_weights_halve_with_the_half_life_of_their_class() -> None:
    now = int(DRY.timestamp())
    at_s = np.array([now, now - 120 * 86_400, now - 240 * 86_400, now + 60])
    assert window().weights("robbery", at_s).tolist() == [1.0, 0.5, 0.25, 0.0]
    assert window().weights("abduction", at_s)[1] == pytest.approx(0.5 ** (120 / 180))


def test_ordnance_does_not_fade() -> None:
    old = np.array([int(DRY.timestamp()) - 30 * 365 * 86_400])
    assert window().weights("ordnance", old).tolist() == [1.0]
    assert window(source("ordnance")).has_ordnance_source()
    assert not window(source("robbery")).has_ordnance_source()


def test_another_half_life_may_be_asked_for_and_none_at_all() -> None:
    now, log = int(DRY.timestamp()), source("robbery", days=300)
    at_s = np.array([now - 30 * 86_400])
    assert window().weights("robbery", at_s, half_life_days=30)[0] == 0.5
    assert window().weights("robbery", at_s, half_life_days=np.inf)[0] == 1.0
    plain = window(log).months("robbery", AREAS, half_life_days=np.inf)
    assert plain[0] == pytest.approx(300 / 30.436875)
    assert window(log).months("robbery", AREAS, half_life_days=30)[0] < plain[0]
