"""What only shows when the files are seen together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cmcoord_geo.facts import data_dir
from cmcoord_geo.io import read_picture
from cmcoord_geo.io.crosscheck import cross_findings
from cmcoord_geo.picture import OperationalPicture


@pytest.fixture(scope="module")
def week() -> OperationalPicture:
    return read_picture(data_dir() / "exercise")


def test_the_exercise_week_contradicts_nothing(week: OperationalPicture) -> None:
    assert cross_findings(week) == ()


def test_an_earlier_cutoff_leaves_rows_after_it(week: OperationalPicture) -> None:
    files = {f.file for f in cross_findings(week.at(week.as_of - timedelta(days=5)))}
    assert files == {"incidents", "patrols.csv", "road_status.csv"}


def test_a_later_cutoff_leaves_movements_behind(week: OperationalPicture) -> None:
    told = cross_findings(week.at(week.as_of + timedelta(days=30)))
    lapsed, found = sorted(told, key=lambda one: one.file, reverse=True)
    assert (lapsed.file, found.file) == ("patrols.csv", "movements.csv")
    assert "EX-P03" in lapsed.said.en
    assert "EX-P01" not in lapsed.said.en  # it reported its passage
    assert all(request.movement_id in found.said.en for request in week.movements)


def test_a_consent_of_the_wrong_organisation(week: OperationalPicture) -> None:
    consents = [c for c in week.consents if c.movement_id == "EX-M02"]
    wrong = replace(consents[0], organisation="ORG-G")
    (found,) = cross_findings(replace(week, consents=(wrong,)))
    assert "EX-M02" in found.said.fr
    assert "ORG-G" not in found.said.fr + found.said.en


def test_records_that_their_source_does_not_cover(week: OperationalPicture) -> None:
    (source,) = week.incidents.sources
    shorter = replace(source, first=source.last - timedelta(days=30))
    narrower = replace(source, classes=("robbery",))
    for wrong in (shorter, narrower):
        rows = replace(week.incidents, sources=(wrong,))
        assert [f.column for f in cross_findings(replace(week, incidents=rows))] == ["sources"]


def test_a_refused_movement_is_there_all_the_same(week: OperationalPicture) -> None:
    """H2/H3: the consent for EX-M03 was said to be for a movement that is not in movements.csv."""
    without = tuple(request for request in week.movements if request.movement_id != "EX-M03")
    picture = replace(week, movements=without)
    (found,) = cross_findings(picture, refused_ids={"EX-M03"})
    assert "whose row in movements.csv was refused" in found.said.en
    (found,) = cross_findings(picture)
    assert "which is not in movements.csv" in found.said.en
    assert cross_findings(replace(week, movements=()), refused_ids=None) == ()


def test_an_assumed_source_contradicts_no_row(week: OperationalPicture) -> None:
    (source,) = week.incidents.sources
    assumed = replace(source, classes=(), is_assumed=True)
    rows = replace(week.incidents, sources=(assumed,))
    assert cross_findings(replace(week, incidents=rows)) == ()
