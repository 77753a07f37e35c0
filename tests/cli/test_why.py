"""The command ``incidents why``."""

from __future__ import annotations

import json
import re

import pytest

from cmcoord_geo.cli.app import run
from cmcoord_geo.cli.why import why
from cmcoord_geo.facts import data_dir


def test_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert why.__doc__
    words = ["incidents", "why", "L042", "--incidents", str(data_dir() / "exercise")]
    assert run([*words, "--lang", "fr"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("EXERCICE")
    assert "Événements derrière ce chiffre" in told
    assert re.search(r"Classe 3.: \d,\d\d événement", told)
    assert run([*words, "--json", "--lang", "en"]) == 0
    assert json.loads(capsys.readouterr().out)["segments"] == ["L042"]
