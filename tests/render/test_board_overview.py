"""The first table holds the hours of every place and vehicle, today and in the rains."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from render import boards

from cmcoord_geo.render.board_overview import overview_lines
from cmcoord_geo.render.board_words import hours_words
from cmcoord_geo.render.text import Sheet

LANGS = ("fr", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_and_vehicle_in_its_column(lang: str) -> None:
    several = boards.by_vehicle()
    lines = list(overview_lines(Sheet(several[0], lang), several))
    (head,) = (line for line in lines if "truck_6x6" in line)
    assert head.split() == [board.key for board in several]
    none = {"fr": "sr", "en": "nr"}[lang]
    for place in several[0].targets:
        (line,) = (one for one in lines if one.startswith(f"  {place.name} "))
        cells = re.findall(r"([\d,.]+|sr|nr)(\??) *\| ([\d,.]+|sr|nr)", line)
        reaches = [
            next(one.reach for one in board.targets if one.place_id == place.place_id)
            for board in several
        ]
        assert cells == [
            (
                none if now.hours is None else hours_words(now.hours, lang),
                "?" if now.hangs_on_unknown else "",
                none if rains.hours is None else hours_words(rains.hours, lang),
            )
            for now, rains in reaches
        ]


def test_where_turns_alone_bar_the_way_there_is_a_star(tmp_path: Path) -> None:
    board = boards.barred(tmp_path)
    lines = list(overview_lines(Sheet(board, "en"), [board, board]))
    far = board.targets[1]
    (line,) = (one for one in lines if one.startswith(f"  {far.name}"))
    assert line.count("nr*") == 4


def test_many_vehicles_stand_in_several_tables() -> None:
    several = boards.by_vehicle() * 3
    lines = list(overview_lines(Sheet(several[0], "en"), several))
    assert max(map(len, lines)) <= 88
    assert sum("truck_6x6" in line for line in lines) == 3
