"""Areas to avoid: what can be read is kept, what cannot is refused with its reason and row."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cmcoord_geo.errors import CrsError, UnsafeFileError
from cmcoord_geo.io.areas import idle_findings, read_areas
from cmcoord_geo.network import bundled_network
from cmcoord_geo.units import BANGUI

SQUARE = [[20.0, 5.0], [21.0, 5.0], [21.0, 6.0], [20.0, 6.0], [20.0, 5.0]]
UNTIL = "2026-12-05T18:00+01:00"


def feature(geometry: dict[str, Any] | None = None, **told: object) -> dict[str, object]:
    shape = {"type": "Polygon", "coordinates": [SQUARE]} if geometry is None else geometry
    properties = {"effect": "closure", "until": UNTIL, **told}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def write(tmp_path: Path, *features: object) -> Path:
    path = tmp_path / "areas.geojson"
    content = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_closures_costs_holes_and_parts_are_read(tmp_path: Path) -> None:
    hole = [[20.2, 5.2], [20.4, 5.2], [20.4, 5.4], [20.2, 5.2]]
    parts = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [SQUARE]]}
    read = read_areas(
        write(
            tmp_path,
            feature(area_id="A1", name="Zone EXERCISE"),
            feature(parts, effect="Cost", min_per_km=5, since="2026-12-01T00:00+01:00"),
        )
    )
    assert read.findings == ()
    closure, cost = read.areas
    assert (closure.area_id, closure.name, closure.effect) == ("A1", "Zone EXERCISE", "closure")
    assert (cost.area_id, cost.min_per_km, len(cost.polygons), len(cost.polygons[0])) == (
        "2",
        5.0,
        2,
        2,
    )
    assert closure.min_per_km == 0


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (feature(effect="perhaps"), "closure or cost"),
        (feature(until=None), "everything expires"),
        (feature(until="2026-12-05T18:00"), "until"),
        (feature(since="2026-12-06T00:00+01:00"), "not before until"),
        (feature(effect="cost"), "minutes per km"),
        (feature(effect="cost", min_per_km=-1), "minutes per km"),
        (feature(effect="cost", min_per_km="5"), "minutes per km"),
        (feature(effect="cost", min_per_km=True), "minutes per km"),
        (feature({"type": "Point", "coordinates": [20, 5]}), "No polygon"),
        (feature({"type": "Polygon", "coordinates": [[[20, 5], [21, 5], [20, 5]]]}), "geometry"),
        (feature({"type": "Polygon", "coordinates": [[[20, 5], [21, 6], [21, 5], [20, 6], [20, 5]]]}),
         "crosses itself"),
        (feature({"type": "Polygon", "coordinates": [[[200, 5], *SQUARE[1:4], [200, 5]]]}), "geometry"),
        (feature(area_id="good"), "taken already"),
        ("nonsense", "No polygon"),
        (None, "No polygon"),
    ],
)  # fmt: skip
def test_a_bad_area_is_refused_by_row_and_the_others_go_on(
    bad: object, reason: str, tmp_path: Path
) -> None:
    read = read_areas(write(tmp_path, feature(area_id="good"), bad, feature(area_id="last")))
    assert [area.area_id for area in read.areas] == ["good", "last"]
    (finding,) = read.findings
    assert (finding.severity, finding.file, finding.row) == ("error", "areas.geojson", 2)
    assert reason in finding.said.en
    assert finding.said.fr


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"type": "FeatureCollection"}', "[" * 5000, "\x00"]
)
def test_another_kind_of_file_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnsafeFileError):
        read_areas(path)


def test_positions_in_another_system_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, feature())
    content = json.loads(path.read_text(encoding="utf-8"))
    content["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32634"}}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CrsError):
        read_areas(path)


def test_an_area_that_changes_nothing_says_why(tmp_path: Path) -> None:
    """A closure whose latitude and longitude are swapped must not pass in silence."""
    roads = bundled_network()
    lon, lat = roads.lines[0].mean(axis=0)
    around = [(lon + dx, lat + dy) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]
    swapped = [(y, x) for x, y in around]
    shapes = [{"type": "Polygon", "coordinates": [ring]} for ring in (around, swapped)]
    areas = read_areas(
        write(
            tmp_path,
            feature(shapes[0], name="right"),
            feature(shapes[1], name="swapped"),
            feature(shapes[0], name="past", until="2026-11-01T00:00+01:00"),
        )
    ).areas
    at = datetime(2026, 12, 1, 6, tzinfo=BANGUI)
    told = [finding.said.en for finding in idle_findings(roads, areas, at=at, file="a.geojson")]
    assert len(told) == 2
    assert "swapped" in told[0]
    assert "longitude comes before latitude" in told[0]
    assert "past" in told[1]
    assert "not in force" in told[1]
