"""Views of departures hold plain values: they become JSON as they are."""

from __future__ import annotations

from dataclasses import is_dataclass

from render.departures import departure_sheets

from cmcoord_geo.export import to_plain


def test_views_are_frozen_and_plain() -> None:
    sheet = departure_sheets(2)[0]
    assert is_dataclass(sheet)
    plain = to_plain(sheet)
    assert plain["options"][0]["slots"][0]["verdict"] == "out"
    assert plain["mark"] == "H1"
