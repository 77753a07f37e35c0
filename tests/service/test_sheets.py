"""Sheets beside a product: neutral names, never over others, nothing for whom there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sharing import week

from cmcoord_geo.errors import DataError
from cmcoord_geo.service.sheets import (
    check_sheets_free,
    clear_sheets,
    write_classes,
    write_profiles,
)
from cmcoord_geo.sharing import Audience, build_product

PICTURE = week.picture()


def product(audience: Audience):
    return build_product(PICTURE, week.plans(), audience, week.CONFIG).product


def test_a_profile_for_each_movement_under_its_mark(tmp_path: Path) -> None:
    seen: list[str] = []
    paths = write_profiles(
        product(week.OWNER), tmp_path, week.CONFIG, lang="fr", on_progress=seen.append
    )
    assert [path.name for path in paths] == seen == [
        "profile_H1.png", "profile_H2.png", "profile_H3.png",
    ]  # fmt: skip
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_small_maps_are_written(tmp_path: Path) -> None:
    path = write_classes(product(week.OWNER), PICTURE, tmp_path / "new", week.CONFIG, lang="en")
    assert path == tmp_path / "new" / "classes.png"
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("audience", [week.MINUSCA, week.PUBLIC])
def test_others_are_given_neither(tmp_path: Path, audience: Audience) -> None:
    released = product(audience)
    assert write_profiles(released, tmp_path, week.CONFIG, lang="fr") == ()
    assert write_classes(released, PICTURE, tmp_path, week.CONFIG, lang="fr") is None
    assert list(tmp_path.iterdir()) == []


def test_what_lies_there_is_named(tmp_path: Path) -> None:
    check_sheets_free(tmp_path / "not there", has_profiles=True, has_classes=True)
    (tmp_path / "profile_H7.png").touch()
    (tmp_path / "classes.png").touch()
    check_sheets_free(tmp_path, has_profiles=False, has_classes=False)
    with pytest.raises(DataError, match=r"profile_H7[.]png$|profile_H7[.]png[^,]"):
        check_sheets_free(tmp_path, has_profiles=True, has_classes=False)
    with pytest.raises(DataError, match=r"classes[.]png"):
        check_sheets_free(tmp_path, has_profiles=False, has_classes=True)


def test_sheets_of_an_earlier_week_go_and_nothing_else(tmp_path: Path) -> None:
    names = ("profile_H1.png", "profile_H7.png", "classes.png", "profile_Hope.png", "my_H7.png")
    for name in names:
        (tmp_path / name).touch()
    gone = clear_sheets(tmp_path, kept=[tmp_path / "profile_H1.png"])
    assert [path.name for path in gone] == ["classes.png", "profile_H7.png"]
    assert {path.name for path in tmp_path.iterdir()} == {
        "profile_H1.png", "profile_Hope.png", "my_H7.png",
    }  # fmt: skip
