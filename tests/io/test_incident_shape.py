"""Tables of other makers: INSO's kind, KoBo, GeoJSON, and any table by a mapping."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from incident_forms import INSO, KOBO, weekly, write_points
from openpyxl import Workbook
from schemas.example_rows import EVENT, INCIDENT, places_of, write

from cmcoord_geo.errors import SchemaError
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.io import read_incidents
from cmcoord_geo.io.incident_mapping import inso_mapping, parse_mapping, usual_mapping


def write_xlsx(path: Path, rows: list[dict[str, str]]) -> Path:
    book = Workbook()
    page = book.active
    page.append(list(rows[0]))
    for row in rows:
        page.append(list(row.values()))
    book.save(path)
    return path


# ---------------------------------------------------------------- INSO's kind


@pytest.mark.parametrize("write_file", [write, write_xlsx])
def test_a_sheet_of_insos_kind_needs_no_mapping_and_never_leaves(
    tmp_path: Path, write_file
) -> None:
    ending = "csv" if write_file is write else "xlsx"
    found = read_incidents(write_file(tmp_path / f"week.{ending}", [INSO]))
    content = found.content
    assert content.class_id == ("robbery",)
    assert content.actor == ("criminal",)
    assert content.precision.tolist() == [2]
    assert content.place == ("Bambari – Ippy",)
    assert content.no_export.tolist() == [True]
    assert content.source_id == ("inso",)
    assert [source.has_export for source in content.sources] == [False]
    assert "no redistribution" in content.sources[0].licence
    assert "goods taken" in content.text[0]


def test_a_french_sheet_of_insos_kind_never_leaves_either(tmp_path: Path) -> None:
    names = {"act": "Acte", "actor": "Acteur", "location": "Lieu", "impact": "Impact"}
    row = {names.get(key, key): cell for key, cell in INSO.items()} | {"Acte": "Braquage"}
    content = read_incidents(write(tmp_path / "f.csv", [row])).content
    assert (content.source_id, content.no_export.tolist()) == (("inso",), [True])


@pytest.mark.parametrize(
    ("name", "leaves"),
    [("inso", False), ("UNDSS_sitrep", False), ("inso 2026", False), ("consortium", True)],
)
def test_a_source_named_after_a_lender_never_leaves(
    tmp_path: Path, name: str, *, leaves: bool
) -> None:
    path = write(tmp_path / "incidents.csv", [INCIDENT | {"source_id": name}])
    assert [source.has_export for source in read_incidents(path).content.sources] == [leaves]


def test_every_act_of_the_table_is_read(tmp_path: Path) -> None:
    acts = inso_mapping().values["class"]
    rows = [INSO | {"ref": str(n), "act": act} for n, act in enumerate(acts)]
    assert read_incidents(write(tmp_path / "a.csv", rows)).content.class_id == tuple(acts.values())


def test_an_unknown_act_is_refused_with_its_row(tmp_path: Path) -> None:
    found = read_incidents(write(tmp_path / "a.csv", [INSO, INSO | {"ref": "2", "act": "Fête"}]))
    assert [f for f in places_of(found.findings) if f[0] == "error"] == [("error", 3, "act")]
    assert found.report.accepted == 1


def test_what_an_undeclared_sheet_covers_is_its_own_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", weekly(INSO, "date", "ref"))
    (source,) = read_incidents(path).content.sources
    assert source.classes == ("robbery",)
    assert source.is_assumed
    assert not source.has_export


# ---------------------------------------------------------------- KoBo


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_kobo_export(tmp_path: Path, separator: str) -> None:
    found = read_incidents(write(tmp_path / "k.csv", [KOBO], separator=separator))
    content = found.content
    assert content.incident_id == ("aaaa-1",)
    assert content.class_id == ("robbery",)
    assert (content.lat[0], content.lon[0]) == (6.10, 20.92)
    assert content.precision.tolist() == [1]
    assert content.place == ("EXERCICE",)
    assert content.actor == ("unknown",)
    told = " ".join(f.said.en for f in found.findings)
    assert "lieu/_geopoint → geopoint" in told
    assert "_submission_time" in told


def without_point(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if "geopoint" not in name}


@pytest.mark.parametrize("start", ["lieu/_endroit", "_lieu/endroit", "_endroit"])
def test_a_point_of_a_kobo_form_is_found_whatever_its_question_is_called(
    tmp_path: Path, start: str
) -> None:
    row = without_point(KOBO) | {
        "lieu/endroit": "6.2 21.0 400 5", f"{start}_latitude": "6.2",
        f"{start}_longitude": "21.0", f"{start}_altitude": "400",
    }  # fmt: skip
    found = read_incidents(write(tmp_path / "k.csv", [row]))
    assert (found.content.lat.tolist(), found.content.lon.tolist()) == ([6.2], [21.0])
    assert any(f"{start}_latitude → lat" in finding.said.en for finding in found.findings)


def test_of_two_points_of_a_form_none_is_picked(tmp_path: Path) -> None:
    row = without_point(KOBO) | {
        "_endroit_latitude": "6.2", "_endroit_longitude": "21.0",
        "_bureau_latitude": "4.4", "_bureau_longitude": "18.5",
    }  # fmt: skip
    found = read_incidents(write(tmp_path / "k.csv", [row]))
    assert np.isnan(found.content.lon).all()
    assert any("_bureau_latitude" in finding.said.en for finding in found.findings)


def test_a_kobo_workbook_with_its_own_columns_of_degrees(tmp_path: Path) -> None:
    row = KOBO | {"lieu/_geopoint": "", "_geopoint_latitude": "6.2", "_geopoint_longitude": "21.0"}
    content = read_incidents(write_xlsx(tmp_path / "k.xlsx", [row])).content
    assert (content.lat[0], content.lon[0]) == (6.2, 21.0)


@pytest.mark.parametrize(
    ("point", "precision"),
    [("6.1 20.9 0 8", 1), ("6.1 20.9 0 900", 2), ("6.1 20.9", 3), ("6.1 20.9 400", 3)],
)
def test_accuracy_of_a_point_is_its_precision(tmp_path: Path, point: str, precision: int) -> None:
    path = write(tmp_path / "k.csv", [KOBO | {"lieu/_geopoint": point}])
    assert read_incidents(path).content.precision.tolist() == [precision]


def test_a_submission_that_was_not_approved_is_refused(tmp_path: Path) -> None:
    status = {"_validation_status": "Not Approved"}
    rows = [KOBO | {"_validation_status": "Approved"}, KOBO | {"_uuid": "b"} | status]
    found = read_incidents(write(tmp_path / "k.csv", rows))
    assert found.report.accepted == 1
    assert ("error", 3, "_uuid") in places_of(found.findings)
    assert any("where the form was filled in" in f.said.en for f in found.findings)


@pytest.mark.parametrize("point", ["6,1 20,9 0 8", "6.1", "Ippy", "6.1;20.9", "6.1 20.9 0 1.2.3"])
def test_a_point_in_another_form_is_refused(tmp_path: Path, point: str) -> None:
    rows = [KOBO, KOBO | {"_uuid": "b", "lieu/_geopoint": point}]
    found = read_incidents(write(tmp_path / "k.csv", rows))
    assert found.report.accepted == 1
    assert ("error", 3, "lieu/_geopoint") in places_of(found.findings)


def test_one_cell_for_a_point_in_an_otherwise_plain_table(tmp_path: Path) -> None:
    row = {"incident_id": "1", "date": "2026-11-03", "class": "robbery", "gps": "6.1 20.9 0 5"}
    content = read_incidents(write(tmp_path / "k.csv", [row])).content
    assert (content.lat[0], content.lon[0]) == (6.1, 20.9)


# ---------------------------------------------------------------- layers


def test_ucdp_as_geojson(tmp_path: Path) -> None:
    path = write_points(tmp_path / "ged.geojson", [EVENT], lon="longitude", lat="latitude")
    found = read_incidents(path)
    assert found.report.table == "ucdp_ged"
    assert (found.content.lat[0], found.content.lon[0]) == (5.399784, 26.486881)
    assert found.content.place == ("Obo town",)


def test_a_layer_of_ones_own(tmp_path: Path) -> None:
    row = {"date": "2026-11-03", "type": "Embuscade", "lon": "20.9", "lat": "6.1"}
    path = write_points(tmp_path / "own.json", [row], lon="lon", lat="lat")
    found = read_incidents(path)
    assert found.content.class_id == ("ambush",)
    assert (found.content.lat[0], found.content.lon[0]) == (6.1, 20.9)
    assert any("made from the content" in f.said.en for f in found.findings)


# ---------------------------------------------------------------- by a mapping

OTHER = {"Quand": "3/11/2026", "Quoi": "Coup", "N": "6,10", "E": "20,92", "Qui": "Les verts"}
MAPPING = {
    "source": "partner",
    "name": "Partner",
    "licence": "own use",
    "no_export": True,
    "decimal_comma": True,
    "date_order": "dmy",
    "covers": {},
    "columns": {"occurred_at": "Quand", "class": "quoi", "lat": "N", "lon": "E", "actor": "Qui"},
    "values": {"class": {"coup": "robbery"}, "actor": {"les verts": "armed_group"}},
    "defaults": {"precision": 2, "place": "RN2"},
}
del MAPPING["covers"]


def test_any_table_by_a_mapping(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", [OTHER], separator=";")
    found = read_incidents(path, mapping=parse_mapping(MAPPING, file="m.toml"))
    content = found.content
    assert content.class_id == ("robbery",)
    assert (content.lat[0], content.lon[0], content.precision[0]) == (6.10, 20.92, 2)
    assert content.place == ("RN2",)
    assert content.actor == ("armed_group",)
    assert content.no_export.all()
    assert "Les verts" in content.text[0]
    assert (content.sources[0].source_id, content.sources[0].licence) == ("partner", "own use")
    assert content.at_s[0] == 1793703600


def test_a_date_that_does_not_fit_the_declared_order_is_refused(tmp_path: Path) -> None:
    rows = [OTHER, OTHER | {"Quand": "11/25/2026"}, OTHER | {"Quand": "2026-11-04"}]
    path = write(tmp_path / "x.csv", rows, separator=";")
    found = read_incidents(path, mapping=parse_mapping(MAPPING, file="m.toml"))
    assert found.report.accepted == 2
    assert [f for f in places_of(found.findings) if f[0] == "error"] == [("error", 3, "quand")]


def test_the_same_row_gets_the_same_id_and_an_edited_one_another(tmp_path: Path) -> None:
    mapping = parse_mapping(MAPPING, file="m.toml")
    rows = [OTHER, OTHER, OTHER | {"E": "20,93"}]
    found = read_incidents(write(tmp_path / "x.csv", rows, separator=";"), mapping=mapping)
    again = read_incidents(write(tmp_path / "y.csv", rows, separator=";"), mapping=mapping)
    assert found.content.incident_id == again.content.incident_id
    assert (found.report.accepted, found.report.duplicates) == (2, 1)


def test_what_a_mapping_declares_is_covered(tmp_path: Path) -> None:
    covers = {"first": date(2026, 1, 1), "last": date(2026, 11, 1), "classes": ["robbery"]}
    mapping = parse_mapping(
        MAPPING | {"covers": covers | {"areas": ["Ouaka"]}, "no_export": False}, file="m.toml"
    )
    path = write(tmp_path / "x.csv", [OTHER], separator=";")
    (source,) = read_incidents(path, mapping=mapping).content.sources
    assert (source.classes, source.areas, source.has_export) == (("robbery",), ("Ouaka",), True)
    assert not source.is_assumed
    assert source.last.isoformat() == "2026-11-01T23:59:59+01:00"


def test_a_table_that_nothing_explains_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="map-columns") as caught:
        read_incidents(write(tmp_path / "x.csv", [{"a": "1", "b": "2"}]))
    assert "occurred_at" in str(caught.value)


def test_usual_words_mean_classes_of_ours() -> None:
    for mapping in (usual_mapping(), inso_mapping()):
        assert set(mapping.values["class"].values()) <= set(incident_classes())
        assert set(mapping.values["precision"].values()) <= set("1234567")
