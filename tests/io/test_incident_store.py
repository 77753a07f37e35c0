"""The owner's table: what is written is read again as it was, and the same rows are the same bytes."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from records import source

from cmcoord_geo.i18n import Said
from cmcoord_geo.io.events import Event, incident_columns
from cmcoord_geo.io.incident_store import (
    SOURCES,
    beside,
    read_incident_file,
    render_incidents,
    render_sources,
)
from cmcoord_geo.io.manifest import read_manifest
from cmcoord_geo.units import BANGUI

NOON = datetime(2026, 3, 1, 12, tzinfo=BANGUI)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), max_size=9
)
EVENTS = st.builds(
    Event,
    incident_id=st.integers(0, 10**6).map("I{}".format),
    class_id=st.sampled_from(["robbery", "ambush", "ordnance"]),
    source_id=st.sampled_from(["log", "a b", "=x"]),
    at=st.integers(-10_000, 10_000).map(lambda n: NOON + timedelta(hours=n)),
    lon=st.floats(15, 27),
    lat=st.floats(3, 10.9),
    precision=st.integers(1, 7),
    place=WORDS,
    time_precision=st.integers(1, 3),
    actor=st.sampled_from(["state_force", "unknown"]),
    no_export=st.booleans(),
    text=st.one_of(WORDS, st.just('=HYPERLINK(1)\n;"x"'), st.just("@a"), st.just("-1")),
    changed_s=st.sampled_from([0, 1_790_000_000]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENTS, min_size=1, max_size=6, unique_by=lambda event: event.incident_id))
def test_what_is_written_is_read_again(tmp_path_factory, events: list[Event]) -> None:
    path = tmp_path_factory.mktemp("s") / "incidents.csv"
    table = incident_columns(events, ())
    path.write_bytes(render_incidents(table))
    found = read_incident_file(path)
    assert found.report.refused == 0
    for entry in fields(table):
        if entry.name != "sources":
            mine, read = getattr(table, entry.name), getattr(found.content, entry.name)
            np.testing.assert_array_equal(np.array(mine), np.array(read), err_msg=entry.name)
    assert render_incidents(found.content) == path.read_bytes()


def test_formulas_and_missing_positions(tmp_path: Path) -> None:
    event = Event(
        incident_id="=1", class_id="robbery", source_id="log", at=NOON, lon=math.nan, lat=math.nan,
        precision=3, place="+x", text="a\r\nb",
    )  # fmt: skip
    content = render_incidents(incident_columns([event], ()))
    assert content.startswith(b"\xef\xbb\xbfincident_id,")
    assert b"'=1,2026-03-01,robbery,,,3,'+x,log" in content
    path = tmp_path / "i.csv"
    path.write_bytes(content)
    assert read_incident_file(path).content.text == ("a\nb",)


def test_a_text_that_would_not_be_read_again_is_cut(tmp_path: Path) -> None:
    long = Event(
        incident_id="1", class_id="robbery", source_id="log", at=NOON, lon=20, lat=6, precision=1,
        place="", text="x" * 40_000,
    )  # fmt: skip
    lines = replace(long, incident_id="2", text="\n".join("abc" * 60))
    path = tmp_path / "i.csv"
    path.write_bytes(render_incidents(incident_columns([long, lines], ())))
    found = read_incident_file(path).content
    assert len(found) == 2
    assert found.text[0].endswith("x…")


def test_sources_are_read_again_in_the_form_of_the_manifest(tmp_path: Path) -> None:
    first = source("robbery", source_id="b", areas=("Ouaka",), has_export=False)
    second = replace(
        source("ambush", source_id='a "q"\n'), is_assumed=True, note=Said(fr="é", en="\x7f")
    )
    path = beside(tmp_path / "incidents.csv", SOURCES)
    path.write_bytes(render_sources([first, second], is_exercise=True))
    read = read_manifest(path).sources
    assert [entry.source_id for entry in read] == ['a "q"\n', "b"]
    assert (read[0].is_assumed, read[0].note) == (True, second.note)
    assert (read[1].areas, read[1].has_export, read[1].is_exercise) == (("Ouaka",), False, True)
    assert render_sources(reversed(read), is_exercise=True) == path.read_bytes()


def test_what_lies_beside_a_file_explains_it(tmp_path: Path) -> None:
    (tmp_path / "incidents_x.csv").write_text("Quand;Quoi\n2026-03-01;coup\n", encoding="utf-8")
    (tmp_path / "incidents_x.columns.toml").write_text(
        'source = "x"\nno_export = true\n[columns]\noccurred_at = "Quand"\nclass = "Quoi"\n'
        '[values.class]\ncoup = "robbery"\n',
        encoding="utf-8",
    )
    found = read_incident_file(tmp_path / "incidents_x.csv").content
    assert (found.source_id, found.class_id, found.no_export.tolist()) == (
        ("x",),
        ("robbery",),
        [True],
    )


def test_a_declared_source_stands_before_the_one_beside(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    event = Event(
        incident_id="1", class_id="robbery", source_id="log", at=NOON, lon=20, lat=6, precision=1,
        place="",
    )  # fmt: skip
    path.write_bytes(render_incidents(incident_columns([event], ())))
    beside(path, SOURCES).write_bytes(
        render_sources([source("ambush"), source("ambush", source_id="b")])
    )
    declared = source("robbery")
    found = read_incident_file(path, sources=(declared,), is_exercise=True).content
    assert [(s.source_id, s.classes, s.is_exercise) for s in found.sources] == [
        ("log", ("robbery",), False),
        ("b", ("ambush",), True),
    ]
