"""Texts of surveyed roads: by name and km, and never by the thousand."""

from __future__ import annotations

from dataclasses import replace

from render.page.test_surveyed import surveyed

from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.render.text.roads import road_lines
from cmcoord_geo.render.text.sheet import Sheet


def test_roads_in_a_row_are_named_with_their_km_and_ends() -> None:
    view = surveyed()
    keys = [segment.segment_id for segment in view.segments]
    assert Sheet(view, "fr").surveyed(keys) == "RN2 Avenue 3,0 km, Rue <b> 1,0 km (A–E)"
    assert Sheet(view, "en").surveyed(["gone"]) == ""
    assert Sheet(view, "en").segment(keys[0]) == "RN2 Avenue (A–D)"


def test_the_bundled_kind_of_segment_is_named_by_its_ends() -> None:
    view = surveyed()
    bare = replace(view, segments=tuple(replace(one, title="") for one in view.segments))
    sheet = Sheet(bare, "en")
    assert sheet.surveyed(one.segment_id for one in bare.segments) == ""
    assert sheet.segment(bare.segments[0].segment_id) == "A–D"


def test_only_reported_roads_are_listed_the_rest_is_summed() -> None:
    view = surveyed()
    closed, unknown = view.segments
    segments = (
        replace(closed, state="closed", is_state_reported=True),
        replace(unknown, state="unknown"),
    )
    words = " ".join(road_lines(Sheet(replace(view, segments=segments), "en"), segments))
    assert "closed, by report: RN2 Avenue (A–D)" in words
    assert "Rue" not in words
    assert "unknown, by default of the season: 1 km" in words


def test_the_pieces_of_a_closed_road_are_one_road_and_of_many_the_longest_are_named() -> None:
    view = surveyed()
    piece = replace(view.segments[0], state="closed", is_state_reported=True, km_mid=2.25)
    pieces = [
        replace(
            piece,
            segment_id=f"p{i}",
            title=title,
            end="…",
            km_mid=20.25 if title == "RN8" else 2.25 + i,
        )
        for i, title in enumerate(["RN8", "RN8", *(f"Rue {i}" for i in range(20))])
    ]
    told = list(road_lines(Sheet(view, "fr"), pieces))
    words = " ".join(" ".join(told).split())
    assert words.count("RN8") == 1
    assert "RN8 (A) ; Rue 19 (A) ; Rue 18 (A)" in words
    assert "9 autres" in words
    assert "…" not in words


def test_the_plan_says_by_which_roads() -> None:
    words = " ".join(build_text(surveyed(), lang="en").split())
    assert "By RN2 from A to D, 3.0 km; Rue <b> from D to E, 1.0 km" in words
    assert "P1 (P)" in words
    assert "RN2 Avenue" in words
