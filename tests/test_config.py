"""Settings from TOML: what is given stands, the rest is the default, anything else is refused."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

import pytest

from cmcoord_geo.config import Config, read_config
from cmcoord_geo.errors import ConfigError


@pytest.fixture
def read(tmp_path: Path):
    def reading(text: str) -> Config:
        path = tmp_path / "settings.toml"
        path.write_text(text, encoding="utf-8")
        return read_config(path)

    return reading


def test_an_empty_file_is_the_default(read) -> None:
    assert read("") == read("[route]") == Config()


def test_given_settings_stand_over_the_defaults(read) -> None:
    found = read("[route]\nstretch = 2\nmax_options = 3\n[hazard]\nclass_limits = [0.2, 0.4, 1]\n")
    assert (found.route.stretch, found.route.max_options) == (2, 3)
    assert found.hazard.class_limits == (0.2, 0.4, 1)
    assert found.route.max_share == Config().route.max_share
    assert found.status == Config().status


@pytest.mark.parametrize("section", fields(Config), ids=lambda entry: entry.name)
def test_every_default_may_be_written_out(read, section) -> None:
    lines = [f"[{section.name}]"]
    for name, value in asdict(getattr(Config(), section.name)).items():
        written = repr(value) if isinstance(value, str) else value
        lines.append(f"{name} = {list(value) if isinstance(value, tuple) else written}")
    assert read("\n".join(lines)) == Config()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[route]\nspeed = 3\nwidth = 2", r"route\.speed, route\.width.*max_options"),
        ("[roads]\nx = 1", r"roads.*hazard"),
        ("route = 3", r"route is a section"),
        ("[[route]]\nstretch = 2", r"route is a section"),
        ("[route]\nstretch = 'long'", r"route\.stretch: long.*1\.8"),
        ("[route]\nstretch = true", r"route\.stretch"),
        ("[route]\nstretch = nan", r"route\.stretch: nan"),
        ("[route]\nstretch = inf", r"route\.stretch: inf"),
        ("[route]\nstretch = 0.9", r"route\.stretch: 0\.9.*1\.0 to inf"),
        ("[route]\nmax_options = 2.0", r"route\.max_options"),
        ("[route]\nmax_options = 5", r"1 to 4"),
        ("[route]\nmax_share = 1.1", r"0 to 1\.0"),
        ("[status]\nstale_days_wet = -1", r"stale_days_wet"),
        ("[hazard]\npiece_m = 0", r"100\.0 to inf"),
        ("[hazard]\nclass_limits = [0.1, 0.2]", r"class_limits"),
        ("[hazard]\nclass_limits = [0.3, 0.2, 0.1]", r"rising"),
        ("[hazard]\nclass_limits = [0.1, 0.1, 0.2]", r"rising"),
        ("[hazard]\nclass_limits = ['a', 0.1, 0.2]", r"class_limits"),
        ("[hazard]\nclass_limits = 0.1", r"class_limits"),
        ("[patrol]\nfloor = 1.5", r"floor"),
        ("[patrol]\npoints = 3", r"patrol.points"),
        ("[patrol]\npoints = [[0, 1.0], 24]", r"patrol.points"),
        ("[patrol]\npoints = [[0, 1.0], [24]]", r"patrol.points"),
        ("[patrol]\npoints = [[24, 1.0], [0, 0.5]]", r"hours rising"),
        ("[patrol]\npoints = [[0, 0.5], [24, 1.0]]", r"never rise"),
        ("[patrol]\npoints = [[0, 1.5]]", r"shares from 1 to 0"),
        ("[day]\nafter_sunrise_min = 9999", r"after_sunrise_min"),
        ("[hazard]\nmemories = 3", r"hazard\.memories: 3"),
        ("[rules]\nhalts = 3", r"rules\.halts: 3"),
        ("[rules]\nhalts = ['']", r"rules\.halts"),
        ("[rules]\nbans = 3", r"rules\.bans: 3.*\[\[rules\.bans\]\]"),
        ("[[rules.bans]]\nhours = '22:00-05:00'", r"rules\.bans\[1\]\.name"),
        ("[[rules.bans]]\nname = 'a'\nwhen = 1", r"rules\.bans\[1\]\.when.*weekdays"),
        ("[[rules.bans]]\nname = 'a'\neffect = 'maybe'", r"effect: maybe"),
        ("[[rules.bans]]\nname = 'a'\nhours = '22-5'", r"hours: 22-5"),
        ("[[rules.bans]]\nname = 'a'\nhours = '05:00-05:00'", r"hours: 05:00-05:00"),
        ("[[rules.bans]]\nname = 'a'\nhours = 5", r"hours: 5"),
        ("[[rules.bans]]\nname = 'a'\nweekdays = ['samedi']", r"weekdays"),
        ("[[rules.bans]]\nname = 'a'\nfirst = '1/12/2026'", r"first: 1/12/2026"),
        ("[[rules.bans]]\nname = 'a'\nlast = 3", r"last: 3"),
        (
            "[[rules.bans]]\nname = 'a'\nfirst = '2026-12-02'\nlast = '2026-12-01'",
            r"last: 2026-12-01.*2026-12-02",
        ),
        ("not toml", r"settings\.toml"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(read, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as caught:
        read(text)
    assert caught.value.said["fr"] != caught.value.said["en"]


def test_bans_are_read_as_they_are_written(read) -> None:
    found = read(
        "[rules]\nhalts = ['BGF', 'BBY']\n"
        "[[rules.bans]]\nname = 'couvre-feu'\nhours = '22:00-05:00'\nprefectures = ['Haute-Kotto']\n"
        "[[rules.bans]]\nname = 'marché'\neffect = 'tell'\nweekdays = ['sat']\nplaces = ['BBY']\n"
    ).rules
    assert found.halts == ("BGF", "BBY")
    curfew, market = found.bans
    assert (curfew.name, curfew.effect, curfew.hours) == ("couvre-feu", "stop", "22:00-05:00")
    assert curfew.prefectures == ("Haute-Kotto",)
    assert (market.effect, market.weekdays, market.places) == ("tell", ("sat",), ("BBY",))


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        read_config(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"bytes\.toml"):
        read_config(tmp_path / "bytes.toml")


@pytest.mark.parametrize("section", fields(Config), ids=lambda entry: entry.name)
def test_every_setting_is_described(section) -> None:
    part = type(getattr(Config(), section.name))
    for entry in fields(part):
        assert entry.name in part.__doc__
        if "file" in entry.metadata:
            assert entry.default == ""
            continue
        if {"tables", "words", "points"} & set(entry.metadata):
            assert entry.default == ()
            continue
        low, high = entry.metadata["range"]
        numbers = entry.default if isinstance(entry.default, tuple) else (entry.default,)
        assert all(low <= number <= high for number in numbers)


def test_a_curve_is_read_as_pairs(read) -> None:
    assert read("[patrol]\npoints = [[0, 1.0], [24, 0.5]]").patrol.points == ((0, 1.0), (24, 0.5))


def test_settings_as_plain_values() -> None:
    plain = Config().to_dict()
    assert plain["route"]["stretch"] == 1.8
    assert plain.keys() == {entry.name for entry in fields(Config)}


def test_a_file_of_memories_lies_beside_the_settings_and_tells_its_content(
    read, tmp_path: Path
) -> None:
    found = read("[hazard]\nmemories = 'mine.toml'\n")
    assert Path(found.hazard.memories) == tmp_path / "mine.toml"
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        found.to_dict()
    seen = set()
    for content in (b"a", b"b"):
        (tmp_path / "mine.toml").write_bytes(content)
        seen.add(found.to_dict()["hazard"]["memories"])
    assert len(seen) == 2
    assert all(word.startswith("mine.toml sha256:") for word in seen)
