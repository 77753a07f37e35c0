"""A folder of files on a road network of one's own: ``map`` and ``check`` as on the bundled one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from osm_world import write_world
from typer.testing import CliRunner

from cmcoord_geo.cli.app import app
from cmcoord_geo.io import read_picture
from cmcoord_geo.service import build_network_file

FILES = {
    "picture.toml": 'as_of = 2026-12-01T17:00:00+01:00\nis_exercise = true\nnetwork = "w.net"\n',
    "movements.csv": (
        "movement_id,organisation,origin,destination,depart_earliest,depart_latest,vehicles,"
        "persons,trip\n"
        "M1,ORG-A,Village-Essai,Ville-Essai,2026-12-03T08:00+01:00,2026-12-03T09:00+01:00,"
        "lv_4x4:2,4,return\n"
        'M2,ORG-B,"5.7003,20.6401",Ville-Essai,2026-12-03T08:00+01:00,2026-12-03T09:00+01:00,'
        "truck_6x6:2,4,one_way\n"
        "M3,ORG-A,Atlantis,Ville-Essai,2026-12-03T08:00+01:00,2026-12-03T09:00+01:00,"
        "lv_4x4:2,4,return\n"
    ),
    "patrols.csv": (
        "patrol_id,from_place,to_place,start,end,provider,composition\n"
        "P1,Village-Essai,Ville-Essai,2026-12-03T08:00+01:00,2026-12-03T10:00+01:00,force,minusca\n"
    ),
    "incidents.csv": (
        "incident_id,occurred_at,lat,lon,class,precision,source\n"
        "I1,2026-11-20,5.7,20.63,ambush,1,S\n"
    ),
}


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("week")
    build_network_file(
        [write_world(tmp_path_factory.mktemp("osm") / "w.osm")], folder / "w.net", version="1"
    )
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "--lang", "en"])
    return done.exit_code, done.output


def test_the_manifest_names_the_network(week: Path) -> None:
    picture = read_picture(week)
    assert "Ville-Essai" in picture.network.node_index
    assert [request.movement_id for request in picture.movements] == ["M1", "M2"]
    assert not any("w.net" in finding.file for finding in picture.findings)


def test_check_reads_the_week_on_its_network(week: Path) -> None:
    code, told = run("check", str(week))
    assert code == 3
    assert "movements.csv, row 4, column origin: Unknown place" in told
    assert "Taken as the road RN2, without name (main road), 6.6 km" in told
    assert "put at the nearest junction or place, 35 m away" in told
    assert "1 error" in told


def test_map_draws_the_week_on_its_network(week: Path, tmp_path: Path) -> None:
    code, told = run("map", str(week), "--out", str(tmp_path / "o"), "--profiles", "--classes")
    assert code == 0, told
    sheets = {path.name for path in (tmp_path / "o").glob("*.png")}
    assert sheets == {"map.png", "profile_H1.png", "profile_H2.png", "classes.png"}
    product = json.loads((tmp_path / "o" / "plan.json").read_text(encoding="utf-8"))
    assert [len(movement["options"]) for movement in product["movements"]] == [1, 1]
    assert product["conflicts"]
    assert "Village-Essai" in (tmp_path / "o" / "plan.txt").read_text(encoding="utf-8")
    assert (tmp_path / "o" / "map.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("lang", "road"), [("fr", "sans nom (route principale)"), ("en", "without name (main road)")]
)
def test_depart_tells_roads_in_words_and_no_class_or_id_of_the_map(
    week: Path, tmp_path: Path, lang: str, road: str
) -> None:
    folder = Path(shutil.copytree(week, tmp_path / "week"))
    (folder / "road_status.csv").write_text(
        "report_id,segment_id,state,reported_at\nR1,w101,unknown,2026-11-30\n", encoding="utf-8"
    )
    done = CliRunner().invoke(app, ["depart", str(folder), "--movement", "M1", "--lang", lang])
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.partition("***")[2].split())
    assert road in said
    assert not re.search(r"\b(primary|track|residential|w\d{3})\b", said)


def test_the_return_trap_looks_at_the_places_of_the_week_and_names_what_is_not_there(
    week: Path,
) -> None:
    code, told = run("depart", str(week), "--return-trap")
    assert code == 0
    assert "Last departure from Village-Essai" in told
    assert "between the seasons" in told
    assert "Not on this network: Bangui" in told


def test_the_option_speaks_before_the_manifest(week: Path) -> None:
    code, told = run("check", str(week), "--network", str(week / "nothing.net"))
    assert code == 3
    assert "nothing.net" in told


def test_a_network_that_is_not_there_is_named(week: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.toml").write_text('network = "gone.net"\n', encoding="utf-8")
    code, told = run("check", str(tmp_path))
    assert code == 3
    assert "picture.toml: network names gone.net" in told.replace("\n", " ")


@pytest.mark.parametrize("audience", ["minusca", "public"])
def test_a_movement_without_consent_leaves_no_trace_in_what_others_get(
    week: Path, tmp_path: Path, audience: str
) -> None:
    """Roads are not cut where a withheld movement begins: with and without it, the same bytes."""
    made = []
    for name, movements in (("with", FILES["movements.csv"]), ("without", _first_only())):
        folder = tmp_path / name
        folder.mkdir()
        for file, content in FILES.items():
            (folder / file).write_text(content, encoding="utf-8")
        (folder / "movements.csv").write_text(movements, encoding="utf-8")
        (folder / "w.net").write_bytes((week / "w.net").read_bytes())
        out = tmp_path / f"{name}-out"
        code, told = run("map", str(folder), "--out", str(out), "--audience", audience)
        assert code == 0, told
        made.append([path.read_bytes() for path in sorted(out.iterdir())])
    assert made[0] == made[1]


def _first_only() -> str:
    """Movements without M2, which starts at a position between two junctions."""
    rows = FILES["movements.csv"].splitlines(keepends=True)
    return "".join(row for row in rows if not row.startswith("M2"))


def test_a_product_tells_roads_and_assumption(week: Path, tmp_path: Path) -> None:
    code, told = run("map", str(week), "--out", str(tmp_path / "o"))
    assert code == 0, told
    text = " ".join((tmp_path / "o" / "plan.txt").read_text(encoding="utf-8").split())
    assert "RN2 from Village-Essai to Ville-Essai, 6.6 km" in text
    assert "surface unknown on" in text
    assert "possible meetings 1 →" in text
    product = json.loads((tmp_path / "o" / "plan.json").read_text(encoding="utf-8"))
    assert [(one["movement"], len(one["more"]) > 0) for one in product["conflicts"]] == [
        ("H1", True),
        ("H2", True),
    ]
    assert product["frame"]["ground"]["has_base"]
    drawn = {segment["segment_id"] for segment in product["segments"]}
    for movement in product["movements"]:
        assert {leg["segment_id"] for leg in movement["options"][0]["legs"]} <= drawn
