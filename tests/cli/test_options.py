"""Words of the command line become moments, vehicles and audiences, or are refused with a reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sharing.week import at

from cmcoord_geo.cli.options import (
    load_config,
    parse_audience,
    parse_moment,
    parse_vehicles,
    split_avoid,
)
from cmcoord_geo.config import Config
from cmcoord_geo.errors import ConfigError, DataError
from cmcoord_geo.i18n import explain


@pytest.mark.parametrize(
    "word", ["2026-12-01T06:00+01:00", "2026-12-01 05:00Z", " 20261201T060000+0100 "]
)
def test_a_moment_with_its_zone(word: str) -> None:
    assert parse_moment(word, option="--depart") == at(1, 6)


@pytest.mark.parametrize("word", ["2026-12-01T06:00", "2026-12-01"])
def test_a_moment_without_zone_is_never_guessed(word: str) -> None:
    """Hazard H7."""
    with pytest.raises(DataError) as caught:
        parse_moment(word, option="--depart")
    assert "fuseau" in explain(caught.value, "fr")
    assert word in explain(caught.value, "en")


@pytest.mark.parametrize(
    "word", ["", "tomorrow", "01/12/2026 06:00", "2026-13-01T06:00+01:00", "06:00+01:00"]
)
def test_what_is_no_time_is_refused(word: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_moment(word, option="--latest")
    assert "--latest" in explain(caught.value, "fr")


def test_vehicles_and_their_number() -> None:
    found = parse_vehicles(["truck_6x6:4", "lv_4x4"])
    assert [(one.vehicle_id, one.count) for one in found] == [("truck_6x6", 4), ("lv_4x4", 2)]


@pytest.mark.parametrize("word", ["lv_4x4:0", "lv_4x4:-1", "lv_4x4:x", "lv_4x4:1.5", "lv_4x4:²"])
def test_a_number_of_vehicles_is_whole_and_above_zero(word: str) -> None:
    with pytest.raises(DataError):
        parse_vehicles([word])


def test_audiences() -> None:
    assert [parse_audience(word) for word in ("owner", "minusca", "minusca_ops", "public")] == [
        "owner", "minusca_ops", "minusca_ops", "public",
    ]  # fmt: skip
    with pytest.raises(DataError) as caught:
        parse_audience("donors")
    assert "minusca_ops" in explain(caught.value, "fr")


def test_settings_come_from_a_file_or_not_at_all(tmp_path: Path) -> None:
    assert load_config(None) == Config()
    path = tmp_path / "settings.toml"
    path.write_text("[sharing]\nwindow_h = 6\n", encoding="utf-8")
    assert load_config(path).sharing.window_h == 6
    path.write_text("[sharing]\nwindow = 6\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        load_config(path)


def test_a_day_is_a_day_in_any_zone() -> None:
    assert parse_moment("2026-12-01T00:00-05:00", option="x") - at(1, 6) == timedelta(0)


def test_files_of_areas_and_roads_after_one_option(tmp_path: Path) -> None:
    zones = tmp_path / "zones.geojson"
    zones.write_text("{}", encoding="utf-8")
    words = ["L043", str(zones), "w123.2", "Rte. de Damara"]
    assert split_avoid(words) == ((zones,), ("L043", "w123.2", "Rte. de Damara"))


def test_a_name_like_a_file_that_is_not_there_is_no_road() -> None:
    with pytest.raises(DataError, match=r"No such file: zones\.csv"):
        split_avoid(["elsewhere/zones.csv"])
