"""The commands on networks."""

from __future__ import annotations

import json
from inspect import signature
from pathlib import Path

import pytest
from flaw_world import write_flaws_world
from link_world import LinkWorld
from osm_world import write_world

from cmcoord_geo.cli.app import run
from cmcoord_geo.cli.network import build
from cmcoord_geo.network.flaws import KINDS
from cmcoord_geo.service import LineFiles


def test_build_info_check_and_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = write_world(tmp_path / "w.osm"), tmp_path / "w.network"
    assert run(["network", "build", str(source), "-o", str(out), "--lang", "fr"]) == 0
    told = capsys.readouterr()
    assert "Tronçons" in told.out
    assert "access=perhaps" in told.err
    assert run(["network", "info", str(out), "--json", "--lang", "en"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["licence"].endswith("ODbL 1.0")
    assert sum(facts["surfaces"].values()) == pytest.approx(1.0, abs=1e-3)
    assert 0 < facts["open_to"]["tanker"] <= facts["open_to"]["motorbike"] <= 1
    assert run(["network", "info", str(out), "--json", "--lang", "fr"]) == 0
    assert json.loads(capsys.readouterr().out) == facts  # keys for programs, in no language
    assert run(["network", "check", str(out), "--lang", "en"]) == 0
    assert "dead end" in capsys.readouterr().out
    words = ["plan", "Village-Essai", "Ville-Essai", "--network", str(out), "--lang", "en"]
    assert run([*words, "--depart", "2027-01-15T07:00+01:00"]) == 0
    assert "A · kept" in capsys.readouterr().out


def test_refusals_have_their_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "b.osm"
    broken.write_text("<osm", encoding="utf-8")
    out = tmp_path / "b.network"
    assert run(["network", "build", str(broken), "-o", str(out), "--lang", "en"]) == 3
    assert "damaged" in capsys.readouterr().err
    assert not out.exists()
    assert run(["network", "info", str(broken), "--lang", "en"]) == 3
    assert run(["network", "info", str(tmp_path / "none"), "--lang", "en"]) == 3


def test_a_distance_out_of_range_is_refused_with_the_range(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["network", "build", "x.gpkg", "-o", "x", "--join-m", "500", "--lang", "en"]) == 2
    assert "(0 to 100)" in capsys.readouterr().err


def test_links_tells_what_was_carried_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = LinkWorld()
    world.link("L043")
    source, out = world.write(tmp_path / "w.osm"), tmp_path / "w.network"
    assert run(["network", "build", str(source), "-o", str(out), "--lang", "en"]) == 0
    assert "1 of 1 (80 km)" in capsys.readouterr().err
    assert run(["network", "links", str(out), "--lang", "fr"]) == 0
    assert "L043 Grimari–Bambari : 4 tronçons, 80 km (75 à 85 attendus), RN2." in (
        capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    )
    assert run(["network", "links", str(out), "--json", "--lang", "en"]) == 0
    assert json.loads(capsys.readouterr().out)["links"][0]["link_id"] == "L043"
    words = ["network", "build", str(source), "-o", str(out), "--no-links", "--force"]
    assert run([*words, "--lang", "en"]) == 0
    assert run(["network", "links", str(out), "--lang", "en"]) == 0
    assert "Nothing is carried over" in capsys.readouterr().out


def test_the_command_joins_by_itself_what_the_package_does() -> None:
    assert signature(build).parameters["join_m"].default is LineFiles().join_m


def test_loose_ends_of_lines_are_joined_as_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {
            "type": "Feature",
            "properties": {"highway": "track"},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for line in ([[20.0, 5.0], [20.01, 5.0]], [[20.01002, 5.0], [20.02, 5.0]])
    ]
    source, out = tmp_path / "w.geojson", tmp_path / "w.network"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    words = ["network", "build", str(source), "-o", str(out), "--force", "--lang", "fr"]
    assert run(words) == 0
    assert "1 bout libre à moins de 10 m" in capsys.readouterr().err
    assert run([*words, "--join-m", "3"]) == 0
    told = capsys.readouterr()
    assert "1 bout joint à un autre bout" in told.err
    assert "déplacement de 2.22 m au plus (--join-m 3)" in told.err
    assert run([*words, "--join-m", "-1"]) == 2
    assert run([*words, "--join-m", "101"]) == 2


def test_check_says_where_and_writes_a_layer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = write_flaws_world(tmp_path / "w.osm"), tmp_path / "w.network"
    assert run(["network", "build", str(source), "-o", str(out), "--lang", "en"]) == 0
    capsys.readouterr()
    layer = tmp_path / "f.geojson"
    words = ["network", "check", str(out)]
    assert run([*words, "--lang", "fr", "--out", str(layer)]) == 0
    told = capsys.readouterr()
    assert "Route du bout finit à 5,0 m de Route d’essai [w11]" in told.out
    assert layer.name in told.err
    assert len(json.loads(layer.read_text(encoding="utf-8"))["features"]) == len(KINDS)
    assert run([*words, "--lang", "en", "--places", "0"]) == 0
    short = capsys.readouterr().out
    assert "1 island" in short
    assert "Route du bout" not in short
    assert run([*words, "--lang", "en", "--all", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert [group["kind"] for group in content["groups"]] == list(KINDS)
    assert run([*words, "--lang", "en", "--out", str(layer)]) == 3
    assert "already there" in capsys.readouterr().err
