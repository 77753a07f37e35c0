"""Whatever is handed in: an error of ours or findings, never another exception, and every row is counted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemas.example_rows import AREA, CONSENT, EVENT, INCIDENT, MOVEMENT, PATROL, REPORT

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Said
from cmcoord_geo.io import (
    read_areas,
    read_consents,
    read_incidents,
    read_movements,
    read_patrols,
    read_picture,
    read_status,
)
from cmcoord_geo.io.manifest import read_manifest
from cmcoord_geo.network import bundled_network

EXAMPLES = int(40 * float(os.environ.get("CMCOORD_CAMPAIGN", "1")))
campaign = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
READERS: dict[str, tuple[Callable[[Path], Any], dict[str, str]]] = {
    "incidents": (read_incidents, INCIDENT),
    "ucdp": (read_incidents, EVENT),
    "movements": (read_movements, MOVEMENT),
    "consents": (read_consents, CONSENT),
    "areas": (read_areas, AREA),
    "patrols": (lambda path: read_patrols(path, network=bundled_network()), PATROL),
    "status": (lambda path: read_status(path, network=bundled_network()), REPORT),
}
#: Pieces that break readers, and pieces that are right.
NASTY = st.sampled_from(
    ["", "nan", "1e999", "-0", "9" * 40, "\x00", '"', '""', "'=1", "\r", "\n", ";", ",", "\t", "\ufeff",
     "\u2028", "2026-02-30", "2026-12-01T06:00", "0000-01-01T00:00Z", "٣", "é", "e\u0301", "\ud7ff",
     "lv_4x4:999999", ":", "Sido", "<a>", "{{x}}", "EXAMPLE", "UCDP"]
)  # fmt: skip


def outcome(read: Callable[[Path], Any], path: Path) -> Any:
    """What a reader gives, or the error that it raises on purpose, which is in both languages."""
    try:
        found = read(path)
    except DataError as error:
        found = error
    assert not isinstance(found, DataError) or isinstance(found.said, Said)
    return found


def check(read: Callable[[Path], Any], content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        found = outcome(read, path)
    if isinstance(found, DataError):
        return
    report = found.report
    assert report.rows == report.accepted + report.refused + report.duplicates
    assert min(report.accepted, report.refused, report.duplicates) >= 0
    assert report.accepted + report.duplicates == report.rows or found.findings
    for finding in found.findings:
        assert finding.file == "file.csv"
        assert finding.said.fr
        assert finding.said.en


@pytest.mark.parametrize("name", READERS)
@campaign
@given(content=st.binary(max_size=400))
def test_any_bytes(name: str, content: bytes) -> None:
    check(READERS[name][0], content)


@pytest.mark.parametrize("name", READERS)
@campaign
@given(data=st.data())
def test_right_tables_with_cells_gone_wrong(name: str, data: st.DataObject) -> None:
    read, right = READERS[name]
    cell = st.one_of(NASTY, st.text(max_size=12))
    rows = data.draw(
        st.lists(
            st.fixed_dictionaries(
                {key: st.one_of(st.just(value), cell) for key, value in right.items()}
            ),
            max_size=6,
        )
    )
    separator = data.draw(st.sampled_from([",", ";", "\t"]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    lines = [separator.join(right), *(separator.join(row.values()) for row in rows)]
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    check(read, end.join(lines).encode(encoding, errors="ignore"))


@pytest.mark.parametrize("name", READERS)
@campaign
@given(data=st.data())
def test_right_bytes_with_some_changed(name: str, data: st.DataObject) -> None:
    read, right = READERS[name]
    content = bytearray("\n".join([",".join(right), *[",".join(right.values())] * 3]).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[at] = data.draw(st.integers(0, 255))
        else:
            del content[at]
    check(read, bytes(content))


@campaign
@given(content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_manifest(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.toml"
        path.write_bytes(content)
        outcome(read_manifest, path)
        outcome(read_picture, Path(folder))
