"""Which roads a convoy can pass: seasons, reports, weights, and the laws that hold for all of them."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import DRY, WET, convoy, report
from towns import town

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.facts import Crossing, vehicles
from cmcoord_geo.i18n import Said
from cmcoord_geo.network import Passability, bundled_network, passability

ROAD = "A--B"
SHOULDER = DRY.replace(month=11, day=5)
VEHICLES = tuple(vehicles())


def asked(network, *vehicle_ids: str, at=DRY, status=()) -> Passability:
    return passability(
        network, convoy(*vehicle_ids), at=at, as_of=at, status=status, config=StatusConfig()
    )


def takes(network, vehicle_id: str, *, at=DRY, status=()) -> bool:
    """Whether the first road is open to a vehicle."""
    return bool(asked(network, vehicle_id, at=at, status=status).is_open[0])


def why(network, vehicle_id: str, *, at=DRY, status=()) -> str:
    return "; ".join(
        reason.en for reason in asked(network, vehicle_id, at=at, status=status).reasons[0]
    )


def crossing(capacity_t: float | None, *, kind: str = "bridge") -> Crossing:
    return Crossing(
        crossing_id="CR", kind=kind, name=Said(fr="Pont", en="Bridge"), at_km={"A-B": None},
        capacity_t=capacity_t, default_state="unknown", confidence="low",
    )  # fmt: skip


# --- season -------------------------------------------------------------------------------------


def test_the_season_sets_the_largest_vehicle() -> None:
    road = town(
        ROAD, surface="laterite", max_vehicle_dry="heavy_truck", max_vehicle_wet="truck_6x6"
    )
    assert [name for name in VEHICLES if takes(road, name)] == list(VEHICLES[:4])
    assert [name for name in VEHICLES if takes(road, name, at=WET)] == list(VEHICLES[:3])
    assert "wet season: 6x6 all-terrain truck at most by default" in why(road, "tanker", at=WET)


def test_closed_in_the_wet_season_takes_only_a_motorbike() -> None:
    """DOMAIN.md 5.2: closed means no four-wheel traffic by default, whatever else the table says."""
    road = town(ROAD, status_wet="closed", max_vehicle_wet="truck_6x6")
    assert [name for name in VEHICLES if takes(road, name, at=WET)] == ["motorbike"]


def test_between_the_seasons_the_worse_holds() -> None:
    wet_is_worse = town(ROAD, status_wet="restricted", max_vehicle_wet="lv_4x4")
    dry_is_worse = town(ROAD, status_dry="closed")
    assert not takes(wet_is_worse, "truck_6x6", at=SHOULDER)
    assert asked(wet_is_worse, "lv_4x4", at=SHOULDER).state == ("restricted",)
    assert not takes(dry_is_worse, "lv_4x4", at=SHOULDER)
    assert asked(wet_is_worse, "lv_4x4", at=SHOULDER).season == ("shoulder",)


def test_between_the_seasons_the_range_of_hours_spans_both() -> None:
    road = town(ROAD, surface="laterite")
    dry, shoulder, wet = (asked(road, "truck_6x6", at=at) for at in (DRY, SHOULDER, WET))
    assert shoulder.low_s == dry.low_s
    assert shoulder.high_s == wet.high_s
    assert dry.mid_s < shoulder.mid_s < wet.mid_s


def test_hours_follow_length_speed_and_doubt() -> None:
    """DOMAIN.md 5.4: 50 km/h on tar in the dry season, doubt 25 %."""
    road = town(ROAD, roads={"A-B": {"length_low_m": 2000.0, "length_high_m": 4000.0}})
    found = asked(road, "truck_6x6")
    assert found.low_s[0] == pytest.approx(2 / (50 * 1.25) * 3600)
    assert found.mid_s[0] == pytest.approx(3 / 50 * 3600)
    assert found.high_s[0] == pytest.approx(4 / (50 * 0.75) * 3600)


def test_speed_zero_is_no_road() -> None:
    road = town(ROAD, surface="track")
    assert takes(road, "truck_6x6")
    assert not takes(road, "heavy_truck")
    assert why(road, "heavy_truck") == "this vehicle does not drive on track in the dry season"
    assert np.isinf(asked(road, "heavy_truck").mid_s[0])
    degraded = town(ROAD, surface="degraded")
    assert takes(degraded, "tanker", at=DRY)
    assert not takes(degraded, "tanker", at=WET)
    assert not takes(degraded, "tanker", at=SHOULDER)


# --- reports ------------------------------------------------------------------------------------

SIXES = town(ROAD, surface="laterite", max_vehicle_dry="truck_6x6", max_vehicle_wet="motorbike")


def test_open_does_not_say_for_whom() -> None:
    """A live "open" lets no truck onto a road larger than its season's default takes."""
    status = [report("open")]
    assert takes(SIXES, "truck_6x6", status=status)
    assert not takes(SIXES, "heavy_truck", status=status)
    assert "does not say for which vehicles" in why(SIXES, "heavy_truck", status=status)
    assert not takes(SIXES, "lv_4x4", at=WET, status=[report("open", at=WET)])


