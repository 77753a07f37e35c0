"""Consents: a slip of the pen never turns into a consent."""

from __future__ import annotations

from pathlib import Path

import pytest
from schemas.example_rows import CONSENT, write

from cmcoord_geo.io import read_consents


def read(tmp_path: Path, *changes: dict[str, str]):
    return read_consents(write(tmp_path / "consents.csv", [CONSENT | change for change in changes]))


def test_a_consent_is_read(tmp_path: Path) -> None:
    (consent,) = read(tmp_path, {}).content
    assert (consent.organisation, consent.movement_id, consent.audience) == (
        "ORG-A",
        "M-1",
        "minusca_ops",
    )
    assert not consent.is_withdrawn
    assert consent.accepts_mixed_patrols


def test_empty_answers_are_no(tmp_path: Path) -> None:
    (consent,) = read(
        tmp_path, {"withdrawn": "", "accepts_mixed_patrols": "", "movement_id": ""}
    ).content
    assert not consent.accepts_mixed_patrols
    assert consent.movement_id == ""


@pytest.mark.parametrize(
    "change",
    [{"withdrawn": "prehaps"}, {"until": "soon"}, {"until": ""}, {"accepts_mixed_patrols": "?"}],
)
def test_a_row_that_cannot_be_read_withdraws(tmp_path: Path, change: dict[str, str]) -> None:
    found = read(tmp_path, {}, change)
    (consent,) = found.content
    assert consent.is_withdrawn
    assert found.report.refused == 1
    assert any(f.severity == "error" and f.row == 3 for f in found.findings)


def test_an_unknown_audience_withdraws_from_all(tmp_path: Path) -> None:
    found = read(tmp_path, {}, {"audience": "everyone"})
    assert {consent.audience for consent in found.content} == {"minusca_ops", "public"}
    assert all(consent.is_withdrawn for consent in found.content)


@pytest.mark.parametrize("order", [1, -1])
def test_the_strictest_of_several_rows_holds(tmp_path: Path, order: int) -> None:
    changes = [
        {},
        {"until": "2026-12-02T00:00+01:00"},
        {"accepts_mixed_patrols": "no"},
        {"withdrawn": "oui"},
    ]
    found = read(tmp_path, *changes[::order])
    (consent,) = found.content
    assert consent.is_withdrawn
    assert not consent.accepts_mixed_patrols
    assert consent.until.isoformat() == "2026-12-02T00:00:00+01:00"
    assert "strictest" in found.findings[-1].said.en


def test_the_example_row_consents_to_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, {"organisation": "EXAMPLE-1"})
    assert found.content == ()
    assert found.report.refused == 1
