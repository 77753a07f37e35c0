"""Views of the owner's own records: whole, in ranges, with reasons and doubts in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sharing import week
from sharing.week import AS_OF, OWNER, at

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.model import CutRoad, Exposure, JointCut, Limits, SetAside, Span
from cmcoord_geo.planning.cuts import against_limits
from cmcoord_geo.sharing import Withheld, project
from cmcoord_geo.sharing.owner import incident_view, movement_view
from cmcoord_geo.sharing.records import incident_record, movement_record
from cmcoord_geo.sharing.views import MovementView


def view(**changed: object) -> MovementView:
    plan = replace(week.plan("M1"), **changed)
    found = movement_view(dict(movement_record(plan).values))
    assert not isinstance(found, Withheld)
    return found


def test_everything_of_the_request_is_there() -> None:
    found = view()
    assert (found.movement_id, found.organisation, found.origin, found.destination) == (
        "M1", "ORG-A", "SBT", "GRI",
    )  # fmt: skip
    assert found.vehicles.fr.startswith("2 × ")
    assert found.trip == "return"
    assert (found.depart.start, found.depart.end) == (at(1, 6, 17), at(1, 7, 17))


@pytest.mark.parametrize(
    ("is_return", "trip"), [(True, "return"), (False, "one_way"), (None, "unsaid")]
)
def test_the_way_back_is_told_or_missed(is_return, trip) -> None:
    record = movement_record(week.plan("M1", is_return=is_return))
    assert movement_view(dict(record.values)).trip == trip


def test_options_are_in_ranges() -> None:
    option = view().options[0]
    assert option.decision == "kept"
    assert option.length_km.low < option.length_km.high
    assert option.legs[0].km.low == 0
    assert option.slow[-1][0] > option.fast[-1][0]
    assert option.exposure.low <= option.exposure.high


def test_the_upper_end_of_an_index_is_rounded_up() -> None:
    """H4: whole numbers, and never below the bound."""
    route = week.plan("M1").options[0]
    told = Exposure(low=1.9, mean=2.0, high=2.1, exposure_class=2, informed_share=0.999)
    option = view(options=(replace(route, exposure=told),)).options[0]
    assert (option.exposure.low, option.exposure.high) == (1, 3)
    assert option.exposure.informed_percent == 99


def test_a_way_that_is_closed_is_told_among_the_findings() -> None:
    way = SetAside(letter="", place_ids=("SBT", "DEK?", "GRI"), reasons=(Said(fr="x", en="y"),))
    found = view(set_aside=(way,)).findings[-1]
    assert "DEK?" in found.fr
    assert found.en.endswith("y.")


def test_one_road_says_what_was_tried_for_a_second() -> None:
    found = view()
    assert found.is_one_road
    assert "No second way found" in found.tried.en
    assert found.options[0].figures is None
    asked_for_one = view(tried=None)
    assert not asked_for_one.is_one_road


def test_an_option_set_aside_keeps_its_reasons() -> None:
    route = week.plan("M1").options[0]
    reasons = (said("word.none"),)
    aside = SetAside(letter=route.letter, place_ids=route.place_ids, reasons=reasons)
    option = view(set_aside=(aside,)).options[0]
    assert (option.decision, option.reasons) == ("set_aside", reasons)


@pytest.mark.parametrize("detour", [None, 596.0])
def test_a_cut_names_its_ends(detour: float | None) -> None:
    cut = CutRoad(
        segment_ids=("L001",),
        from_place=Said(fr="Sibut", en="Sibut"),
        to_place=Said(fr="RN2, 7 km à l’ouest de Bria", en="RN2, 7 km west of Bria"),
        detour_km=detour,
        detour_h=None if detour is None else Span(low=9, high=20),
    )
    told = view(cuts=(cut,)).cuts[0].said.fr
    assert "Sibut" in told
    assert "RN2, 7 km à l’ouest de Bria" in told
    assert ("596 km" in told) == (detour is not None)


@pytest.mark.parametrize(
    ("limits", "is_told"),
    [
        (Limits(max_km=500), True),
        (Limits(max_km=600), False),
        (Limits(max_hours=19), True),
        (Limits(), False),
    ],
)
def test_a_cut_is_held_against_the_limits(limits: Limits, *, is_told: bool) -> None:
    cut = CutRoad(
        segment_ids=("L001",),
        from_place="SBT",
        to_place="BBY",
        detour_km=596.0,
        detour_h=Span(low=9, high=20),
    )
    (told,) = view(cuts=against_limits((cut,), limits)).cuts
    assert ("more than the limits of this request" in told.said.en) == is_told


@pytest.mark.parametrize("detour", [None, 596.0])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_cuts_at_once_is_named_beside_the_cuts(count: int, detour: float | None) -> None:
    cut = JointCut(
        names=tuple(Said(fr=f"Pont {i}", en=f"Bridge {i}") for i in range(count)),
        is_crossing=count == 1,
        segment_ids=("L001",),
        detour_km=detour,
        detour_h=None if detour is None else Span(low=9, high=20),
    )
    (told,) = view(cuts=(), joint_cuts=(cut,)).cuts
    assert told.segment_ids == ("L001",)
    assert all(f"Pont {i}" in told.said.fr for i in range(count))
    assert ("596 km" in told.said.en) == (detour is not None)


def test_an_incident_is_drawn_as_a_point_only_when_its_place_is_exact() -> None:
    record = incident_record(week.picture().incidents, 0, area="Ouaka")
    assert incident_view(dict(record.values)).is_precise
    assert not incident_view({**record.values, "precision": 2}).is_precise


def test_the_gate_gives_the_same_view() -> None:
    record = movement_record(week.plan("M1"))
    assert project(record, OWNER, "planning", (), AS_OF) == view()
