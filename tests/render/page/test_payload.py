"""The data block holds what its audience may see, under plain values, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render import sample

from cmcoord_geo.render.page.build import build_page
from cmcoord_geo.render.page.payload import page_payload

EVERYBODY = {
    "lang", "texts", "frame", "base", "places", "segments", "closures", "crossings",
}  # fmt: skip
OWN = {
    "owner": {
        "movements", "patrols", "conflicts", "incidents", "incidentClasses", "ordnanceSaid",
        "incidentsSaid", "dataNotes",
    },
    "minusca_ops": {"patrols", "corridors"},
    "public": {"incidentCounts", "movementCounts"},
}  # fmt: skip


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_a_page_names_only_the_parts_of_its_audience(audience):
    payload = page_payload(sample.product(audience), lang="fr")
    assert set(payload) == EVERYBODY | OWN[audience]


@pytest.mark.parametrize("audience", ["minusca_ops", "public"])
def test_roads_carry_no_exposure_and_no_ordnance_for_others(audience):
    payload = page_payload(sample.product(audience), lang="fr")
    keys = {key for segment in payload["segments"] for key in segment}
    assert "state" in keys
    assert not keys & {"exposure", "records", "lastRecord", "ordnance", "lastOrdnance"}


def test_unknown_exposure_is_named_and_not_left_out():
    week = sample.product("owner")
    shown = {s["id"]: s["exposure"] for s in page_payload(week, lang="fr")["segments"]}
    unknown = [s.segment_id for s in week.segments if s.exposure_class == 0]
    assert unknown
    assert {shown[segment_id] for segment_id in unknown} == {0}


def test_an_incident_says_its_class_by_reference_and_its_place_to_100_m():
    week = sample.product("owner")
    first = replace(week.incidents[0], incident_id="secret-id", lon=20.123456, lat=6.98765)
    payload = page_payload(replace(week, incidents=(first,)), lang="fr")
    (shown,) = payload["incidents"]
    assert (shown["lon"], shown["lat"]) == (20.123, 6.988)
    assert payload["incidentClasses"] == {first.class_id: [first.letter, first.class_name]}
    assert shown["class"] == first.class_id
    assert "secret-id" not in shown.values()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
@pytest.mark.parametrize("field", ["km_mid", "line"])
def test_a_number_that_is_none_stops_the_page(field, number):
    week = sample.product("public")
    value = number if field == "km_mid" else ((18.5, 4.4), (number, 4.5))
    broken = replace(week.segments[0], **{field: value})
    with pytest.raises(ValueError, match=r"finite|JSON"):
        build_page(replace(week, segments=(broken, *week.segments[1:])))


def test_a_page_says_when_no_patrol_is_in_the_data():
    known = sample.product("owner")
    assert "noPatrols" not in page_payload(known, lang="fr")
    assert page_payload(replace(known, lacks_patrols=True), lang="fr")["noPatrols"] is True
