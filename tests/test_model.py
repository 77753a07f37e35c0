"""Records of what a person names: frozen, keyword-only, described, nobody's name in them."""

from __future__ import annotations

import inspect
import re
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_args

import pytest
from records import report

from cmcoord_geo import model
from cmcoord_geo.model import ExposureClass, RoadState, Span

RECORDS = [
    value
    for value in vars(model).values()
    if inspect.isclass(value) and value.__module__ == model.__name__
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_is_frozen_and_by_keyword(record: type) -> None:
    assert is_dataclass(record)
    assert record.__dataclass_params__.frozen
    assert hasattr(record, "__slots__")
    assert all(entry.kw_only for entry in fields(record))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_is_described(record: type) -> None:
    if "Attributes" in record.__doc__:
        missing = [
            e.name for e in fields(record) if not re.search(rf"\b{e.name}\b", record.__doc__)
        ]
        assert missing == []
    else:
        assert len(fields(record)) <= 2  # a pair that its one line explains


def test_no_field_holds_a_person_or_a_base() -> None:
    """SAFETY.md and DOMAIN.md 2.7: no personal name, telephone, mail or position of a base."""
    banned = re.compile(r"phone|mail|person_name|contact|driver|commander|base|staff")
    named = [f"{r.__name__}.{e.name}" for r in RECORDS for e in fields(r) if banned.search(e.name)]
    assert named == []


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        report("open").state = "closed"
    assert Span(low=1, high=2) == Span(low=1, high=2)


def test_unknown_is_a_state_and_no_information_a_class() -> None:
    assert set(get_args(RoadState)) == {"open", "restricted", "closed", "conflicting", "unknown"}
    assert get_args(ExposureClass) == (0, 1, 2, 3, 4)
