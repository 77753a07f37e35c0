"""Departures go to their owner: nobody else is given an exact hour, by no way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render.departures import departure_sheets
from sharing import week

from cmcoord_geo.errors import WithheldError
from cmcoord_geo.i18n import Said
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.slot_choice import departures_of
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.audience import Withheld
from cmcoord_geo.sharing.departure_rows import DepartureRest
from cmcoord_geo.sharing.departures import DepartureRelease, build_departures, departures_record
from cmcoord_geo.sharing.gate import project


def release(audience: Audience, **more: object) -> DepartureRelease:
    picture = week.picture()
    return build_departures(picture, week.plans(), audience, week.CONFIG, days=2, **more)


@pytest.mark.parametrize("audience", [week.MINUSCA, week.PUBLIC, Audience(kind="donor")])
def test_other_audiences_are_refused(audience: Audience) -> None:
    with pytest.raises(WithheldError):
        release(audience)


def test_the_gate_itself_lets_no_other_audience_through() -> None:
    plan = next(plan for plan in week.plans() if plan.options)
    situation = situation_of(week.picture(), plan.request, week.CONFIG)
    found = departures_of(situation, plan.options[0], days=1, expires_at=plan.expires_at)
    rest = DepartureRest(
        option=plan.options[0], names={}, expires_at=plan.expires_at, days=(), patrols=(), notes=()
    )
    record = departures_record(plan, found, rest)
    for audience in (week.MINUSCA, week.PUBLIC, Audience(kind="owner", organisation="ORG-Z")):
        for purpose in ("map", "departures", "patrol_request", "information"):
            answer = project(record, audience, purpose, week.CONSENTS, week.AS_OF)
            assert isinstance(answer, Withheld)


def test_an_organisation_is_given_its_own_movements_alone() -> None:
    found = release(Audience(kind="owner", organisation="ORG-B"))
    assert [sheet.movement_id for sheet in found.sheets] == ["M2"]
    assert found.sheets[0].mark == "H1"
    assert found.withheld == {("movement", "owner"): 2}


def test_the_desk_is_given_all_by_departure() -> None:
    sheets = release(week.OWNER).sheets
    assert [sheet.mark for sheet in sheets] == ["H1", "H2", "H3"]
    assert [sheet.movement_id for sheet in sheets] == ["M1", "M2", "M3"]
    for sheet in sheets:
        assert "heures exactes" in sheet.frame.audience_note.fr
        assert len(sheet.options[0].days) == 2
        assert sheet.trip == "return"


def test_a_movement_without_a_road_says_why() -> None:
    why = Said(fr="aucune route", en="no road")
    plans = [replace(plan, options=(), refusal=why) for plan in week.plans()[:1]]
    (sheet,) = build_departures(week.picture(), plans, week.OWNER, week.CONFIG, days=2).sheets
    assert sheet.options == ()
    assert sheet.refusal == why


def test_patrols_and_sun_stand_beside_the_slots() -> None:
    option = departure_sheets()[0].options[0]
    assert len(option.days) == 7
    for day in option.days:
        assert day.sunrise < day.first_departure < day.last_arrival < day.sunset
    assert all(mark.at.tzinfo is not None for mark in option.patrols)
