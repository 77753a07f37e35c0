"""``doctor``: whether this installation can work."""

from __future__ import annotations

import json

import pytest
from cli.commands import LANGS, Command

from cmcoord_geo.export import SCHEMA_VERSION


@pytest.mark.parametrize("lang", LANGS)
def test_doctor_finds_this_installation_fine(command: Command, lang: str) -> None:
    done = command("doctor", "--lang", lang)
    assert done.code == 0
    assert ("bibliothèque" if lang == "fr" else "library") in done.out
    told = json.loads(command("doctor", "--json").out)
    assert (told["schema"], told["version"]) == ("cmcoord-geo/doctor", SCHEMA_VERSION)
