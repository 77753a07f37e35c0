"""Views as JSON: plain, finite, the same bytes each time, with a schema and a version."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sharing import week

from cmcoord_geo.export import SCHEMA_VERSION, to_json, to_plain
from cmcoord_geo.export.plain import to_plain as plain
from cmcoord_geo.i18n import Said
from cmcoord_geo.sharing import build_product


@dataclass(frozen=True)
class Leaf:
    """Anything that a view may hold."""

    value: object


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        to_json(Leaf(value=(1.0, value)), kind="plan")


@pytest.mark.parametrize("value", [{1}, b"x", object(), timedelta(1), 1j, Leaf])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_json(Leaf(value=value), kind="plan")


def test_times_keep_their_offset() -> None:
    moment = datetime(2026, 12, 1, 6, 17, 43, 999_999, tzinfo=timezone(timedelta(hours=1)))
    assert plain(moment) == "2026-12-01T06:17:43+01:00"
    assert plain(moment.astimezone(UTC)) == "2026-12-01T05:17:43+00:00"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        plain(datetime(2026, 12, 1, 6))  # noqa: DTZ001 - what is tested


def test_texts_stand_in_both_languages() -> None:
    assert plain(Said(fr="été", en="summer")) == {"fr": "été", "en": "summer"}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.builds(Leaf, value=inner),
    max_leaves=8,
)


@given(value=VALUES)
def test_json_reads_back_as_it_was(value: object) -> None:
    told = json.loads(to_json(Leaf(value=value), kind="x"))
    assert told == {"schema": "cmcoord-geo/x", "version": SCHEMA_VERSION, "value": to_plain(value)}


def test_nothing_small_is_lost_but_noise() -> None:
    assert plain(0.1 + 0.2) == 0.3
    assert plain((True, None)) == [True, None]


def test_the_same_product_gives_the_same_bytes() -> None:
    told = [
        to_json(build_product(week.picture(), week.plans(), week.OWNER, week.CONFIG).product, kind="plan")
        for _ in range(2)
    ]  # fmt: skip
    assert told[0] == told[1]
    assert told[0].endswith("}\n")
    assert json.loads(told[0])["schema"] == "cmcoord-geo/plan"
