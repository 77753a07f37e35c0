"""Servers and extracts: of the table, or of the environment."""

from __future__ import annotations

import pytest

from cmcoord_geo.errors import ConfigError, DataError
from cmcoord_geo.i18n import messages
from cmcoord_geo.io.fetch.sources import (
    address,
    extract_label,
    extract_names,
    extract_url,
    host,
    table,
)

VARIABLE = "CMCOORD_GEOFABRIK_URL"


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for entry in table()["servers"].values():
        monkeypatch.delenv(entry["variable"], raising=False)


def test_car_and_its_neighbours_are_known() -> None:
    assert len(extract_names()) == 7
    for name in extract_names():
        assert extract_url(name) == (f"https://download.geofabrik.de/africa/{name}-latest.osm.pbf")
        assert extract_label(name).fr
        assert extract_label(name).en
    assert extract_label("africa/niger").fr == "africa/niger"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_help_names_every_known_extract(lang: str) -> None:
    told = messages()["help.fetch_extract"][lang]
    assert [name for name in extract_names() if name not in told] == []


def test_other_extracts_are_paths() -> None:
    assert extract_url("africa/niger").endswith("/africa/niger-latest.osm.pbf")


@pytest.mark.parametrize(
    "word",
    ["niger", "", "../x", "africa/..", "africa/niger?x=1", "http://x/y", "Africa/Niger", "é/a"],
)
def test_other_words_are_refused(word: str) -> None:
    with pytest.raises(DataError, match="central-african-republic"):
        extract_url(word)


def test_the_environment_names_a_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, " https://me:word@mirror.example:8443/osm/ ")
    assert address("geofabrik") == "https://me:word@mirror.example:8443/osm"
    assert host(address("geofabrik")) == "mirror.example:8443"
    monkeypatch.setenv(VARIABLE, "")
    assert address("geofabrik") == "https://download.geofabrik.de"


@pytest.mark.parametrize(
    "url",
    ["file:///etc/x", "mirror.example", "ftp://a/b", "https://", "http://a:x/", "http://a/?b=c"],
)
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(VARIABLE, url)
    with pytest.raises(ConfigError, match=VARIABLE):
        address("geofabrik")
