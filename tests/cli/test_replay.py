"""The command ``incidents replay``."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmcoord_geo.cli.app import run
from cmcoord_geo.cli.replay import replay


def test_text_and_refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay.__doc__
    file = tmp_path / "log.csv"
    rows = [f"E{k},{2015 + k}-06-10,5.73,19.6,robbery,1" for k in range(4)]
    file.write_text(
        "\n".join(["incident_id,occurred_at,lat,lon,class,precision", *rows]), encoding="utf-8"
    )
    words = ["incidents", "replay", str(file), "--from", "2017-01", "--to", "2017-02"]
    assert run([*words, "--lang", "fr"]) == 0
    assert "Trop peu pour le dire" in capsys.readouterr().out
    assert run([*words, "--vehicle", "zeppelin", "--lang", "en"]) == 3
