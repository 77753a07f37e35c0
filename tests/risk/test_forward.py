"""Forecasts month by month."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from towns import town

from cmcoord_geo.risk.filing import file_records
from cmcoord_geo.risk.forward import MONTH_S, Forecaster, Model, Past, middle_s, month_of
from cmcoord_geo.risk.memory import Memory
from cmcoord_geo.risk.pieces import cut_into_pieces
from cmcoord_geo.units import BANGUI, utc_seconds

PIECES = cut_into_pieces(town("A-----B-----C"), piece_m=1000.0)
SAME = Memory(name="s", part="same", reach_m=0.0, half_life_months=3.0, weight=0.5)
NEAR = Memory(name="n", part="near", reach_m=1500.0, half_life_months=6.0, weight=0.3)
TOWN = Memory(name="t", part="town", reach_m=0.0, half_life_months=np.inf, weight=0.2)
EVEN = Memory(name="e", part="even", reach_m=0.0, half_life_months=np.inf, weight=0.1)
ALL = (SAME, NEAR, TOWN, EVEN)


def past_of(rows: list[tuple[int, str]]) -> Past:
    """Records on pieces at days such as ``2020-03-15``."""
    where = np.array([piece for piece, _ in rows])
    at_s = np.array(
        [utc_seconds(datetime.fromisoformat(f"{day}T12:00+01:00")) for _, day in rows], np.int64
    )
    filing = file_records(
        PIECES, PIECES.lon[where], PIECES.lat[where], np.ones(len(rows), np.int8),
        coarsest=3, within_m=5000.0,
    )  # fmt: skip
    region = (np.arange(len(PIECES)) >= 6).astype(np.int64)
    return Past(filing, at_s, np.array([0, 6]), region)


ROWS = [
    (2, "2019-01-10"), (2, "2019-05-02"), (7, "2019-11-20"), (2, "2020-01-05"), (8, "2020-02-11"),
    (7, "2020-02-28"), (0, "2020-03-03"), (2, "2020-03-30"),
]  # fmt: skip
MARCH = 12 * 2020 + 2


def test_months_are_those_of_bangui() -> None:
    late = utc_seconds(datetime(2020, 1, 31, 23, 30, tzinfo=BANGUI))
    assert month_of(np.array([late, late + 3600])).tolist() == [12 * 2020, 12 * 2020 + 1]
    assert middle_s(MARCH) == utc_seconds(datetime(2020, 3, 16, 12, tzinfo=BANGUI))


def test_a_forecast_knows_only_what_was_before_its_month() -> None:
    whole, cut = past_of(ROWS), past_of(ROWS[:6])
    for memory in ALL:
        assert whole.everywhere(memory, MARCH) == pytest.approx(cut.everywhere(memory, MARCH))
    model = Model(name="m", memories=ALL, prior=5.0, is_share=False)
    late, early = (Forecaster(past, model, last=MARCH) for past in (whole, cut))
    assert late.weights(MARCH) == pytest.approx(early.weights(MARCH))


def test_what_is_said_at_records_and_by_region_is_what_is_said_everywhere() -> None:
    past = past_of(ROWS)
    rows = [i for i, month in enumerate(past.month) if month == MARCH]
    for memory in ALL:
        everywhere = past.everywhere(memory, MARCH)
        assert past.at_records(memory, MARCH) == pytest.approx(everywhere[past.piece[rows]])
        regions = np.bincount(past.region, everywhere)
        assert past.by_region(memory, MARCH) == pytest.approx(regions)


def test_a_memory_of_the_place_says_each_record_at_its_age() -> None:
    past = past_of(ROWS)
    found = past.everywhere(SAME, MARCH)
    ages = (middle_s(MARCH) - past.at_s[:6]) / MONTH_S
    told = np.log(2) / 3 * 0.5 ** (ages / 3)
    assert found[2] == pytest.approx(told[[0, 1, 3]].sum())
    assert found[7] == pytest.approx(told[[2, 5]].sum())
    assert found.sum() == pytest.approx(told.sum())


@pytest.mark.parametrize("is_share", [False, True])
def test_shares_of_a_month_add_up_to_one(is_share: bool) -> None:  # noqa: FBT001 - a case
    past = past_of(ROWS)
    made = Forecaster(past, Model(name="m", memories=ALL, prior=5.0, is_share=is_share), last=MARCH)
    weights = made.weights(MARCH)
    share = made.everywhere(MARCH, weights)
    assert share.sum() == pytest.approx(1.0)
    assert made.by_region(MARCH, weights).sum() == pytest.approx(1.0)
    rows = [i for i, month in enumerate(past.month) if month == MARCH]
    assert made.at_records(MARCH, weights) == pytest.approx(share[past.piece[rows]])


def test_a_further_record_lowers_no_rate_where_weights_are_held() -> None:
    before, after = past_of(ROWS[:5]), past_of([*ROWS[:5], (11, "2020-02-20")])
    for memory in ALL:
        more, less = after.everywhere(memory, MARCH), before.everywhere(memory, MARCH)
        assert (more >= less - 1e-15).all()
