"""One product for one audience."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from sharing import week
from sharing.week import AS_OF, CONFIG, END, MINUSCA, OWNER, PUBLIC, at, consent, request

from cmcoord_geo.errors import SharingError, WithheldError
from cmcoord_geo.picture import Incidents
from cmcoord_geo.risk import hazard
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing import Audience, build_product
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.incidents import incident_records, incidents_said
from cmcoord_geo.sharing.patrols import conflict_views
from cmcoord_geo.sharing.records import incident_record, movement_record
from cmcoord_geo.sharing.released import PatrolRow

FULL = {
    "owner": {
        "movements",
        "patrols",
        "conflicts",
        "incidents",
        "ordnance_said",
        "incidents_said",
        "lacks_operations",
    },
    "minusca_ops": {"patrols", "corridors"},
    "public": {"incident_counts"},
}
ALWAYS = {"frame", "places", "segments", "closures", "crossings"}


def released(audience, picture=None, plans=None, **other):
    picture = picture or week.picture()
    return build_product(
        picture, week.plans() if plans is None else plans, audience, CONFIG, **other
    )


@pytest.mark.parametrize("audience", [OWNER, MINUSCA, PUBLIC], ids=lambda one: one.kind)
def test_a_product_holds_what_its_audience_may_see(audience) -> None:
    product = released(audience).product
    held = {entry.name for entry in fields(product) if getattr(product, entry.name)}
    assert held - ALWAYS == FULL[audience.kind]


@pytest.mark.parametrize("audience", [Audience(kind="donors"), Audience(kind="")])
def test_an_unknown_audience_gets_no_product(audience) -> None:
    with pytest.raises(WithheldError) as caught:
        released(audience)
    assert caught.value.reason == "audience"


def test_a_purpose_that_is_not_foreseen_gets_no_product() -> None:
    with pytest.raises(WithheldError) as caught:
        released(MINUSCA, purpose="planning")
    assert caught.value.reason == "purpose"


def test_what_is_kept_back_is_counted_for_the_desk_alone() -> None:
    found = released(MINUSCA, week.picture(consents=(consent("ORG-A"),)))
    assert found.withheld == {("movement", "consent_absent"): 2}
    assert found.product.data_notes == ()


def test_consent_that_ran_out_since_the_cut_off_withholds() -> None:
    """L052: what counts is the moment of release, not the day on which the data were gathered."""
    assert released(MINUSCA, now=at(1, 0)).product.corridors
    late = released(MINUSCA, now=END)
    assert late.product.corridors == ()
    assert late.withheld == {("movement", "consent_expired"): 3}


def test_a_release_before_the_cut_off_is_judged_at_both() -> None:
    until = (replace(one, until=AS_OF) for one in week.CONSENTS)
    early = released(MINUSCA, week.picture(consents=tuple(until)), now=at(-5, 0))
    assert early.product.corridors == ()


# ---------------------------------------------------------------- owner


def test_the_desk_sees_all() -> None:
    product = released(OWNER).product
    assert [(one.mark, one.movement_id) for one in product.movements] == [
        ("H1", "M1"), ("H2", "M2"), ("H3", "M3"),
    ]  # fmt: skip


def test_a_partner_sees_its_own_movements_and_patrols() -> None:
    found = released(Audience(kind="owner", organisation="ORG-C"))
    product = found.product
    assert [one.movement_id for one in product.movements] == ["M3"]
    assert product.patrols == ()
    assert product.conflicts == ()
    assert found.withheld == {("movement", "owner"): 2, ("patrol", "not_own_segment"): 2}
    other = released(Audience(kind="owner", organisation="ORG-A")).product
    assert [one.patrol_id for one in other.patrols] == ["PAT-1"]


def test_segments_that_an_audience_brings_along_open_nothing() -> None:
    asked = Audience(
        kind="owner", organisation="ORG-C", segments=frozenset({week.segment("SBT", "GRI")})
    )
    assert released(asked).product.patrols == ()


def test_conflicts_name_the_marks_of_the_product() -> None:
    late = week.picture((request("M1", "ORG-A", "SBT GRI", at(1, 11)),))
    product = released(OWNER, late, plan_week(late, CONFIG)).product
    assert [(one.mark, one.movement, one.patrol) for one in product.conflicts] == [
        ("X1", "H1", "P1")
    ]
    plans = plan_week(late, CONFIG)
    assert conflict_views(late, plans, product.movements, (), CONFIG) == ()


def test_a_meeting_names_the_window_that_is_met() -> None:
    """One patrol id may have several windows; the mark is that of the one on the road at that time."""
    there = week.segment("SBT", "GRI")
    late = week.picture(
        (request("M1", "ORG-A", "SBT GRI", at(1, 11)),),
        patrols=week.patrols(
            ("PAT-1", there, at(1, 12), at(1, 17)), ("PAT-1", there, at(4, 6), at(4, 9))
        ),
    )
    product = released(OWNER, late, plan_week(late, CONFIG)).product
    assert [one.mark for one in product.patrols] == ["P1", "P2"]
    assert [one.patrol for one in product.conflicts] == ["P1"]


# ---------------------------------------------------------------- incidents


def test_records_after_the_cut_off_are_not_known() -> None:
    later = week.incidents(("I1", 20.7, 5.8, at(-1, 12)), ("I2", 20.7, 5.8, at(1, 12)))
    assert [
        one.incident_id for one in released(OWNER, week.picture(incidents=later)).product.incidents
    ] == ["I1"]


def test_a_source_without_release_is_in_no_product() -> None:
    (source,) = week.picture().incidents.sources
    held = replace(week.picture().incidents, sources=(replace(source, has_export=False),))
    for audience in (OWNER, PUBLIC):
        found = released(audience, week.picture(incidents=held))
        assert (found.product.incidents, found.product.incident_counts) == ((), ())
        assert found.withheld["incident", "no_export"] == 7


def test_a_source_that_nobody_declared_is_in_no_product() -> None:
    bare = replace(week.picture().incidents, sources=())
    assert released(PUBLIC, week.picture(incidents=bare)).withheld["incident", "no_export"] == 7


def test_a_record_without_position_is_kept_back_and_counted() -> None:
    unplaced = week.incidents(("I1", float("nan"), float("nan"), at(-9, 12)))
    found = released(OWNER, week.picture(incidents=unplaced))
    assert found.product.incidents == ()
    assert found.withheld["incident", "no_position"] == 1


def test_the_public_reads_counts_of_five_and_more() -> None:
    counts = released(PUBLIC).product.incident_counts
    assert [(one.area, one.count) for one in counts] == [("Ouaka", 6)]


def test_past_movements_with_consent_are_counted_from_five() -> None:
    past = tuple(request(f"M{i}", f"ORG-{i}", "SBT GRI", at(-9, 6)) for i in range(6))
    agreed = tuple(consent(f"ORG-{i}", audience="public") for i in range(6))
    plans = plan_week(week.picture(past), CONFIG)
    counted = []
    for n in (4, 5, 6):
        product = released(PUBLIC, week.picture(past, consents=agreed[:n]), plans).product
        counted.append([(one.area, one.count) for one in product.movement_counts])
    assert counted == [[], [("Ouaka", 5)], [("Ouaka", 6)]]


def test_no_source_is_told_as_no_information() -> None:
    product = released(OWNER, week.picture(incidents=Incidents.empty())).product
    assert "no information" in product.incidents_said.en
    assert "not a clearance" in product.ordnance_said.en


# ---------------------------------------------------------------- desk


def desk(audience=OWNER) -> Desk:
    return Desk(
        audience, purpose="map", consents=(), moments=[AS_OF], config=CONFIG.sharing
    )  # fmt: skip


def test_the_desk_refuses_a_view_of_another_kind() -> None:
    with pytest.raises(SharingError, match="PatrolRow"):
        desk().passed(movement_record(week.plan("M1")), PatrolRow)


def test_the_desk_lets_nothing_through_without_a_moment() -> None:
    lost = Desk(OWNER, purpose="map", consents=(), moments=[], config=CONFIG.sharing)
    with pytest.raises(SharingError):
        lost.passed(incident_record(week.picture().incidents, 0, area="Ouaka"), PatrolRow)


def test_records_name_the_nearest_prefecture() -> None:
    found = list(incident_records(desk(), week.picture().incidents, as_of=AS_OF))
    assert {record.values["area"] for record in found} >= {"Ouaka"}


def test_said_of_incidents_counts_records() -> None:
    picture = week.picture()
    danger = hazard(picture.network, picture.incidents, at=AS_OF, as_of=AS_OF, config=CONFIG.hazard)
    assert incidents_said(picture.incidents, danger).en.startswith("7 records")


def test_records_of_a_source_that_covers_no_class_are_counted_and_say_nothing() -> None:
    picture = week.picture()
    thin = tuple(replace(source, classes=()) for source in picture.incidents.sources)
    incidents = replace(picture.incidents, sources=thin)
    danger = hazard(picture.network, incidents, at=AS_OF, as_of=AS_OF, config=CONFIG.hazard)
    told = incidents_said(incidents, danger).en
    assert told.startswith("7 records")
    assert "no information" in told


def test_records_that_say_nothing_of_any_one_road_are_told_by_kind() -> None:
    """One that names a prefecture counts on its roads; one that says less, or has no position, on none."""
    picture = week.picture()
    rows = picture.incidents
    precision, place, lon = rows.precision.copy(), list(rows.place), rows.lon.copy()
    precision[0], place[0] = 4, "Ouaka"
    precision[1] = 6
    lon[2], place[2] = np.nan, ""
    rows = replace(rows, precision=precision, place=tuple(place), lon=lon)
    danger = hazard(picture.network, rows, at=AS_OF, as_of=AS_OF, config=CONFIG.hazard)
    told = incidents_said(rows, danger).en
    assert "1 record that names a prefecture alone counts on all its roads" in told
    assert "2 records without a position, or vaguer than a prefecture, count on no road" in told
    assert "1 record too far from every road counts on none" in told


def test_stretches_of_one_patrol_that_are_withheld_count_once() -> None:
    """On streets a patrol has hundreds of stretches; the desk counts patrols."""
    here = week.segment("BOP", "BOH")
    rows = week.patrols(
        ("PAT-9", here, at(2, 6), at(2, 11)),
        ("PAT-9", here, at(2, 6), at(2, 11)),
        ("PAT-9", here, at(3, 6), at(3, 11)),
    )
    own = Audience(kind="owner", organisation="ORG-A")
    release = build_product(week.picture(patrols=rows), week.plans(), own, CONFIG)
    assert release.withheld["patrol", "not_own_segment"] == 2
