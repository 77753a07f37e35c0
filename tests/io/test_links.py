"""Rows of a week that name links and crossings of the bundled network, on a network of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from link_world import LinkWorld

from cmcoord_geo.io.network_file import read_network
from cmcoord_geo.io.patrols import read_patrols
from cmcoord_geo.io.status import read_status
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.between import roads_of
from cmcoord_geo.network.stops import Stop, with_stops
from cmcoord_geo.service import build_network_file

HEAD = "report_id,segment_id,crossing_id,at_km,state,reported_at,reporter\n"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    folder = tmp_path_factory.mktemp("osm")
    world = LinkWorld()
    world.link("L089", pieces=20, bridges={14: {"route": "ferry", "name": "Bac EXERCISE"}})
    world.link("L043", surface="laterite")
    source, out = world.write(folder / "w.osm"), folder / "w.network"
    made, facts = build_network_file([source], out, version="0")
    again, facts_again = read_network(out)
    assert again.links == made.links
    assert again.crossings == made.crossings
    assert facts_again == facts
    assert any("2 of 3" in told.en for told in facts.told)
    return again


def status(tmp_path: Path, network: RoadNetwork, row: str):
    path = tmp_path / "road_status.csv"
    path.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    return read_status(path, network=network)


def test_a_link_is_all_segments_of_its_road(tmp_path: Path, network: RoadNetwork) -> None:
    found = status(tmp_path, network, "R1,L043,,,closed,2026-12-09T08:00+01:00,ngo")
    road = {network.segment_ids[i] for i in network.segments_of_link("L043")}
    assert {told.segment_id for told in found.content} == road


def test_a_km_of_a_link_is_a_km_of_the_road(tmp_path: Path, network: RoadNetwork) -> None:
    found = status(tmp_path, network, "R1,L043,,50,closed,2026-12-09T08:00+01:00,ngo")
    (told,) = found.content
    assert told.segment_id == network.segment_ids[network.segments_of_link("L043")[2]]


def test_a_crossing_is_known_by_both_its_ids(tmp_path: Path, network: RoadNetwork) -> None:
    (ferry,) = [one for one in network.crossings if one.crossing_id == "CR01"]
    for key in ("CR01", *ferry.aliases):
        found = status(tmp_path, network, f"R1,,{key},,closed,2026-12-09T08:00+01:00,ngo")
        (told,) = found.content
        assert told.crossing_id == "CR01"
        assert told.segment_id in ferry.at_km


def test_a_patrol_on_a_link(tmp_path: Path, network: RoadNetwork) -> None:
    path = tmp_path / "patrols.csv"
    path.write_text(
        "patrol_id,from_place,to_place,segment_id,km_from,km_to,start,end,provider,composition\n"
        "P1,,,L043,10,30,2026-12-15T08:00+01:00,2026-12-15T10:00+01:00,force,minusca\n",
        encoding="utf-8",
    )
    patrols = read_patrols(path, network=network).content
    rows = [network.segment_index[key] for key in patrols.segment_id]
    share = patrols.to_fraction - patrols.from_fraction
    assert float((network.length_m[rows] * share).sum()) == pytest.approx(20_000, abs=2)


def test_a_link_that_a_place_cuts_is_still_whole(network: RoadNetwork) -> None:
    whole = network.segments_of_link("L043")
    stop = Stop(stop_id="X", name="Essai", segment=whole[1], fraction=0.4)
    cut, _ = with_stops(network, [stop])
    assert len(cut.segments_of_link("L043")) == len(whole) + 1
    (chain,), (chain_before,) = (roads_of(one, "L043") for one in (cut, network))
    assert chain.length_m == pytest.approx(chain_before.length_m)
    assert [cut.node_ids[node] for node in chain.ends(cut)] == ["Grimari", "Bambari"]
    arcs = 2 * chain.segments + ~chain.is_forward
    assert (cut.head[arcs][:-1] == cut.tail[arcs][1:]).all()
