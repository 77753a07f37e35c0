"""Road reports: on a segment or on a crossing, with their own time and end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from schemas.example_rows import REPORT, places_of, write
from schemas.workbooks import write_rows

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
        ({"reported_at": "2026-11-31"}, "reported_at", "no such"),
        ({"reported_at": "27/11/2026"}, "reported_at", "ISO 8601"),
        ({"expires_at": "2026-11-27T13:00+01:00"}, "expires_at", "expires"),
        ({"state": "restricted", "max_vehicle": "bus"}, "max_vehicle", "lv_4x4"),
        ({"state": "restricted", "max_gross_t": "10,5"}, "max_gross_t", "comma"),
        ({"state": "restricted", "max_gross_t": "-3"}, "max_gross_t", "between"),
        ({"state": "restricted", "max_gross_t": "20 kN"}, "max_gross_t", "“kN”"),
        ({"state": "restricted", "max_gross_t": "20000"}, "max_gross_t", "20 000 kg"),
        ({"state": "restricted", "max_gross_t": "20.000 kg"}, "max_gross_t", "two ways"),
        ({"state": "restricted", "max_gross_t": "heavy"}, "max_gross_t", "weight"),
        ({"state": "restricted", "hours": "mornings"}, "hours", "06:00-18:00"),
        ({"state": "open", "season": "spring"}, "season", "dry"),
        ({"delay_min": "-5"}, "delay_min", "between"),
        ({"state": "open", "ferry_state": "running"}, "ferry_state", "no ferry"),
        ({"reported_at": "2026-11-27 14:00"}, "reported_at", "zone"),
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


@pytest.mark.parametrize("cell", ["20", "20 t", "20t", "20 000 kg", "20000 kg", "20 tonnes"])
def test_weights_are_read_with_their_unit(read, cell: str) -> None:
    (report,) = read({"state": "restricted", "max_gross_t": cell}).content
    assert report.max_gross_t == 20.0


def test_a_day_alone_counts_from_its_start(tmp_path: Path, read) -> None:
    """Published layers and date cells know the day only: stale sooner rather than later."""
    found = read({"reported_at": "2026-11-27"})
    assert found.content[0].reported_at.isoformat() == "2026-11-27T00:00:00+01:00"
    assert [(f.severity, f.column) for f in found.findings] == [("warning", "reported_at")]
    day = datetime.fromisoformat("2026-11-27T00:00")
    book = write_rows(tmp_path / "s.xlsx", [REPORT | {"reported_at": day}])
    assert read_status(book, network=bundled_network()).content[0].reported_at == (
        found.content[0].reported_at
    )


def test_hours_season_and_delay_are_kept(read) -> None:
    found = read(
        {"state": "restricted", "hours": "6h-18h", "season": "saison sèche", "delay_min": "45"}
    )
    (report,) = found.content
    assert (report.hours, report.season, report.delay_min) == ("06:00-18:00", "dry", 45.0)
    assert found.findings == ()


@pytest.mark.parametrize(
    ("state", "ferry", "kept", "words"),
    [
        ("closed", "out", "closed", ""),
        ("closed", "en panne", "closed", ""),
        ("open", "running", "open", ""),
        ("open", "manuel", "open", ""),
        ("restricted", "slow", "restricted", ""),
        ("open", "out", None, "contradict"),
        ("closed", "running", None, "contradict"),
        ("open", "unknown", "unknown", "never as open"),
    ],
)
def test_a_ferry_runs_is_slow_or_is_out(
    read, state: str, ferry: str, kept: str | None, words: str
) -> None:
    change = {"segment_id": "", "crossing_id": "CR01", "state": state, "ferry_state": ferry}
    found = read(change, {})
    states = [report.state for report in found.content if report.crossing_id]
    assert states == ([] if kept is None else [kept])
    assert words in " ".join(finding.said.en for finding in found.findings)


def test_a_workbook_reads_as_a_text_file_does(tmp_path: Path, read) -> None:
    rows = [
        REPORT | {"report_id": f"R-{n}"} | change
        for n, change in enumerate([{"at_km": "45"}, {"state": "bad"}, {"verified": "oui"}], 1)
    ]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    whole = [{key: row.get(key, "") for key in columns} for row in rows]
    text = read_status(write(tmp_path / "s.csv", whole), network=bundled_network())
    book = read_status(write_rows(tmp_path / "s.xlsx", whole), network=bundled_network())
    assert book.content == text.content
    assert [(f.row, f.column, f.said) for f in book.findings] == [
        (f.row, f.column, f.said) for f in text.findings
    ]
    assert {f.sheet for f in book.findings} == {"road_status"}


def test_a_closure_with_an_unreadable_remark_is_kept_but_not_one_with_a_lost_limit(
    tmp_path: Path,
) -> None:
    base = {**REPORT, "note": "", "max_gross_t": ""}
    rows = [
        {**base, "report_id": "1", "note": "=A1"},
        {**base, "report_id": "2", "max_gross_t": "=A1"},
    ]
    found = read_status(write_rows(tmp_path / "s.xlsx", rows), network=bundled_network())
    assert [report.report_id for report in found.content] == ["1"]
    assert places_of(found.findings) == [("warning", 2, "note"), ("error", 3, "max_gross_t")]
