"""The one gate: purpose, owner, consent, delay (L051-L053), and nothing that a view does not name."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sharing import week
from sharing.week import AS_OF, MINUSCA, OWNER, PUBLIC, PURPOSE, at, consent

from cmcoord_geo.config import SharingConfig
from cmcoord_geo.errors import DataError
from cmcoord_geo.model import Consent
from cmcoord_geo.sharing import project
from cmcoord_geo.sharing.audience import Audience, Withheld
from cmcoord_geo.sharing.gate import refusal_of_audience, release
from cmcoord_geo.sharing.records import (
    Record,
    incident_record,
    movement_record,
    patrol_record,
    status_record,
)
from cmcoord_geo.sharing.released import (
    CorridorWish,
    PatrolRow,
    PublicIncident,
    PublicMovement,
    StatusRow,
)
from cmcoord_geo.sharing.rules import sharing_rules
from cmcoord_geo.sharing.views import IncidentView, MovementView

MOVEMENT = movement_record(week.plan("M1"))
ALL = [OWNER, MINUSCA, PUBLIC]


def asked(
    record: Record,
    audience: Audience,
    consents: tuple[Consent, ...] = week.CONSENTS,
    now: datetime = AS_OF,
) -> object:
    return project(record, audience, PURPOSE.get(audience.kind, "map"), consents, now)


def reason(*args: object, **kwargs: object) -> str:
    answer = asked(*args, **kwargs)
    assert isinstance(answer, Withheld)
    return answer.reason


def test_consent_opens_a_corridor() -> None:
    assert isinstance(asked(MOVEMENT, MINUSCA), CorridorWish)


@pytest.mark.parametrize("kind", ["", "OWNER", "donors", "minusca"])
def test_an_unknown_audience_is_withheld_everything(kind: str) -> None:
    assert reason(MOVEMENT, Audience(kind=kind)) == "audience"
    assert refusal_of_audience(Audience(kind=kind), "map") == "audience"


@pytest.mark.parametrize("audience", ALL, ids=lambda one: one.kind)
@pytest.mark.parametrize("purpose", ["", "tasking", "MAP"])
def test_a_purpose_that_is_not_foreseen_is_withheld(audience: Audience, purpose: str) -> None:
    answer = project(MOVEMENT, audience, purpose, week.CONSENTS, AS_OF)
    assert answer == Withheld(reason="purpose")


def test_purposes_are_not_shared_between_audiences() -> None:
    assert refusal_of_audience(MINUSCA, "planning") == "purpose"
    assert refusal_of_audience(PUBLIC, "patrol_request") == "purpose"


@pytest.mark.parametrize("audience", ALL, ids=lambda one: one.kind)
def test_a_moment_without_zone_is_refused(audience: Audience) -> None:
    with pytest.raises(DataError):
        asked(MOVEMENT, audience, now=AS_OF.replace(tzinfo=None))


# ---------------------------------------------------------------- consent


def test_absent_consent_withholds() -> None:
    assert reason(MOVEMENT, MINUSCA, ()) == "consent_absent"


def test_expired_consent_withholds_from_the_very_moment() -> None:
    given = (consent("ORG-A", until=AS_OF),)
    assert reason(MOVEMENT, MINUSCA, given) == "consent_expired"
    assert isinstance(
        asked(MOVEMENT, MINUSCA, given, now=AS_OF - timedelta(seconds=1)), CorridorWish
    )


def test_expiry_is_a_moment_whatever_the_zone() -> None:
    given = (consent("ORG-A", until=AS_OF.astimezone(UTC)),)
    assert reason(MOVEMENT, MINUSCA, given) == "consent_expired"


def test_withdrawn_consent_withholds() -> None:
    assert reason(MOVEMENT, MINUSCA, (consent("ORG-A", is_withdrawn=True),)) == "consent_withdrawn"


def test_a_withdrawal_stands_against_any_other_word() -> None:
    given = (consent("ORG-A"), consent("ORG-A", is_withdrawn=True))
    assert reason(MOVEMENT, MINUSCA, given) == "consent_withdrawn"


def test_the_strictest_end_holds() -> None:
    given = (consent("ORG-A"), consent("ORG-A", until=at(-2, 0)))
    assert reason(MOVEMENT, MINUSCA, given) == "consent_expired"


def test_the_one_movement_stands_before_all_of_the_organisation() -> None:
    whole, own = consent("ORG-A"), consent("ORG-A", "M1")
    refused = replace(own, is_withdrawn=True)
    assert reason(MOVEMENT, MINUSCA, (whole, refused)) == "consent_withdrawn"
    assert reason(MOVEMENT, MINUSCA, (whole, replace(own, until=at(-2, 0)))) == "consent_expired"
    assert reason(MOVEMENT, MINUSCA, (replace(whole, is_withdrawn=True), own)) == (
        "consent_withdrawn"
    ), "a withdrawal of everything holds for each movement"
    lapsed = replace(whole, until=AS_OF)
    assert isinstance(asked(MOVEMENT, MINUSCA, (lapsed, own)), CorridorWish)


@pytest.mark.parametrize(
    "other",
    [
        consent("ORG-B"),
        consent("ORG-A", "M2"),
        consent("org-a"),
        consent("ORG-A", audience="public"),
        consent("ORG-A", audience="owner"),
        consent("", "M1"),
    ],
    ids=["organisation", "movement", "case", "public", "owner", "nobody"],
)
def test_consent_for_something_else_does_not_count(other: Consent) -> None:
    assert reason(MOVEMENT, MINUSCA, (other,)) == "consent_absent"


CONSENTS = st.builds(
    Consent,
    organisation=st.sampled_from(["ORG-A", "ORG-B"]),
    movement_id=st.sampled_from(["", "M1", "M2"]),
    audience=st.sampled_from(["minusca_ops", "public"]),
    until=st.sampled_from([AS_OF - timedelta(hours=1), AS_OF, AS_OF + timedelta(hours=1)]),
    is_withdrawn=st.booleans(),
    accepts_mixed_patrols=st.booleans(),
)


def is_grant(one: Consent) -> bool:
    return one.until > AS_OF and not one.is_withdrawn


@given(consents=st.lists(CONSENTS, max_size=5), drawn=st.data())
def test_removing_consent_never_adds(consents: list[Consent], drawn: st.DataObject) -> None:
    """Whichever consent goes, what leaves without it left with it too."""
    less = [one for one in consents if not is_grant(one) or drawn.draw(st.booleans())]
    answer = asked(MOVEMENT, MINUSCA, tuple(less))
    assert isinstance(answer, Withheld) or answer == asked(MOVEMENT, MINUSCA, tuple(consents))


@given(consents=st.lists(CONSENTS, max_size=5))
def test_order_of_consents_is_nothing(consents: list[Consent]) -> None:
    assert asked(MOVEMENT, MINUSCA, tuple(consents)) == asked(
        MOVEMENT, MINUSCA, tuple(reversed(consents))
    )


# ---------------------------------------------------------------- owner


def test_the_owner_sees_its_own_without_consent() -> None:
    view = asked(MOVEMENT, OWNER, ())
    assert isinstance(view, MovementView)
    assert (view.organisation, view.persons, view.cargo) == ("ORG-A", 6, "vivres")


@pytest.mark.parametrize("organisation", ["ORG-B", "org-a", "ORG-A "])
def test_another_partner_is_withheld(organisation: str) -> None:
    assert reason(MOVEMENT, Audience(kind="owner", organisation=organisation)) == "owner"


def test_a_record_that_names_no_owner_is_no_partners() -> None:
    record = movement_record(week.plan("M1", organisation=""))
    assert reason(record, Audience(kind="owner", organisation="ORG-A")) == "owner"


def test_patrols_only_on_own_segments() -> None:
    """DOMAIN.md 4.7: patrol offers, own segments."""
    record = patrol_record(week.picture().patrols, 0)
    assert reason(record, OWNER) == "not_own_segment"
    own = replace(OWNER, segments=frozenset({record.values["segment_id"]}))
    assert isinstance(asked(record, own), PatrolRow)
    assert isinstance(asked(record, MINUSCA), PatrolRow)
    assert reason(record, PUBLIC) == "nothing_left"


# ---------------------------------------------------------------- what is in the views


def test_a_corridor_names_segment_and_bin_alone() -> None:
    (stretch,) = asked(MOVEMENT, MINUSCA).stretches
    assert {entry.name for entry in fields(stretch)} == {"segment_id", "start", "end"}
    assert (stretch.start, stretch.end) == (at(1, 6), at(1, 12))


def test_a_movement_without_road_asks_for_no_corridor() -> None:
    record = movement_record(replace(week.plan("M1"), options=()))
    assert reason(record, MINUSCA) == "no_route"
    given = (consent("ORG-A", audience="public", until=at(90, 0)),)
    assert reason(record, PUBLIC, given, now=at(30, 0)) == "no_route"


def test_the_public_gets_nothing_of_the_future() -> None:
    given = (consent("ORG-A", audience="public", until=at(90, 0)),)
    over = max(option.slow.times[-1] for option in MOVEMENT.values["options"])
    assert reason(MOVEMENT, PUBLIC, given, now=over) == "future"
    view = asked(MOVEMENT, PUBLIC, given, now=over + timedelta(seconds=1))
    assert view == PublicMovement(area="Ouaka", week=at(0, 0))
    assert reason(MOVEMENT, PUBLIC, (), now=at(30, 0)) == "consent_absent"


def test_road_reports_lose_reporter_note_and_minute() -> None:
    record = status_record(
        week.report(
            "R7",
            "L001",
            "closed",
            at(-10, 9, 41),
            expires_at=at(9, 9, 41),
            reporter="ngo",
            note="n",
        )
    )
    for audience in (MINUSCA, PUBLIC):
        row = asked(record, audience)
        assert isinstance(row, StatusRow)
        assert (row.report_id, row.reporter, row.note) == ("", "", "")
        assert (row.reported_at, row.expires_at) == (at(-10, 0), at(9, 9))
    assert asked(record, OWNER).note == "n"


def test_a_road_report_is_public_after_its_delay() -> None:
    delay = timedelta(days=SharingConfig().public_delay_days)
    record = status_record(week.report("R7", "L001", "closed", AS_OF - delay))
    assert isinstance(asked(record, PUBLIC), StatusRow)
    assert reason(record, PUBLIC, now=AS_OF - timedelta(seconds=1)) == "delay"


def test_an_incident_is_a_month_and_a_prefecture_to_the_public() -> None:
    record = incident_record(week.picture().incidents, 0, area="Ouaka")
    november = datetime(2026, 11, 1, tzinfo=AS_OF.tzinfo)
    assert asked(record, PUBLIC) == PublicIncident(area="Ouaka", month=november)
    assert reason(record, MINUSCA) == "nothing_left"
    assert isinstance(asked(record, OWNER), IncidentView)


def test_an_incident_without_position_is_drawn_nowhere() -> None:
    unplaced = week.incidents(("I1", float("nan"), float("nan"), at(-9, 12)))
    record = incident_record(unplaced, 0, area="")
    assert {reason(record, OWNER), reason(record, PUBLIC)} == {"no_position"}


@pytest.mark.parametrize("audience", ALL, ids=lambda one: one.kind)
def test_the_gate_answers_alike_each_time(audience: Audience) -> None:
    records = [MOVEMENT, status_record(week.picture().status[1])]
    assert [asked(one, audience) for one in records] == [asked(one, audience) for one in records]


def test_generalising_again_changes_nothing() -> None:
    """Redaction is idempotent: the coarse value of a coarse value is itself."""
    rules, config = sharing_rules(), SharingConfig()
    record = status_record(week.picture().status[0])
    once = release(record, "minusca_ops", config=config, rules=rules)
    again = Record(kind="road_status", values=dict(once))
    assert release(again, "minusca_ops", config=config, rules=rules) == once
