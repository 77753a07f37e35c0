"""The shipped tables of ``data/``: what DOMAIN.md and the leaflet say of them, row by row."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from shapely import polygonize
from shapely.geometry import LineString, Point, Polygon, box
from shapely.ops import unary_union

from cmcoord_geo.units import KM_M, geodesic_m, is_in_car_box

DATA = Path(__file__).resolve().parents[2] / "data"
CONFIDENCES = {"high", "medium", "low"}
VEHICLES = ["motorbike", "lv_4x4", "truck_6x6", "heavy_truck", "tanker"]
SURFACES = ["paved", "paved_bad", "laterite", "degraded", "track"]
STATUSES = ["open", "restricted", "closed"]
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
PHONE = re.compile(r"(?:\+|\b00)236\b|\+\d{2,3}[ .]\d{2}|\b7[0-9](?:[ .-]\d{2}){3}\b")


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PLACES = {row["place_id"]: row for row in read("gazetteer.csv")}
ROADS = {row["segment_id"]: row for row in read("roads.csv")}
DOMESTIC = {
    key: row
    for key, row in ROADS.items()
    if PLACES[row["from_id"]]["country"] == PLACES[row["to_id"]]["country"] == "CAF"
}
ZONES = {row["zone_id"]: row for row in read("season_zones.csv")}
CROSSINGS = read("crossings.csv")
PROFILES = {row["vehicle_id"]: row for row in read("vehicles.csv")}
MAP: dict[str, Any] = json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))
COUNTRY = Polygon(MAP["country"][0])


def lonlat(place_id: str) -> tuple[float, float]:
    return float(PLACES[place_id]["lon"]), float(PLACES[place_id]["lat"])


def straight_km(row: dict[str, str]) -> float:
    (lon, lat), (lon2, lat2) = lonlat(row["from_id"]), lonlat(row["to_id"])
    return float(geodesic_m(lon, lat, lon2, lat2)[0]) / KM_M


@pytest.fixture(scope="module")
def graph() -> nx.MultiGraph:
    made = nx.MultiGraph()
    for key, row in DOMESTIC.items():
        made.add_edge(row["from_id"], row["to_id"], key=key, km=float(row["km_est"]))
    return made


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("gazetteer.csv", "place_id"),
        ("roads.csv", "segment_id"),
        ("vehicles.csv", "vehicle_id"),
        ("crossings.csv", "crossing_id"),
        ("season_zones.csv", "zone_id"),
    ],
)
def test_ids_are_unique_and_rows_are_whole(name: str, key: str) -> None:
    rows = read(name)
    assert len(rows) > 3
    assert [value for value, n in Counter(row[key] for row in rows).items() if n > 1] == []
    ragged = [row[key] for row in rows if None in row or None in row.values()]
    padded = [row[key] for row in rows for text in row.values() if text != text.strip()]
    assert ragged == []
    assert padded == []


class TestGazetteer:
    def test_l091_cells_are_exactly_the_thirteen_of_the_leaflet(self) -> None:
        """L091: CMCOORD cells."""
        cells = {row["name"] for row in PLACES.values() if "cmcoord_cell" in row["leaflet_role"]}
        assert cells == {
            "Alindao", "Bambari", "Bangassou", "Bangui", "Batangafo", "Bocaranga", "Bossangoa",
            "Bouar", "Birao", "Bria", "Kaga-Bandoro", "Obo", "Paoua",
        }  # fmt: skip

    def test_l092_contact_places_are_exactly_the_thirteen_of_the_leaflet(self) -> None:
        """L092: contact points; two of them have no listed cell, two cells no listed contact."""
        roles = {row["name"]: row["leaflet_role"].split(";") for row in PLACES.values()}
        contacts = {name for name, role in roles.items() if "contact" in role}
        assert contacts == {
            "Bangui", "Bambari", "Alindao", "Bria", "Birao", "Bangassou", "Zémio", "Kaga-Bandoro",
            "Batangafo", "Bouar", "Paoua", "Bocaranga", "Berbérati",
        }  # fmt: skip
        only_contact = {name for name, role in roles.items() if role == ["contact"]}
        only_cell = {name for name, role in roles.items() if role == ["cmcoord_cell"]}
        assert only_contact == {"Zémio", "Berbérati"}
        assert only_cell == {"Bossangoa", "Obo"}

    def test_l092_no_person_and_no_way_to_reach_one(self) -> None:
        """L092: names, phones and emails of the leaflet are not carried."""
        columns = " ".join(next(iter(PLACES.values())))
        assert not re.search("phone|mail|person|focal", columns)

    def test_both_prefecture_systems(self) -> None:
        car = [row for row in PLACES.values() if row["country"] == "CAF"]
        assert len({row["prefecture_2021"] for row in car}) == 20
        assert len({row["prefecture_legacy17"] for row in car}) == 17
        new = {row["prefecture_2021"] for row in car} - {row["prefecture_legacy17"] for row in car}
        assert new == {"Lim-Pendé", "Ouham-Fafa", "Mambéré"}
        for row in car:
            is_new = row["prefecture_2021"] in new
            assert row["adm1_pcode_legacy"].endswith("*") == is_new, row["place_id"]
            assert re.fullmatch(r"CF\d\d", row["adm1_pcode_2021"]), row["place_id"]
            legacy = row["adm1_pcode_legacy"].removesuffix("*")
            assert (row["adm1_pcode_2021"] == legacy) != is_new, row["place_id"]

    def test_a_prefecture_has_one_code(self) -> None:
        car = [row for row in PLACES.values() if row["country"] == "CAF"]
        pairs = {(row["prefecture_2021"], row["adm1_pcode_2021"]) for row in car}
        assert len(pairs) == len({pair[0] for pair in pairs}) == len({pair[1] for pair in pairs})

    def test_vocabularies_and_positions(self) -> None:
        for row in PLACES.values():
            assert row["country"] in {"CAF", "CMR", "TCD", "COD", "SDN", "SSD", "COG"}, row
            assert row["season_zone"] in ZONES, row
            assert row["coord_confidence"] in CONFIDENCES, row
            assert row["airstrip_status"] in {"", "listed", "closed", "reported"}, row
            assert is_in_car_box(*lonlat(row["place_id"])), row
            assert row["type"].endswith("_foreign") == (row["country"] != "CAF"), row

    def test_a_closed_airfield_is_not_offered(self) -> None:
        closed = [row for row in PLACES.values() if row["airstrip_status"] == "closed"]
        assert [row["place_id"] for row in closed] == ["BSB"]
        assert all(row["airstrip_icao"] == "" for row in closed)
        for row in PLACES.values():
            assert re.fullmatch(r"(FE[A-Z]{2})?", row["airstrip_icao"]), row
            assert not row["airstrip_icao"] or row["airstrip_icao"] == row["airstrip_ident"], row

    def test_sido_is_two_places(self) -> None:
        """Hazard H5: one name, two countries, so a search has to ask."""
        found = {
            row["country"]
            for row in PLACES.values()
            if "Sido" in [name.strip() for name in row["alt_names"].split(";")]
        }
        assert found == {"CAF", "TCD"}

    def test_no_spelling_is_claimed_by_two_places_but_sido(self) -> None:
        spellings = Counter(
            name.strip().casefold()
            for row in PLACES.values()
            for name in f"{row['name']};{row['alt_names']}".split(";")
            if name.strip()
        )
        assert [name for name, n in spellings.items() if n > 1] == ["sido"]


class TestRoads:
    def test_ends_are_places(self) -> None:
        for row in ROADS.values():
            assert row["from_id"] != row["to_id"]
            for end in ("from", "to"):
                assert row[f"{end}_name"] == PLACES[row[f"{end}_id"]]["name"], row["segment_id"]

    def test_vocabularies(self) -> None:
        for row in ROADS.values():
            assert row["class"] in {"national", "regional", "border"}, row
            assert row["surface"] in SURFACES, row
            assert row["confidence"] in CONFIDENCES, row
            assert row["season_zone"] in ZONES, row
            assert row["rain_barrier"] in {"yes", "no", "unknown"}, row

    def test_wet_is_never_better_than_dry(self) -> None:
        for row in ROADS.values():
            dry, wet = row["status_default_dry"], row["status_default_wet"]
            assert STATUSES.index(wet) >= STATUSES.index(dry), row
            dry, wet = row["max_vehicle_dry"], row["max_vehicle_wet"]
            assert VEHICLES.index(wet) <= VEHICLES.index(dry), row

    @pytest.mark.parametrize("season", ["dry", "wet"])
    def test_closed_means_no_four_wheels(self, season: str) -> None:
        """DOMAIN.md 5.2: closed, and only closed, leaves the motorbike."""
        for row in ROADS.values():
            is_closed = row[f"status_default_{season}"] == "closed"
            assert is_closed == (row[f"max_vehicle_{season}"] == "motorbike"), row

    def test_a_segment_takes_the_longer_rains_of_its_ends(self) -> None:
        def wet_days(zone: str) -> int:
            first, last = ZONES[zone]["wet_from"], ZONES[zone]["wet_to"]
            months = int(last[:2]) - int(first[:2])
            return months * 30 + int(last[3:]) - int(first[3:])

        for row in ROADS.values():
            ends = [PLACES[row[end]]["season_zone"] for end in ("from_id", "to_id")]
            assert row["season_zone"] == max(ends, key=wet_days), row["segment_id"]

    def test_kilometres_are_ordered_and_no_shorter_than_the_geodesic(self) -> None:
        for row in ROADS.values():
            low, best, high = (float(row[f"km_{part}"]) for part in ("low", "est", "high"))
            straight = straight_km(row)
            assert straight <= low <= best <= high, row["segment_id"]
            assert float(row["straight_km"]) == pytest.approx(straight, abs=0.06)
            assert float(row["sinuosity"]) == pytest.approx(best / straight, abs=0.011)
            assert float(row["sinuosity"]) >= 1.0

    @pytest.mark.parametrize(
        ("towns", "published_km"),
        [
            (["BGF", "DAM", "SBT", "GRI", "BBY"], 382),
            (["BGF", "BOA", "BSB", "BSN"], 305),
            (["BGF", "DAM", "SBT", "DEK", "KBD"], 340),
            (["BGF", "BOA", "BSB"], 157),
            (["GBO", "BLK", "BAB", "BOP"], 150),
        ],
    )
    def test_published_distances_along_the_national_roads(
        self, towns: list[str], published_km: float
    ) -> None:
        """DOMAIN.md 5.2: Bangui to Bambari by RN2 is 382 km, and the other cross-checks."""
        km = {frozenset((r["from_id"], r["to_id"])): float(r["km_est"]) for r in ROADS.values()}
        total = sum(km[frozenset(pair)] for pair in itertools.pairwise(towns))
        assert total == pytest.approx(published_km, rel=0.05)
        if towns[-1] == "BBY":
            assert total == published_km

    @pytest.mark.parametrize(
        ("route", "published_km"),
        [
            ("RN1", (482, 490)),
            ("RN2", (1202, 1340)),
            ("RN3", (430, 453)),
            ("RN4", (430, 430)),
            ("RN5", (690, 690)),
            ("RN6", (600, 600)),
            ("RN9", (65, 65)),
            ("RN11", (95, 95)),
        ],
    )
    def test_published_totals_of_routes(self, route: str, published_km: tuple[int, int]) -> None:
        """DOMAIN.md 5.2; RN8 and RN10 are published for another extent, RN7 not at all."""
        total = sum(float(row["km_est"]) for row in ROADS.values() if row["route_ref"] == route)
        low, high = published_km
        assert 0.92 * low <= total <= 1.08 * high

    def test_the_country_hangs_together_by_few_roads(self, graph: nx.MultiGraph) -> None:
        """DOMAIN.md 0.2: 19 of 89 domestic links are cut links."""
        assert len(DOMESTIC) == 89
        assert nx.is_connected(graph)
        assert sum(1 for _ in nx.bridges(nx.Graph(graph))) == 19

    @pytest.mark.parametrize(
        ("vehicle", "detour_km"), [("lv_4x4", 599), ("truck_6x6", 1809), ("heavy_truck", None)]
    )
    def test_bambari_has_one_practical_road(self, vehicle: str, detour_km: float | None) -> None:
        """Issue 2: 382 km, and for a truck 1,809 km by Birao when Sibut-Grimari is cut."""
        drivable = nx.Graph()
        for row in DOMESTIC.values():
            if VEHICLES.index(row["max_vehicle_dry"]) >= VEHICLES.index(vehicle):
                drivable.add_edge(row["from_id"], row["to_id"], km=float(row["km_est"]))
        assert nx.shortest_path_length(drivable, "BGF", "BBY", weight="km") == 382
        drivable.remove_edge("SBT", "GRI")
        if detour_km is None:
            assert "BBY" not in drivable or not nx.has_path(drivable, "BGF", "BBY")
        else:
            found = nx.shortest_path_length(drivable, "BGF", "BBY", weight="km")
            assert found == detour_km


class TestCrossings:
    def test_vocabularies(self) -> None:
        for row in CROSSINGS:
            assert re.fullmatch(r"CR\d{2}", row["crossing_id"]), row
            assert row["kind"] in {"bridge", "ferry", "ford", "border"}, row
            assert row["default_state"] in {"unknown", "running", "passable"}, row
            assert row["confidence"] in CONFIDENCES, row
            assert row["name_fr"], row
            assert row["name_en"], row
            assert row["source"], row

    def test_lies_on_known_segments_or_at_a_known_place(self) -> None:
        for row in CROSSINGS:
            segments = [part for part in row["segment_ids"].split(";") if part]
            assert set(segments) <= set(ROADS), row
            assert bool(segments) != bool(row["place_id"]), row
            assert row["place_id"] in {"", *PLACES}, row
            if row["at_fraction"]:
                assert 0 <= float(row["at_fraction"]) <= 1, row
            for part in filter(None, row["km_from_start"].split(";")):
                segment, km = part.split(":")
                assert segment in segments, row
                assert 0 <= float(km) <= float(ROADS[segment]["km_est"]), row

    def test_fraction_and_kilometre_agree_on_the_first_segment(self) -> None:
        for row in CROSSINGS:
            known = dict(part.split(":") for part in row["km_from_start"].split(";") if part)
            first = row["segment_ids"].split(";")[0]
            assert (first in known) == bool(row["at_fraction"]), row
            if first in known:
                length = float(ROADS[first]["km_est"])
                assert float(known[first]) == pytest.approx(
                    float(row["at_fraction"]) * length, abs=0.006 * length + 0.5
                ), row

    def test_bombala_ferry_is_one_crossing_of_two_links(self) -> None:
        ferry = next(row for row in CROSSINGS if "Bombala" in row["name_en"])
        assert ferry["segment_ids"] == "L089;L090"
        assert ferry["km_from_start"] == "L089:97"
        assert ferry["river"] == "Ouaka"

    @pytest.mark.parametrize(
        ("word", "kinds"),
        [
            ("ferry", {"ferry"}),
            ("ferries", {"ferry"}),
            ("wooden bridges", {"bridge"}),
            ("ford", {"ford"}),
            ("wadi", {"ford"}),
            ("gone", {"ford"}),
            ("no bridges", {"ford"}),
            ("crossing", {"bridge", "ferry", "ford", "border"}),
        ],
    )
    def test_every_crossing_named_in_roads_has_a_record(self, word: str, kinds: set[str]) -> None:
        """Hazard H9: a route must meet each ferry, ford and doubtful bridge by its id."""
        have = {
            (segment, row["kind"]) for row in CROSSINGS for segment in row["segment_ids"].split(";")
        }
        named = {key for key, row in ROADS.items() if word in row["crossings"]}
        at_border = {"L046"}  # the ferry to Mobayi-Mbongo lies beyond Mobaye: recorded at the place
        assert named
        missing = [k for k in named - at_border if not any((k, kind) in have for kind in kinds)]
        assert missing == []

    def test_links_across_the_border_have_a_border_crossing(self) -> None:
        abroad = {
            segment
            for row in CROSSINGS
            if row["kind"] == "border"
            for segment in row["segment_ids"].split(";")
        }
        assert set(ROADS) - set(DOMESTIC) == abroad - {""}

    def test_no_ferry_runs_by_default(self) -> None:
        """A ferry taken for running is a mistake that kills (DOMAIN.md 4.1)."""
        states = {row["default_state"] for row in CROSSINGS if row["kind"] == "ferry"}
        assert states == {"unknown"}


class TestVehicles:
    def test_order_is_that_in_which_roads_close(self) -> None:
        assert list(PROFILES)[: len(VEHICLES)] == VEHICLES

    def test_wet_is_no_faster_than_dry_and_surfaces_fall(self) -> None:
        columns = [surface.replace("_", "") for surface in SURFACES]
        for row in PROFILES.values():
            for season in ("dry", "wet"):
                speeds = [float(row[f"kmh_{column}_{season}"]) for column in columns]
                assert speeds[-1] == min(speeds), row["vehicle_id"]
                assert speeds[0] == max(speeds), row["vehicle_id"]
            for column in columns:
                assert float(row[f"kmh_{column}_wet"]) <= float(row[f"kmh_{column}_dry"])

    def test_sizes_are_those_of_road_vehicles(self) -> None:
        for row in PROFILES.values():
            assert 0.5 <= float(row["width_m"]) <= 2.6
            assert 1.0 <= float(row["height_m"]) <= 4.0
            assert 1.5 <= float(row["length_m"]) <= 18.0
            assert 0 < float(row["axle_t"]) <= float(row["gross_t"])
            assert row["dims_confidence"] in CONFIDENCES
        heavier = [float(PROFILES[vehicle]["axle_t"]) for vehicle in VEHICLES]
        assert heavier == sorted(heavier)


class TestSeasonZones:
    def test_rains_are_dates_within_one_year(self) -> None:
        for row in ZONES.values():
            assert "01-01" < row["wet_from"] < row["wet_to"] < "12-31"
            assert re.fullmatch(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])", row["wet_from"])
            assert re.fullmatch(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])", row["wet_to"])
            assert 0 < int(row["shoulder_days"]) <= 31
            assert row["confidence"] in CONFIDENCES

    def test_north_is_shorter_and_south_west_longer_than_april_to_october(self) -> None:
        """DOMAIN.md 2.8."""
        centre, north, west = ZONES["centre"], ZONES["north"], ZONES["south_west"]
        assert (centre["wet_from"], centre["wet_to"]) == ("04-01", "10-31")
        assert north["wet_from"] > centre["wet_from"]
        assert west["wet_from"] < centre["wet_from"]
        assert west["wet_to"] > centre["wet_to"]


class TestBasemap:
    def test_size_leaves_room_in_the_page(self) -> None:
        assert (DATA / "basemap.json").stat().st_size <= 45_000

    def test_sources_are_credited(self) -> None:
        for source in MAP["sources"]:
            assert "Natural Earth" in source["credit"]
            assert source["licence"]
            assert source["version"]
        assert MAP["prefectures_edition"].startswith("17")

    def test_rings_are_closed_and_valid(self) -> None:
        rings = list(MAP["country"]) + list(MAP["lakes"])
        rings += [ring for land in MAP["neighbours"] for ring in land["rings"]]
        for ring in rings:
            assert ring[0] == ring[-1]
            assert Polygon(ring).is_valid
        assert len(MAP["country"]) == 1

    def test_everything_lies_in_the_box(self) -> None:
        frame = box(*MAP["box"])
        assert frame.covers(COUNTRY)
        for land in MAP["neighbours"]:
            assert all(frame.covers(Polygon(ring)) for ring in land["rings"])
            assert any(Polygon(ring).covers(Point(land["label"])) for ring in land["rings"])
        for river in MAP["rivers"]:
            assert all(frame.covers(LineString(line)) for line in river["lines"])

    def test_land_fills_the_box_without_gap_or_overlap(self) -> None:
        lands = [Polygon(ring) for land in MAP["neighbours"] for ring in land["rings"]]
        lands.append(COUNTRY)
        frame = box(*MAP["box"])
        assert frame.difference(unary_union(lands)).area < 0.01
        assert sum(land.area for land in lands) == pytest.approx(frame.area, rel=1e-3)

    @pytest.mark.parametrize("place_id", [k for k, r in PLACES.items() if r["country"] == "CAF"])
    def test_places_of_the_country_lie_in_it(self, place_id: str) -> None:
        assert COUNTRY.buffer(0.15).covers(Point(lonlat(place_id)))

    @pytest.mark.parametrize("place_id", ["BGF", "MOB", "BGU", "BLK", "AMD", "BTI"])
    def test_border_towns_lie_within_ten_kilometres(self, place_id: str) -> None:
        assert COUNTRY.buffer(0.09).covers(Point(lonlat(place_id)))

    @pytest.mark.parametrize("place_id", ["GBO", "GOR"])
    def test_places_abroad_lie_outside(self, place_id: str) -> None:
        assert not COUNTRY.covers(Point(lonlat(place_id)))

    def test_prefectures_hold_their_towns(self) -> None:
        """The 17 older units: each town's face of the drawn lines is the one of its name."""
        lines = [LineString(MAP["country"][0])]
        lines += [LineString(line) for line in MAP["prefecture_lines"]]
        faces = list(polygonize([unary_union(lines)]).geoms)
        labels = {unit["name"]: Point(unit["label"]) for unit in MAP["prefectures"]}
        units = {n: [f for f in faces if f.covers(point)] for n, point in labels.items()}
        assert all(len(found) == 1 for found in units.values())
        assert len(labels) == len(faces) == 17
        for row in PLACES.values():
            if row["country"] == "CAF":
                unit = units[row["prefecture_legacy17"]][0]
                assert unit.distance(Point(lonlat(row["place_id"]))) < 0.15, row["name"]

    def test_the_great_rivers_are_there(self) -> None:
        drawn = unary_union([LineString(ln) for r in MAP["rivers"] for ln in r["lines"]])
        on_a_river = ["BGF", "MOB", "KUA", "MGB", "BSN", "BTF", "NOL", "BAY"]
        far = {place: drawn.distance(Point(lonlat(place))) for place in on_a_river}
        assert max(far.values()) < 0.1, far
        assert {river["rank"] for river in MAP["rivers"]} == {1, 2, 3}


