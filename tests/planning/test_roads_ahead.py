"""Segments over the days ahead: seasons change, reports run out, areas close and open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
from planning.slot_worlds import World
from planning.worlds import AS_OF

from cmcoord_geo.model import RoadStatus
from cmcoord_geo.planning.roads_ahead import RoadsAhead, roads_ahead
from cmcoord_geo.units import BANGUI, to_datetime

FIRST = date(2026, 12, 2)


def look(*reports: RoadStatus, first: date = FIRST, days: int = 7, **world: object) -> RoadsAhead:
    situation = World(**world).situation()  # type: ignore[arg-type]
    seen = replace(situation, picture=replace(situation.picture, status=reports))
    return roads_ahead(seen, (2, 1), first, days)


def closed(until: datetime) -> RoadStatus:
    return RoadStatus(
        report_id="R", segment_id="B-C", state="closed", reported_at=AS_OF, expires_at=until
    )


def test_only_the_segments_asked_for_are_looked_at_in_their_order() -> None:
    ahead = look()
    assert ahead.network.segment_ids == ("C-D", "B-C")
    assert ahead.network.ends(1) == ("B", "C")
    assert [to_datetime(edge).date() for edge in ahead.edges] == [FIRST]
    assert ahead.low_s.shape == ahead.high_s.shape == (1, 2)
    assert (ahead.low_s < ahead.high_s).all()


def test_a_report_closes_until_it_runs_out_and_leaves_a_pace_for_later() -> None:
    noon = datetime(2026, 12, 4, 12, tzinfo=BANGUI)
    ahead = look(closed(noon))
    assert noon.timestamp() in ahead.edges
    is_open = [bool(roads.is_open[1]) for roads in ahead.roads]
    assert is_open == [edge >= noon.timestamp() for edge in ahead.edges]
    assert np.isfinite(ahead.high_s).all()
    spans = ahead.spans_where([not word for word in is_open])
    assert spans.end.tolist() == [noon.timestamp()]


def test_a_report_on_another_road_is_no_edge() -> None:
    noon = datetime(2026, 12, 4, 12, tzinfo=BANGUI)
    ahead = look(replace(closed(noon), segment_id="A-B"))
    assert len(ahead.edges) == 1


def test_speeds_change_with_the_season_on_its_day() -> None:
    first = date(2026, 11, 10)
    ahead = look(first=first, days=14)
    assert len(ahead.edges) == 2
    assert ahead.roads[0].season[0] == "shoulder"
    assert ahead.roads[1].season[0] == "dry"
    assert (ahead.high_s[0] > ahead.high_s[1]).all()


def test_an_area_shuts_a_road_from_its_begin_to_its_end() -> None:
    since = datetime(2026, 12, 3, 6, tzinfo=BANGUI)
    ahead = look(closed=(since, since + timedelta(hours=9)))
    (bar,) = ahead.shut[1]
    words, spans = bar.said, bar.spans
    assert "Z1" in words.fr
    assert spans.start.tolist() == [since.timestamp()]
    assert spans.end.tolist() == [(since + timedelta(hours=9)).timestamp() + 1]  # as C2 counts it
    assert 0 not in ahead.shut