@pytest.mark.parametrize("state", ["open", "restricted"])
def test_a_weight_limit_says_nothing_of_size(state: str) -> None:
    status = [report(state, max_gross_t=60.0)]
    assert takes(SIXES, "truck_6x6", status=status)
    assert not takes(SIXES, "heavy_truck", status=status)
    light = [report(state, max_gross_t=10.0)]
    assert takes(SIXES, "lv_4x4", status=light)
    assert "limit 10 t, weight 20 t" in why(SIXES, "truck_6x6", status=light)


@pytest.mark.parametrize("state", ["open", "restricted"])
def test_a_vehicle_that_a_report_names_is_seen_with_own_eyes(state: str) -> None:
    """It beats the default, which is a prior: up to that vehicle, and nothing larger, in any known state."""
    status = [report(state, at=WET, max_vehicle="lv_4x4")]
    assert not takes(SIXES, "lv_4x4", at=WET)
    assert takes(SIXES, "lv_4x4", at=WET, status=status)
    assert not takes(SIXES, "truck_6x6", at=WET, status=status)


def test_who_does_not_know_the_state_lifts_no_default() -> None:
    status = [report("unknown", max_vehicle="tanker")]
    assert "does not know the state" in why(SIXES, "heavy_truck", status=status)


@pytest.mark.parametrize("state", ["open", "restricted"])
def test_a_named_vehicle_is_always_an_upper_limit(state: str) -> None:
    wide = town(ROAD)
    status = [report(state, max_vehicle="truck_6x6")]
    assert takes(wide, "truck_6x6", status=status)
    assert "6x6 all-terrain truck at most" in why(wide, "tanker", status=status)


def test_a_closed_road_is_closed_to_all() -> None:
    status = [report("closed")]
    assert not any(takes(SIXES, name, status=status) for name in VEHICLES)
    assert "closed by report R-closed-10 of 14 Jan 2026" in why(SIXES, "motorbike", status=status)


@pytest.mark.parametrize("pair", [("open", "closed"), ("closed", "open")])
def test_conflicting_reports_close_to_trucks_not_to_a_light_vehicle(pair: tuple[str, str]) -> None:
    """LP5: two conflicting reports, treated closed for trucks."""
    status = [report(pair[0], age_h=5), report(pair[1], age_h=30)]
    assert asked(SIXES, "lv_4x4", status=status).state == ("conflicting",)
    assert [name for name in VEHICLES if takes(SIXES, name, status=status)] == [
        "motorbike",
        "lv_4x4",
    ]
    told = "conflicting reports (R-{}-5 of 15 Jan 2026, R-{}-30 of 14 Jan 2026)".format(*pair)
    assert told in why(SIXES, "truck_6x6", status=status)


def test_two_limits_that_contradict_each_other_close_to_trucks() -> None:
    status = [
        report("restricted", age_h=5, max_gross_t=50.0, report_id="R2"),
        report("restricted", age_h=30, max_gross_t=5.0, report_id="R1", is_verified=True),
    ]
    assert asked(SIXES, "lv_4x4", status=status).is_open[0]
    assert "conflicting reports (R2 of" in why(SIXES, "truck_6x6", status=status)
    assert ", R1 of" in why(SIXES, "truck_6x6", status=status)


def test_newer_open_beats_older_closed_outside_the_window() -> None:
    """LP5: a later "open" needs a newer time."""
    status = [report("open", age_h=5), report("closed", age_h=60)]
    assert takes(SIXES, "truck_6x6", status=status)
    assert not takes(
        SIXES, "truck_6x6", status=[report("closed", age_h=5), report("open", age_h=60)]
    )


def test_a_stale_report_falls_back_to_the_default_and_says_so() -> None:
    """H3: a closure older than 30 days in the dry season is unknown; the default is marked as such."""
    found = asked(SIXES, "truck_6x6", status=[report("closed", age_h=31 * 24)])
    assert found.is_open[0]
    assert (found.known[0].basis, found.known[0].state) == ("stale", "unknown")
    assert found.state == ("open",)  # the default of the season, no observation


