"""Ways that are no option today, what stands in them, and until when (H21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from planning.worlds import AS_OF, MORNING, request, situation
from towns import town

from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.planning.closed import ClosedWay, closed_ways

FERRY = Crossing(
    crossing_id="X1", kind="ferry", name=Said(fr="bac", en="ferry"), at_km={"C-D": 3.0},
    capacity_t=None, default_state="unknown", confidence="low",
)  # fmt: skip
SOON, LATER = MORNING + timedelta(days=4), MORNING + timedelta(days=9)


def report(key: str, segment_id: str, **more: object) -> RoadStatus:
    given = {"state": "closed", "reported_at": AS_OF, **more}
    return RoadStatus(report_id=key, segment_id=segment_id, **given)


def closed(
    *status: RoadStatus, roads: dict[str, dict[str, object]] | None = None
) -> list[ClosedWay]:
    square = town("A-B\n| |\nC-D", cell_m=30_000, crossings=(FERRY,), roads=roads)
    here = situation(square, asked=request("A", "D"), status=status)
    return list(closed_ways(here))


def test_nothing_closed() -> None:
    assert closed() == []


def test_each_closed_road_is_named_with_its_reason() -> None:
    (way,) = closed(
        report("R1", "A-C", expires_at=SOON),
        roads={"C-D": {"max_vehicle_dry": "motorbike"}},
    )
    assert way.aside.letter == ""
    assert way.aside.place_ids == ("A", "C", "D")
    first, second = (reason.en for reason in way.aside.reasons)
    assert first.startswith("A–C: ")
    assert "R1" in first
    assert second.startswith("C–D: dry season")
    assert way.ends == (("A–C", SOON),)


def test_report_on_a_ferry_ends_the_closure_of_its_road() -> None:
    (way,) = closed(report("R1", "C-D", crossing_id="X1", expires_at=LATER))
    assert "ferry" in way.aside.reasons[0].en
    assert way.ends == (("C–D", LATER),)


def test_the_last_report_counts_where_two_stand_in_the_way() -> None:
    (way,) = closed(
        report("R1", "C-D", expires_at=SOON),
        report("R2", "C-D", crossing_id="X1", expires_at=LATER),
    )
    assert way.ends == (("C–D", LATER),)


def test_road_closed_by_default_has_no_end() -> None:
    (way,) = closed(roads={"B-D": {"max_vehicle_dry": "motorbike"}})
    assert way.ends == ()


def forbidden(
    *keys: str,
    notes: dict[str, str] | None = None,
    oneway: str = "",
    names: dict[str, str] | None = None,
    status: tuple[RoadStatus, ...] = (),
) -> list[ClosedWay]:
    """Ways from A to D where the map closes some roads to all."""
    square = town(
        "A-B\n| |\nC-D",
        cell_m=30_000,
        crossings=(FERRY,),
        roads={key: {"note": note} for key, note in (notes or {}).items()},
    )
    mask = [0 if key in keys else everybody() for key in square.segment_ids]
    back = [
        0 if key == oneway else each for key, each in zip(square.segment_ids, mask, strict=True)
    ]
    traffic = Traffic(
        names=tuple((names or {}).get(key, "") for key in square.segment_ids),
        forward=np.array(mask, dtype=np.uint8),
        backward=np.array(back, dtype=np.uint8),
        duration_s=np.full(len(square), np.nan),
    )
    here = situation(replace(square, traffic=traffic), asked=request("A", "D"), status=status)
    return list(closed_ways(here))


def test_a_ferry_that_the_map_closes_is_told_though_another_way_is_open() -> None:
    (way,) = forbidden("C-D", notes={"C-D": "closes: maxweight=3"})
    assert way.aside.place_ids == ("A", "C", "D")
    assert [reason.en for reason in way.aside.reasons] == [
        "roads without a name 60.0 km: closed to this vehicle by the map (maxweight=3)"
    ]


def test_a_private_road_is_told_only_where_nothing_else_leads_there() -> None:
    note = {"A-B": "closes: access=private; private"}
    assert forbidden("A-B", notes=note) == []
    found = forbidden("A-B", "A-C", notes=note)
    assert "access=private" in found[0].aside.reasons[0].en
    assert "by the map (access, direction" in found[1].aside.reasons[0].en


def test_a_one_way_street_is_no_closure() -> None:
    assert forbidden(oneway="C-D") == []


def test_surveyed_segments_with_one_reason_are_told_by_road_and_km() -> None:
    """Not "tertiary: closed, secondary: closed": the roads, and those without a name together."""
    status = tuple(report("R9", key, expires_at=SOON) for key in ("A-C", "C-D"))
    (way,) = forbidden("A-B", names={"A-C": "Avenue d’essai"}, status=status)[:1]
    (reason,) = way.aside.reasons
    assert reason.en.startswith("Avenue d’essai 60.0 km, roads without a name 60.0 km: closed by ")
    assert "voies sans nom 60,0 km" in reason.fr
    assert [str(getattr(name, "en", name)) for name, _ in way.ends] == [
        "Avenue d’essai",
        "road without a name",
    ]
