"""Reviews of a folder: what is acknowledged stays acknowledged for whom it was, and only while it is so."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.i18n import text
from cmcoord_geo.io import read_picture
from cmcoord_geo.io.acknowledgements import NAME
from cmcoord_geo.model import AvoidArea, CorridorResponse, MovementRequest, Operation, RoadStatus
from cmcoord_geo.picture import Incidents, Patrols
from cmcoord_geo.service import plan_week
from cmcoord_geo.service.review import acknowledge, chosen, review_week

WEEK = read_picture(data_dir() / "exercise")
PICTURE = replace(
    WEEK, movements=tuple(one for one in WEEK.movements if one.movement_id in {"EX-M08", "EX-M13"})
)
PLANS = plan_week(PICTURE, Config())


def test_acknowledging_one_leaves_the_other_as_it_was(tmp_path: Path) -> None:
    before = review_week(PICTURE, PLANS, Config(), tmp_path)
    assert [one.is_ready for one in before] == [False, False]
    (done,) = acknowledge(chosen(before, ["EX-M13"]), tmp_path)
    after = review_week(PICTURE, PLANS, Config(), tmp_path)
    assert after == (before[0], done)
    assert done.is_ready
    acknowledge(chosen(after, ["EX-M08"]), tmp_path)
    assert all(one.is_ready for one in review_week(PICTURE, PLANS, Config(), tmp_path))


def test_a_movement_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="EX-M99"):
        chosen(review_week(PICTURE, PLANS, Config(), tmp_path), ["EX-M08", "EX-M99"])


def test_nothing_is_acknowledged_over_a_damaged_file(tmp_path: Path) -> None:
    reviews = review_week(PICTURE, PLANS, Config(), tmp_path)
    (tmp_path / NAME).write_text("{", encoding="utf-8")
    with pytest.raises(DataError):
        acknowledge(reviews, tmp_path)
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "{"


def test_what_was_acknowledged_expires_with_its_plan(tmp_path: Path) -> None:
    acknowledge(review_week(PICTURE, PLANS, Config(), tmp_path), tmp_path)
    at = replace(PICTURE, as_of=PLANS[0].expires_at)
    late = review_week(at, PLANS, Config(), tmp_path)
    assert all(one.is_expired and not one.is_ready for one in late)
    again = acknowledge(late, tmp_path)
    assert not any(one.is_expired for one in again)


def test_no_plan_is_ready_while_a_grave_conflict_stands(tmp_path: Path) -> None:
    picture = replace(
        WEEK, movements=tuple(one for one in WEEK.movements if one.movement_id == "EX-M05")
    )
    plans = plan_week(picture, Config())
    (done,) = acknowledge(review_week(picture, plans, Config(), tmp_path), tmp_path)
    assert done.conflicts == {"C1": 1}
    assert not done.is_ready


def test_every_field_that_may_have_changed_has_its_word() -> None:
    records = (
        MovementRequest,
        RoadStatus,
        Operation,
        AvoidArea,
        CorridorResponse,
        Patrols,
        Incidents,
    )
    names = {entry.name for record in records for entry in fields(record) if entry.init}
    for name in sorted(names):
        assert text(f"review.field.{name}", "fr")
