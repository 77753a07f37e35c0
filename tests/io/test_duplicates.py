"""The same event from two sources counts once and keeps both; doubt is told and not linked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.io.duplicates import link_duplicates, retyped
from cmcoord_geo.io.events import Event, incident_columns
from cmcoord_geo.picture import Incidents
from cmcoord_geo.units import BANGUI

DAY0 = datetime(2026, 10, 1, 12, tzinfo=BANGUI)
KM = 1 / 111.32


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One row: which source, when, where."""

    source: str = "a"
    day: float = 0
    km: float = 0
    class_id: str = "attack"
    precision: int = 1
    place: str = ""
    key: str = ""
    time_precision: int = 1
    duplicate_of: str = ""


def rows(*seen: Seen) -> Incidents:
    events = [
        Event(
            incident_id=row.key or f"{n}", class_id=row.class_id, source_id=row.source,
            at=DAY0 + timedelta(days=row.day), lon=20.0, lat=6.0 + row.km * KM,
            precision=row.precision, place=row.place, time_precision=row.time_precision,
            duplicate_of=row.duplicate_of,
        )
        for n, row in enumerate(seen)
    ]  # fmt: skip
    return incident_columns(events, ())


def linked(*seen: Seen) -> tuple[str, ...]:
    return link_duplicates(rows(*seen)).incidents.duplicate_of


A, B = Seen(), Seen(source="b")


@pytest.mark.parametrize(
    "other",
    [
        B,
        replace(B, km=4.9),
        replace(B, day=1),
        replace(B, day=-1),
        replace(B, class_id="robbery"),
        replace(B, class_id="ambush", precision=2),
        replace(B, precision=3),
    ],
)
def test_one_event_of_two_sources_is_linked(other: Seen) -> None:
    assert linked(A, other) == ("", "a/0")


@pytest.mark.parametrize(
    "other",
    [
        replace(B, km=5.1),
        replace(B, day=2),
        replace(B, class_id="clash"),
        replace(B, class_id="context"),
        replace(B, precision=3, km=1.5),
        replace(B, precision=5),
        replace(A, key="9"),
    ],
)
def test_what_is_not_one_event_is_not(other: Seen) -> None:
    links = link_duplicates(rows(A, other))
    assert links.incidents.duplicate_of == ("", "")
    assert links.findings == ()


def test_context_is_never_linked() -> None:
    assert linked(replace(A, class_id="context"), replace(B, class_id="context")) == ("", "")


def test_coarse_rows_of_one_name_are_linked_however_far_their_points() -> None:
    far = Seen(source="b", precision=4, km=60, place="Ouaka")
    assert linked(Seen(place="OUAKA"), far) == ("", "a/0")
    assert linked(Seen(place="Kémo"), far) == ("", "")


def test_the_best_precision_counts() -> None:
    assert linked(replace(A, precision=2), B) == ("b/1", "")
    assert linked(replace(A, precision=2), replace(B, precision=2)) == ("", "a/0")


def test_two_candidates_are_doubt_told_and_not_linked() -> None:
    links = link_duplicates(rows(A, B, replace(B, km=2)))
    assert links.incidents.duplicate_of == ("", "", "")
    assert links.linked == 0
    (told,) = links.findings
    assert "2 pairs, not linked" in told.said.en
    assert "a/0 and b/1" in told.said.en


def test_a_battle_of_two_days_is_linked_day_by_day() -> None:
    assert linked(A, replace(A, day=1), B, replace(B, day=1)) == ("", "", "a/0", "a/1")


def test_a_date_that_is_not_known_to_the_day_is_doubt() -> None:
    links = link_duplicates(rows(A, replace(B, time_precision=3)))
    assert links.incidents.duplicate_of == ("", "")
    assert len(links.findings) == 1


def test_a_person_may_settle_a_doubt() -> None:
    settled = replace(B, km=2, duplicate_of="a/0")
    links = link_duplicates(rows(A, B, settled))
    assert links.incidents.duplicate_of == ("", "", "a/0")
    assert [f.said.en.split(":")[0] for f in links.findings] == ["The same event in two sources"]


def test_a_stored_link_that_no_longer_fits_is_dropped() -> None:
    assert linked(A, replace(B, km=50, duplicate_of="a/0")) == ("", "")
    assert linked(A, replace(B, km=50, duplicate_of="a/gone")) == ("", "")


def test_three_sources_are_one_event() -> None:
    assert linked(A, B, Seen(source="c")) == ("", "a/0", "a/0")


def test_two_rows_of_one_source_never_meet_through_a_third() -> None:
    chain = (A, Seen(source="b", km=4), replace(A, km=8), Seen(source="c", km=4, day=9))
    found = linked(*chain)
    origins = {}
    for row, key in zip(chain, found, strict=True):
        origins.setdefault(key, []).append(row.source)
    assert all(len(set(names)) == len(names) for key, names in origins.items() if key)


def test_sources_of_one_maker_are_linked_by_id_alone() -> None:
    final = Seen(source="ucdp_ged", key="UCDP-1")
    candidate = Seen(source="ucdp_candidate", key="UCDP-1", km=300, day=40)
    other = Seen(source="ucdp_candidate", key="UCDP-2")
    assert linked(final, candidate, other) == ("", "ucdp_ged/UCDP-1", "")


def test_parts_of_a_source_are_one_source() -> None:
    table = rows(A, replace(A, source="a (later.csv)"))
    assert link_duplicates(table, sources=("a", "a")).linked == 0
    assert link_duplicates(table).linked == 1


def test_rows_typed_twice_are_told_and_all_count() -> None:
    table = rows(A, A, replace(A, class_id="clash"), replace(A, source="acled"), B)
    (told,) = retyped(table)
    assert "“a”: 1 row" in told.said.en
    assert "0 and 1" in told.said.en


def test_nothing_at_all() -> None:
    assert link_duplicates(Incidents.empty()).linked == 0
    assert retyped(Incidents.empty()) == ()


SEEN = st.builds(
    Seen,
    source=st.sampled_from("abc"),
    day=st.integers(0, 3),
    km=st.sampled_from([0, 2, 4, 8]),
    class_id=st.sampled_from(["attack", "robbery", "clash"]),
    precision=st.sampled_from([1, 2, 3, 4]),
    place=st.sampled_from(["", "Ippy", "Bria"]),
    time_precision=st.sampled_from([1, 1, 1, 2]),
)


@given(st.lists(SEEN, max_size=9))
def test_laws(seen: list[Seen]) -> None:
    """Again is the same; the row that counts is of another source, counts itself, and is no worse."""
    first = link_duplicates(rows(*seen)).incidents
    again = link_duplicates(first).incidents
    assert again.duplicate_of == first.duplicate_of
    where = {key: i for i, key in enumerate(first.keys())}
    events: dict[str, list[str]] = {}
    for i, key in enumerate(first.duplicate_of):
        if key:
            best = where[key]
            assert first.duplicate_of[best] == ""
            assert first.precision[best] <= first.precision[i]
            events.setdefault(key, [first.source_id[best]]).append(first.source_id[i])
    assert all(len(set(names)) == len(names) for names in events.values())
    counted = first.counted(np.ones(len(first), bool))
    assert int(counted.sum()) == len(first) - sum(map(bool, first.duplicate_of))