def test_a_report_that_expires_before_passage_says_nothing() -> None:
    ends = report("restricted", at=WET, max_vehicle="truck_6x6", expires_at=WET + timedelta(days=1))
    assert takes(SIXES, "truck_6x6", at=WET, status=[ends])
    later = WET + timedelta(days=2)
    found = passability(
        SIXES, convoy("truck_6x6"), at=later, as_of=WET, status=[ends], config=StatusConfig()
    )
    assert not found.is_open[0]
    assert found.known[0].basis == "stale"


def test_reports_on_other_roads_change_nothing() -> None:
    assert takes(SIXES, "truck_6x6", status=[report("closed", segment_id="X-Y")])


# --- bridges and ferries ------------------------------------------------------------------------


@pytest.mark.parametrize(("capacity_t", "is_open"), [(19.9, False), (20.0, True), (None, True)])
def test_capacity_is_a_hard_limit(capacity_t: float | None, *, is_open: bool) -> None:
    """H9: a bridge under the gross weight is no way; LP2."""
    road = town(ROAD, crossings=(crossing(capacity_t),))
    assert takes(road, "truck_6x6") is is_open
    assert takes(road, "lv_4x4")


def test_a_crossing_needs_what_the_profile_asks_for() -> None:
    """A light vehicle of 3.5 t asks for a bridge of 4 t."""
    road = town(ROAD, crossings=(crossing(3.8),))
    assert why(road, "lv_4x4") == "Bridge: capacity 3.8 t, 4 t needed"


@pytest.mark.parametrize("kind", ["bridge", "ferry", "ford", "border"])
def test_unknown_capacity_is_flagged_over_20_t(kind: str) -> None:
    """LP2: unknown capacity under more than 20 t is red, for bridges and ferries."""
    road = town(ROAD, crossings=(crossing(None, kind=kind),))
    flagged = {name for name in VEHICLES if asked(road, name).is_capacity_flagged[0]}
    assert flagged == ({"heavy_truck", "tanker"} if kind in {"bridge", "ferry"} else set())
    known = town(ROAD, crossings=(crossing(50.0, kind=kind),))
    assert not asked(known, "tanker").is_capacity_flagged[0]


@pytest.mark.parametrize("kind", ["bridge", "ferry", "ford", "border"])
def test_a_closed_crossing_closes_the_road(kind: str) -> None:
    road = town(ROAD, crossings=(crossing(None, kind=kind),))
    status = [report("closed", crossing_id="CR")]
    found = asked(road, "motorbike", status=status)
    assert not found.is_open[0]
    assert "Bridge" in found.reasons[0][0].en
    assert found.state == ("open",)  # the road itself
    assert found.crossing_states["CR"].state == "closed"


def test_a_crossing_limits_and_its_conflict_closes_to_trucks() -> None:
    road = town(ROAD, crossings=(crossing(None),))
    limited = [report("restricted", crossing_id="CR", max_vehicle="lv_4x4")]
    torn = [report("open", age_h=2, crossing_id="CR"), report("closed", age_h=3, crossing_id="CR")]
    for status in (limited, torn):
        assert [name for name in VEHICLES if takes(road, name, status=status)] == [
            "motorbike",
            "lv_4x4",
        ]


def test_a_crossing_of_several_roads_closes_them_all() -> None:
    ferry = Crossing(
        crossing_id="CR", kind="ferry", name=Said(fr="Bac", en="Ferry"),
        at_km={"A-B": 3.0, "B-C": 0.0}, capacity_t=None, default_state="unknown", confidence="low",
    )  # fmt: skip
    road = town("A--B--C--D", crossings=(ferry,))
    status = [report("closed", crossing_id="CR", segment_id="A-B")]
    assert asked(road, "lv_4x4", status=status).is_open.tolist() == [False, False, True]


# --- laws ---------------------------------------------------------------------------------------

STATES = st.sampled_from(["open", "restricted", "closed", "unknown"])
CLASSES = st.sampled_from(["", *VEHICLES])


