"""Pairs of rows that may be too near one another: index against brute force, and against drawn tracks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from planning.conflicts.rows import START_S, occupancies, random_rows
from planning.worlds import MORNING
from towns import town

from cmcoord_geo.planning import Track, separation_conflict
from cmcoord_geo.planning.approach import Bands, least_distance
from cmcoord_geo.planning.conflicts import Meetings, Occupancies, find_meetings
from cmcoord_geo.units import to_datetime

CROSS = town("A--B--C\n|  |  |\nD--E--F", cell_m=2_000)
ROAD = town("A-B", cell_m=52_500, is_schematic=True)
SPEEDS = tuple[float, float]


def pairs(found: Meetings) -> set[tuple[int, int]]:
    return set(zip(found.ours.tolist(), found.theirs.tolist(), strict=True))


def meet(ours: Occupancies, theirs: Occupancies, separation_m: float, **more: float):
    return pairs(find_meetings(CROSS, ours, theirs, separation_m=separation_m, **more))


def brute(ours: Occupancies, theirs: Occupancies, separation_m: float) -> set[tuple[int, int]]:
    """Each row against each other on its segment, by the distance along the road."""

    def bands(rows: Occupancies) -> Bands:
        return Bands(
            rows.at_m[:, :1], np.diff(rows.at_m), rows.first_s - START_S, rows.last_s - START_S
        )

    i, j = (side.ravel() for side in np.indices((len(ours), len(theirs))))
    near_m = least_distance(bands(ours.only(i)), bands(theirs.only(j)), 2e-6)
    is_met = (near_m <= separation_m + 1e-6) & (ours.segment[i] == theirs.segment[j])
    return {(int(a), int(b)) for a, b in zip(i[is_met], j[is_met], strict=True)}


@pytest.mark.parametrize("seed", range(4))
def test_equal_to_brute_force_along_the_road(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ours, theirs = random_rows(CROSS, rng, 80), random_rows(CROSS, rng, 60)
    schematic = replace(CROSS, is_schematic=True)
    for separation_m in (0.0, 700.0):
        found = find_meetings(schematic, ours, theirs, separation_m=separation_m)
        is_one = ours.segment[found.ours] == theirs.segment[found.theirs]
        along = {
            pair for pair, here in zip(zip(found.ours.tolist(), found.theirs.tolist(), strict=True),
                                       is_one, strict=True) if here
        }  # fmt: skip
        assert along == brute(ours, theirs, separation_m)


@pytest.mark.parametrize("seed", range(4))
def test_laws(seed: int) -> None:
    """Symmetric; a larger separation or buffer ends no meeting; cutting rows changes nothing."""
    rng = np.random.default_rng(100 + seed)
    ours, theirs = random_rows(CROSS, rng, 60), random_rows(CROSS, rng, 60)
    found = meet(ours, theirs, 500.0)
    assert {(j, i) for i, j in meet(theirs, ours, 500.0)} == found
    assert found <= meet(ours, theirs, 800.0)
    assert found <= meet(ours, theirs, 500.0, buffer_s=600.0)
    halves = Occupancies.joined([halved(ours, 0), halved(ours, 1)])
    again = {(i % len(ours), j) for i, j in meet(halves, theirs, 500.0)}
    assert again == found


def halved(rows: Occupancies, which: int) -> Occupancies:
    """First or second half of each row."""

    def half(ends: np.ndarray) -> np.ndarray:
        middle = ends.mean(axis=1)
        return np.column_stack([ends[:, 0], middle] if which == 0 else [middle, ends[:, 1]])

    return replace(rows, at_m=half(rows.at_m), first_s=half(rows.first_s), last_s=half(rows.last_s))


@pytest.mark.parametrize("seed", range(3))
def test_across_the_country_as_drawn_tracks(seed: int) -> None:
    """One speed each: the answer is that of ``separation_conflict`` on the drawn lines."""
    rng = np.random.default_rng(200 + seed)
    seen = {"conflict": 0, "no_known_conflict": 0}
    rows = random_rows(CROSS, rng, 40, hours=0.4)
    rows = replace(rows, last_s=rows.first_s)
    found = find_meetings(CROSS, rows, rows, separation_m=2_500.0)
    met = pairs(found)
    for i, j in rng.integers(0, len(rows), (150, 2)).tolist():
        if rows.segment[i] != rows.segment[j]:
            answer = separation_conflict(track(rows, i), track(rows, j), 2_500.0).answer
            seen[answer] += 1
            assert ((i, j) in met) == (answer == "conflict"), (i, j)
    assert min(seen.values()) > 0


def track(rows: Occupancies, row: int) -> Track:
    segment = int(rows.segment[row])
    start, end = (np.asarray(CROSS.lines[segment], float)[k] for k in (0, -1))
    share = rows.at_m[row] / CROSS.length_m[segment]
    points = [tuple(start + one * (end - start)) for one in share]
    first, last = rows.first_s[row]
    if first > last:
        points, first, last = points[::-1], last, first
    moments = (MORNING + timedelta(seconds=float(one - START_S)) for one in (first, last))
    return Track(points if points[0] != points[1] else points[:1], *moments)


ANYWHERE = ((0.0, 105.0), (0.0, 0.0), (4.0, 4.0))


def test_windows_that_touch_at_one_instant_meet() -> None:
    early = occupancies(ROAD, [("M", "A-B", *ANYWHERE)])
    late = occupancies(ROAD, [("P", "A-B", (0.0, 105.0), (4.0, 4.0), (5.0, 5.0))])
    later = occupancies(ROAD, [("P", "A-B", (0.0, 105.0), (4.001, 4.001), (5.0, 5.0))])
    assert len(find_meetings(ROAD, early, late, separation_m=0.0).ours) == 1
    assert len(find_meetings(ROAD, early, later, separation_m=0.0).ours) == 0
    assert len(find_meetings(ROAD, early, later, separation_m=0.0, buffer_s=4.0).ours) == 1


def test_following_at_one_speed_never_meets_however_long_the_road() -> None:
    """Boxes of whole legs would: both are on the road for hours at once."""
    first = occupancies(ROAD, [("M", "A-B", (0.0, 105.0), (0.0, 2.0), (0.0, 2.0))])
    behind = occupancies(ROAD, [("P", "A-B", (0.0, 105.0), (0.5, 2.5), (0.5, 2.5))])
    faster = occupancies(ROAD, [("P", "A-B", (0.0, 105.0), (0.5, 1.5), (0.5, 1.5))])
    assert len(find_meetings(ROAD, first, behind, separation_m=1000.0).ours) == 0
    assert len(find_meetings(ROAD, first, faster, separation_m=0.0).ours) == 1


def test_where_and_when_is_what_both_share() -> None:
    driven = occupancies(ROAD, [("M", "A-B", (0.0, 100.0), (0.0, 2.0), (1.0, 4.0))])
    there = occupancies(ROAD, [("P", "A-B", (40.0, 60.0), (0.0, 0.0), (2.0, 2.0))])
    found = find_meetings(ROAD, driven, there, separation_m=0.0)
    assert found.at_m.tolist() == [[40_000, 60_000]]
    hours = (found.at_s - START_S) / 3600
    assert hours.tolist() == [[pytest.approx(0.8), pytest.approx(2.0)]]
    assert to_datetime(found.at_s[0, 0]) == MORNING + timedelta(hours=0.8)


@pytest.mark.parametrize("lost", ["first_s", "last_s", "at_m"])
def test_what_is_not_known_is_met_anywhere_and_marked(lost: str) -> None:
    driven = occupancies(ROAD, [("M", "A-B", (0.0, 100.0), (0.0, 2.0), (1.0, 4.0))])
    there = occupancies(ROAD, [("P", "A-B", (101.0, 104.0), (90.0, 90.0), (99.0, 99.0))])
    assert len(find_meetings(ROAD, driven, there, separation_m=0.0).ours) == 0
    blank = np.full((1, 2), np.nan)
    late = replace(there, first_s=there.first_s - 89 * 3600)
    half = replace(late if lost == "at_m" else there, **{lost: blank})
    if lost == "at_m":
        half = replace(half, last_s=half.first_s)
    found = find_meetings(ROAD, driven, half, separation_m=1000.0 if lost == "at_m" else 2000.0)
    assert found.is_known.tolist() == [False]


def test_a_void_row_may_be_there_at_any_time() -> None:
    driven = occupancies(ROAD, [("M", "A-B", (0.0, 100.0), (0.0, 2.0), (1.0, 4.0))])
    there = occupancies(ROAD, [("P", "A-B", (40.0, 60.0), (90.0, 90.0), (99.0, 99.0))])
    void = replace(there, is_void=np.array([True]))
    found = find_meetings(ROAD, driven, void, separation_m=0.0)
    assert found.is_known.tolist() == [False]


def test_nobody_meets_nobody() -> None:
    none = Occupancies.joined([])
    found = find_meetings(ROAD, none, none, separation_m=1000.0)
    assert [len(column) for column in found] == [0] * 5


HAIRPIN = replace(
    ROAD,
    is_schematic=False,
    lines=(np.array([(20.0, 7.0), (20.2, 7.0), (20.2, 7.004), (20.0, 7.004)]),),
)


def test_two_arms_of_one_road_are_near_across_the_country() -> None:
    """440 m apart on the ground, 100 km along the road; a schematic line has no arms."""
    here = occupancies(HAIRPIN, [("M", "A-B", (5.0, 5.0), (0.0, 0.0), (1.0, 1.0))])
    there = occupancies(HAIRPIN, [("P", "A-B", (100.0, 100.0), (0.0, 0.0), (1.0, 1.0))])
    assert len(find_meetings(HAIRPIN, here, there, separation_m=1000.0).ours) == 1
    assert len(find_meetings(HAIRPIN, here, there, separation_m=400.0).ours) == 0
    drawn = replace(HAIRPIN, is_schematic=True)
    assert len(find_meetings(drawn, here, there, separation_m=1000.0).ours) == 0
