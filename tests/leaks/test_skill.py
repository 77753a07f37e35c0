"""The sheet of skill holds statistics and nothing of a record, whoever it is for (H13)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from leaks.scan import chunks, hits

from cmcoord_geo.cli.app import run

WORDS = ["KanarIncident5K1", "KanarPlace5K2", "KanarSource5K3", "KanarFile5K4", "KanarFolder5K5"]
OWED = "KanarName5K6"
MANIFEST = f"""
as_of = 2018-06-30T12:00:00+01:00
is_exercise = true
[[sources]]
id = "KanarSource5K3"
name = "{OWED}"
licence = "CC0-1.0"
first = 2015-01-01
last = 2018-06-30
classes = ["robbery"]
has_export = true
"""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_word_of_a_record_is_in_any_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], lang: str
) -> None:
    folder, out = tmp_path / "KanarFolder5K5", tmp_path / "out"
    folder.mkdir()
    rows = ["incident_id,occurred_at,lat,lon,class,precision,place,source_id"]
    for k in range(0, 1270, 5):
        day = date(2015, 1, 1) + timedelta(days=k)
        rows.append(
            f"KanarIncident5K1-{k},{day},5.768,20.676,robbery,1,KanarPlace5K2,KanarSource5K3"
        )
    file = folder / "KanarFile5K4.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    (folder / "picture.toml").write_text(MANIFEST, encoding="utf-8")
    words = ["incidents", "skill", str(file), "--from", "2017-07", "--to", "2018-06"]
    assert run([*words, "--out", str(out), "--lang", lang]) == 0
    capfd.readouterr()
    contents = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(contents) == 3
    for name, content in contents.items():
        assert hits(content, WORDS) == set(), name
    assert hits(contents["skill.txt"], [OWED]) == {OWED}  # control: a licence owes the name
    names = {name for name, _ in chunks(contents["skill.png"])}
    assert names <= {"IHDR", "PLTE", "pHYs", "IDAT", "IEND"}
