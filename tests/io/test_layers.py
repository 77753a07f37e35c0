"""A map layer as a table: every feature counted, none guessed, no library that would follow a name."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cmcoord_geo.errors import CmcoordError, CrsError, DataError, SchemaError, UnsafeFileError
from cmcoord_geo.io.layers import is_layer, read_layer
from cmcoord_geo.io.values import Conventions

LINE = {"type": "LineString", "coordinates": [[20.0, 6.0, 412.0], [20.1, 6.0]]}


def read(path: Path, **more):
    given = {"name": "road_status", "id_columns": ("report_id", "id_rapport"), "max_rows": 100}
    return read_layer(path, **{**given, **more})


@pytest.fixture
def geojson(tmp_path: Path):
    def writing(*features, **more) -> Path:
        path = tmp_path / "s.geojson"
        content = {"type": "FeatureCollection", "features": list(features), **more}
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return writing


def feature(geometry=LINE, **properties):
    key = properties.pop("id_", None)
    found = {"type": "Feature", "geometry": geometry, "properties": properties}
    return found if key is None else {**found, "id": key}


def test_properties_are_cells_and_the_geometry_says_where(geojson) -> None:
    point = {"type": "Point", "coordinates": [21, 5]}
    layer = read(
        geojson(
            feature(Status="closed", tonnage=10.5, ok=True, id_="way/7"),
            feature(point, Status=None, km=3),
            feature(None, Status="open"),
        )
    )
    assert layer.table.header == ("report_id", "status", "tonnage", "ok", "km")
    assert [row.cells for row in layer.table.rows] == [
        ("way/7", "closed", "10.5", "true", ""),
        ("2", "", "", "", "3"),
        ("3", "open", "", "", ""),
    ]
    np.testing.assert_array_equal(layer.shapes[1][0], [[20.0, 6.0], [20.1, 6.0]])
    np.testing.assert_array_equal(layer.shapes[2][0], [[21.0, 5.0]])
    assert 3 not in layer.shapes


def test_an_id_of_the_file_is_kept(geojson) -> None:
    layer = read(geojson(feature(ID_Rapport="R-9")), conventions=Conventions(decimal_comma=True))
    assert layer.table.header == ("id_rapport",)
    assert layer.table.rows[0].cells == ("R-9",)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[20, 6], [21, 6], [20, 7], [20, 6]]]},
        {"type": "LineString", "coordinates": [[20, 6]]},
        {"type": "LineString", "coordinates": [["20", "6"], [21, 6]]},
        {"type": "LineString", "coordinates": [[20, 6], [21, 96]]},
        {"type": "Point", "coordinates": [None, 6]},
        {"type": "Point"},
        {"type": "Point", "coordinates": [True, 6]},
        {"type": "MultiLineString", "coordinates": []},
        "POINT (20 6)",
    ],
)
def test_a_bad_feature_is_refused_and_the_others_go_on(geojson, geometry) -> None:
    table = read(geojson(feature(), feature(geometry), feature())).table
    assert [row.number for row in table.rows] == [1, 3]
    assert table.broken == 1
    assert [(f.severity, f.row) for f in table.findings] == [("error", 2)]


def test_nested_properties_are_no_values(geojson) -> None:
    table = read(geojson(feature(a={"b": 1}, c=[1]))).table
    assert set(table.rows[0].faults.values()) == {"layer.nested"}


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("EPSG:4326", True),
        ("urn:ogc:def:crs:EPSG::32633", False),
    ],
)
def test_another_system_of_coordinates_is_refused(geojson, name: str, is_good: bool) -> None:  # noqa: FBT001
    path = geojson(feature(), crs={"type": "name", "properties": {"name": name}})
    if is_good:
        assert len(read(path).table.rows) == 1
    else:
        with pytest.raises(CrsError):
            read(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b'{"type": "FeatureCollection"}', b"<kml/>", b"\xff\xfe", b"[" * 100_000],
)
def test_what_is_no_layer_is_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("s.geojson", "s.gpkg"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(UnsafeFileError):
            read(path)
    with pytest.raises(DataError):
        read(tmp_path / "none.gpkg")


def test_caps(geojson) -> None:
    with pytest.raises(UnsafeFileError):
        read(geojson(*[feature()] * 3), max_rows=2)
    with pytest.raises(UnsafeFileError):
        read(geojson(feature(**{f"c{i}": 1 for i in range(101)})))


# ---------------------------------------------------------------- GeoPackage


@pytest.fixture
def gpkg(tmp_path: Path):
    def writing(layer: str = "road_status", *, crs: str = "EPSG:4326", rows=None) -> Path:
        rows = rows or [
            {"status": "closed", "km": 1.5, "geometry": shapely.LineString([(20, 6), (20.1, 6)])},
            {"status": None, "km": None, "geometry": shapely.Point(21, 5)},
            {"status": "open", "km": 2.0, "geometry": None},
        ]
        path = tmp_path / "s.gpkg"
        geopandas.GeoDataFrame(rows, crs=crs).to_file(path, layer=layer, driver="GPKG")
        return path

    return writing


def test_a_geopackage_reads_as_geojson_does(gpkg, geojson) -> None:
    layer = read(gpkg())
    assert layer.table.sheet == "road_status"
    assert layer.table.header == ("report_id", "status", "km")
    assert [row.cells for row in layer.table.rows] == [
        ("1", "closed", "1.5"), ("2", "", ""), ("3", "open", "2"),
    ]  # fmt: skip
    np.testing.assert_array_equal(layer.shapes[1][0], [[20.0, 6.0], [20.1, 6.0]])
    assert set(layer.shapes) == {1, 2}


def test_the_named_layer_is_read_else_the_first_with_a_word(gpkg) -> None:
    gpkg("aaa")
    path = gpkg("road_status")
    assert read(path).table.sheet == "road_status"
    table = read(path, name="other").table
    assert table.sheet == "aaa"
    assert "road_status" in table.findings[0].said.en


def test_a_geopackage_elsewhere_or_without_layer_is_refused(gpkg) -> None:
    with pytest.raises(CrsError):
        read(gpkg(crs="EPSG:32634"))
    path = gpkg("x")
    with sqlite3.connect(path) as base:
        base.execute("DELETE FROM gpkg_contents")
    with pytest.raises(SchemaError):
        read(path)


def test_a_geopackage_that_is_being_written_is_refused(gpkg) -> None:
    path = gpkg()
    path.with_name("s.gpkg-wal").write_bytes(b"more")
    with pytest.raises(DataError) as caught:
        read(path)
    assert "open in another program" in caught.value.said.en


def test_broken_geometries_of_a_geopackage_are_refused_one_by_one(gpkg) -> None:
    path = gpkg()
    with sqlite3.connect(path) as base:
        base.execute("DROP TRIGGER IF EXISTS rtree_road_status_geom_update6")
        for (name,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute("UPDATE road_status SET geom = x'475000' WHERE fid = 1")
        base.execute("UPDATE road_status SET geom = 'text' WHERE fid = 2")
    table = read(path).table
    assert [row.number for row in table.rows] == [3]
    assert [f.row for f in table.findings] == [1, 2]


def test_a_view_is_no_layer(gpkg) -> None:
    """A view may compute for ever."""
    path = gpkg()
    with sqlite3.connect(path) as base:
        base.execute("ALTER TABLE road_status RENAME TO hidden")
        base.execute(
            "CREATE VIEW road_status AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS fid, NULL AS geom FROM n"
        )
        base.execute("UPDATE gpkg_contents SET table_name = 'road_status'")
    with pytest.raises(SchemaError):
        read(path)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damage_ends_in_an_error_of_ours(tmp_path_factory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("layer")
    content = json.dumps({"type": "FeatureCollection", "features": [feature(a=1)] * 2}).encode()
    changed = bytearray(content)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        changed[at] = data.draw(st.integers(0, 255))
    path = folder / "s.geojson"
    path.write_bytes(bytes(changed))
    try:
        table = read(path).table
    except CmcoordError:
        return
    assert len(table.rows) + table.broken <= 2


def test_names_of_layers() -> None:
    assert is_layer("a/Status.GeoJSON")
    assert not is_layer("status.csv")
