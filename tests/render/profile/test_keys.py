"""The legend has what is drawn and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render import sheets

from cmcoord_geo.render.profile.keys import BETWEEN_MM, keys_in_rows, keys_of, limit


def kinds(view, lang: str = "fr") -> set[tuple[str, str]]:
    return {(key.kind, key.word) for key in keys_of(view, lang)}


def test_the_scale_is_always_whole() -> None:
    for view in sheets.profiles().values():
        assert {("class", str(i)) for i in (1, 2, 3, 4)} <= kinds(view)


def test_only_what_is_drawn() -> None:
    view = sheets.profiles()["H6"]
    assert ("none", "") in kinds(view)
    assert ("none", "") not in kinds(sheets.profiles()["H9"])
    assert ("patrol", "confirmed") in kinds(sheets.profiles()["H1"])
    assert not {kind for kind, _ in kinds(view)} & {"patrol", "ordnance"}
    bare = replace(view, options=tuple(replace(o, marks=(), nights=()) for o in view.options))
    assert not {kind for kind, _ in kinds(bare)} & {"crossing", "night", "closure"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_rows_fit_the_sheet(lang: str) -> None:
    for view in sheets.profiles().values():
        keys = keys_of(view, lang)
        rows = keys_in_rows(keys, 285.0)
        assert tuple(key for row in rows for key in row) == keys
        for row in rows:
            used = sum(key.width_mm for key in row) + BETWEEN_MM * (len(row) - 1)
            assert used <= 285.0


def test_limits_are_as_people_write_them() -> None:
    assert [limit(rate, "fr") for rate in (0.1, 0.25, 5.0)] == ["0,1", "0,25", "5"]
    assert limit(0.8, "en") == "0.8"
