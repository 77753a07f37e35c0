"""Areas to avoid in words: what is long is counted, what has no name is called by its mark."""

from __future__ import annotations

from datetime import datetime

import pytest
from render import sample

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.text import Sheet, area_lines
from cmcoord_geo.sharing.views import AreaRoadView, AreaView
from cmcoord_geo.units import BANGUI

UNTIL = datetime(2026, 12, 5, 18, tzinfo=BANGUI)


def view(**changed: object) -> AreaView:
    given: dict[str, object] = {
        "mark": "Z1", "area_id": "a", "name": "Zone du pont", "effect": "closure",
        "added_min_per_km": None, "since": None, "until": UNTIL, "movements": ("H1", "H2"),
        "idle": None, "outline": (),
        "roads": tuple(AreaRoadView(road=f"R{i}", km=9.25 - i, segment_ids=()) for i in range(8)),
        **changed,
    }  # fmt: skip
    return AreaView(**given)


def told(lang: str, **changed: object) -> str:
    lines = list(area_lines(Sheet(sample.product(), lang), [view(**changed)]))
    return " ".join(" ".join(lines).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_longest_roads_are_named_and_the_others_counted() -> None:
    words = told("en")
    assert "Z1 “Zone du pont” · closure · until Sat 5 Dec 18:00 · R0 9.2 km" in words
    assert "R5 4.2 km, and 2 more roads · H1, H2" in words
    assert "R6" not in words


@pytest.mark.parametrize(("minutes", "shown"), [(3.0, "3 min"), (2.5, "2,5 min")])
def test_minutes_have_decimals_where_they_are_needed(minutes: float, shown: str) -> None:
    assert f"coût : {shown} ajoutées par km" in told("fr", effect="cost", added_min_per_km=minutes)


def test_an_area_without_name_is_its_mark() -> None:
    assert "Z1 · fermeture" in told("fr", name="")


def test_of_many_areas_those_that_change_something_come_first_and_the_rest_is_counted() -> None:
    idle = Said(fr="rien", en="nothing")
    many = [view(mark=f"Z{i}", idle=None if i == 99 else idle) for i in range(1, 100)]
    lines = list(area_lines(Sheet(sample.product(), "en"), many))
    marks = [line.split()[1] for line in lines if line.startswith("  - Z")]
    assert marks[:2] == ["Z99", "Z1"]
    assert len(marks) == 60
    assert "  - and 39 more areas: plan.json lists them all" in lines
