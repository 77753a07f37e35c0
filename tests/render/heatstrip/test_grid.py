"""Rows say day, arrival and reason where there is room, and only there."""

from __future__ import annotations

from dataclasses import replace

from render.departures import first_option

from cmcoord_geo.render.heatstrip.grid import draw_triangle
from cmcoord_geo.render.heatstrip.picture import draw_strip
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.sheet import Sheet


def words(part: str, days: int = 7) -> list[str]:
    sheet, _ = draw_strip(*first_option(days), lang="fr", dpi=40)
    return [one.text for one in sheet.written if one.part == part]


def test_each_day_is_named_and_expired_ones_say_so() -> None:
    told = words("day")
    assert "mar. 1er déc." in told
    assert "périmé\N{NO-BREAK SPACE}: redemander" in told


def test_hours_are_written_once() -> None:
    told = words("hours")
    assert told.count("12:00") == 1
    assert [word for word in told if word.endswith(":00")] == sorted(
        (word for word in told if word.endswith(":00")), key=lambda word: int(word.split(":")[0])
    )


def test_reasons_and_night_are_written_in_the_blocks() -> None:
    told = " ".join(words("blocks"))
    assert "couvre-feu" in told
    assert "nuit" in told
    assert "!" in told


def test_a_patrol_that_passed_is_full_and_an_offer_hollow() -> None:
    def inside(*, is_full: bool) -> int:
        sheet = Sheet(tokens.PAPERS["A4"], dpi=100)
        draw_triangle(sheet, 20.0, 20.0, is_full=is_full)
        return int((sheet.pixels() < 200).all(axis=2).sum())

    assert inside(is_full=True) > inside(is_full=False)


def test_a_patrol_of_another_week_is_not_drawn() -> None:
    sheet, option = first_option()
    marks = tuple(replace(mark, at=mark.at.replace(year=2020)) for mark in option.patrols)
    drawn = draw_strip(sheet, replace(option, patrols=marks), lang="fr", dpi=40)[0]
    assert drawn.written
