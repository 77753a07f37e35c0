"""Road reports: on a segment or on a crossing, with their own time and end."""

from __future__ import annotations

from pathlib import Path

import pytest
from schemas.example_rows import REPORT, places_of, write

from cmcoord_geo.io import read_status
from cmcoord_geo.network import bundled_network


@pytest.fixture
def read(tmp_path: Path):
    def reading(*changes: dict[str, str]):
        rows = [REPORT | {"report_id": f"R-{n}"} | change for n, change in enumerate(changes, 1)]
        return read_status(write(tmp_path / "road_status.csv", rows), network=bundled_network())

    return reading


def test_a_report_is_read(read) -> None:
    length_km = bundled_network().length_km(bundled_network().segment_index["L011"])
    backwards = {"segment_id": "", "from_place": "Bocaranga", "to_place": "Bozoum", "at_km": "45"}
    found = read({"at_km": "45", "verified": "oui", "state": "Coupée"}, backwards, {})
    first, second, third = found.content
    assert found.findings == ()
    assert (first.segment_id, first.state, first.is_verified) == ("L011", "closed", True)
    assert first.at_fraction == pytest.approx(45 / length_km)
    assert second.at_fraction == pytest.approx(1 - 45 / length_km)
    assert third.at_fraction is None
    assert third.expires_at is None
    assert third.reporter == "unknown"


def test_a_crossing_stands_for_its_segment(read) -> None:
    found = read(
        {"segment_id": "", "crossing_id": "CR01"}, {"segment_id": "L090", "crossing_id": "CR01"}
    )
    assert [report.segment_id for report in found.content] == ["L089", "L090"]
    assert [report.crossing_id for report in found.content] == ["CR01", "CR01"]


@pytest.mark.parametrize(
    ("change", "column", "word"),
    [
        ({"segment_id": ""}, "segment_id", "segment_id"),
        ({"crossing_id": "CR01"}, "crossing_id", "L089"),
        ({"crossing_id": "XX"}, "crossing_id", "crossings.csv"),
        ({"state": "probably open"}, "state", "restricted"),
        ({"state": ""}, "state", "empty"),
        ({"reported_at": "2026-11-27"}, "reported_at", "time"),
        ({"expires_at": "2026-11-27T13:00+01:00"}, "expires_at", "expires"),
        ({"state": "restricted", "max_vehicle": "bus"}, "max_vehicle", "lv_4x4"),
        ({"state": "restricted", "max_gross_t": "10,5"}, "max_gross_t", "comma"),
        ({"state": "restricted", "max_gross_t": "-3"}, "max_gross_t", "between"),
        ({"at_km": "999"}, "at_km", "end of the segment"),
        ({"reporter": "Jean Exemple"}, "reporter", "transporter"),
        ({"verified": "perhaps"}, "verified", "Yes or no"),
    ],
)
def test_a_bad_row_is_refused_and_the_others_go_on(
    read, change: dict[str, str], column: str, word: str
) -> None:
    found = read({}, change, {})
    assert [report.report_id for report in found.content] == ["R-1", "R-3"]
    assert places_of(found.findings) == [("error", 3, column)]
    assert word in found.findings[0].said.en
    assert "Jean" not in found.findings[0].said.en


def test_restrictions_that_say_too_little_or_too_much(read) -> None:
    found = read({"state": "restricted"}, {"state": "open", "max_gross_t": "10"})
    assert len(found.content) == 2
    assert [f.severity for f in found.findings] == ["warning", "warning"]
