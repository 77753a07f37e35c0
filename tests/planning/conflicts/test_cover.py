"""C3 to C5: presence that was asked for and does not come, is too old, or is not accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.conflicts.worlds import HOUR, moved, parties, week
from planning.worlds import AS_OF, CONFIG, MORNING, Row

from cmcoord_geo.model import Consent, CorridorResponse
from cmcoord_geo.planning.conflicts.cover import composition, stale, uncovered

DAY = timedelta(days=1)
SHARED = Consent(
    organisation="ORG", movement_id="", audience="minusca_ops", until=MORNING + 9 * DAY
)
#: Reported half a day before the cut-off, a day before the passage.
FRESH = {"start": MORNING - DAY, "end": MORNING - DAY + HOUR, "passed": AS_OF - 5 * HOUR}
OLD = {"start": MORNING - 4 * DAY, "end": MORNING - 3.9 * DAY, "passed": MORNING - 3.95 * DAY}


def test_presence_asked_for_and_not_covered() -> None:
    ruling = uncovered(week(Row(**FRESH), consents=(SHARED,)))
    (found,) = ruling.conflicts
    assert (found.answer, found.movement_id, found.patrol_id) == ("conflict", "M1", "")
    assert {found.segment_id, *(key for key, _ in found.more)} == {"A-B", "C-D"}
    assert found.km == pytest.approx(210)


def test_all_of_it_covered_is_none() -> None:
    rows = [Row(segment_id=key, **FRESH) for key in ("A-B", "B-C", "C-D")]
    assert uncovered(week(*rows, consents=(SHARED,))).answer == "no_known_conflict"


@pytest.mark.parametrize(
    "consents",
    [
        (),
        (Consent(organisation="ORG", movement_id="", audience="minusca_ops", until=AS_OF),),
        (SHARED, Consent(organisation="ORG", movement_id="M1", audience="minusca_ops",
                         until=MORNING + DAY, is_withdrawn=True)),
        (Consent(organisation="OTHER", movement_id="", audience="minusca_ops",
                 until=MORNING + DAY),),
        (Consent(organisation="ORG", movement_id="", audience="public", until=MORNING + DAY),),
    ],
)  # fmt: skip
def test_who_does_not_share_asks_for_nothing(consents: tuple[Consent, ...]) -> None:
    assert uncovered(week(Row(**FRESH), consents=consents)).conflicts == ()


def test_nobody_answered_at_all() -> None:
    ruling = uncovered(week(consents=(SHARED,)))
    assert [one.answer for one in ruling.conflicts] == ["unknown"]
    assert ruling.lacking == ("patrols",)


def test_who_answers_that_it_cannot_has_answered() -> None:
    cannot = CorridorResponse(corridor_id="K", answer="cannot")
    ruling = uncovered(week(consents=(SHARED,), responses=(cannot,)))
    assert ([one.answer for one in ruling.conflicts], ruling.lacking) == (["conflict"], ())
    received = replace(cannot, answer="", received_at=AS_OF)
    assert uncovered(week(consents=(SHARED,), responses=(received,))).lacking == ("patrols",)


def test_presence_too_old_at_passage() -> None:
    ruling = stale(week(Row(**OLD)))
    assert parties(ruling) == [("M1", "P1", "conflict")]
    assert ruling.conflicts[0].km == pytest.approx(105)
    assert stale(week(Row(**FRESH))).conflicts == ()


def test_an_old_presence_matters_only_where_no_other_is_fresh() -> None:
    half = Row(patrol_id="P2", stretch=(0.0, 0.5), **FRESH)
    (found,) = stale(week(Row(**OLD), half)).conflicts
    assert found.km == pytest.approx(52.5)
    assert (found.fraction.low, found.fraction.high) == (pytest.approx(0.5), pytest.approx(1.0))
    whole = Row(patrol_id="P2", **FRESH)
    assert stale(week(Row(**OLD), whole)).conflicts == ()


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("mixed", "conflict"),
        ("other", "conflict"),
        ("unknown", "unknown"),
        ("minusca", "no_known_conflict"),
    ],
)
def test_composition(told: str, answer: str) -> None:
    ruling = composition(week(Row(composition=told, **FRESH)))
    assert ruling.answer == answer


def test_who_accepts_a_mixed_patrol_has_no_conflict_with_it() -> None:
    accepts = Consent(organisation="ORG", movement_id="", audience="minusca_ops",
                      until=MORNING + DAY, accepts_mixed_patrols=True)  # fmt: skip
    assert composition(week(Row(composition="mixed", **FRESH), consents=(accepts,))).conflicts == ()


def test_presence_of_others_counts_for_nobody() -> None:
    """Neither MINUSCA nor mixed: also who accepts mixed patrols does not accept it."""
    accepts = replace(SHARED, accepts_mixed_patrols=True)
    ruling = composition(week(Row(composition="other", **FRESH), consents=(accepts,)))
    assert parties(ruling) == [("M1", "P1", "conflict")]


def test_one_patrol_of_two_compositions_is_told_for_each() -> None:
    rows = [Row(composition=told, segment_id=key, **FRESH)
            for told, key in (("mixed", "A-B"), ("unknown", "B-C"))]  # fmt: skip
    found = composition(week(*rows)).conflicts
    assert [(one.answer, one.segment_id) for one in found] == [
        ("conflict", "A-B"), ("unknown", "B-C"),
    ]  # fmt: skip
    assert len({one.conflict_id for one in found}) == 2


def test_presence_beyond_the_last_point_of_the_curve_is_too_old() -> None:
    """The cell's own curve ends before the passage: nothing counts, and that is said."""
    known = week(Row(**FRESH))
    config = replace(CONFIG, patrol=replace(CONFIG.patrol, points=((1.0, 1.0), (2.0, 0.5))))
    ruling = stale(replace(known, config=config))
    assert parties(ruling) == [("M1", "P1", "conflict")]


