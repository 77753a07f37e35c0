"""Several incident files as one: nothing twice, no gap papered over, no row lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cmcoord_geo.io.events import Event, assumed_source, incident_columns
from cmcoord_geo.io.merge import merge_incidents
from cmcoord_geo.io.report import Reading, ReadReport

START = datetime(2026, 1, 1, 11, tzinfo=UTC)


def reading(file: str, *ids: str, day: int = 0, source_id: str = "log") -> Reading:
    events = [
        Event(
            incident_id=key, class_id="robbery", source_id=source_id, at=START + timedelta(days=day),
            lon=20.9 + int(key), lat=6.1, precision=2, place="",
        )
        for key in ids
    ]  # fmt: skip
    rows = len(events)
    return Reading(
        content=incident_columns(events, [assumed_source(source_id, events)]),
        findings=(),
        report=ReadReport(
            file=file, table="incidents", rows=rows, accepted=rows, refused=0, duplicates=0
        ),
    )


def test_nothing_gives_the_declared_sources() -> None:
    source = reading("a.csv", "1").content.sources[0]
    rows, told = merge_incidents([], [source])
    assert (len(rows), rows.sources, told) == (0, (source,), ())


def test_a_record_in_two_files_counts_once() -> None:
    rows, told = merge_incidents([reading("a.csv", "1", "2"), reading("b.csv", "2", "3")], [])
    assert rows.incident_id == ("1", "2", "3")
    assert [f.file for f in told] == ["b.csv"]


def test_one_id_of_two_sources_stays_two() -> None:
    rows, told = merge_incidents(
        [reading("a.csv", "1"), reading("b.csv", "1", source_id="other")], []
    )
    assert rows.incident_id == ("1", "1")
    assert rows.duplicate_of == ("", "log/1")
    assert ["recorded" in f.said.en or "same event" in f.said.en for f in told] == [True]


def test_periods_of_two_files_are_not_joined() -> None:
    rows, _ = merge_incidents([reading("a.csv", "1"), reading("b.csv", "2", day=300)], [])
    assert rows.source_id == ("log", "log (b.csv)")
    assert [source.source_id for source in rows.sources] == ["log", "log (b.csv)"]
    assert all((source.last - source.first).days == 0 for source in rows.sources)


def test_a_declared_source_holds_for_every_file() -> None:
    files = [reading("a.csv", "1"), reading("b.csv", "2", day=300)]
    declared = replace(files[0].content.sources[0], last=START + timedelta(days=400))
    files = [replace(file, content=replace(file.content, sources=(declared,))) for file in files]
    rows, _ = merge_incidents(files, [declared])
    assert rows.sources == (declared,)
    assert set(rows.source_id) == {"log"}
