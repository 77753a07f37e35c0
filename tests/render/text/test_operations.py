"""Announced operations as text: hours, road, whose road, and that no table is not none."""

from __future__ import annotations

import pytest
from sharing.test_operations import released
from sharing.week import MINUSCA, OWNER, at

from cmcoord_geo.model import Operation
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.sharing import Audience


@pytest.mark.parametrize("audience", [OWNER, MINUSCA])
def test_text_lists_them(audience: Audience) -> None:
    told = build_text(released(audience).product, lang="en")
    assert "O1 (OP-1) · Tue 1 Dec 06:00–12:00 · Sibut–Grimari, " in told
    assert "O2 (OP-2) · hours not known or out of date: at any time" in " ".join(told.split())
    assert ("conflict C2 of “deconflict”" in told) == (audience is OWNER)


def test_no_table_is_not_none() -> None:
    assert "unknown is not “none”" in build_text(released(OWNER, None).product, lang="en")
    assert "Announced operations" not in build_text(released(OWNER, ()).product, lang="en")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (at(1, 6), None, "from Tue 1 Dec 06:00, end not known"),
        (None, at(1, 6), "start not known, until Tue 1 Dec 06:00"),
        (None, None, "hours not known or out of date: at any time"),
    ],
)
def test_half_an_hour_range_is_told_as_far_as_it_is_known(start, end, words: str) -> None:
    one = Operation(operation_id="OP-3", stretches=(("L089", 0.0, 1.0),), start=start, end=end)
    told = " ".join(build_text(released(OWNER, (one,)).product, lang="en").split())
    assert f"O1 (OP-3) · {words} · " in told
