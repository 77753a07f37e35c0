"""The file of requested corridors comes back as it was written, and says what no longer fits the roads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from coordination.wants import NETWORK, issue, want
from sharing.week import at

from cmcoord_geo.io.corridors import corridors_csv, read_corridors, written_time

LEDGER = issue(
    [want(p, key, 1, 6, 9, accepts_mixed=True) for p in "XY" for key in ("A-B", "B-C", "B-D")]
).ledger
DUAL = (replace(LEDGER[0], segment_ids=("A-B",), beside_ids=("B-C",)),)
WITHDRAWN = (replace(LEDGER[0], withdrawn_at=at(0, 18)), *LEDGER[1:])


def read(tmp_path: Path, content: bytes):
    path = tmp_path / "corridor_requests.csv"
    path.write_bytes(content)
    return read_corridors(path, network=NETWORK)


@pytest.mark.parametrize(
    "ledger", [LEDGER, WITHDRAWN, DUAL, ()], ids=["standing", "withdrawn", "dual", "none"]
)
def test_what_is_written_is_read(tmp_path: Path, ledger) -> None:
    reading = read(tmp_path, corridors_csv(ledger))
    assert reading.content == ledger
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "words", "kept"),
    [
        ("area_presence", "escort", "kind of presence", 1),
        ("2026-12-01T09:00:00+01:00", "2026-12-01T05:00:00+01:00", "ends before", 1),
        ("A-B B-C", "A-B X-Y", "no longer stands", 2),
    ],
    ids=["kind", "backwards", "road"],
)
def test_a_bad_row_is_told_and_drops_no_other(
    tmp_path: Path, old: str, new: str, words: str, kept: int
) -> None:
    lines = corridors_csv(LEDGER).decode("utf-8-sig").splitlines()
    row = next(i for i, line in enumerate(lines) if "A-B B-C" in line)
    lines[row] = lines[row].replace(old, new)
    reading = read(tmp_path, "\n".join(lines).encode())
    assert len(reading.content) == kept
    assert any(words in one.said.en and one.row == row + 1 for one in reading.findings)


def test_no_time_is_an_empty_cell() -> None:
    assert (written_time(None), written_time(at(1, 6))) == ("", "2026-12-01T06:00:00+01:00")
