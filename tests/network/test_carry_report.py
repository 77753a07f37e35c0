"""Report of what was carried over."""

from __future__ import annotations

from pathlib import Path

import pytest
from link_world import LinkWorld
from towns import town as drawn

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.carry import carry_over
from cmcoord_geo.network.carry_report import as_rows, report, summary
from cmcoord_geo.network.osm.build import build_network


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    world = LinkWorld()
    world.link("L089", pieces=20, bridges={14: {"route": "ferry", "name": "Bac EXERCISE"}})
    world.link("L091")
    world.link("L043", km=120)
    path = world.write(tmp_path_factory.mktemp("osm") / "w.osm")
    return carry_over(build_network(read_osm(path), name="w", source="w").network)


def test_the_summary_counts(network: RoadNetwork) -> None:
    assert network.links is not None
    first, second = (line.en for line in summary(network.links))
    assert first.startswith("Knowledge carried over from the bundled links: 2 of 4 (215 km)")
    assert "1 found on the map, 1 whose exact place" in second


def test_the_report_tells_each_link_and_crossing(network: RoadNetwork) -> None:
    lines = [line.en for line in report(network)]
    assert "L043 Grimari–Bambari: nothing carried over: the road has 120 km, 75 to 85" in lines[2]
    assert any(line.startswith("L089 Bambari–Kouango: 20 segments, 140 km") for line in lines)
    assert any(line.startswith("CR01 Bombala ferry: on the map OSM-w") for line in lines)
    assert any(
        line.startswith("CR77") and "holds for 4 segments, 75 km of road" in line for line in lines
    )


def test_rows_for_programs(network: RoadNetwork) -> None:
    rows = as_rows(network, "fr")
    links = {row["link_id"]: row for row in rows["links"]}  # type: ignore[attr-defined]
    assert len(links["L089"]["carriageways"][0]) == 20
    assert links["L043"]["refused"].startswith("rien n’est repris")
    assert rows["links_elsewhere"] == 88


def test_where_nothing_was_carried_the_report_says_so(town: RoadNetwork) -> None:
    (line,) = report(town)
    assert "Nothing is carried over" in line.en
    assert as_rows(town, "en") == {"links": [], "crossings": [], "links_elsewhere": None}


@pytest.fixture
def town() -> RoadNetwork:
    return drawn("A--B")


def test_a_number_that_differs_from_the_table_is_told(tmp_path: Path) -> None:
    world = LinkWorld()
    world.link("L043", ref="RN 9")
    path = world.write(tmp_path / "w.osm")
    made = carry_over(build_network(read_osm(path), name="w", source="w").network)
    assert any("RN 9 (the table says RN2)." in line.en for line in report(made))
