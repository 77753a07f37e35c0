"""Areas to avoid: what can be read is kept, what cannot is refused with its reason, row and column."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from cmcoord_geo.errors import CrsError, SchemaError, UnsafeFileError
from cmcoord_geo.io import write_template
from cmcoord_geo.io.areas import idle_findings, read_areas
from cmcoord_geo.io.workbook_writer import write_workbook
from cmcoord_geo.network import bundled_network
from cmcoord_geo.units import BANGUI, geodesic_m

SQUARE = [[20.0, 5.0], [21.0, 5.0], [21.0, 6.0], [20.0, 6.0], [20.0, 5.0]]
UNTIL = "2026-12-05T18:00+01:00"
WKT = "POLYGON ((20 5, 21 5, 21 6, 20 6, 20 5))"
ROW = {"area_id": "A1", "name": "Zone EXERCISE", "effect": "closure", "until": UNTIL, "wkt": WKT}
DEPART = datetime(2026, 12, 1, 6, tzinfo=BANGUI)


def feature(geometry: dict[str, Any] | None = None, **told: object) -> dict[str, object]:
    shape = {"type": "Polygon", "coordinates": [SQUARE]} if geometry is None else geometry
    properties = {"effect": "closure", "until": UNTIL, **told}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def write(tmp_path: Path, *features: object) -> Path:
    path = tmp_path / "areas.geojson"
    content = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def table(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "areas.csv"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_closures_costs_holes_and_parts_are_read(tmp_path: Path) -> None:
    hole = [[20.2, 5.2], [20.4, 5.2], [20.4, 5.4], [20.2, 5.2]]
    far = [[x + 3, y] for x, y in SQUARE]
    parts = {"type": "MultiPolygon", "coordinates": [[SQUARE, hole], [far]]}
    read = read_areas(
        write(
            tmp_path,
            feature(area_id="A1", name="Zone EXERCISE"),
            feature(
                parts, area_id="A2", effect="Cost", min_per_km=5, since="2026-12-01T00:00+01:00"
            ),
        )
    )
    assert read.findings == ()
    closure, cost = read.content
    assert (closure.area_id, closure.name, closure.effect) == ("A1", "Zone EXERCISE", "closure")
    assert closure.polygons == ((tuple(map(tuple, SQUARE)),),)
    assert (cost.area_id, cost.name, cost.min_per_km) == ("A2", "A2", 5.0)
    assert [len(rings) for rings in cost.polygons] == [2, 1]
    assert closure.min_per_km == 0
    assert (read.report.rows, read.report.accepted) == (2, 2)


def test_every_kind_of_file_says_the_same(tmp_path: Path) -> None:
    """GeoJSON, GeoPackage, CSV and workbook."""
    told = {name: value for name, value in ROW.items() if name != "wkt"}
    frame = geopandas.GeoDataFrame([told], geometry=[shapely.from_wkt(WKT)], crs="EPSG:4326")
    frame.to_file(tmp_path / "areas.gpkg", layer="areas", driver="GPKG")
    paths = [
        write(tmp_path, feature(**told)),
        tmp_path / "areas.gpkg",
        table(tmp_path, ROW),
        write_workbook(tmp_path / "areas.xlsx", "areas", [list(ROW), list(ROW.values())]),
    ]
    first, *others = (read_areas(path) for path in paths)
    assert len(first.content) == 1
    for other in others:
        assert other.content == first.content
        assert other.findings == ()


def test_a_circle_holds_what_lies_within_its_radius(tmp_path: Path) -> None:
    circle = {name: value for name, value in ROW.items() if name != "wkt"}
    circle |= {"lat": "5.5", "lon": "20.5", "radius_km": "8"}
    read = read_areas(table(tmp_path, circle))
    point = {"type": "Point", "coordinates": [20.5, 5.5]}
    drawn = read_areas(
        write(tmp_path, feature(point, area_id="A1", name="Zone EXERCISE", radius_km=8))
    )
    assert read.content == drawn.content
    ((ring,),) = read.content[0].polygons
    corners_m = [geodesic_m([20.5], [5.5], [lon], [lat])[0] for lon, lat in ring]
    middles_m = [
        geodesic_m([20.5], [5.5], [(a[0] + b[0]) / 2], [(a[1] + b[1]) / 2])[0]
        for a, b in pairwise(ring)
    ]
    assert min(middles_m) == pytest.approx(8000, abs=1)
    assert max(corners_m) < 8010


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"wkt": ""}, "wkt", "fill in wkt"),
        ({"wkt": "POLYGON ((20 5, 21 5, 21 6))"}, "wkt", "longitude before"),
        ({"wkt": "POINT (20 5)"}, "wkt", "longitude before"),
        ({"wkt": "POLYGON ((20 5, nan 5, 21 6, 20 5))"}, "wkt", "longitude before"),
        ({"wkt": "POLYGON ((20 5, 21 95, 21 6, 20 5))"}, "wkt", "longitude before"),
        ({"wkt": "POLYGON ((20 5, 21 6, 21 5, 20 6, 20 5))"}, "wkt", "crosses itself"),
        ({"radius_km": "5"}, "wkt, radius_km", "keep one"),
        ({"wkt": "", "lat": "5"}, "lon, radius_km", "incomplete"),
        ({"wkt": "", "lat": "5", "lon": "20", "radius_km": "0"}, "radius_km", "0.05"),
        ({"wkt": "", "lat": "5", "lon": "20", "radius_km": "5 km"}, "radius_km", ""),
        ({"wkt": "", "lat": "5", "lon": "179.9", "radius_km": "500"}, "radius_km", "date line"),
        ({"effect": "perhaps"}, "effect", "closure (fermeture), cost"),
        ({"effect": "cost"}, "min_per_km", "minutes that each km"),
        ({"effect": "cost", "min_per_km": "-1"}, "min_per_km", "600"),
        ({"until": ""}, "until", "empty"),
        ({"until": "2026-12-05T18:00"}, "until", "zone"),
        ({"since": "2026-12-06T00:00+01:00"}, "since, until", "not before until"),
        ({"area_id": "EXAMPLE-1"}, "area_id", "xample"),
    ],
)
def test_a_bad_row_of_a_table_names_row_column_and_what_to_do(
    changed: dict[str, str], column: str, reason: str, tmp_path: Path
) -> None:
    blank = dict.fromkeys(("lat", "lon", "radius_km", "min_per_km", "since"), "")
    rows = [{**ROW, **blank, "area_id": key} for key in ("good", "bad", "last")]
    rows[1] |= changed
    read = read_areas(table(tmp_path, *rows))
    assert [area.area_id for area in read.content] == ["good", "last"]
    finding = read.findings[0]
    assert (finding.severity, finding.file, finding.row) == ("error", "areas.csv", 3)
    assert finding.column == column
    assert reason in finding.said.en
    assert finding.said.fr
    assert (read.report.rows, read.report.refused) == (3, 1)


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    read = read_areas(
        write(tmp_path, feature(area_id="a", min_per_km=3), feature(area_id="b", radius_km=5))
    )
    assert len(read.content) == 2
    assert [(f.severity, f.row, f.column) for f in read.findings] == [
        ("warning", 1, "min_per_km"),
        ("warning", 2, "radius_km"),
    ]


def test_columns_that_are_needed_are_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="until"):
        read_areas(table(tmp_path, {"area_id": "A", "effect": "closure", "wkt": WKT}))


def test_the_template_would_be_right(tmp_path: Path) -> None:
    path = write_template("areas", tmp_path / "areas.csv")
    assert read_areas(path).content == ()
    path.write_text(path.read_text("utf-8-sig").replace("EXAMPLE", "X"), encoding="utf-8")
    (area,) = read_areas(path).content
    assert (area.effect, area.min_per_km) == ("cost", 3.0)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (feature(effect="perhaps"), "closure (fermeture), cost"),
        (feature(until=None), "empty"),
        (feature(until="2026-12-05T18:00"), "zone"),
        (feature(since="2026-12-06T00:00+01:00"), "not before until"),
        (feature(effect="cost"), "minutes that each km"),
        (feature(effect="cost", min_per_km=-1), "600"),
        (feature(effect="cost", min_per_km=True), "number"),
        (feature({"type": "Point", "coordinates": [20, 5]}), "incomplete"),
        (feature({"type": "LineString", "coordinates": [[20, 5], [21, 5]]}), "Neither a polygon"),
        (feature({"type": "Polygon", "coordinates": [[[20, 5], [21, 5], [20, 5]]]}), "geometry"),
        (feature({"type": "Polygon", "coordinates": [[[20, 5], [21, 6], [21, 5], [20, 6], [20, 5]]]}),
         "crosses itself"),
        (feature({"type": "Polygon", "coordinates": [[[200, 5], *SQUARE[1:4], [200, 5]]]}), "geometry"),
        (feature(area_id="good", effect="cost", min_per_km=2), "same id"),
        ("nonsense", "feature"),
        (None, "feature"),
        ({**feature(), "geometry": None}, "Neither a polygon"),
    ],
)  # fmt: skip
def test_a_bad_area_is_refused_by_row_and_the_others_go_on(
    bad: object, reason: str, tmp_path: Path
) -> None:
    if isinstance(bad, dict):
        bad["properties"].setdefault("area_id", "bad")
    read = read_areas(write(tmp_path, feature(area_id="good"), bad, feature(area_id="last")))
    assert [area.area_id for area in read.content] == ["good", "last"]
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
    ).content

    def told(*departures: datetime) -> list[tuple[str, str]]:
        found = idle_findings(
            roads, areas, departures=departures, as_of=DEPART, file="areas.geojson"
        )
        return [(finding.said.en, finding.column) for finding in found]

    (swapped_said, _), (past_said, column) = told(DEPART)
    assert "swapped" in swapped_said
    assert "it would with latitude and longitude exchanged" in swapped_said
    assert "past" in past_said
    assert "in force at no departure" in past_said
    assert column == "until"
    assert len(told()) == 2  # without a movement: past at the cut-off
    assert len(told(DEPART + timedelta(days=30))) == 3


@pytest.mark.parametrize("corner", [(1.5, 42.5), (150.0, -30.0)])
def test_an_area_that_lies_elsewhere_is_not_called_swapped(
    tmp_path: Path, corner: tuple[float, float]
) -> None:
    x, y = corner
    ring = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y)]
    areas = read_areas(
        write(tmp_path, feature({"type": "Polygon", "coordinates": [ring]}, name="far"))
    ).content
    found = idle_findings(
        bundled_network(), areas, departures=(), as_of=DEPART, file="areas.geojson"
    )
    (told,) = [finding.said.en for finding in found]
    assert "touches no road of the network: it changes nothing" in told
    assert "exchange" not in told.casefold()
