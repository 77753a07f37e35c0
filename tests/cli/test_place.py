"""``place``: one look at where something lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import LANGS, Command
from osm_world import write_world

from cmcoord_geo.export import SCHEMA_VERSION


@pytest.mark.parametrize("lang", LANGS)
def test_a_place_is_told_in_both_languages(command: Command, lang: str) -> None:
    done = command("place", "Sido", "--lang", lang)
    assert done.code == 0
    assert "34PBQ 46613 09346" in done.out
    assert ("2 lieux répondent" if lang == "fr" else "2 places fit") in done.out


def test_json_has_its_schema(command: Command) -> None:
    told = json.loads(command("place", "34NDM 64128 37569", "--json").out)
    assert (told["schema"], told["version"]) == ("cmcoord-geo/place", SCHEMA_VERSION)
    assert told["locations"][0]["decimal"] == "5.76800, 20.67600"


def test_with_a_network_the_road_is_told(command: Command, tmp_path: Path) -> None:
    source = write_world(tmp_path / "w.osm")
    assert command("network", "build", source, "-o", "w.network").code == 0
    done = command("place", "5.703, 20.61", "--network", "w.network", "--lang", "en")
    assert "Nearest road: RN2, 332 m away" in done.out
    assert (
        "none within 20 km"
        in command("place", "Bangui", "--network", "w.network", "--lang", "en").out
    )


@pytest.mark.parametrize("word", ["20.67, 5.76", "Nowhereville", "1 2 3"])
def test_what_cannot_be_meant_ends_with_3(command: Command, word: str) -> None:
    done = command("place", word, "--lang", "en")
    assert (done.code, done.out) == (3, "")
    assert done.err
