"""Lines of GeoPackage and GeoJSON files become the roads that an OpenStreetMap extract of them would be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import pytest
from osm_world import NODES, WAYS, write_world
from shapely import LineString, MultiLineString, Point

from cmcoord_geo.errors import CrsError, DataError, UnsafeFileError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.io.line_file import read_line_columns, read_lines
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.osm.extract import OsmExtract, joined
from cmcoord_geo.service import LineFiles, build_network_file

KEYS = sorted({key for _, tags in WAYS.values() for key in tags})


def frame(ways: dict[int, tuple[list[int], dict[str, str]]]) -> geopandas.GeoDataFrame:
    rows = [
        {"osm_id": str(way), **{key: tags.get(key) for key in KEYS}}
        for way, (_, tags) in ways.items()
    ]
    lines = [LineString([NODES[ref] for ref in refs]) for refs, _ in ways.values()]
    return geopandas.GeoDataFrame(rows, geometry=lines, crs="EPSG:4326")


def collection(*features: tuple[dict[str, Any], dict[str, Any] | None]) -> str:
    rows = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": rows})


def line(*refs: int) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(NODES[ref]) for ref in refs]}


def network(extract: OsmExtract) -> RoadNetwork:
    return build_network(extract, name="w", source="w").network


def roads(made: RoadNetwork) -> list[tuple[object, ...]]:
    """Each road by where it begins and ends, and what it means."""
    assert made.traffic is not None
    spots = [f"{lon:.5f} {lat:.5f}" for lon, lat in zip(made.lon, made.lat, strict=True)]
    return sorted(
        (spots[a], spots[b], round(made.length_m[i], 1), made.road_class[i], made.surface[i],
         int(made.traffic.forward[i]), int(made.traffic.backward[i]), made.route_ref[i])
        for i, (a, b) in enumerate(zip(made.start, made.end, strict=True))
    )  # fmt: skip


@pytest.mark.parametrize("name", ["w.gpkg", "w.geojson"])
def test_lines_give_the_network_of_the_extract_that_they_come_from(
    name: str, tmp_path: Path
) -> None:
    """Without its barriers and fords: a line has no tags at a point."""
    ways = {way: both for way, both in WAYS.items() if way not in {130, 163}}
    frame(ways).to_file(tmp_path / name)
    extract = network(read_osm(write_world(tmp_path / "w.osm", ways=ways)))
    assert roads(network(read_lines(tmp_path / name))) == roads(extract)


def test_columns_of_other_names_are_mapped_and_their_words_too(tmp_path: Path) -> None:
    path = tmp_path / "roads.geojson"
    row = {"categorie": "nationale", "nom": "Route EXERCISE", "etat": "goudron", "autre": "x"}
    path.write_text(collection((row, line(1, 2))), encoding="utf-8")
    mapping = tmp_path / "columns.toml"
    mapping.write_text(
        '[columns]\nhighway = "categorie"\nsurface = "etat"\n'
        '[values.highway]\nnationale = "primary"\n[values.surface]\ngoudron = "asphalt"\n',
        encoding="utf-8",
    )
    extract = read_lines(path, columns=read_line_columns(mapping))
    made = network(extract)
    assert (made.road_class[0], made.surface[0]) == ("primary", "paved")
    assert made.traffic is not None
    assert made.traffic.names[0] == "Route EXERCISE"
    told = " ".join(what.en for what in extract.told)
    assert "categorie → highway" in told
    assert "columns not read: autre" in told


def test_a_file_that_says_no_class_is_refused_with_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "roads.geojson"
    path.write_text(collection(({"categorie": "x"}, line(1, 2))), encoding="utf-8")
    with pytest.raises(DataError, match=r"Columns: categorie.*--columns"):
        read_lines(path)


def layers(path: Path, **kinds: str) -> Path:
    """File with a layer of each name, and the column that each has."""
    for name, column in kinds.items():
        shape = Point(20, 5) if column == "kind" else LineString([(20, 5), (20.1, 5)])
        rows = geopandas.GeoDataFrame({column: ["primary"]}, geometry=[shape], crs="EPSG:4326")
        rows.to_file(path, layer=name, driver="GPKG")
    return path


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = layers(tmp_path / "two.gpkg", old_roads="highway", roads="highway")
    with pytest.raises(DataError, match=r"two.gpkg has no layer “rodes”.*old_roads, roads"):
        read_lines(path, layer="rodes")
    assert len(read_lines(path, layer="ROADS").way_ids) == 1
    alone = layers(tmp_path / "one.gpkg", roads="highway")
    with pytest.raises(DataError, match=r"no layer “rodes”. Layers: roads"):
        read_lines(alone, layer="rodes")


def test_without_a_name_the_only_layer_of_roads_is_read_and_two_are_too_many(
    tmp_path: Path,
) -> None:
    path = layers(tmp_path / "w.gpkg", a_points="kind", b_rivers="waterway", c_roads="fclass")
    assert len(read_lines(path).way_ids) == 1
    two = layers(tmp_path / "two.gpkg", old_roads="highway", roads="highway")
    with pytest.raises(DataError, match=r"Layers: old_roads, roads. Name one with --layer"):
        read_lines(two)
    none = layers(tmp_path / "none.gpkg", a_points="kind", b_rivers="waterway")
    with pytest.raises(DataError, match=r"Layers: a_points, b_rivers"):
        read_lines(none)


def test_paved_in_a_file_of_others_does_not_say_how_good(tmp_path: Path) -> None:
    path = tmp_path / "roads.geojson"
    path.write_text(collection(({"highway": "primary", "surface": "paved"}, line(1, 2))))
    assert network(read_lines(path)).surface == ("paved_bad",)


def test_geofabrik_words_of_direction_and_gathered_tags_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "roads.geojson"
    gathered = '"surface"=>"dirt","note"=>"a \\"b\\""'
    path.write_text(
        collection(
            ({"fclass": "track", "oneway": "F", "other_tags": gathered}, line(1, 2)),
            ({"fclass": "track", "oneway": "B", "other_tags": ""}, line(2, 3)),
            ({"fclass": "track", "oneway": "T", "other_tags": None}, line(3, 4)),
        ),
        encoding="utf-8",
    )
    made = network(read_lines(path))
    assert made.traffic is not None
    ways = [
        (bool(f), bool(b)) for f, b in zip(made.traffic.forward, made.traffic.backward, strict=True)
    ]
    assert ways == [(True, False), (True, True), (False, True)]
    assert read_lines(path).tags[0][-1] == ("surface", "dirt")


def test_no_feature_is_lost_without_a_word(tmp_path: Path) -> None:
    """A polygon, a point, none at all, a broken one, a class that no table knows."""
    polygon = {"type": "Polygon", "coordinates": [[[20, 5], [21, 5], [21, 6], [20, 5]]]}
    broken = {"type": "LineString", "coordinates": [[20, 5], [21]]}
    point = {"type": "Point", "coordinates": [20, 5]}
    tags = {"highway": "primary"}
    path = tmp_path / "roads.geojson"
    path.write_text(
        collection(
            (tags, line(1, 2)), (tags, polygon), (tags, broken), (tags, None), (tags, point),
            ({"highway": "teleport"}, line(2, 3)),
        ),
        encoding="utf-8",
    )  # fmt: skip
    extract = read_lines(path)
    assert len(extract.way_ids) == 1
    told = " ".join(what.en for what in build_network(extract, name="w", source="w").told)
    assert "roads.geojson, feature 2: Feature refused: a point or a line is expected" in told
    assert "roads.geojson, feature 3: Feature refused: its geometry cannot be read" in told
    assert "roads.geojson, feature 4: Feature left out: it holds no line." in told
    assert "roads.geojson, feature 5: Feature left out: it holds no line." in told
    assert "roads.geojson, column highway: 1 feature left out" in told
    assert told.count("teleport (1)") == 1


def test_a_fault_names_file_layer_feature_and_column_and_many_are_told_once(
    tmp_path: Path,
) -> None:
    """A property that closes a road may be the one that cannot be read."""
    path = tmp_path / "roads.gpkg"
    shapes = [LineString([(20, 5), (20.1, 5)]), *[Point(20, 5)] * 7]
    rows = geopandas.GeoDataFrame({"highway": ["primary"] * 8}, geometry=shapes, crs="EPSG:4326")
    rows.to_file(path, layer="pistes", driver="GPKG")
    told = [what.fr.replace("\N{NO-BREAK SPACE}", " ") for what in read_lines(path).told]
    assert told[0] == (
        "roads.gpkg, couche pistes, objet 2 : Objet laissé de côté : il n’a pas de ligne."
    )
    assert sum("pas de ligne" in words for words in told) == 6
    assert "Et 2 de plus du même genre (objets 7, 8)" in told[5]
    nested = tmp_path / "n.geojson"
    nested.write_text(
        collection(
            ({"highway": "primary", "access": ["yes", "no"]}, line(1, 2)),
            ({"highway": "primary", "colour": ["red"]}, line(2, 3)),
        ),
        encoding="utf-8",
    )
    extract = read_lines(nested)
    assert extract.way_ids.tolist() == [2]
    assert extract.told[0].en == (
        "n.geojson, feature 1, column access: Feature refused: this property is neither a text nor"
        " a number."
    )


def test_words_of_a_class_that_no_table_knows_can_be_mapped(tmp_path: Path) -> None:
    """Piste or route nationale: the message says how, and what it says works."""
    path = tmp_path / "routes.geojson"
    path.write_text(
        collection(({"classe": "piste"}, line(1, 2)), ({"classe": "route nationale"}, line(2, 3))),
        encoding="utf-8",
    )
    with pytest.raises(
        DataError, match=r"routes.geojson, column classe: 2.*piste \(1\), route"
    ) as no:
        read_lines(path)
    assert '[values.highway], then a line for each word, such as "piste" = "track"' in str(no.value)
    mapping = tmp_path / "m.toml"
    mapping.write_text('[values.highway]\n"piste" = "track"\n', encoding="utf-8")
    extract = read_lines(path, columns=read_line_columns(mapping))
    assert len(extract.way_ids) == 1
    told = extract.told[0].en
    assert "1 feature left out, of a class that no table knows: route nationale (1)." in told


def test_parts_of_a_line_are_roads_of_their_own_and_two_files_meet(tmp_path: Path) -> None:
    parts = MultiLineString([[NODES[1], NODES[2]], [NODES[3], NODES[4]]])
    geopandas.GeoDataFrame([{"highway": "primary"}], geometry=[parts], crs="EPSG:4326").to_file(
        tmp_path / "a.gpkg"
    )
    (tmp_path / "b.geojson").write_text(
        collection(({"highway": "primary", "osm_id": "w9"}, line(2, 3))), encoding="utf-8"
    )
    made = network(joined([read_lines(tmp_path / name) for name in ("a.gpkg", "b.geojson")]))
    assert (len(made), len(made.node_ids)) == (3, 4)


def test_positions_in_metres_are_refused(tmp_path: Path) -> None:
    frame({100: WAYS[100]}).to_crs(32634).to_file(tmp_path / "w.gpkg")
    with pytest.raises(CrsError):
        read_lines(tmp_path / "w.gpkg")


@pytest.mark.parametrize(
    "text", ["highway = 'x'", "[columns]\nhighway = 3", "[values]\na = 1", "["]
)
def test_a_mapping_of_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"columns\.toml"):
        read_line_columns(path)


def test_a_file_without_lines_is_no_network(tmp_path: Path) -> None:
    geopandas.GeoDataFrame(
        [{"highway": "primary"}], geometry=[Point(20, 5)], crs="EPSG:4326"
    ).to_file(tmp_path / "p.gpkg")
    with pytest.raises(DataError, match="no road"):
        build_network_file([tmp_path / "p.gpkg"], tmp_path / "n.network", version="0")
    (tmp_path / "x.gpkg").write_bytes(b"not a database")
    with pytest.raises(UnsafeFileError):
        build_network_file([tmp_path / "x.gpkg"], tmp_path / "n.network", version="0")
    assert not (tmp_path / "n.network").exists()


def test_lines_carry_the_licence_that_is_said(tmp_path: Path) -> None:
    frame({100: WAYS[100]}).to_file(tmp_path / "w.gpkg")
    made, _ = build_network_file(
        [tmp_path / "w.gpkg"],
        tmp_path / "n.network",
        version="0",
        lines=LineFiles(licence="CC BY 4.0"),
    )
    assert (made.licence, made.source) == ("CC BY 4.0", "w.gpkg")


def test_loose_ends_of_one_file_or_of_two_are_joined_as_asked(tmp_path: Path) -> None:
    """The tolerance is in metres on the ground; 0 leaves the lines as they are."""
    west = {"type": "LineString", "coordinates": [[20.0, 5.0], [20.01, 5.0]]}
    east = {"type": "LineString", "coordinates": [[20.01002, 5.0], [20.02, 5.0]]}  # 2.2 m on
    north = {"type": "LineString", "coordinates": [[20.005, 5.00003], [20.005, 5.01]]}  # 3.3 m off
    one, two = tmp_path / "one.geojson", tmp_path / "two.geojson"
    track = {"highway": "track"}
    one.write_text(collection(({**track, "osm_id": "1"}, west)), encoding="utf-8")
    two.write_text(
        collection(({**track, "osm_id": "2"}, east), ({**track, "osm_id": "3"}, north)),
        encoding="utf-8",
    )
    made = {}
    for join_m in (0, 3, 4):
        out = tmp_path / f"{join_m}.network"
        lines = LineFiles(join_m=join_m)
        made[join_m], facts = build_network_file([one, two], out, version="0", lines=lines)
        told = " ".join(what.en for what in facts.told)
        assert ("moved by 2.22 m at most (--join-m 3)" in told) == (join_m == 3)
        assert ("2 loose ends within 10 m" in told) == (join_m == 0)
    assert [len(made[m].node_ids) for m in (0, 3, 4)] == [6, 5, 5]
    assert [len(made[m]) for m in (0, 3, 4)] == [3, 3, 4]
    assert roads(made[0]) == roads(network(joined([read_lines(one), read_lines(two)])))


def test_columns_of_bridge_tunnel_and_layer_keep_lines_apart(tmp_path: Path) -> None:
    path = tmp_path / "roads.geojson"
    over = {"type": "LineString", "coordinates": [[20.0, 5.0], [20.01, 5.0]]}
    under = {"type": "LineString", "coordinates": [[20.005, 5.00001], [20.005, 5.01]]}
    for column, value, count in (
        ("bridge", "T", 1),
        ("layer", 1, 1),
        ("tunnel", "F", 0),
        ("layer", "roads", 0),
    ):
        rows = (({"fclass": "track", column: value}, over), ({"fclass": "track"}, under))
        path.write_text(collection(*rows), encoding="utf-8")
        _, facts = build_network_file(
            [path], tmp_path / f"{column}{value}", version="0", lines=LineFiles(join_m=5)
        )
        told = " ".join(what.en for what in facts.told)
        assert ("1 end within 5 m of a line of another level" in told) == bool(count)
        assert ("0 ends joined to another end, 1 to a line beside" in told) == (not count)


def test_a_mapping_may_have_the_form_of_the_shipped_one() -> None:
    assert read_line_columns(data_dir() / "line_columns.toml").columns["highway"][0] == "highway"
