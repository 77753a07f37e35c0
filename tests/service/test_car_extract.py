"""
From an extract like that of the Central African Republic to networks, plans, maps, boards and places.

The extract is invented (``car_extract.py``); what is asked of it is what a field coordinator would ask.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import osmium
import pytest
from car_extract import write_car
from records import DRY as MORNING
from records import convoy, report
from typer.testing import CliRunner

from cmcoord_geo.cli.app import app
from cmcoord_geo.config import Config, StatusConfig
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.passability import passability
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.service import LineFiles, Question, ask, build_network_file, load_network

DRY, WET = "2026-12-15", "2026-08-15"
WEEK = {
    "movements.csv": (
        "movement_id,organisation,origin,destination,depart_earliest,depart_latest,vehicles,"
        "persons,marking,trip\n"
        "{rows}"
    ),
    "road_status.csv": (
        "report_id,segment_id,road,from_place,to_place,km_from,km_to,crossing_id,state,ferry_state,"
        "delay_min,reported_at,reporter\n"
        "R1,,,,,,,OSM-w27,restricted,slow,90,{day}T08:00+01:00,ngo\n"
        "R2,,RN2,Bambari,Alindao,20,30,,closed,,,{day}T08:00+01:00,ngo\n"
    ),
    "patrols.csv": (
        "patrol_id,from_place,to_place,start,end,provider,composition\n"
        "P1,Sibut,Grimari,{day}T08:00+01:00,{day}T16:00+01:00,force,minusca\n"
    ),
    "incidents.csv": (
        "incident_id,occurred_at,lat,lon,class,precision,source\n"
        "I1,{day},5.73,19.6,robbery,1,EXERCISE\n"
    ),
}
ROWS = (
    ("M1", "Grimari", "Bambari", "truck_6x6:2"),
    ("M2", "Sibut", "Bambari", "lv_4x4:2"),
    ("M3", "Bambari", "Kouango", "motorbike:2"),
    ("M4", "Sibut", "Kaga-Bandoro", "heavy_truck:2"),
    ("M5", "Bambari", "Bria", "truck_6x6:2"),
    ("M6", "Bambari", "Alindao", "lv_4x4:2"),
)


def run(*words: str | Path, lang: str = "en") -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, words), "--lang", lang])
    return done.exit_code, " ".join(done.output.split())


@pytest.fixture(scope="module")
def car(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Network file that the command line built of nothing but the map."""
    return built(tmp_path_factory.mktemp("car"), "--no-links")


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with what the bundled links know."""
    return built(tmp_path_factory.mktemp("linked"))


def built(folder: Path, *words: str) -> Path:
    out = folder / "car.net"
    code, _ = run("network", "build", write_car(folder / "car.osm"), "-o", out, *words)
    assert code == 0
    return out


@pytest.fixture(scope="module")
def roads(car: Path) -> RoadNetwork:
    return load_network(car)[0]


def plan(car: Path, start: str, end: str, vehicle: str, day: str = DRY) -> tuple[int, str]:
    return run(
        *("plan", start, end, "--vehicle", f"{vehicle}:2", "--network", car, "--one-way"),
        *("--depart", f"{day}T07:00+01:00", "--as-of", f"{day}T06:00+01:00"),
    )


def ways(car: Path, start: str, end: str, vehicle: str, day: str = DRY) -> list[str]:
    """Ways of the option kept, each once, in the order driven."""
    moment = datetime.fromisoformat(f"{day}T07:00+01:00")
    asked = Question(
        origin=start,
        destination=end,
        vehicles=(VehicleCount(vehicle_id=vehicle, count=2),),
        depart=moment,
        as_of=moment,
        network=car,
    )
    picture, request = ask(asked)
    legs = plan_movement(picture, request, Config()).options[0].legs
    return list(dict.fromkeys(_way(leg.segment_id) for leg in legs))


def says_closed(told: str, road: str, reason: str) -> bool:
    """Whether a road is named with its km, perhaps among others, before a reason."""
    pattern = rf"{re.escape(road)} \d+\.\d km(, [^:.]+ \d+\.\d km)*: {re.escape(reason)}"
    return re.search(pattern, told) is not None


def _way(segment_id: str) -> str:
    """Way of a piece of it (``w21.2``), also of one cut by a stop (``w21.2/1``)."""
    return segment_id.partition("/")[0].partition(".")[0]


def test_build_tells_what_it_left_out(tmp_path: Path) -> None:
    code, told = run(
        "network", "build", write_car(tmp_path / "car.osm"), "-o", tmp_path / "n", "--no-links"
    )
    assert code == 0
    for sentence in (
        "1 point of roads is missing from the file",
        "2 ways without two usable points in a row",
        "because no table knows highway=cow_trail",
        "because no table knows access=perhaps",
        "2 segments flagged “private”",
        "1 segment flagged “military”",
        "1 segment flagged “conditional”",
        "2 segments drawn twice over the same points: kept once",
        "1 turn restriction without effect: one of its ways is not among the roads",
        "Crossings (checkpoint): 3",
        "Crossings (rain_barrier): 2",
        "Crossings (ferry): 4",
        "Crossings (bridge): 3",
        "Crossings (border): 1",
    ):
        assert sentence in told


def test_info_check_and_export_read_it(car: Path, roads: RoadNetwork, tmp_path: Path) -> None:
    code, told = run("network", "info", car, "--json")
    assert code == 0
    assert json.loads(told)["segments"] == len(roads)
    code, told = run("network", "check", car)
    assert code == 0
    assert "dead end" in told
    assert "unknown surface: its speed is assumed, that of a track" in told
    code, _ = run("network", "export", car, "-o", tmp_path / "car.gpkg")
    assert code == 0
    build_network_file(
        [tmp_path / "car.gpkg"],
        tmp_path / "again.net",
        version="1",
        lines=LineFiles(layer="segments"),
    )
    again = load_network(tmp_path / "again.net")[0]
    assert again.traffic is not None
    assert roads.traffic is not None
    assert again.length_m.sum() == pytest.approx(roads.length_m.sum(), rel=1e-6)
    for rank in range(5):  # no more open than it was
        opened = again.length_m[again.traffic.arcs_open([rank])[::2]].sum()
        assert opened <= roads.length_m[roads.traffic.arcs_open([rank])[::2]].sum() + 1


def test_what_is_no_road_is_none(roads: RoadNetwork) -> None:
    found = {key.partition(".")[0] for key in roads.segment_ids}
    assert not found & {"w45", "w46", "w94", "w95", "w204", "w205", "w301", "w302"}
    assert {"w31", "w41", "w42", "w54", "w81"} <= found  # closed, and there
    assert roads.rivers is not None
    assert set(roads.rivers.names) == {"Ombella-Essai", "Ouaka-Essai"}


def test_a_missing_surface_is_never_paved(roads: RoadNetwork) -> None:
    surface = dict(
        zip((key.partition(".")[0] for key in roads.segment_ids), roads.surface, strict=True)
    )
    assert surface["w36"] == surface["w52"] == "unknown"
    assert surface["w23"] == "degraded"
    assert surface["w75"] == "track"


def test_a_truck_is_kept_off_both_bridges_and_sent_over_the_ferry(car: Path) -> None:
    assert ways(car, "Grimari", "Bambari", "truck_6x6") == ["w23", "w26", "w27", "w28", "w36"]
    code, told = plan(car, "Grimari", "Bambari", "truck_6x6")
    assert code == 0
    assert "Closed that day: RN2 0.1 km" in told
    assert says_closed(told, "RN2", "closed to this vehicle by the map (maxweight=5)")
    assert "Bac d’essai: hours of service by the source: Mo-Su 06:00-17:30" in told
    assert "state unknown: Checkpoint RN2; Bac d’essai" in told
    assert "One road only between Grimari and Bambari: without it, no way at all." in told
    assert "surface unknown on 28 % of the length" in told


def test_a_4x4_drives_over_the_weak_bridge_and_has_the_ferry_as_another_way(car: Path) -> None:
    assert "w24" in ways(car, "Grimari", "Bambari", "lv_4x4")
    code, told = plan(car, "Grimari", "Bambari", "lv_4x4")
    assert code == 0
    assert "B · set aside · via Bac d’essai" in told
    assert "One road only between Grimari and RN2" in told


def test_nobody_is_sent_over_the_broken_bridge(car: Path, tmp_path: Path) -> None:
    """Without the ferry and the weak bridge nothing is left but a bridge that fell."""
    build_network_file(
        [write_car(tmp_path / "c.osm", without=(24, 27))], tmp_path / "c.net", version="1"
    )
    for vehicle in ("motorbike", "lv_4x4", "truck_6x6"):
        code, told = plan(tmp_path / "c.net", "Grimari", "Bambari", vehicle)
        assert code == 4
        assert "closed to this vehicle by the map (access=no)" in told
    assert "w31" not in ways(car, "Grimari", "Bambari", "motorbike")


def test_the_collapsed_bridge_is_driven_round_by_the_ford_or_told(car: Path) -> None:
    assert "w84" in ways(car, "Sibut", "Kaga-Bandoro", "truck_6x6")
    _, told = plan(car, "Sibut", "Kaga-Bandoro", "truck_6x6")
    assert "by Dékoa — RN8" in told
    assert says_closed(
        told, "RN8", "closed to this vehicle by the map (bridge:condition=collapsed)"
    )
    assert "Ford Gué de la Nana-Essai" in told
    code, told = plan(car, "Sibut", "Kaga-Bandoro", "heavy_truck")
    assert code == 4
    assert says_closed(
        told, "RN8", "closed to this vehicle by the map (bridge:condition=collapsed)"
    )


def test_motorbikes_take_the_path_and_the_pirogue_and_cars_the_track(car: Path) -> None:
    assert ways(car, "Bambari", "Kouango", "motorbike") == ["w70", "w71", "w72", "w74"]
    assert ways(car, "Bambari", "Kouango", "motorbike", WET) == ["w70", "w71", "w72", "w74"]
    assert ways(car, "Bambari", "Kouango", "lv_4x4") == ["w70", "w75", "w76"]
    _, told = plan(car, "Bambari", "Kouango", "lv_4x4")
    assert "One road only between Bambari and Kouango: without it, no way at all." in told
    code, told = plan(car, "Bambari", "Kouango", "heavy_truck")
    assert code == 3
    assert "Kouango is 69" in told
    assert (
        "The road without name (path), 0 m away, is closed to this vehicle by the map (highway=path)."
        in told
    )


def test_a_pirogue_for_persons_carries_no_motorbike(tmp_path: Path) -> None:
    path = write_car(tmp_path / "c.osm", without=(72, 75))
    build_network_file([path], tmp_path / "c.net", version="1")
    code, told = plan(tmp_path / "c.net", "Bambari", "Kouango", "motorbike")
    assert code == 4
    assert says_closed(told, "Pirogue à pied", "closed to this vehicle by the map (route=ferry)")


def test_season_and_condition_close_the_road_to_bria_in_the_rains(car: Path) -> None:
    code, told = plan(car, "Bambari", "Bria", "truck_6x6")
    assert code == 0
    assert "RN5: the map sets a condition on passage (motor_vehicle:conditional=no @ (wet))" in told
    assert "shut while it rains" not in told
    for vehicle in ("truck_6x6", "lv_4x4"):
        code, told = plan(car, "Bambari", "Bria", vehicle, WET)
        assert code == 4
        reason = "wet season: Motorbike (moto-taxi / NGO) at most by default"
        assert says_closed(told, "RN5", reason)
    code, told = plan(car, "Bambari", "Bria", "motorbike", WET)
    assert code == 0
    assert "Rain barrier RN5 (km 48): shut while it rains" in told


def test_the_rain_barrier_and_checkpoints_are_named(car: Path) -> None:
    _, told = plan(car, "Bangui", "Grimari", "truck_6x6", WET)
    assert "Barrière de pluie de Galafondo (km 195): shut while it rains" in told
    assert "Checkpoint PK 11 (km 10), Checkpoint PK 12 (km 12)" in told
    _, told = plan(car, "Bangui", "Grimari", "truck_6x6", DRY)
    assert "shut while it rains" not in told


def test_a_private_road_is_closed_and_told(car: Path, roads: RoadNetwork) -> None:
    i = [k for k, key in enumerate(roads.segment_ids) if key.startswith("w42")]
    assert all("private" in roads.note[k] for k in i)
    assert not {"w42", "w44"} & set(ways(car, "Damara", "Sibut", "lv_4x4"))
    code, told = plan(car, "Damara", "5.2, 18.8", "lv_4x4")
    assert code == 0
    assert "Route de la mine d’essai, 0 m away, is nearer but closed to this convoy" in told
    assert "(access=private)" in told


def test_a_report_opens_no_private_road_and_is_named_beside_the_tag(roads: RoadNetwork) -> None:
    i = roads.segment_index["w42"]
    told = report("open", at=MORNING, segment_id="w42", report_id="S1", max_vehicle="tanker")
    found = passability(
        roads, convoy("lv_4x4"), at=MORNING, as_of=MORNING, status=[told], config=StatusConfig()
    )
    assert not found.is_open[i]
    assert "(access=private); report S1 of " in found.reasons[i][0].en
    assert "no report lifts what the map closes" in found.reasons[i][0].en


def test_an_access_value_that_no_table_knows_is_named(car: Path) -> None:
    code, told = plan(car, "Bria", "Zinga-Essai", "motorbike")
    assert code == 4
    assert "closed to this vehicle by the map (access=perhaps)" in told


def test_banned_turns_of_bangui_are_kept(car: Path, tmp_path: Path) -> None:
    """Left from the avenue into the gap is banned; without the sign it is the shorter way."""
    ends = ("4.3650, 18.5495", "4.3790, 18.5540", "lv_4x4")
    build_network_file([write_car(tmp_path / "c.osm", turns={})], tmp_path / "c.net", version="1")
    assert ways(tmp_path / "c.net", *ends) == ["w110", "w12", "w16", "w18"]
    assert ways(car, *ends) == ["w110", "w113", "w19", "w20"]


def test_the_avenue_and_the_roundabout_are_driven_one_way(car: Path) -> None:
    out = ways(car, "Bangui", "Damara", "truck_6x6")
    back = ways(car, "Damara", "Bangui", "truck_6x6")
    assert {"w13", "w15", "w114"} <= set(out)
    assert not {"w14", "w11"} & set(out)
    assert {"w14", "w11", "w15"} <= set(back)
    assert not {"w12", "w13"} & set(back)


def test_the_border_is_a_crossing(car: Path) -> None:
    _, told = plan(car, "Bambari", "Mobaye", "truck_6x6")
    assert "Crossings, no report state unknown: Mobaye" in told
    assert "via Alindao" in told


def test_places_are_found_in_both_gazetteers(car: Path) -> None:
    code, told = run("place", "Ndimba 2", "--network", car)
    assert code == 0
    assert "Ndimba-Essai (hamlet)" in told
    assert "Where: 26 km north-east of Grimari" in told
    code, told = run("place", "Bambari", "--network", car)
    assert "[BBY]" in told
    assert "Nearest road: RN2, 0 m away" in told


def test_the_board_says_which_loss_cuts_off_whom(car: Path, tmp_path: Path) -> None:
    code, told = run(
        *("isolation", "--network", car, "--as-of", f"{DRY}T07:00+01:00", "--out", tmp_path / "b"),
        *("--to", "Bambari", "--to", "Bria", "--to", "Kaga-Bandoro", "--to", "Kouango"),
        *("--vehicle", "truck_6x6", "--wet-vehicle", "lv_4x4"),
    )
    assert code == 0
    assert "RN2, km 0–3: today, cuts off Bambari, Bria, Kouango, Kaga-Bandoro" in told
    assert "Bac d’essai, km 303: today, cuts off Bambari, Bria, Kouango" in told
    assert "in the rains, no effect" in told  # a 4x4 does not need the ferry
    assert "any of 2 roads, rain barrier" in told
    assert "Checkpoint" not in told  # where forces stand is no matter for a board
    assert "Checkpoint" not in (tmp_path / "b" / "isolation.html").read_text(encoding="utf-8")
    assert {path.suffix for path in (tmp_path / "b").iterdir()} >= {
        ".html",
        ".png",
        ".json",
        ".txt",
    }


@pytest.fixture(scope="module", params=[DRY, WET], ids=["dry", "wet"])
def week(
    request: pytest.FixtureRequest, car: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    day = str(request.param)
    folder = tmp_path_factory.mktemp(f"week-{day}")
    rows = "".join(
        f"{key},ORG-A,{start},{end},{day}T07:00+01:00,{day}T08:00+01:00,{vehicles},4,logo,one_way\n"
        for key, start, end, vehicles in ROWS
    )
    eve = f"{day[:-2]}14"
    for name, content in WEEK.items():
        words = content.format(rows=rows, day=eve)
        (folder / name).write_text(words, encoding="utf-8")
    (folder / "picture.toml").write_text(
        f'as_of = {eve}T17:00:00+01:00\nis_exercise = true\nnetwork = "car.net"\n', encoding="utf-8"
    )
    (folder / "car.net").write_bytes(car.read_bytes())
    return folder


def test_a_week_is_checked_and_drawn(week: Path, tmp_path: Path) -> None:
    is_dry = "-12-" in (week / "picture.toml").read_text(encoding="utf-8")
    code, told = run("check", week)
    assert code == 0, told
    assert "Taken as the road RN2" in told
    code, told = run("map", week, "--out", tmp_path / "o")
    assert code == 0, told
    product = json.loads((tmp_path / "o" / "plan.json").read_text(encoding="utf-8"))
    has_option = [bool(one["options"]) for one in product["movements"]]
    # M4 is too heavy for the ford, M6 has its only road reported closed; the rains close two more to trucks
    assert has_option == [is_dry, True, True, False, is_dry, False]
    text = " ".join((tmp_path / "o" / "plan.txt").read_text(encoding="utf-8").split())
    assert ("Bac d’essai: waiting of 90 min by report R1, on top of the driving" in text) == is_dry
    assert ("Barrière de pluie de Galafondo (km 30): shut" in text) != is_dry
    assert "R2" in text
    assert (tmp_path / "o" / "map.png").stat().st_size > 50_000
    page = (tmp_path / "o" / "map.html").read_text(encoding="utf-8")
    assert "Bac d’essai" in page
    assert "checkpoint" not in {one["kind"] for one in product["crossings"]}
    for audience in ("minusca", "public"):
        code, told = run("map", week, "--out", tmp_path / audience, "--audience", audience)
        assert code == 0, told
        for path in (tmp_path / audience).glob("*.[jht]*"):
            assert "PK 12" not in path.read_text(encoding="utf-8")
            assert "Checkpoint RN2" not in path.read_text(encoding="utf-8")


def test_last_departures_are_asked_by_name_and_by_position(week: Path) -> None:
    asked = ("depart", week, "--return-trap", "--json")
    places = ("--to", "Bokolo-Essai", "--to", "34N 464128 637569", "--to", "Grimari")
    code, told = run(*asked, "--from", "Sibut", *places)
    assert code == 0, told
    board = json.loads(told[told.index("{") :])
    assert board["base"] == "Sibut"
    names = list(dict.fromkeys(trap["place"] for trap in board["traps"]))
    assert (len(names), names[0], names[2]) == (3, "Bokolo-Essai", "Grimari")
    assert any(trap["state"] != "no_road" for trap in board["traps"])
    code, told = run(*asked)
    board = json.loads(told[told.index("{") :])
    assert board["base"] == "Bangui"
    assert "Bambari" in {trap["place"] for trap in board["traps"]}
    assert "Birao" in board["missing"]


def test_the_same_extract_as_pbf_is_the_same_network(linked: Path, tmp_path: Path) -> None:
    write_car(tmp_path / "car.osm")
    with osmium.SimpleWriter(str(tmp_path / "car.osm.pbf")) as writer:
        for element in osmium.FileProcessor(str(tmp_path / "car.osm")):
            writer.add(element)
    build_network_file([tmp_path / "car.osm.pbf"], tmp_path / "pbf.net", version="1")
    here, there = load_network(linked)[0], load_network(tmp_path / "pbf.net")[0]
    assert tuple(here.segment_ids) == tuple(there.segment_ids)
    assert (here.length_m == there.length_m).all()
    assert tuple(here.note) == tuple(there.note)
    assert [one.crossing_id for one in here.crossings] == [
        one.crossing_id for one in there.crossings
    ]


def test_the_bundled_links_lend_what_the_map_does_not_say(car: Path, linked: Path) -> None:
    """A heavy truck drives laterite, and not a road of which nobody knows the surface."""
    code, told = plan(car, "Sibut", "Dékoa", "heavy_truck")
    assert code == 0, told
    network = load_network(linked)[0]
    assert network.segments_of_link("L042")
    assert {network.route_ref[i] for i in network.segments_of_link("L070")} >= {"RN8"}
    code, told = plan(linked, "Sibut", "Bambari", "truck_6x6")
    assert code == 0
    assert "surface not on the map on" in told
    assert "Bac d’essai" in told
    code, told = run("network", "links", linked)
    assert "L090 Grimari–Kouango: nothing carried over" in told


def test_a_week_by_the_ids_of_the_bundled_links(linked: Path, tmp_path: Path) -> None:
    (tmp_path / "movements.csv").write_text(
        "movement_id,organisation,origin,destination,depart_earliest,depart_latest,vehicles,"
        "persons,marking,trip\n"
        f"M1,ORG-A,Sibut,Dékoa,{DRY}T07:00+01:00,{DRY}T08:00+01:00,lv_4x4:2,4,full,one_way\n",
        encoding="utf-8",
    )
    (tmp_path / "road_status.csv").write_text(
        f"report_id,segment_id,state,reported_at,reporter\nR1,L069,closed,{DRY}T06:00+01:00,ngo\n",
        encoding="utf-8",
    )
    code, told = run(
        *("map", tmp_path, "--network", linked, "--out", tmp_path / "o"),
        *("--as-of", f"{DRY}T06:30+01:00"),
    )
    assert code == 0, told
    product = json.loads((tmp_path / "o" / "plan.json").read_text(encoding="utf-8"))
    assert product["movements"][0]["options"] == []
    assert "R1" in (tmp_path / "o" / "plan.txt").read_text(encoding="utf-8")


def test_a_place_at_the_end_of_a_path_is_on_the_board_of_every_vehicle(car: Path) -> None:
    """No truck leads to Kouango; that is an answer and no fault."""
    code, told = run(
        *("isolation", "--network", car, "--as-of", f"{DRY}T07:00+01:00", "--to", "Kouango"),
        *("--vehicle", "motorbike", "--vehicle", "tanker"),
    )
    assert code == 0, told
    assert "nr | nr" in told
    assert "13?| 22" in told


def test_a_stretch_by_km_or_by_places_is_closed_along_its_whole_length(
    car: Path, tmp_path: Path
) -> None:
    (tmp_path / "road_status.csv").write_text(
        "report_id,road,from_place,to_place,km_from,km_to,state,reported_at,reporter\n"
        f"R2,RN2,Sibut,Grimari,10,80,closed,{DRY}T05:00+01:00,ngo\n"
        f"R1,,Bria,Ippy,,,closed,{DRY}T05:00+01:00,ngo\n"
        f"A3,RN2,Bambari,Alindao,20,70,closed,{DRY}T05:00+01:00,ngo\n"
        f"A4,RN8,Sibut,Dékoa,30,,closed,{DRY}T05:00+01:00,ngo\n",
        encoding="utf-8",
    )
    out = tmp_path / "o"
    code, told = run(
        *("map", tmp_path, "--network", car, "--out", out, "--as-of", f"{DRY}T06:30+01:00")
    )
    assert code == 0, told
    product = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    km_mid = {one["segment_id"]: one["km_mid"] for one in product["segments"]}
    km = {
        one["said"]["en"].split(" · ")[0]: sum(
            km_mid[key] * (high - low) for key, low, high in one["along"]
        )
        for one in product["closures"]
    }
    assert {key: round(value, 1) for key, value in km.items()} == {
        "R2": 70.0, "R1": 90.6, "A3": 50.0, "A4": 0.0,
    }  # fmt: skip
    assert [one["mark"] for one in product["closures"]] == ["T1", "T2", "T3", "T4"]
    assert "RN2 (2 segments, 70.0 km): closed" in " ".join(
        one["said"]["en"] for one in product["closures"]
    )
