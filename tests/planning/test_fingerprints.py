"""A later reader can tell whether a plan still holds: any value that it saw changes the fingerprint (H15)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pytest
from planning.worlds import AS_OF, CONFIG, MORNING, ROW, Row, incidents, picture, source
from towns import town

from cmcoord_geo.config import DayConfig
from cmcoord_geo.model import Consent, RoadStatus
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning.fingerprints import fingerprints

REPORT = RoadStatus(report_id="R1", segment_id="A-B", state="open", reported_at=AS_OF)
CONSENT = Consent(organisation="ORG", movement_id="", audience="minusca_ops", until=MORNING)
SEEN = picture(
    ROW,
    Row(start=MORNING, end=MORNING),
    incidents=incidents([("ambush", 20.0, 7.0, AS_OF)], source=source()),
    status=(REPORT,),
    consents=(CONSENT,),
)


def changed(now: OperationalPicture) -> set[str]:
    before, after = fingerprints(SEEN, CONFIG), fingerprints(now, CONFIG)
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


def test_same_data_have_the_same_fingerprint() -> None:
    copy = replace(SEEN, network=town("A-B-C-D", cell_m=52_500))
    assert changed(copy) == set()
    assert changed(SEEN.at(AS_OF + timedelta(days=1))) == set()


@pytest.mark.parametrize("column", [entry.name for entry in fields(SEEN.patrols)])
def test_every_column_of_the_patrols_counts(column: str) -> None:
    values = getattr(SEEN.patrols, column)
    other = ("other",) if isinstance(values, tuple) else np.array([0.25])
    assert changed(replace(SEEN, patrols=replace(SEEN.patrols, **{column: other}))) == {"patrols"}


@pytest.mark.parametrize("column", [entry.name for entry in fields(SEEN.incidents)])
def test_every_column_of_the_incidents_counts(column: str) -> None:
    values = getattr(SEEN.incidents, column)
    other = (source("clash"),) if column == "sources" else ("other",)
    if isinstance(values, np.ndarray):
        other = values + 1
    moved = replace(SEEN.incidents, **{column: other})
    assert changed(replace(SEEN, incidents=moved)) == {"incidents"}


def test_reports_consents_roads_and_settings_count() -> None:
    assert changed(replace(SEEN, status=(replace(REPORT, state="closed"),))) == {"status"}
    assert changed(replace(SEEN, status=(replace(REPORT, max_gross_t=9.0),))) == {"status"}
    mixed = replace(CONSENT, accepts_mixed_patrols=True)
    assert changed(replace(SEEN, consents=(mixed,))) == {"consents"}
    longer = town("A-B-C-D", cell_m=52_500, roads={"A-B": {"length_high_m": 200_000.0}})
    assert changed(replace(SEEN, network=longer)) == {"network"}
    other = replace(CONFIG, day=DayConfig(after_sunrise_min=31))
    before, after = fingerprints(SEEN, CONFIG), fingerprints(SEEN, other)
    assert {name for name in before if before[name] != after[name]} == {"config"}


def test_neighbouring_values_do_not_run_together() -> None:
    """The same points, shared out otherwise among the roads; the same letters among the names."""
    points = np.concatenate([*ROW.lines, ROW.lines[0]])
    lines = [tuple(np.split(points, at)) for at in ([2, 4], [4, 6])]
    first, second = (picture(replace(ROW, lines=parts)) for parts in lines)
    assert fingerprints(first, CONFIG)["network"] != fingerprints(second, CONFIG)["network"]
    two = picture(ROW, Row(patrol_id="P1"), Row(patrol_id="2"))
    one = picture(ROW, Row(patrol_id="P"), Row(patrol_id="12"))
    assert fingerprints(two, CONFIG)["patrols"] != fingerprints(one, CONFIG)["patrols"]