@st.composite
def reports(draw: st.DrawFn, *, states=STATES, limits: bool = True):
    return report(
        draw(states),
        at=draw(st.sampled_from([DRY, WET])),
        age_h=draw(st.integers(-10, 900)),
        report_id=str(draw(st.uuids())),
        crossing_id=draw(st.sampled_from(["", "CR"])),
        max_vehicle=draw(CLASSES) if limits else "",
        max_gross_t=draw(st.none() | st.sampled_from([3.0, 20.0, 60.0])) if limits else None,
        season=draw(st.sampled_from(["", "dry", "wet"])) if limits else "",
        is_part=draw(st.booleans()),
    )


@st.composite
def drawn_roads(draw: st.DrawFn):
    return town(
        ROAD,
        surface=draw(st.sampled_from(["paved", "laterite", "degraded", "track", "unknown"])),
        status_dry=draw(STATES), status_wet=draw(STATES),
        max_vehicle_dry=draw(st.sampled_from(VEHICLES)), max_vehicle_wet=draw(st.sampled_from(VEHICLES)),
        crossings=(crossing(draw(st.none() | st.sampled_from([3.0, 20.0, 40.0]))),),
    )  # fmt: skip


MOMENTS = st.sampled_from([DRY, WET, SHOULDER])


@settings(max_examples=80, deadline=None)
@given(drawn_roads(), st.lists(reports(), max_size=4), MOMENTS, st.data())
def test_closing_never_opens(road, status: list, at, data) -> None:
    """One more report of "closed", or of "unknown" without limits, opens nothing."""
    closing = data.draw(reports(states=st.sampled_from(["closed", "unknown"]), limits=False))
    for name in VEHICLES:
        before = takes(road, name, at=at, status=status)
        after = takes(road, name, at=at, status=[*status, closing])
        assert before or not after, (name, closing)


@settings(max_examples=60, deadline=None)
@given(drawn_roads(), st.lists(reports(), max_size=3), MOMENTS, reports(), st.data())
def test_a_tighter_restriction_never_opens(road, status: list, at, loose, data) -> None:
    """The same report with a smaller vehicle, less weight, or closed takes nothing more."""
    smaller = VEHICLES[: VEHICLES.index(loose.max_vehicle) + 1] if loose.max_vehicle else ("",)
    tight = replace(
        loose,
        max_vehicle=data.draw(st.sampled_from(smaller)),
        max_gross_t=data.draw(st.sampled_from([1.0, loose.max_gross_t])),
    )
    for name in VEHICLES:
        assert takes(road, name, at=at, status=[*status, loose]) or not takes(
            road, name, at=at, status=[*status, tight]
        )


@settings(max_examples=60, deadline=None)
@given(drawn_roads(), st.lists(reports(), max_size=3), MOMENTS, reports(), st.data())
def test_what_costs_time_or_has_hours_changes_nothing(
    road, status: list, at, plain, data: st.DataObject
) -> None:
    """Costly is not closed: not the reasons, not the state, not the driving time."""
    costly = replace(
        plain,
        hours=data.draw(st.sampled_from(["", "06:00-18:00", "22:00-23:00"])),
        delay_min=data.draw(st.none() | st.floats(0, 2880)),
        ferry_state=data.draw(st.sampled_from(["", "slow", "running"])),
    )
    for name in VEHICLES:
        before = asked(road, name, at=at, status=[*status, plain])
        after = asked(road, name, at=at, status=[*status, costly])
        assert after.reasons == before.reasons
        assert after.state == before.state
        assert (after.low_s, after.mid_s, after.high_s) == (
            before.low_s, before.mid_s, before.high_s,
        )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(drawn_roads(), st.lists(reports(), max_size=3), MOMENTS, reports(), st.data())
def test_one_season_only_and_part_of_a_road_never_open(
    road, status: list, at, loose, data: st.DataObject
) -> None:
    """A report on a part forbids as one on the whole does, and lifts no default."""
    tight = replace(
        loose,
        season=data.draw(st.sampled_from([loose.season] if loose.season else ["", "dry", "wet"])),
        is_part=loose.is_part or data.draw(st.booleans()),
    )
    for name in VEHICLES:
        assert takes(road, name, at=at, status=[*status, loose]) or not takes(
            road, name, at=at, status=[*status, tight]
        )


@pytest.mark.parametrize(("season", "at", "is_open"), [
    ("dry", DRY, True), ("dry", WET, False), ("dry", SHOULDER, False),
    ("wet", DRY, False), ("wet", WET, True), ("", WET, True),
])  # fmt: skip
def test_one_season_only(season: str, at, *, is_open: bool) -> None:
    """Between the seasons either may be there, so what passes in one only is closed."""
    status = [report("restricted", at=at, season=season, max_vehicle="tanker")]
    assert takes(town("A-B"), "lv_4x4", at=at, status=status) is is_open


