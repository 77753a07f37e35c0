"""A way becomes a route: its figures are those of its parts, and patrol credit lies where the patrol was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from planning.worlds import (
    AS_OF,
    MORNING,
    ROW,
    ROW_WAY,
    Row,
    incidents,
    request,
    situation,
    source,
)

from cmcoord_geo.model import Route
from cmcoord_geo.planning.routes import build_route, drives_of, plain_drives
from cmcoord_geo.planning.schedule import schedule
from cmcoord_geo.planning.situation import Situation
from cmcoord_geo.planning.ways import Way
from cmcoord_geo.risk import Drive

BACK = tuple((segment, False) for segment, _ in reversed(ROW_WAY))
BEFORE = {"start": MORNING - timedelta(hours=5), "end": MORNING - timedelta(hours=3)}


def on(segment: int, fraction: float, class_id: str) -> tuple[str, float, float, object]:
    """Incident of yesterday at a fraction of a segment."""
    line = ROW.lines[segment]
    lon, lat = line[0] + fraction * (line[1] - line[0])
    return class_id, float(lon), float(lat), AS_OF - timedelta(days=1)


def credited(here: Situation, way: Way) -> tuple[Drive, ...]:
    """Drives of a way with the credit of the patrols on it."""
    times = schedule(here, way)
    return drives_of(plain_drives(here.passable, way), times.legs, times.coverage)


def route(*rows: Row, events: list | None = None, classes: tuple[str, ...] = ()) -> Route:
    known = incidents(events or [], source=source(*classes))
    return build_route(situation(ROW, *rows, incidents=known), ROW_WAY, letter="A")


def test_figures_of_a_route() -> None:
    found = route()
    assert found.place_ids == ("A", "B", "C", "D")
    assert found.length_km.low == found.length_km.high == pytest.approx(315)
    assert (found.drive_h.low, found.drive_h.high) == pytest.approx((3.6, 6.0))
    assert found.profile[-1].km.high == pytest.approx(315)
    assert found.unpatrolled_km == pytest.approx(315)
    assert found.coverage == found.conflicts == found.passages == found.halts == ()


@pytest.mark.parametrize(("way", "expected"), [(ROW_WAY, (0.2, 0.5)), (BACK, (0.2, 0.5))])
def test_credit_lies_on_the_stretch_whichever_way_it_is_driven(
    way: tuple[tuple[int, bool], ...], expected: tuple[float, float]
) -> None:
    """Fractions run from the start of the segment, not from where the convoy enters it."""
    asked = request("A", "D") if way is ROW_WAY else request("D", "A")
    here = situation(ROW, Row(stretch=expected, **BEFORE), asked=asked)
    drives = {drive.segment: drive for drive in credited(here, way)}
    ((low, high, factor),) = drives[1].credit
    assert (low, high) == pytest.approx(expected)
    assert 0.7 < factor < 1
    assert drives[0].credit == drives[2].credit == ()


def test_a_segment_driven_twice_has_the_credit_of_each_passage() -> None:
    """Past a banned turn the convoy may come back over the road on which the patrol was."""
    way = ((0, True), (1, True), (1, False), (1, True), (2, True))
    here = situation(ROW, Row(stretch=(0.2, 0.5), **BEFORE))
    drives = credited(here, way)
    assert [len(drive.credit) for drive in drives] == [0, 1, 1, 1, 0]
    for drive in drives[1:4]:
        assert drive.credit[0][:2] == pytest.approx((0.2, 0.5))


def test_credit_lowers_ambush_and_robbery_where_the_patrol_was() -> None:
    events = [on(1, 0.5, "ambush"), on(1, 0.5, "robbery")]
    there = route(Row(**BEFORE), events=events, classes=("ambush", "robbery"))
    assert there.exposure.mean > there.exposure_with_patrols.mean > 0
    assert there.exposure == route(events=events, classes=("ambush", "robbery")).exposure


def test_no_credit_for_ordnance_or_clashes() -> None:
    """H11: no patrol makes a road free of explosive ordnance."""
    events = [on(1, 0.5, "ordnance"), on(1, 0.5, "clash")]
    there = route(Row(**BEFORE), events=events, classes=("ordnance", "clash"))
    assert there.coverage
    assert there.exposure.mean == there.exposure_with_patrols.mean > 0
    assert there.ordnance_records == 1
    assert there.ordnance_km == pytest.approx(105)


def test_ordnance_seen_from_two_segments_is_one_record() -> None:
    found = route(events=[on(1, 0.0, "ordnance")], classes=("ordnance",))
    assert found.ordnance_records == 1


def test_coverage_without_any_source_of_incidents() -> None:
    """Nothing is known to be credited: no information, and no error."""
    found = build_route(situation(ROW, Row(**BEFORE)), ROW_WAY, letter="A")
    assert found.coverage
    assert found.exposure_with_patrols == found.exposure
    assert (found.exposure.informed_share, found.exposure.exposure_class) == (0, 0)
    assert (found.worst_segment, found.worst_class) == ("", 0)


def test_worst_segment_is_named() -> None:
    """H23: the sum hides no single segment."""
    found = route(events=[on(2, 0.5, "ambush")] * 5, classes=("ambush",))
    assert found.worst_segment == "C-D"
    assert found.worst_class >= 2


def test_without_an_ordnance_source_nothing_is_said_of_ordnance() -> None:
    """An empty layer says "no source" and never "nothing there" (H2)."""
    dark = situation(ROW, incidents=incidents(source=source("ambush")))
    assert not build_route(dark, ROW_WAY, letter="A").has_ordnance_source
    told = situation(ROW, incidents=incidents(source=source("ambush", "ordnance")))
    assert build_route(told, ROW_WAY, letter="A").has_ordnance_source
