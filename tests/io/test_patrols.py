"""Patrols: by segment or by two neighbouring places; without times they are kept, and said so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from schemas.example_rows import PATROL, places_of, write

from cmcoord_geo.io import read_patrols
from cmcoord_geo.network import RoadNetwork, bundled_network


@pytest.fixture(scope="module")
def network() -> RoadNetwork:
    return bundled_network()


@pytest.fixture
def read(tmp_path: Path, network: RoadNetwork):
    def reading(*changes: dict[str, str], roads: RoadNetwork = network):
        rows = [PATROL | {"patrol_id": f"P-{n}"} | change for n, change in enumerate(changes, 1)]
        return read_patrols(write(tmp_path / "patrols.csv", rows), network=roads)

    return reading


BY_ID = {"segment_id": "L080", "from_place": "", "to_place": ""}


def test_neighbouring_places_are_one_segment(read) -> None:
    found = read({}, {"from_place": "Ippy", "to_place": "BBY"}, BY_ID)
    assert found.findings == ()
    assert found.content.segment_id == ("L080",) * 3
    assert np.array_equal(found.content.from_fraction, [0, 0, 0])
    assert np.array_equal(found.content.to_fraction, [1, 1, 1])


def test_km_count_from_the_stated_start(read, network: RoadNetwork) -> None:
    length_km = network.length_km(network.segment_index["L080"])
    km = {"km_from": "10", "km_to": "40"}
    found = read(
        km, km | {"from_place": "Ippy", "to_place": "Bambari"}, BY_ID | km, {"km_from": "10"}
    )
    low, high = found.content.from_fraction, found.content.to_fraction
    assert low == pytest.approx(
        [10 / length_km, 1 - 40 / length_km, 10 / length_km, 10 / length_km]
    )
    assert high == pytest.approx([40 / length_km, 1 - 10 / length_km, 40 / length_km, 1])
    assert (low <= high).all()


@pytest.mark.parametrize(
    ("change", "column", "word"),
    [
        ({"to_place": "Bria"}, "to_place", "segment_id"),
        ({"to_place": "Bambari"}, "to_place", "segment_id"),
        ({"to_place": ""}, "segment_id", "segment_id"),
        (BY_ID | {"segment_id": "L999"}, "segment_id", "roads.csv"),
        ({"segment_id": "L011"}, "segment_id", "Bozoum"),
        ({"from_place": "Sido"}, "from_place", "[SID]"),
        ({"km_from": "50", "km_to": "20"}, "km_to", "smaller"),
        ({"km_to": "500"}, "km_to", "end of the segment"),
        ({"km_to": "-1"}, "km_to", "between"),
        ({"km_to": "1e999"}, "km_to", "number"),
        ({"end": "2026-12-01T06:00+01:00"}, "end", "before"),
        ({"start": "2026-12-01T06:00"}, "start", "zone"),
        ({"provider": "army"}, "provider", "unpol"),
        ({"composition": "allies"}, "composition", "mixed"),
    ],
)
def test_a_bad_row_is_refused_and_the_others_go_on(
    read, change: dict[str, str], column: str, word: str
) -> None:
    found = read({}, change, {})
    assert found.content.patrol_id == ("P-1", "P-3")
    assert places_of(found.findings) == [("error", 3, column)]
    assert word in found.findings[0].said.en


def test_a_patrol_without_times_is_kept_as_unknown(read) -> None:
    found = read({"start": "", "end": ""}, {"end": ""})
    assert np.isnan(found.content.start_s[0])
    assert np.isnan(found.content.end_s).all()
    assert places_of(found.findings) == [("warning", 2, "start"), ("warning", 3, "end")]
    assert "nothing can be said of meetings" in found.findings[0].said.en


def test_parallel_roads_are_not_chosen_between(read, network: RoadNetwork) -> None:
    twin = network.segment_index["L081"]
    here = network.segment_index["L080"]
    start, end = network.start.copy(), network.end.copy()
    start[twin], end[twin] = end[here], start[here]
    found = read({}, roads=replace(network, start=start, end=end))
    assert found.content.patrol_id == ()
    assert "L080, L081" in found.findings[-1].said.fr


def test_a_patrol_passes_several_segments_and_one_twice(read) -> None:
    again = {"patrol_id": "P-1"}
    later = {"start": "2026-12-02T07:00+01:00", "end": "2026-12-02T12:00+01:00"}
    found = read({}, again | {"from_place": "Ippy", "to_place": "Bria"}, again | later, again)
    assert found.content.segment_id == ("L080", "L081", "L080")
    assert (found.report.accepted, found.report.duplicates) == (3, 1)


def test_passage_offer_and_composition(read) -> None:
    found = read(
        {"passed_at": "2026-12-01T10:00+01:00", "valid_until": "", "composition": "mixte"},
        {"valid_until": "2026-11-30T00:00+01:00", "composition": "", "provider": ""},
    )
    assert np.isfinite(found.content.passed_s).tolist() == [True, False]
    assert found.content.composition == ("mixed", "unknown")
    assert found.content.provider == ("force", "unknown")
    assert [f.column for f in found.findings] == ["valid_until", "composition"]
