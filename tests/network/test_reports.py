"""One report ends at one moment, whoever asks (H3)."""

from __future__ import annotations

from datetime import timedelta

from records import DRY, report
from towns import town

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.network.reports import known_states

ROADS = town("A--B")


def test_age_of_a_report_hangs_on_the_cut_off_and_not_on_the_passage() -> None:
    """A product made now and a plan for a later season give the report the same end."""
    told = [report("closed")]
    ends = {
        known_states(ROADS, told, at=at, as_of=DRY, config=StatusConfig())["A-B"].expires_at
        for at in (DRY, DRY + timedelta(days=5))
    }
    assert len(ends) == 1


def test_what_no_report_speaks_of_is_absent() -> None:
    assert known_states(ROADS, [], at=DRY, as_of=DRY, config=StatusConfig()) == {}
