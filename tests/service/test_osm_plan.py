"""``plan`` on a network from OpenStreetMap gives the same kind of answer as on the bundled one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from osm_world import write_world

from cmcoord_geo.config import Config, RulesConfig
from cmcoord_geo.errors import NoRouteError, SnapError
from cmcoord_geo.model import MovementPlan, VehicleCount
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.service import Question, ask, build_network_file, release_product
from cmcoord_geo.sharing import Audience
from cmcoord_geo.units import BANGUI

DRY = datetime(2026, 12, 15, 7, tzinfo=BANGUI)
WET = datetime(2026, 8, 15, 7, tzinfo=BANGUI)


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("osm")
    out = folder / "w.network"
    build_network_file([write_world(folder / "w.osm")], out, version="1")
    return out


def question(roads: Path, vehicle: str, *, depart: datetime = DRY, start: str = "") -> Question:
    return Question(
        origin=start or "Village-Essai",
        destination="Ville-Essai",
        vehicles=(VehicleCount(vehicle_id=vehicle, count=2),),
        depart=depart,
        as_of=datetime(2026, 7, 1, tzinfo=BANGUI),
        network=roads,
    )


def plan(roads: Path, vehicle: str, **more: object) -> MovementPlan:
    picture, request = ask(question(roads, vehicle, **more))
    return plan_movement(picture, request, Config())


def ways(made: MovementPlan) -> list[str]:
    return [leg.segment_id.partition(".")[0] for leg in made.options[0].legs]


def test_a_via_point_down_a_spur_is_driven_to_and_back(roads: Path) -> None:
    asked = replace(question(roads, "lv_4x4"), via=("5.68, 20.62",))
    made = plan_movement(*ask(asked), Config())
    assert ways(made) == ["w100", "w120", "w120", "w100", "w101", "w102"]
    assert made.conditions[0].en.startswith("Go through, in this order: 5.68")
    assert not any("turns" in words.en for words in made.options[0].warnings)


@pytest.mark.parametrize("word", ["w100", "100", "RN2"])
def test_a_forbidden_way_that_cuts_is_named(roads: Path, word: str) -> None:
    with pytest.raises(NoRouteError, match=f"Allowing one is enough.*: {word}"):
        plan_movement(*ask(replace(question(roads, "lv_4x4"), forbidden=(word,))), Config())


def test_a_forbidden_way_with_a_way_round_says_what_it_costs(roads: Path) -> None:
    made = plan_movement(*ask(replace(question(roads, "lv_4x4"), forbidden=("101",))), Config())
    assert ways(made) == ["w100", "w100", "w110", "w111", "w112"]
    assert "instead of" in made.conditions[1].en


def test_a_light_vehicle_drives_the_road_and_reads_of_the_bridge(roads: Path) -> None:
    made = plan(roads, "lv_4x4")
    assert ways(made) == ["w100", "w100", "w101", "w102"]
    assert [passage.crossing_id for passage in made.options[0].passages] == ["OSM-w101"]
    assert made.options[0].place_ids == ("Village-Essai", "Ville-Essai")


def test_a_truck_is_sent_round_by_the_ferry_and_pays_its_time(roads: Path) -> None:
    made = plan(roads, "truck_6x6")
    assert ways(made) == ["w100", "w100", "w110", "w111", "w112"]
    ferry = next(leg for leg in made.options[0].legs if leg.segment_id == "w111")
    crossing_s = (ferry.leave.earliest - ferry.enter.earliest).total_seconds()
    least_wait_s = 60 * RulesConfig().ferry_wait_min[0]
    assert crossing_s == pytest.approx(1200 + least_wait_s, abs=1)
    passage = made.options[0].passages[0]
    assert (passage.kind, passage.state) == ("ferry", "unknown")


def test_the_rains_close_the_track_to_trucks(roads: Path) -> None:
    with pytest.raises(NoRouteError):
        plan(roads, "truck_6x6", depart=WET)


def test_a_heavy_truck_has_no_way(roads: Path) -> None:
    with pytest.raises(NoRouteError):
        plan(roads, "heavy_truck")


def test_a_point_far_from_any_road_is_refused(roads: Path) -> None:
    with pytest.raises(SnapError):
        plan(roads, "lv_4x4", start="6.5,20.6")


def test_the_answer_reads_as_on_the_bundled_network(roads: Path) -> None:
    picture, request = ask(question(roads, "lv_4x4", start="5.7005,20.605"))
    made = plan_movement(picture, request, Config())
    owner = Audience(kind="owner")
    product = release_product(picture, [made], owner, Config(), purpose="planning").product
    text = build_text(product, lang="en")
    assert "put on the road RN2, 55 m away" in " ".join(f.said.en for f in picture.findings)
    assert "OpenStreetMap contributors, ODbL" in " ".join(text.split())
    assert "schematic planning links" not in text
    drawn = {segment.segment_id for segment in product.segments}
    assert {leg.segment_id for leg in made.options[0].legs} <= drawn


@pytest.mark.parametrize("kind", ["layer", "name", "way"])
def test_a_report_of_the_week_turns_the_plan_away(roads: Path, tmp_path: Path, kind: str) -> None:
    """Drawn, by road and km, or by way: the network that is planned on is cut, and it still holds."""
    told = {"report_id": "R1", "state": "closed", "reported_at": "2026-11-30T08:00+01:00"}
    where = {
        "layer": {},
        "name": {"road": "RN2", "from_place": "Ville-Essai", "km_from": "0.5", "km_to": "1"},
        "way": {"segment_id": "w102"},
    }[kind]
    shape = {"type": "LineString", "coordinates": [[20.645, 5.7001], [20.66, 5.7001]]}
    feature = {
        "type": "Feature", "properties": {**told, **where},
        "geometry": shape if kind == "layer" else None,
    }  # fmt: skip
    status = tmp_path / "road_status.geojson"
    content = {"type": "FeatureCollection", "features": [feature]}
    status.write_text(json.dumps(content), encoding="utf-8")
    asked = replace(
        question(roads, "lv_4x4", start="5.7001, 20.607"),
        status=status,
        as_of=datetime(2026, 12, 1, tzinfo=BANGUI),
    )
    free, without = ask(replace(asked, status=None))
    assert "w102" in ways(plan_movement(free, without, Config()))
    picture, request = ask(asked)
    assert {report.segment_id.partition("/")[0] for report in picture.status} == {"w102"}
    assert ways(plan_movement(picture, request, Config()))[-3:] == ["w110", "w111", "w112"]
