"""Parts of a text, each for what a reader does with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sharing import week
from sharing.week import at

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.text.corridors import corridor_lines
from cmcoord_geo.render.text.movement import movement_lines, overview_lines, shared_families
from cmcoord_geo.render.text.option import option_lines, unreported
from cmcoord_geo.render.text.patrols import conflict_lines, patrol_lines
from cmcoord_geo.render.text.roads import closure_lines, count_lines, crossing_lines, road_lines
from cmcoord_geo.render.text.sheet import Sheet
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.views import (
    AreaCountView,
    CorridorStretchView,
    CorridorView,
    ExposureView,
    PassageView,
    RangeView,
    WindowView,
)

PRODUCT = build_product(week.picture(), week.plans(), week.OWNER, week.CONFIG).product
SHEET = Sheet(PRODUCT, "en")
MOVEMENT = PRODUCT.movements[1]
OPTION = MOVEMENT.options[0]


def text(lines) -> str:
    return " ".join(" ".join(lines).split())


def passage(name: str, kind: str = "bridge", state: str = "unknown", **other) -> PassageView:
    given = {"reported_at": None, "said": Said(fr=name, en=f"{name}, said"), **other}
    given |= {"kind": kind, "name": Said(fr=name, en=name), "state": state}
    return PassageView(crossing_id="CR1", km=1.0, is_flagged=False, **given)


# ---------------------------------------------------------------- options


def test_many_crossings_without_report_are_one_sentence() -> None:
    """User story: a planner asks once for all of them, not line by line."""
    found = unreported(
        SHEET,
        [
            passage("Wooden bridges, Bambari to Alindao"),
            passage("Wooden bridges, Alindao to Kongbo"),
            passage("Kotto crossing at Kembé"),
            passage("Ouaka bridge", state="passable"),
            passage("Mbari ferry", kind="ferry", reported_at=at(-3, 9)),
        ],
    )
    wooden = "Wooden bridges (Bambari to Alindao, Alindao to Kongbo)"
    assert found == {
        "state unknown": [wooden, "Kotto crossing at Kembé"],
        "said to be passable": ["Ouaka bridge"],
    }


def test_reported_crossings_are_told_in_full() -> None:
    told = replace(OPTION, passages=(passage("Mbari ferry", reported_at=at(-3, 9)),))
    assert "Mbari ferry, said" in text(option_lines(SHEET, told))


def test_no_information_is_never_a_number() -> None:
    """Hazard H2."""
    nothing = ExposureView(low=0, high=0, exposure_class=0, informed_percent=0)
    told = text(
        option_lines(SHEET, replace(OPTION, exposure=nothing, exposure_with_patrols=nothing))
    )
    assert "Exposure, index no information (does not mean low)" in told
    partly = replace(nothing, informed_percent=74, exposure_class=3)
    told = text(option_lines(SHEET, replace(OPTION, exposure=partly)))
    assert "0 to ? (class 3, high; no information on 26 % of the length)" in told


@pytest.mark.parametrize(
    ("records", "words"), [(0, "this is not a clearance"), (2, "no patrol changes it")]
)
def test_ordnance_is_never_cleared(records: int, words: str) -> None:
    option = replace(OPTION, ordnance_records=records, has_ordnance_source=True)
    assert words in text(option_lines(SHEET, option))


def test_ordnance_without_a_source_is_not_nothing() -> None:
    """Hazard H2: no source says neither yes nor no."""
    told = text(option_lines(SHEET, replace(OPTION, has_ordnance_source=False)))
    assert "Explosive ordnance no source: nothing can be said of it" in told
    assert "nothing reported" not in told


def test_an_option_set_aside_says_why() -> None:
    aside = replace(OPTION, letter="B", decision="set_aside", reasons=(Said(fr="x", en="longer"),))
    assert "B · set aside" in text(option_lines(SHEET, aside))
    assert "longer" in text(option_lines(SHEET, aside))


# ---------------------------------------------------------------- movements


def test_what_is_to_be_done_comes_before_the_options() -> None:
    lines = list(movement_lines(SHEET, MOVEMENT, PRODUCT.conflicts))
    before = next(i for i, line in enumerate(lines) if line.startswith("Before departure"))
    first = next(i for i, line in enumerate(lines) if line.startswith("  A · "))
    assert before < first
    assert "X1" in lines[before + 1]
    assert text(lines).count("X1") == 1


def test_an_id_is_told_beside_the_mark_only_where_it_says_more() -> None:
    assert "M2 · ORG-B" in text(movement_lines(SHEET, MOVEMENT, ()))
    typed = replace(MOVEMENT, movement_id=MOVEMENT.mark, organisation="")
    assert text(movement_lines(SHEET, typed, ())).count(MOVEMENT.mark) == 1


def test_a_movement_has_its_own_conflicts_alone() -> None:
    assert "X1" not in text(movement_lines(SHEET, PRODUCT.movements[2], PRODUCT.conflicts))


def test_a_movement_without_road_says_so_first() -> None:
    refused = replace(MOVEMENT, options=(), refusal=Said(fr="pont", en="bridge out"))
    told = text(movement_lines(SHEET, refused, ()))
    assert "NO ROAD. bridge out" in told
    assert "ONE ROAD" not in told
    assert "An armed escort is never among these options." in told


def test_closed_ways_are_told_once() -> None:
    way = Said(fr="Fermé", en="Closed that day: by Dékoa.")
    closed = replace(MOVEMENT, findings=(way,), closed_ways=(way,))
    told = text(movement_lines(SHEET, closed, ()))
    assert told.count("Closed that day") == 1
    assert "[ ] Closed" not in told


def test_what_is_the_same_for_all_is_told_once() -> None:
    shared = shared_families(PRODUCT.movements)
    assert {family.family_id for family in shared} >= {"people", "programme"}
    (family,) = (one for one in shared if one.family_id == "people")
    told = text(movement_lines(SHEET, MOVEMENT, (), shared=shared))
    assert family.said[0].en[:30] not in told
    assert shared_families(PRODUCT.movements[:1]) == ()


def test_several_movements_are_told_in_short_first() -> None:
    lines = list(overview_lines(SHEET, PRODUCT.movements))
    assert len([line for line in lines if line.startswith("  H")]) == 3
    assert "ONE ROAD ONLY" in text(lines)
    assert list(overview_lines(SHEET, PRODUCT.movements[:1])) == []
    lost = replace(MOVEMENT, options=())
    assert "NO ROAD" in text(overview_lines(SHEET, (lost, MOVEMENT)))


# ---------------------------------------------------------------- corridors, patrols, meetings


def corridor(*parts: tuple[str, WindowView]) -> CorridorView:
    return CorridorView(
        mark="C1",
        corridor_id="abc",
        stretches=tuple(
            CorridorStretchView(segment_id=key, km=RangeView(low=0, high=70), window=window)
            for key, window in parts
        ),
    )


def test_corridors_are_told_by_day_with_their_places() -> None:
    day = WindowView(start=at(1, 6), end=at(1, 18))
    short = WindowView(start=at(1, 6), end=at(1, 12))
    parts = (("SBT", "GRI", day), ("GRI", "BBY", day), ("BBY", "IPP", short))
    wanted = corridor(*((week.segment(a, b), window) for a, b, window in parts))
    lines = list(corridor_lines(SHEET, [wanted]))
    assert "  Tue 1 Dec" in lines
    told = text(lines).replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "06:00–18:00: Sibut–Grimari (70 km), Grimari–Bambari (70 km) 06:00–12:00: Bambari–Ippy"
        in told
    )
    assert "Sibut 5.7" in told
    assert list(corridor_lines(SHEET, [])) == []


def test_patrols_say_what_is_not_known() -> None:
    (patrol,) = PRODUCT.patrols
    assert "offered" in text(patrol_lines(SHEET, [patrol]))
    bare = replace(patrol, window=None, passed_at=at(-1, 9), state="confirmed")
    told = text(patrol_lines(SHEET, [bare]))
    assert "unknown" in told
    assert "passage reported Sun 29 Nov 09:00" in told
    assert list(patrol_lines(SHEET, [])) == []


def test_no_known_conflict_names_the_moment_of_the_data() -> None:
    told = text(conflict_lines(SHEET, PRODUCT))
    assert "X1" in told
    moment = "29 Nov 2026, 17:00 Bangui"
    known = "no other known meeting with a patrol (C1) in the data held at"
    assert f"Elsewhere on these roads: {known} {moment}" in told
    assert "ten other rules too (C2 to C11)" in told
    none = text(conflict_lines(SHEET, replace(PRODUCT, conflicts=())))
    assert "Elsewhere" not in none
    assert "No known meeting with a patrol (C1) in the data held" in none
    assert "ten other rules too (C2 to C11)" in none
    assert "refused" not in none


def test_no_known_conflict_rests_on_less_where_data_were_refused() -> None:
    """A patrol that was refused is not a patrol that is not there (H2)."""
    note = Said(fr="patrols.csv : 1", en="patrols.csv: 1")
    told = text(conflict_lines(SHEET, replace(PRODUCT, conflicts=(), data_notes=(note,))))
    assert "Data were refused" in told


# ---------------------------------------------------------------- roads


def test_closures_say_how_old_and_until_when() -> None:
    told = text(closure_lines(SHEET, PRODUCT.closures))
    assert "report of Sun 29 Nov" in told
    assert "valid until" in told
    assert list(closure_lines(SHEET, ())) == []


def test_ferries_without_report_are_named_together() -> None:
    lines = list(crossing_lines(SHEET, PRODUCT.crossings))
    assert text(lines).count("No report, state unknown") == 1
    ferry = next(one for one in PRODUCT.crossings if one.kind == "ferry")
    told = replace(ferry, state="out", reported_at=at(-3, 9), expires_at=at(3, 9))
    assert "out of order · report of Fri 27 Nov · valid until Thu 3 Dec 09:00" in text(
        crossing_lines(SHEET, [told])
    )
    assert list(crossing_lines(SHEET, ())) == []


def test_roads_that_are_not_open_are_named() -> None:
    told = text(road_lines(SHEET, PRODUCT.segments))
    assert "by default of the season" in told
    assert "closed, by report (2): Bozoum–Bocaranga, Bohong–Bocaranga" in told
    assert "no observation of the day" in told


def test_counts_say_what_is_missing() -> None:
    told = text(count_lines(SHEET, "incident_counts", [AreaCountView(area="Ouaka", count=6)]))
    assert "Ouaka: 6" in told
    assert "this is not zero" in told
    assert list(count_lines(SHEET, "incident_counts", ())) == []


def test_a_stale_road_is_told_as_unknown_with_its_default() -> None:
    """H3: even where the default of the season is open."""
    first, *others = (replace(one, is_state_reported=False) for one in PRODUCT.segments)
    for state in ("open", "restricted"):
        stale = replace(first, state=state, stale_at=at(-40, 9))
        told = text(road_lines(SHEET, (stale, *others)))
        assert f"state unknown, report stale; {state} by default of the season (1)" in told
