"""Roads of a prefecture: by their ends, by their line, and with doubt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cmcoord_geo.network.bundled import bundled_network
from cmcoord_geo.network.prefectures import prefectures_around
from cmcoord_geo.planning.prefecture_roads import roads_in

NETWORK = bundled_network()


def words(title: str, *names: str, is_schematic: bool = True) -> str:
    """What is said of the road of a title."""
    is_in, may_be_in = roads_in(replace(NETWORK, is_schematic=is_schematic), names)
    row = next(i for i in range(len(NETWORK)) if NETWORK.title(i) == title)
    assert not (is_in & may_be_in).any()
    return "in" if is_in[row] else "perhaps" if may_be_in[row] else "out"


@pytest.mark.parametrize(
    ("title", "name", "found"),
    [
        ("Bria–Ndélé", "Haute-Kotto", "in"),
        ("Bria–Ndélé", "Ouaka", "perhaps"),
        ("Grimari–Kouango", "Kémo", "perhaps"),
        ("Bria–Ndélé", "Vakaga", "out"),
        ("Bossembélé–Bossangoa", "Ouham", "in"),
        ("Bouca–Batangafo", "Ouham-Fafa", "in"),
        ("Bossembélé–Bossangoa", "Ouham-Fafa", "out"),
    ],
)
def test_a_schematic_road_may_run_where_its_straight_line_does(
    title: str, name: str, found: str
) -> None:
    assert words(title, name) == found


def test_a_surveyed_road_runs_where_its_line_does() -> None:
    assert words("Bria–Ndélé", "Ouaka", is_schematic=False) == "in"
    assert words("Bria–Ndélé", "Vakaga", is_schematic=False) == "out"


def test_a_part_of_an_older_prefecture_is_in_doubt_where_the_ends_are_not_known() -> None:
    ids = tuple(f"N{i}" for i in range(len(NETWORK.node_ids)))
    nameless = replace(NETWORK, node_ids=ids, is_schematic=False)
    is_in, may_be_in = roads_in(nameless, ("Ouham-Fafa",))
    row = next(i for i in range(len(NETWORK)) if NETWORK.title(i) == "Bossembélé–Bossangoa")
    assert (bool(is_in[row]), bool(may_be_in[row])) == (False, True)


def test_no_road_escapes_a_prefecture_that_its_line_enters() -> None:
    """Points along every line, asked one by one; both ends were all that was looked at once."""
    around = [
        {
            name
            for share in np.linspace(0.0, 1.0, 9)
            for name in prefectures_around(*(line[0] + share * (line[-1] - line[0])).tolist())
        }
        for line in (np.asarray(line, float) for line in NETWORK.lines)
    ]
    for name in ("Kémo", "Ouaka", "Ouham", "Nana-Grébizi"):
        is_in, may_be_in = roads_in(NETWORK, (name,))
        entered = np.array([name in names for names in around])
        assert entered.any()
        assert not (entered & ~is_in & ~may_be_in).any()
