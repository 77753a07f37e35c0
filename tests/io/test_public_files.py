"""Files of public data: whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
from shapely import Point

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.public_files import geojson, target, write_geopackage, write_whole

ABOUT = {"name": "EXERCISE", "source": "drawn", "licence": "none"}


def test_a_name_must_say_a_format_and_spare_what_is_there(tmp_path: Path) -> None:
    there = tmp_path / "a.gpkg"
    there.write_bytes(b"")
    assert target(tmp_path / "A.GeoJSON", suffixes=(".geojson",), is_forced=False).name
    assert target(there, suffixes=(".gpkg",), is_forced=True) == there
    with pytest.raises(DataError, match="already there"):
        target(there, suffixes=(".gpkg",), is_forced=False)
    with pytest.raises(DataError, match=r"must end in \.gpkg"):
        target(tmp_path / "a.shp", suffixes=(".gpkg",), is_forced=True)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    where = tmp_path / "a.txt"
    where.write_text("old", encoding="utf-8")

    def fails(part: Path) -> None:
        part.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left")

    with pytest.raises(DataError, match="No space left"):
        write_whole(where, fails)
    assert where.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_geojson_says_its_source_and_may_have_no_place() -> None:
    rows = [({"a": 1}, "Point", (20.123456789, 6.0)), ({"a": None}, "Point", None)]
    content = json.loads(geojson(ABOUT, rows))
    assert {key: content[key] for key in ABOUT} == ABOUT
    assert content["features"][0]["geometry"]["coordinates"] == [20.1234568, 6.0]
    assert content["features"][1]["geometry"] is None


def test_a_geopackage_is_the_same_bytes_again(tmp_path: Path) -> None:
    layer = geopandas.GeoDataFrame({"a": [1]}, geometry=[Point(20, 6)], crs="EPSG:4326")
    for name in ("a.gpkg", "b.gpkg"):
        write_geopackage(tmp_path / name, {"one": layer, "two": layer}, ABOUT)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()
    assert len(geopandas.read_file(tmp_path / "a.gpkg", layer="two")) == 1
