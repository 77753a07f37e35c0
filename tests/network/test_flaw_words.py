"""Flaws in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flaw_world import GOOD, build_flaws_world

from cmcoord_geo.network.flaw_words import lines_of, said_of
from cmcoord_geo.network.flaws import Flaw, FlawGroup
from cmcoord_geo.network.soundness import check_network

MISS = Flaw(kind="near_miss", lon=20.0, lat=6.0, away_m=4.26, other_id="w2", other_name="RN2")


@pytest.fixture
def found(tmp_path: Path) -> dict[str, FlawGroup]:
    built = build_flaws_world(tmp_path / "w.osm")
    return {group.kind: group for group in check_network(built.network, unread=built.unread)}


def lines(group: FlawGroup) -> list[str]:
    return [line.en for line in lines_of(group)]


def test_a_line_says_where_what_and_which(found: dict[str, FlawGroup]) -> None:
    (line,) = lines(found["near_miss"])
    at, where, what, ids = line.split(" · ")
    assert at.startswith("6.013")
    assert where.endswith("km north of Grimari")
    assert what == "Route du bout ends 5.0 m from Route d’essai [w11]"
    assert ids == "[w30]"


def test_french_has_its_own_words_and_figures(found: dict[str, FlawGroup]) -> None:
    (line,) = (each.fr for each in lines_of(found["near_miss"]))
    assert "Route du bout finit à 5,0 m de Route d’essai [w11]" in line
    assert "vers le nord" in line


def test_a_tag_names_one_that_bears_it(found: dict[str, FlawGroup]) -> None:
    (line,) = lines(found["unread_tag"])
    assert line.endswith("surface=marshmallow (1 time): the surface stays unknown · [w50]")


def test_what_is_left_is_counted(tmp_path: Path) -> None:
    spots = {8: (-500.0, 0.0), 9: (-500.0, 2000.0)}
    built = build_flaws_world(
        tmp_path / "w.osm", spots=spots, ways={70: ([1, 8], GOOD), 71: ([4, 9], GOOD)}
    )

    def told(limit: int | None) -> list[str]:
        found = check_network(built.network, limit=limit)
        return lines(next(one for one in found if one.kind == "dead_end"))

    assert len(told(None)) == len(told(3)) == 3
    assert told(1)[:1] == told(None)[:1]
    assert told(1)[1:] == ["… and 2 more (--all, or --out FILE.geojson)"]
    assert told(0) == ["… and 3 more (--all, or --out FILE.geojson)"]


def test_gaps_are_told_as_finely_as_they_matter() -> None:
    told = [said_of(replace(MISS, away_m=m)).en for m in (0.01, 4.26, 123.4, 53_212.0)]
    assert [words.split(" ends ")[1].split(" from ")[0] for words in told] == [
        *("less than 0.1 m", "4.3 m", "123 m", "53 km"),
    ]


def test_a_ferry_has_its_own_sentence() -> None:
    ferry = Flaw(kind="island", lon=20.0, lat=6.0, length_m=900.0, is_ferry=True, away_m=20.0)
    assert said_of(ferry).en.startswith("ferry without a link to a road")
    assert said_of(replace(ferry, is_ferry=False)).en.startswith("island of 900 m")