class TestNoPersonalData:
    """L092 and SAFETY.md: no personal contact in anything that is shipped."""

    @pytest.mark.parametrize(
        "path",
        [path for path in sorted(DATA.rglob("*")) if path.is_file()],
        ids=lambda path: str(path.relative_to(DATA)),
    )
    def test_no_phone_and_no_email(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not EMAIL.search(text)
        assert not PHONE.search(text)

    @pytest.mark.parametrize(
        "planted", ["a.person@example.org", "+236" + " 70 00 00 00", "72 00 00 00", "00236"]
    )
    def test_a_planted_contact_would_be_seen(self, planted: str) -> None:
        row = f"BGF,Bangui,{planted},4.361,18.555,2026-12-01T06:00+01:00"
        assert EMAIL.search(row) or PHONE.search(row)
        without = row.replace(planted, "")
        assert not EMAIL.search(without)
        assert not PHONE.search(without)


def test_readme_describes_every_file_and_column() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    names = ["gazetteer", "roads", "vehicles", "crossings", "season_zones"]
    for name in names:
        assert f"`{name}.csv`" in text
        missing = [column for column in read(f"{name}.csv")[0] if f"`{column}`" not in text]
        assert missing == [], name
    assert "`basemap.json`" in text
    for credit in ("GeoNames", "CC BY 4.0", "OpenStreetMap contributors", "ODbL", "Natural Earth"):
        assert credit in text