@pytest.mark.parametrize("is_part", [False, True])
def test_a_report_on_a_part_lifts_no_default(*, is_part: bool) -> None:
    road = town("A-B", surface="laterite", max_vehicle_wet="lv_4x4")
    status = [report("restricted", at=WET, max_vehicle="truck_6x6", is_part=is_part)]
    assert takes(road, "truck_6x6", at=WET, status=status) is not is_part


@settings(max_examples=60, deadline=None)
@given(drawn_roads(), reports(), MOMENTS)
def test_a_stale_report_gives_what_no_report_gives_and_says_so(road, told, at) -> None:
    """H3: roads and times of no report; the state of the reports is unknown, not the default."""
    stale = replace(told, reported_at=at - timedelta(days=40), crossing_id="")
    for name in VEHICLES:
        without, with_it = asked(road, name, at=at), asked(road, name, at=at, status=[stale])
        assert with_it.reasons == without.reasons
        assert with_it.state == without.state
        assert with_it.mid_s[0] == without.mid_s[0]
        known = with_it.known[0]
        assert (known.state, known.basis, known.report) == ("unknown", "stale", stale)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["open", "restricted"]), st.integers(0, 40), st.booleans())
def test_two_reports_that_disagree_close_trucks_in_either_order(state, gap_h, is_newer) -> None:
    """LP5."""
    closed = report("closed", age_h=50, report_id="R1")
    other = report(state, age_h=50 - gap_h if is_newer else 50 + gap_h, report_id="R2")
    for status in ([closed, other], [other, closed]):
        assert not takes(town("A-B"), "truck_6x6", status=status)
        assert takes(town("A-B"), "lv_4x4", status=status)


@settings(max_examples=60, deadline=None)
@given(drawn_roads(), st.lists(reports(), max_size=3), MOMENTS)
def test_heavier_never_opens_more(road, status: list, at) -> None:
    """What takes a vehicle takes every smaller one; a second vehicle never opens a road."""
    open_to = [takes(road, name, at=at, status=status) for name in VEHICLES]
    assert open_to == sorted(open_to, reverse=True)
    pair = asked(road, VEHICLES[0], VEHICLES[3], at=at, status=status)
    assert pair.is_open[0] == (open_to[0] and open_to[3])


@settings(max_examples=60, deadline=None)
@given(drawn_roads(), st.lists(reports(), max_size=4), MOMENTS)
def test_closed_roads_take_forever_and_open_ones_have_a_range(road, status: list, at) -> None:
    for name in VEHICLES:
        found = asked(road, name, at=at, status=status)
        times = (found.low_s[0], found.mid_s[0], found.high_s[0])
        if found.is_open[0]:
            assert found.reasons[0] == ()
            assert 0 < times[0] <= times[1] <= times[2] < np.inf
        else:
            assert found.reasons[0]
            assert times == (np.inf,) * 3
        for reason in found.reasons[0]:
            assert reason.fr
            assert reason.en


def test_the_bundled_network_answers_for_every_vehicle_and_season() -> None:
    network = bundled_network()
    for name in VEHICLES:
        counts = [int(asked(network, name, at=at).is_open.sum()) for at in (DRY, SHOULDER, WET)]
        assert counts[0] >= counts[1] >= counts[2]


def test_kept_answers_are_those_that_would_be_found_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over seasons, reports and convoys, in turn and again; another hour of the same day is one answer."""
    network = town("A--B--C", surface="laterite", max_vehicle_wet="truck_6x6")
    closed = (report("closed"),)
    questions = [
        (vehicle, at, status)
        for vehicle in ("lv_4x4", "tanker")
        for at in (DRY, WET, SHOULDER)
        for status in ((), closed)
    ] * 2

    def answers() -> list[tuple[object, ...]]:
        each = (asked(network, vehicle, at=at, status=told) for vehicle, at, told in questions)
        return [(x.is_open.tolist(), x.mid_s.tolist(), x.reasons, x.season, x.known) for x in each]

    fresh = answers()
    module = importlib.import_module("cmcoord_geo.network.passability")
    monkeypatch.setattr(module, "_MANY", 0)
    assert answers() == fresh
    first, later = (
        passability(network, convoy("lv_4x4"), at=at, as_of=DRY, status=(), config=StatusConfig())
        for at in (DRY, DRY + timedelta(hours=3))
    )
    assert first is later
