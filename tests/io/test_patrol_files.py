"""Patrols of every kind of file: workbook, map layer, named road; words of both languages; what lacks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from osm_world import NODES, write_world
from schemas.example_rows import PATROL, places_of, write
from schemas.workbooks import write_rows

from cmcoord_geo.io import later_findings, read_patrols
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.model import CorridorRequest, TimeSpan
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.picture import Incidents, OperationalPicture

BARE = {key: PATROL[key] for key in ("start", "end", "provider", "composition")}
EVENING = "2026-12-01T20:00+01:00"
NOON = datetime.fromisoformat("2026-12-01T12:00+01:00")


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    path = write_world(tmp_path_factory.mktemp("osm") / "w.osm")
    return build_network(read_osm(path), name="w", source="w").network


def layer(path: Path, *shapes: dict, **properties: str) -> Path:
    content = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"patrol_id": f"F-{n}", **BARE, **properties},
                "geometry": shape,
            }
            for n, shape in enumerate(shapes, 1)
        ],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def line(*nodes: int) -> dict:
    return {"type": "LineString", "coordinates": [list(NODES[n]) for n in nodes]}


def test_a_workbook_says_the_same_as_a_text_file(tmp_path: Path) -> None:
    rows = [PATROL, PATROL | {"patrol_id": "P-2", "provider": "UPC", "composition": "Mixte"}]
    text, book = (
        read_patrols(path, network=bundled_network())
        for path in (write(tmp_path / "p.csv", rows), write_rows(tmp_path / "p.xlsx", rows))
    )
    assert book.findings == text.findings == ()
    for column in ("patrol_id", "segment_id", "provider", "composition"):
        assert getattr(book.content, column) == getattr(text.content, column)
    assert np.array_equal(book.content.start_s, text.content.start_s)
    assert book.content.provider == ("force", "fpu")
    assert book.content.composition == ("minusca", "mixed")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Force", "force"), ("militaires", "force"), ("Casques bleus", "force"),
        ("UNPOL", "unpol"), ("police des Nations Unies", "unpol"), ("PNU", "unpol"),
        ("FPU", "fpu"), ("unité de police constituée", "fpu"), ("UPC", "fpu"),
    ],
)  # fmt: skip
def test_providers_in_both_languages(tmp_path: Path, word: str, meant: str) -> None:
    path = write(tmp_path / "p.csv", [PATROL | {"provider": word}])
    assert read_patrols(path, network=bundled_network()).content.provider == (meant,)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("MINUSCA only", "minusca"), ("MINUSCA seule", "minusca"), ("mixed with FACA", "mixed"),
        ("mixte avec les FACA", "mixed"), ("other", "other"), ("autre", "other"),
    ],
)  # fmt: skip
def test_compositions_in_both_languages(tmp_path: Path, word: str, meant: str) -> None:
    path = write(tmp_path / "p.csv", [PATROL | {"composition": word}])
    assert read_patrols(path, network=bundled_network()).content.composition == (meant,)


def test_a_line_is_the_roads_that_it_runs_along(tmp_path: Path, surveyed: RoadNetwork) -> None:
    path = layer(tmp_path / "patrols.geojson", line(1, 2, 3))
    found = read_patrols(path, network=surveyed)
    assert found.content.segment_id == ("w100.1", "w100.2")
    assert found.content.patrol_id == ("F-1",) * 2
    assert found.report.accepted == 1
    assert [told.said.en.split(":")[0] for told in found.findings] == ["F-1"]


def test_part_of_a_line_is_part_of_its_road(tmp_path: Path, surveyed: RoadNetwork) -> None:
    (lon, lat), (end, _) = NODES[1], NODES[2]
    half = {"type": "LineString", "coordinates": [[lon, lat], [lon + 0.6 * (end - lon), lat]]}
    found = read_patrols(layer(tmp_path / "patrols.geojson", half), network=surveyed)
    assert found.content.segment_id == ("w100.1",)
    share = found.content.to_fraction[0] - found.content.from_fraction[0]
    assert share == pytest.approx(0.6, abs=0.05)
    assert min(found.content.from_fraction[0], 1 - found.content.to_fraction[0]) < 0.03


def test_a_point_and_a_line_off_the_roads_are_refused(
    tmp_path: Path, surveyed: RoadNetwork
) -> None:
    point = {"type": "Point", "coordinates": [(NODES[1][0] + NODES[2][0]) / 2, NODES[1][1]]}
    off = {"type": "LineString", "coordinates": [[20.61, 5.60], [20.64, 5.60]]}
    found = read_patrols(
        layer(tmp_path / "patrols.geojson", point, off, line(1, 2)), network=surveyed
    )
    assert found.content.patrol_id == ("F-3",)
    errors = [told.said.en for told in found.findings if told.severity == "error"]
    assert "single spot" in errors[0]
    assert "Row refused" in errors[1]


def test_a_named_road_with_km(tmp_path: Path) -> None:
    network = bundled_network()
    by_road = {"patrol_id": "P-1", **BARE, "road": "RN2", "from_place": "Bambari"}
    rows = [
        by_road | {"to_place": "Alindao"},
        by_road | {"patrol_id": "P-2", "to_place": "Alindao", "km_from": "10", "km_to": "40"},
    ]
    found = read_patrols(write(tmp_path / "p.csv", rows), network=network)
    assert {told.severity for told in found.findings} == {"warning"}
    assert len(set(found.content.segment_id)) == 1
    whole, part = found.content.to_fraction - found.content.from_fraction
    length = network.length_km(network.segment_index[found.content.segment_id[0]])
    assert whole == pytest.approx(1)
    assert part * length == pytest.approx(30, abs=0.1)


def test_a_road_of_no_name_is_a_finding_and_the_others_go_on(tmp_path: Path) -> None:
    rows = [{"patrol_id": "P-1", **BARE, "road": "RN99"}, PATROL | {"patrol_id": "P-2"}]
    found = read_patrols(write(tmp_path / "p.csv", rows), network=bundled_network())
    assert found.content.patrol_id == ("P-2",)
    assert places_of(found.findings) == [("error", 2, "road")]


def test_confirmed_without_a_time_is_an_offer_and_a_passage_holds(tmp_path: Path) -> None:
    rows = [
        PATROL | {"state": "confirmée", "passed_at": ""},
        PATROL | {"patrol_id": "P-2", "state": "offered", "passed_at": "2026-12-01T09:00+01:00"},
        PATROL | {"patrol_id": "P-3", "state": "done", "passed_at": "2026-12-01T09:00+01:00"},
    ]
    found = read_patrols(write(tmp_path / "p.csv", rows), network=bundled_network())
    assert np.isfinite(found.content.passed_s).tolist() == [False, True, True]
    assert places_of(found.findings) == [("warning", 2, "passed_at"), ("warning", 3, "state")]
    assert "counts as offered only" in found.findings[0].said.en


def test_an_answer_that_lapsed_is_told_where_it_was_read_and_not_here(tmp_path: Path) -> None:
    network = bundled_network()
    patrols = read_patrols(
        write(tmp_path / "p.csv", [PATROL | {"patrol_id": "OVER"}]), network=network
    )
    picture = OperationalPicture(
        network=network, as_of=NOON, incidents=Incidents.empty(), patrols=patrols.content
    )
    answered = CorridorRequest(
        corridor_id="OVER",
        segment_ids=patrols.content.segment_id[:1],
        window=TimeSpan(earliest=NOON, latest=NOON),
        presence=("area_presence",),
        accepts_mixed=False,
        priority=2,
        issued_at=NOON,
    )
    assert [one.column for one in later_findings(picture)] == ["passed_at"]
    assert list(later_findings(replace(picture, corridors=(answered,)))) == []


def test_lapsed_patrols_are_named_at_the_cut_off(tmp_path: Path) -> None:
    rows = [
        PATROL | {"patrol_id": "OVER"},
        PATROL | {"patrol_id": "DONE", "passed_at": "2026-12-01T10:00+01:00"},
        PATROL | {"patrol_id": "VOID", "end": EVENING, "valid_until": "2026-12-01T08:00+01:00"},
        PATROL | {"patrol_id": "AHEAD", "end": EVENING},
    ]  # fmt: skip
    network = bundled_network()
    patrols = read_patrols(write(tmp_path / "p.csv", rows), network=network).content

    def told(at: datetime) -> dict[str, str]:
        known = OperationalPicture(
            network=network, as_of=at, incidents=Incidents.empty(), patrols=patrols
        )
        return {one.column: one.said.en for one in later_findings(known, patrols="p.csv")}

    found = told(NOON)
    assert set(found) == {"valid_until", "passed_at"}
    assert "VOID" in found["valid_until"]
    assert "OVER" in found["passed_at"]
    assert not any(name in words for name in ("DONE", "AHEAD") for words in found.values())
    assert told(NOON - timedelta(hours=12)).keys() == {
        "passed_at"
    }  # DONE lies ahead of that cut-off
