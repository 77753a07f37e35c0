"""Reviews of a folder: what is acknowledged stays acknowledged for whom it was, and only while it is so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.io import read_picture
from cmcoord_geo.io.acknowledgements import NAME
from cmcoord_geo.service import plan_week
from cmcoord_geo.service.review import acknowledge, chosen, review_week

WEEK = read_picture(data_dir() / "exercise")
PICTURE = replace(
    WEEK, movements=tuple(one for one in WEEK.movements if one.movement_id in {"EX-M02", "EX-M03"})
)
PLANS = plan_week(PICTURE, Config())


def test_acknowledging_one_leaves_the_other_as_it_was(tmp_path: Path) -> None:
    before = review_week(PICTURE, PLANS, tmp_path)
    assert [one.is_ready for one in before] == [False, False]
    (done,) = acknowledge(chosen(before, ["EX-M03"]), tmp_path)
    after = review_week(PICTURE, PLANS, tmp_path)
    assert after == (before[0], done)
    assert done.is_ready
    acknowledge(chosen(after, ["EX-M02"]), tmp_path)
    assert all(one.is_ready for one in review_week(PICTURE, PLANS, tmp_path))


def test_a_movement_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="EX-M99"):
        chosen(review_week(PICTURE, PLANS, tmp_path), ["EX-M02", "EX-M99"])


def test_nothing_is_acknowledged_over_a_damaged_file(tmp_path: Path) -> None:
    reviews = review_week(PICTURE, PLANS, tmp_path)
    (tmp_path / NAME).write_text("{", encoding="utf-8")
    with pytest.raises(DataError):
        acknowledge(reviews, tmp_path)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "{"
