"""One question from the command line: its places, its files, and nothing assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from schemas.example_rows import INCIDENT, PATROL, REPORT, write
from sharing.week import AS_OF, at

from cmcoord_geo.errors import DataError, UnknownPlaceError
from cmcoord_geo.model import Limits, VehicleCount
from cmcoord_geo.service.requests import Question, ask

QUESTION = Question(
    origin="bangui",
    destination="Ndele",
    vehicles=(VehicleCount(vehicle_id="lv_4x4", count=2),),
    depart=at(1, 6),
    as_of=AS_OF,
)


def test_places_are_found_as_people_write_them() -> None:
    _, request = ask(QUESTION)
    assert (request.origin, request.destination) == ("BGF", "NDL")
    assert request.depart.latest - request.depart.earliest == timedelta(hours=1)


def test_conditions_become_part_of_the_request() -> None:
    limits = Limits(max_hours=40)
    asked = replace(QUESTION, via=("sibut", "Bambari"), forbidden=("L043",), limits=limits)
    _, request = ask(asked)
    assert [point.place_id for point in request.via] == ["SBT", "BBY"]
    assert [road.segment_ids for road in request.avoid] == [("L043",)]
    assert request.limits == limits
    with pytest.raises(DataError, match="L999"):
        ask(replace(QUESTION, forbidden=("L999",)))


def test_without_files_nothing_is_assumed() -> None:
    picture, request = ask(QUESTION)
    assert (len(picture.incidents), picture.incidents.sources) == (0, ())
    assert (len(picture.patrols), picture.status, picture.consents) == (0, (), ())
    assert picture.movements == (request,)
    assert not picture.is_exercise


def test_files_are_read_with_their_findings(tmp_path: Path) -> None:
    bad = {**PATROL, "start": "2026-12-01T07:00"}
    picture, _ = ask(
        replace(
            QUESTION,
            incidents=write(tmp_path / "incidents.csv", [INCIDENT]),
            patrols=write(tmp_path / "patrols.csv", [PATROL, bad]),
            status=write(tmp_path / "road_status.csv", [REPORT]),
        )
    )
    assert (len(picture.incidents), len(picture.patrols), len(picture.status)) == (1, 1, 1)
    assert ("patrols.csv", 3, "start") in [(f.file, f.row, f.column) for f in picture.findings]


def test_rows_after_the_cut_off_are_told_for_each_file(tmp_path: Path) -> None:
    late = "2026-12-24T00:00Z"
    picture, _ = ask(
        replace(
            QUESTION,
            incidents=write(tmp_path / "i.csv", [INCIDENT | {"occurred_at": late}]),
            patrols=write(tmp_path / "p.csv", [PATROL | {"passed_at": late}]),
            status=write(
                tmp_path / "s.csv", [REPORT, REPORT | {"report_id": "2", "reported_at": late}]
            ),
        )
    )
    told = [(f.file, f.column) for f in picture.findings if "later than the cut-off" in f.said.en]
    assert told == [("i.csv", "occurred_at"), ("p.csv", "passed_at"), ("s.csv", "reported_at")]


@pytest.mark.parametrize(("name", "ambiguous"), [("Nowhereville", False), ("Sido", True)])
def test_a_place_is_never_guessed(name: str, ambiguous: bool) -> None:  # noqa: FBT001
    with pytest.raises(UnknownPlaceError) as caught:
        ask(replace(QUESTION, destination=name, include_border=True))
    assert caught.value.is_ambiguous == ambiguous


def test_a_position_needs_a_network_with_true_roads() -> None:
    with pytest.raises(DataError, match=r"position \(41 km east of Mingala\).*--network"):
        ask(replace(QUESTION, destination="5.1, 22.2"))
    with pytest.raises(DataError, match="In the other order"):
        ask(replace(QUESTION, destination="22.2, 5.1"))


@pytest.mark.parametrize("field", ["incidents", "patrols", "status"])
def test_a_file_that_is_not_there_is_refused(field: str, tmp_path: Path) -> None:
    with pytest.raises(DataError):
        ask(replace(QUESTION, **{field: tmp_path / "none.csv"}))
