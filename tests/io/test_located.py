"""Rows of any kind of file, and where those of a layer lie."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from schemas.example_rows import PATROL, write
from schemas.workbooks import write_rows

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.located import read_located
from cmcoord_geo.schemas import get_table

TABLE = get_table("patrols")


def test_a_table_has_no_shapes(tmp_path: Path) -> None:
    for path in (write(tmp_path / "p.csv", [PATROL]), write_rows(tmp_path / "p.xlsx", [PATROL])):
        rows, shapes = read_located(path, TABLE)
        assert len(rows.rows) == 1
        assert shapes == {}


def test_a_layer_has_the_shape_of_each_row(tmp_path: Path) -> None:
    lines = [[[20.6, 5.7], [20.7, 5.7]], [[20.7, 5.7], [20.8, 5.9]]]
    features = [
        {
            "type": "Feature",
            "properties": PATROL | {"patrol_id": f"P-{n}"},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for n, line in enumerate(lines)
    ]
    path = tmp_path / "p.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    rows, shapes = read_located(path, TABLE)
    assert [row.number for row in rows.rows] == list(shapes)
    assert [shape[0].tolist() for shape in shapes.values()] == lines


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    path.write_text("no json", encoding="utf-8")
    with pytest.raises(DataError):
        read_located(path, TABLE)
