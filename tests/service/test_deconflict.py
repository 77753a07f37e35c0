"""The jobs behind ``deconflict``."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.test_deconflict import folder
from sharing.week import OWNER

from cmcoord_geo.config import Config
from cmcoord_geo.errors import DataError
from cmcoord_geo.service.deconflict import (
    WeekRequest,
    ask_week,
    check_conflicts_free,
    release_conflicts,
    write_conflicts,
)


def test_a_folder_becomes_a_week_and_a_report(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    week, findings = ask_week(
        WeekRequest(folder=folder(tmp_path)),
        Config(),
        on_progress=lambda done, of: seen.append((done, of)),
    )
    assert seen == [(1, 1)]
    assert (week.sites, week.earlier, findings) == (None, None, week.picture.findings)
    view = release_conflicts(week, OWNER).view
    out = tmp_path / "out"
    paths = write_conflicts(view, out, lang="fr")
    assert [path.name for path in paths] == ["conflicts.txt", "conflicts.json"]
    assert not list(out.glob(".*"))
    with pytest.raises(DataError, match=r"conflicts\.txt"):
        check_conflicts_free(out)
