"""Skill of forecasts, on worlds whose truth is known and on the real file where it is at hand."""

from __future__ import annotations

import numpy as np
import pytest
from shared_data import shared
from towns import town

from cmcoord_geo.risk.filing import file_records
from cmcoord_geo.risk.forward import Past, middle_s
from cmcoord_geo.risk.pieces import cut_into_pieces
from cmcoord_geo.risk.skill import CONSTANT, PLANAR, RAW, SHIPPED, Skill, measure_skill
from cmcoord_geo.service.skill import SkillQuestion, ask_skill

PIECES = cut_into_pieces(town("A" + "-" * 60 + "B", cell_m=5000.0), piece_m=5000.0)
START = 12 * 2010


def world(pieces_of_months: list[list[int]]) -> Past:
    """Records on pieces, month by month from January 2010."""
    rows = [(piece, START + k) for k, month in enumerate(pieces_of_months) for piece in month]
    where = np.array([piece for piece, _ in rows])
    at_s = np.array([middle_s(month) for _, month in rows]).astype(np.int64)
    filing = file_records(
        PIECES, PIECES.lon[where], PIECES.lat[where], np.ones(len(rows), np.int8),
        coarsest=3, within_m=5000.0,
    )  # fmt: skip
    region = (np.arange(len(PIECES)) // 20).astype(np.int64)
    return Past(filing, at_s, np.array([0, 60]), region)


def measured(months: list[list[int]], first: int, last: int) -> Skill:
    past = world(months)
    return measure_skill(past, ["clash"] * len(past.at_s), first=START + first, last=START + last)


def test_where_records_repeat_the_model_gains_on_every_simple_one() -> None:
    """Hot spots that move every year: memory of weeks beats the count over all years."""
    random = np.random.default_rng(1)
    months = [
        [*random.choice(np.arange(10) + 12 * ((k // 12) % 5), 5).tolist(), int(random.integers(60))]
        for k in range(72)
    ]
    skill = measured(months, 48, 71)
    assert skill.events == 24 * 6
    assert skill.is_enough
    assert skill.gain[CONSTANT].low > 0
    assert skill.gain[RAW].low > 0
    assert skill.advised == SHIPPED
    for name in (CONSTANT, RAW, PLANAR):
        gain = skill.log_score[SHIPPED] - skill.log_score[name]
        assert skill.gain[name].mean == pytest.approx(gain)


def test_where_records_fall_anywhere_no_gain_is_claimed() -> None:
    random = np.random.default_rng(2)
    skill = measured([random.integers(0, 60, 6).tolist() for _ in range(72)], 36, 71)
    assert skill.gain[CONSTANT].low <= 0
    assert skill.hit_rate[0] < 0.15
    assert skill.advised != SHIPPED or abs(skill.gain[CONSTANT].mean) < 0.5


def test_few_records_tell_nothing() -> None:
    skill = measured([[3] for _ in range(40)], 30, 39)
    assert skill.events == 10
    assert not skill.is_enough
    assert skill.advised == CONSTANT


def test_parts_add_up_and_groups_hold_every_piece_and_month() -> None:
    random = np.random.default_rng(3)
    months = [random.choice([1, 2, 30, 55], 4).tolist() for _ in range(48)]
    skill = measured(months, 24, 47)
    assert sum(skill.events_by_class.values()) == skill.events
    assert sum(skill.events_by_region.values()) == skill.events
    by_region = sum(gains[RAW].mean for gains in skill.gain_by_region.values())
    assert by_region == pytest.approx(skill.gain[RAW].mean)
    assert sum(group.pieces for group in skill.groups) == len(PIECES) * 24
    assert sum(group.recorded for group in skill.groups) == skill.events
    assert sum(all_ for _, all_ in skill.hits_by_month) == skill.events
    assert sum(hit for hit, _ in skill.hits_by_month) == round(skill.hit_rate[0] * skill.events)


def test_the_same_records_give_the_same_figures() -> None:
    random = np.random.default_rng(4)
    months = [random.integers(0, 60, 3).tolist() for _ in range(40)]
    assert measured(months, 20, 39) == measured(months, 20, 39)


def test_on_the_real_file_it_gains_clear_of_zero() -> None:
    """UCDP, CAR, on the years that had no part in the choice of the memories."""
    file = shared("real/ucdp_ged/ucdp_ged_car_1991_2020.csv")
    skill = ask_skill(SkillQuestion(file=file, first="2018-01", last="2020-12")).skill
    assert skill.events == 170
    assert skill.gain[CONSTANT].low > 0
    assert skill.gain[RAW].low > 0
    assert skill.hit_rate[0] >= 0.70
    assert 0.85 <= skill.interval_coverage <= 0.95
