"""Roads and crossings as an audience may know them: stale or expired is unknown, never open."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
from sharing import week
from sharing.week import AS_OF, MINUSCA, OWNER, PUBLIC, at
from towns import town

from cmcoord_geo.facts import places
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.reports import known_states
from cmcoord_geo.network.traffic import Traffic
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.roads import KnownRoads, closure_views, place_views

ROAD = week.segment("BZM", "BOC")


def product(audience, *reports):
    picture = week.picture((), status=reports, consents=())
    return build_product(picture, (), audience, week.CONFIG).product


def road(found):
    return next(segment for segment in found.segments if segment.segment_id == ROAD)


def test_a_live_report_is_told_with_its_mark() -> None:
    found = product(MINUSCA, week.report("R1", ROAD, "closed", at(-2, 9, 41), note="secret"))
    assert (road(found).state, road(found).is_state_reported) == ("closed", True)
    (closure,) = found.closures
    assert (closure.mark, closure.segment_id, closure.state) == ("R1", ROAD, "closed")
    assert "secret" not in closure.said.fr + closure.said.en


def test_the_owner_reads_the_note() -> None:
    (closure,) = product(OWNER, week.report("R1", ROAD, "closed", at(-2, 9), note="arbre")).closures
    assert "arbre" in closure.said.fr


def test_an_expired_report_closes_and_opens_nothing() -> None:
    for state in ("open", "closed"):
        told = week.report("R1", ROAD, state, at(-9, 9), expires_at=AS_OF)
        found = product(OWNER, told)
        assert found.closures == ()
        assert not road(found).is_state_reported


def test_two_reports_of_one_day_stay_conflicting() -> None:
    """The day alone leaves no order between them: neither may win."""
    reports = [
        week.report("R1", ROAD, "closed", at(-2, 9)),
        week.report("R2", ROAD, "open", at(-2, 15)),
    ]
    for audience in (OWNER, MINUSCA):
        for order in (reports, reports[::-1]):
            assert road(product(audience, *order)).state == "conflicting"


def test_order_of_reports_changes_nothing() -> None:
    reports = [
        week.report(f"R{i}", ROAD, state, at(-2, 9 + i), at_fraction=i / 10)
        for i, state in enumerate(("closed", "restricted", "closed", "open"))
    ]
    first = product(MINUSCA, *reports)
    for order in permutations(reports):
        assert product(MINUSCA, *order) == first


def test_a_fresh_report_is_not_for_the_public() -> None:
    fresh = week.report("R1", ROAD, "closed", at(-2, 9))
    assert product(PUBLIC, fresh) == product(PUBLIC)
    old = week.report("R1", ROAD, "closed", at(-12, 9))
    assert road(product(PUBLIC, old)).state == "closed"


def test_exposure_is_for_the_owner() -> None:
    """DOMAIN.md 4.7, and the MINUSCA page: no exposure, no record behind it."""
    picture = week.picture()
    for audience in (MINUSCA, PUBLIC):
        found = build_product(picture, week.plans(), audience, week.CONFIG).product
        assert {segment.exposure_class for segment in found.segments} == {None}
        assert {(s.records, s.last_record, s.ordnance_records) for s in found.segments} == {
            (0, None, 0)
        }
    own = build_product(picture, week.plans(), OWNER, week.CONFIG).product
    assert any(segment.records for segment in own.segments)
    assert None not in {segment.exposure_class for segment in own.segments}


def test_every_road_and_place_is_in() -> None:
    found = product(PUBLIC)
    assert [one.segment_id for one in found.segments] == list(bundled_network().segment_ids)
    assert [one.place_id for one in place_views()] == list(places())


def test_a_ferry_is_never_a_closure() -> None:
    ferry = next(one for one in bundled_network().crossings if one.kind == "ferry")
    told = week.report("R1", "", "closed", at(-2, 9), crossing_id=ferry.crossing_id)
    found = product(OWNER, told)
    assert found.closures == ()
    assert {one.state for one in found.crossings if one.crossing_id == ferry.crossing_id} == {"out"}


# --- a report on many segments, stale ones, hours and delays --------------------------------------


def many(**more) -> list:
    keys = [week.segment("BZM", "BOC"), week.segment("BOC", "BOH")]
    return [week.report("R1", key, "restricted", at(-2, 9), **more) for key in keys]


def test_a_report_on_several_segments_is_one_closure_for_who_sees_its_id() -> None:
    (closure,) = product(OWNER, *many(max_gross_t=10.0, hours="06:00-18:00")).closures
    assert closure.mark == "T1"
    assert "(2 segments, " in closure.said.en
    assert "restricted, 10 t at most, passage 06:00-18:00 (Bangui time)" in closure.said.en


def test_without_the_id_the_bundled_network_keeps_one_closure_a_segment() -> None:
    assert [closure.mark for closure in product(MINUSCA, *many()).closures] == ["R1", "R2"]


def test_a_stale_report_shows_when_it_was_made_and_the_default() -> None:
    found = road(product(OWNER, week.report("R1", ROAD, "closed", at(-40, 9))))
    assert (found.is_state_reported, found.stale_at) == (False, at(-40, 9))
    assert found.state == road(product(OWNER)).state
    assert road(product(OWNER)).stale_at is None
    assert road(product(OWNER, week.report("R1", ROAD, "closed", at(-2, 9)))).stale_at is None


def test_what_costs_time_is_no_closure_and_is_told() -> None:
    found = product(PUBLIC, week.report("R1", ROAD, "open", at(-9, 9), delay_min=45.0))
    assert found.closures == ()
    (note,) = found.road_notes
    assert "waiting 45 min" in note.en
    assert product(OWNER, week.report("R1", ROAD, "open", at(-2, 9))).road_notes == ()


def test_a_withheld_report_on_several_segments_counts_once() -> None:
    picture = week.picture((), status=many(), consents=())
    withheld = build_product(picture, (), PUBLIC, week.CONFIG).withheld
    assert withheld["road_status", "delay"] == 1


def test_without_ids_the_pieces_of_a_surveyed_road_are_one_closure() -> None:
    """An audience that does not see ids sees one report on a road as one, and two that differ as two."""
    drawn = town("A-B-C-D", roads={key: {"route_ref": "RN2"} for key in ("A-B", "B-C", "C-D")})
    everybody = np.full(3, 255, dtype=np.uint8)
    network = replace(
        drawn,
        traffic=Traffic(
            names=("", "", ""), forward=everybody, backward=everybody, duration_s=np.full(3, np.nan)
        ),
    )
    told = [
        replace(week.report("", key, "closed", at(-2, 9)), is_part=key == "B-C")
        for key in ("A-B", "B-C")
    ]
    other = week.report("", "C-D", "restricted", at(-3, 9), max_gross_t=10.0)
    known = KnownRoads(
        by_subject=known_states(
            network, [*told, other], at=AS_OF, as_of=AS_OF, config=week.CONFIG.status
        )
    )
    found = closure_views(network, known)
    assert [closure.state for closure in found] == ["closed", "restricted"]
    assert "RN2 (2 segments" in found[0].said.en


# --- marks and ids --------------------------------------------------------------------------------


def swapped() -> list:
    """Reports whose ids are the marks that the other road would have."""
    keys = sorted(
        (week.segment("BZM", "BOC"), week.segment("BOC", "BOH")),
        key=bundled_network().segment_index.__getitem__,
    )
    return [
        week.report(name, key, "closed", at(-2, 9))
        for name, key in zip(("R2", "R1"), keys, strict=True)
    ]


def test_no_mark_is_the_id_of_another_report() -> None:
    found = product(OWNER, *swapped()).closures
    assert [one.mark for one in found] == ["T1", "T2"]
    assert [one.said.en.split(" · ")[0] for one in found] == ["R2", "R1"]


def test_a_withheld_id_changes_no_letter() -> None:
    found = product(MINUSCA, *swapped()).closures
    assert [one.mark for one in found] == ["R1", "R2"]
    assert not any("R1" in one.said.en or "R2" in one.said.en for one in found)


def test_the_id_of_an_expired_report_is_not_used_either() -> None:
    reports = [
        week.report("S-1", ROAD, "closed", at(-2, 9)),
        week.report("R 7", week.segment("BOC", "BOH"), "closed", at(-9, 9), expires_at=AS_OF),
    ]
    (closure,) = product(OWNER, *reports).closures
    assert closure.mark == "T1"
