"""Everything that is wrong with a folder, at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from schemas.example_rows import MOVEMENT, PATROL, write

from cmcoord_geo.errors import DataError
from cmcoord_geo.service.checks import check_folder


def test_all_findings_come_together_and_good_rows_go_on(tmp_path: Path) -> None:
    write(
        tmp_path / "movements.csv", [MOVEMENT, {**MOVEMENT, "movement_id": "M-2", "origin": "Sido"}]
    )
    write(tmp_path / "patrols.csv", [{**PATROL, "end": ""}, {**PATROL, "provider": "someone"}])
    checked = check_folder(tmp_path)
    assert checked.errors >= 2
    assert checked.errors + checked.warnings == len(checked.findings)
    told = {
        report.file: (report.rows, report.accepted, report.refused) for report in checked.reports
    }
    assert told["movements.csv"] == (2, 1, 1)
    assert {finding.file for finding in checked.findings} >= {"movements.csv", "patrols.csv"}


def test_a_folder_with_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        check_folder(tmp_path)
