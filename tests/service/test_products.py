"""Files of a product: whole or not at all, never over what lies there, under names that say nothing."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sharing import week

from cmcoord_geo.errors import DataError, WithheldError
from cmcoord_geo.i18n import explain
from cmcoord_geo.service import products
from cmcoord_geo.service.products import check_free, release_product, write_products, write_whole
from cmcoord_geo.sharing import Audience, build_product

QUICK = ("text", "json")


@pytest.fixture
def product():
    return build_product(week.picture(), week.plans(), week.MINUSCA, week.CONFIG).product


def test_every_kind_has_a_neutral_name() -> None:
    assert products.NAMES == {
        "page": "map.html", "picture": "map.png", "text": "plan.txt", "json": "plan.json",
    }  # fmt: skip


def test_all_kinds_are_written(product, tmp_path: Path) -> None:
    seen: list[str] = []
    files = write_products(product, tmp_path / "a" / "b", lang="fr", on_progress=seen.append)
    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == set(seen)
    assert {kind: path.name for kind, path in files.items()} == products.NAMES
    assert files["page"].read_bytes().startswith(b"<!")
    assert files["picture"].read_bytes().startswith(b"\x89PNG")
    assert files["text"].read_text(encoding="utf-8").startswith("*** EXERCICE")
    assert files["json"].read_bytes().startswith(b"{")


def test_text_and_json_are_the_same_bytes_again(product, tmp_path: Path) -> None:
    first = write_products(product, tmp_path / "a", lang="en", kinds=QUICK)
    again = write_products(product, tmp_path / "b", lang="en", kinds=QUICK)
    assert [first[k].read_bytes() for k in QUICK] == [again[k].read_bytes() for k in QUICK]


def test_what_lies_there_is_not_replaced_unasked(product, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match=r"plan[.]json"):
        write_products(product, tmp_path, lang="fr", kinds=QUICK)
    assert {path.name for path in tmp_path.iterdir()} == {"plan.json"}
    write_products(product, tmp_path, lang="fr", kinds=QUICK, is_forced=True)
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") != "mine"


def test_other_files_are_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").touch()
    check_free(tmp_path, kinds=["json"])
    check_free(tmp_path / "not there yet")
    with pytest.raises(DataError) as caught:
        check_free(tmp_path)
    assert "plan.txt" in explain(caught.value, "fr")


def test_a_crash_in_the_middle_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.txt"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="No space left"):
        write_whole(path, b"new and longer")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.txt"]


def test_an_interruption_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.txt"
    write_whole(path, b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.txt"]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(DataError) as caught:
        write_whole(tmp_path / "out" / "plan.txt", b"x")
    assert "plan.txt" in explain(caught.value, "en")


def test_nobody_else_gets_a_product(tmp_path: Path) -> None:
    with pytest.raises(WithheldError):
        release_product(week.picture(), week.plans(), Audience(kind="donors"), week.CONFIG)


def test_consent_is_judged_now_but_for_an_exercise() -> None:
    """L052: data gathered last month do not carry last month's consent along."""
    past = datetime.now(tz=UTC) - timedelta(minutes=1)
    consents = tuple(week.consent(name, until=past) for name in ("ORG-A", "ORG-B", "ORG-C"))
    early = past - timedelta(days=1)
    for is_exercise, number in ((True, 1), (False, 0)):
        picture = week.picture(consents=consents, is_exercise=is_exercise).at(early)
        found = release_product(picture, week.plans(), week.MINUSCA, week.CONFIG).product
        assert len(found.corridors) == number