def test_an_offer_covers_a_request_only_where_offers_have_weight() -> None:
    offer = {"start": MORNING - DAY, "end": MORNING - 2 * HOUR}
    known = week(*(Row(segment_id=key, **offer) for key in ("A-B", "B-C", "C-D")),
                 consents=(SHARED,))  # fmt: skip
    assert uncovered(known).conflicts == ()
    config = replace(CONFIG, patrol=replace(CONFIG.patrol, offered_weight=0.0))
    assert parties(uncovered(replace(known, config=config))) == [("M1", "", "conflict")]


def doubtful(**more: object) -> Row:
    """Offered presence of a whole day, 2 to 48.1 h before the first passage: fresh at best, not surely."""
    return Row(start=MORNING - 47 * HOUR, end=MORNING - HOUR, **more)


def test_freshness_is_that_of_the_oldest_presence_at_the_last_passage() -> None:
    known = week(doubtful(), consents=(SHARED,))
    assert parties(stale(known)) == [("M1", "P1", "conflict")]
    assert known.plans[0].options[0].coverage == ()


def test_presence_that_is_not_accepted_is_told_as_that_and_never_as_too_old() -> None:
    """Leaving earlier would not help."""
    known = week(doubtful(composition="mixed"), consents=(SHARED,))
    assert stale(known).conflicts == ()
    assert parties(composition(known)) == [("M1", "P1", "conflict")]
    old = week(Row(composition="mixed", **OLD), consents=(SHARED,))
    assert stale(old).conflicts == composition(old).conflicts == ()


def test_presence_that_is_not_accepted_is_told_on_the_way_back_too() -> None:
    there_and_back = replace(moved(), is_return=True)
    presence = Row(composition="mixed", start=MORNING + 12 * HOUR, end=MORNING + 13 * HOUR)
    known = week(presence, requests=(there_and_back,), consents=(SHARED,))
    assert [(one.patrol_id, one.is_back) for one in composition(known).conflicts] == [("P1", True)]
