"""ACLED as it is exported: both ages of its codes, its updates and deletions, and that it may not leave."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from incident_forms import ACLED, ACLED_COLUMNS, weekly, write_acled, write_acled_json
from schemas.example_rows import places_of, write

from cmcoord_geo.facts import incident_classes, rows
from cmcoord_geo.io import read_incidents
from cmcoord_geo.io.merge import merge_incidents


@pytest.fixture
def read(tmp_path: Path):
    return lambda *changes: read_incidents(write_acled(tmp_path / "any name.csv", *changes))


def test_the_export_has_31_columns_and_needs_no_mapping(read) -> None:
    assert len(ACLED_COLUMNS) == 31
    found = read({}, {})
    assert found.report.table == "acled"
    assert (found.report.rows, found.report.accepted) == (2, 2)
    content = found.content
    assert content.incident_id == ("CAR1", "CAR2")
    assert content.class_id == ("attack", "attack")
    assert content.place == ("Ippy", "Ippy")
    assert (content.lon[0], content.lat[0]) == (21.2254, 6.2681)
    assert content.actor == ("armed_group", "armed_group")
    assert content.no_export.all()
    assert content.version.tolist() == [1_790_000_000] * 2


def test_original_words_stay_with_the_row_and_names_nowhere_else(read) -> None:
    content = read({}).content
    assert "Group Kanari" in content.text[0]
    assert "invented" in content.text[0]
    assert "Kanari" not in repr((content.actor, content.place, content.incident_id))


def test_json_of_the_api_is_the_same(tmp_path: Path, read) -> None:
    from_csv = read({}, {"geo_precision": "3"}).content
    path = write_acled_json(tmp_path / "api.json", {}, {"geo_precision": "3"})
    from_json = read_incidents(path).content
    assert from_csv.incident_id == from_json.incident_id
    assert from_csv.text == from_json.text
    assert np.array_equal(from_csv.lon, from_json.lon)
    assert np.array_equal(from_csv.precision, from_json.precision)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (("1", "7", "17"), ("State forces", "Civilians", "State forces-Civilians"), "state_force"),
        (("7", "4", "47"), ("Civilians", "Identity militia", ""), "armed_group"),
        (("6", "0", "60"), ("Protesters", "", "Sole Protesters"), "community"),
        (("", "", "13"), ("", "", "State forces-Political militia"), "state_force"),
        (("8", "", ""), ("External/Other forces", "", ""), "state_force"),
        (("", "", ""), ("", "", ""), "unknown"),
        (("7", "", "70"), ("Civilians", "", "Sole Civilians"), "unknown"),
        (("", "", "99"), ("", "", "Martians-Ghosts"), "unknown"),
    ],
)
def test_both_ages_of_the_codes_mean_one_type(read, old, new, kind) -> None:
    columns = ("inter1", "inter2", "interaction")
    found = read(*(dict(zip(columns, codes, strict=True)) for codes in (old, new)))
    assert found.content.actor == (kind, kind)


def test_every_class_of_the_table_is_one_of_ours_and_read(read) -> None:
    table = rows("acled_classes.csv")
    assert {row["class_id"] for row in table} <= set(incident_classes())
    kinds = [{key: row[key] for key in ("event_type", "sub_event_type")} for row in table]
    assert read(*kinds).content.class_id == tuple(row["class_id"] for row in table)


def test_an_unlisted_kind_is_told_and_taken_as_its_type(read) -> None:
    found = read({}, {"sub_event_type": "Duel"}, {"event_type": "Games", "sub_event_type": ""})
    assert found.content.class_id == ("attack", "attack", "context")
    (told,) = [f for f in found.findings if f.row]
    assert (told.severity, told.row) == ("warning", 3)
    assert ": 2 (" in told.said.en


def test_a_region_is_too_coarse_for_a_road(read) -> None:
    precision = read(*({"geo_precision": key} for key in "123")).content.precision
    assert precision.tolist() == [1, 2, 4]


def test_dates_of_older_exports(read) -> None:
    found = read({"event_date": "03 October 2026"}, {"event_date": "2026-10-03"})
    assert found.content.at_s[0] == found.content.at_s[1]


def test_the_newest_state_stands_whichever_comes_first(read) -> None:
    old = {"event_id_cnty": "CAR9", "timestamp": "1780000000", "sub_event_type": "Sexual violence"}
    new = {"event_id_cnty": "CAR9", "sub_event_type": "Abduction/forced disappearance"}
    for pair in ((old, new), (new, old)):
        found = read(*pair)
        assert found.content.class_id == ("abduction",)
        assert (found.report.accepted, found.report.duplicates, found.report.refused) == (1, 1, 0)


def test_a_later_file_replaces_and_deletions_withdraw(tmp_path: Path) -> None:
    first = read_incidents(write_acled(tmp_path / "a.csv", {}, {}, {}))
    later = read_incidents(
        write_acled(tmp_path / "b.csv", {"timestamp": "1790000500", "location": "Bria"})
    )
    gone = read_incidents(
        write(
            tmp_path / "d.csv",
            [
                {"event_id_cnty": "CAR2", "deleted_timestamp": "1790000001"},
                {"event_id_cnty": "CAR3", "deleted_timestamp": "1789999999"},
                {"event_id_cnty": "CAR77", "deleted_timestamp": "1790000001"},
            ],
        )
    )
    assert gone.report.table == "acled_deleted"
    content, told = merge_incidents([first, later, gone], [])
    assert dict(zip(content.incident_id, content.place, strict=True)) == {
        "CAR1": "Bria",
        "CAR3": "Ippy",
    }
    assert [f.file for f in told] == ["b.csv", "d.csv"]
    assert "withdrawn by their source: 1." in told[1].said.en
    assert set(content.source_id) == {"acled"}


def test_what_it_covers_and_that_it_may_not_leave(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", weekly(ACLED, "event_date", "event_id_cnty"))
    (source,) = read_incidents(path).content.sources
    assert not source.has_export
    assert "no redistribution" in source.licence
    assert source.first.date().isoformat() == "2026-04-01"
    assert source.last.date().isoformat() == "2026-08-12"
    assert set(source.classes) == {row["class_id"] for row in rows("acled_classes.csv")}


def test_few_events_say_nothing_of_the_country(read) -> None:
    assert read({}).content.sources[0].classes == ()


def test_other_countries_are_left_out_and_counted(read) -> None:
    found = read({}, {"iso": "148", "country": "Chad"}, {"iso": "", "country": "Chad"})
    assert found.content.incident_id == ("CAR1",)
    assert (found.report.refused, [f.row for f in found.findings if f.row]) == (2, [3])


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"event_date": "03/10/2026"}, "event_date"),
        ({"latitude": "21.2254", "longitude": "6.2681"}, "latitude, longitude"),
        ({"latitude": "0", "longitude": "0"}, "latitude, longitude"),
        ({"geo_precision": "5"}, "geo_precision"),
        ({"timestamp": "1.79E+09"}, "timestamp"),
        ({"event_id_cnty": ""}, "event_id_cnty"),
    ],
)
def test_bad_rows_are_refused_and_the_others_go_on(read, change, column) -> None:
    found = read({}, change, {})
    assert len(found.content) == 2
    assert ("error", 3, column) in places_of(found.findings)


def test_json_that_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for content in ({"status": 403}, "text", [], [1, 2]):
        path.write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(Exception, match=r"a\.json"):
            read_incidents(path)
