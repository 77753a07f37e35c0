"""The table of an incident file, whatever it is."""

from __future__ import annotations

import json
from pathlib import Path

from cmcoord_geo.io.incident_file import read_incident_table


def test_points_become_columns_and_other_shapes_do_not(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    shapes = [
        {"type": "Point", "coordinates": [20.5, 6.25, 400]},
        {"type": "LineString", "coordinates": [[20, 6], [21, 6]]},
        None,
    ]
    features = [{"type": "Feature", "geometry": s, "properties": {"k": "v"}} for s in shapes]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    text = read_incident_table(path)
    assert text.header == ("k", "lat", "lon")
    assert [row.cells for row in text.rows] == [("v", "6.25", "20.5"), ("v", "", ""), ("v", "", "")]


def test_degrees_that_a_layer_has_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [1, 2]},
        "properties": {"latitude": 6.1, "longitude": 20.9},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert read_incident_table(path).rows[0].cells == ("6.1", "20.9")
