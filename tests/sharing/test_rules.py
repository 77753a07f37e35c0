"""The table of field x audience has a line for every field of every record; without one the gate refuses."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import fields

import pytest
from sharing import week

from cmcoord_geo.errors import SharingError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.model import (
    AvoidArea,
    CorridorRequest,
    MovementPlan,
    MovementRequest,
    RoadStatus,
    TimeSpan,
)
from cmcoord_geo.sharing import AUDIENCE_KINDS, Withheld, project
from cmcoord_geo.sharing.records import (
    Record,
    area_effect_record,
    area_record,
    corridor_record,
    incident_record,
    movement_record,
    patrol_record,
    status_record,
)
from cmcoord_geo.sharing.rules import SharingRules, parse_rules, sharing_rules


def table() -> dict:
    return tomllib.loads((data_dir() / "sharing.toml").read_text(encoding="utf-8"))


AREA = week.area("Z", "SBT GRI")
CORRIDOR = CorridorRequest(
    corridor_id="7Q2M4",
    segment_ids=(week.segment("SBT", "GRI"),),
    window=TimeSpan(earliest=week.at(1, 6), latest=week.at(1, 12)),
    presence=("area_presence",),
    accepts_mixed=False,
    priority=2,
    issued_at=week.AS_OF,
)


def records() -> list[Record]:
    """One record of each kind, with every field that it can have."""
    picture = week.picture()
    return [
        movement_record(week.plan("M1")),
        patrol_record(picture.patrols, 0),
        status_record(picture.status[1]),
        incident_record(picture.incidents, 0, area="Ouaka"),
        area_record(AREA),
        area_effect_record(AREA, "Z1", (), picture.network),
        corridor_record(CORRIDOR),
    ]


RECORDS = {record.kind: record for record in records()}
#: Who is shown something of a kind, where it is not MINUSCA operations.
ASKED = {"incident": week.PUBLIC, "area": week.OWNER, "area_effect": week.OWNER}
LINES = [(kind, name) for kind, record in RECORDS.items() for name in record.values]


def test_records_hold_every_field_of_the_model() -> None:
    request = {entry.name for entry in fields(MovementRequest)}
    planned = {entry.name for entry in fields(MovementPlan)} - {"request"}
    assert set(RECORDS["movement"].values) == request | planned
    assert set(RECORDS["road_status"].values) == {entry.name for entry in fields(RoadStatus)}
    corridor = {entry.name for entry in fields(CorridorRequest)}
    assert set(RECORDS["corridor"].values) == corridor
    area = {entry.name for entry in fields(AvoidArea)}
    both = {*RECORDS["area"].values, *RECORDS["area_effect"].values}
    assert both == area | {"mark", "roads"}


@pytest.mark.parametrize("kind", RECORDS)
def test_table_and_record_have_the_same_fields(kind: str) -> None:
    """A line too few is refused; a line too many speaks of a field that went away."""
    assert set(sharing_rules().fields[kind]) == set(RECORDS[kind].values)


@pytest.mark.parametrize("audience", AUDIENCE_KINDS)
@pytest.mark.parametrize(("kind", "name"), LINES)
def test_every_field_has_a_line_for_every_audience(kind: str, name: str, audience: str) -> None:
    assert sharing_rules().action(kind, name, audience)


@pytest.mark.parametrize(("kind", "name"), LINES)
def test_a_dropped_line_is_refused(kind: str, name: str) -> None:
    """The planted fault of SAFETY.md: drop one line of the allow-list."""
    given = table()
    del given[kind][name]
    rules = parse_rules(given)
    with pytest.raises(SharingError, match=f"{kind}.{name}"):
        gate(kind, rules)


def gate(kind: str, rules: SharingRules) -> object:
    """What the gate gives an audience that is shown something of the kind."""
    asked = ASKED.get(kind, week.MINUSCA)
    return project(
        RECORDS[kind], asked, week.PURPOSE[asked.kind], week.CONSENTS, week.AS_OF, rules=rules
    )


@pytest.mark.parametrize("kind", RECORDS)
def test_the_whole_table_lets_them_through(kind: str) -> None:
    """Control of the test above: with all lines there is a view."""
    assert not isinstance(gate(kind, sharing_rules()), Withheld)


def test_an_audience_missing_from_a_line_is_refused() -> None:
    given = deepcopy(table())
    del given["patrol"]["start"]["public"]
    with pytest.raises(SharingError, match=r"patrol[.]start"):
        parse_rules(given)


def test_an_audience_too_many_is_refused() -> None:
    given = table()
    given["patrol"]["start"]["donors"] = "exact"
    with pytest.raises(SharingError, match=r"patrol[.]start"):
        parse_rules(given)


def test_a_word_that_is_no_action_is_refused() -> None:
    given = table()
    given["movement"]["cargo"]["public"] = "exactly"
    with pytest.raises(SharingError, match=r"movement[.]cargo says exactly"):
        parse_rules(given)


def test_what_a_view_needs_may_not_be_dropped() -> None:
    given = table()
    given["patrol"]["start"]["minusca_ops"] = "drop"
    with pytest.raises(SharingError, match="drops start"):
        gate("patrol", parse_rules(given))


def test_severe_fields_never_leave() -> None:
    """DOMAIN.md 2.4: who, with what, how many, and exactly when are for the owner alone."""
    severe = ("organisation", "movement_id", "cargo", "vehicles", "persons", "marking", "purpose")
    lines = sharing_rules().fields["movement"]
    assert {lines[name][kind] for name in severe for kind in ("minusca_ops", "public")} == {"drop"}
