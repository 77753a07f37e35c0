"""Two tracks too near one another: closed form, held against dense sampling (ALGORITHMS.md d, SAFETY.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import CAMPAIGN, unhurried

from cmcoord_geo.errors import DataError
from cmcoord_geo.planning import Track, separation_conflict
from cmcoord_geo.planning.tracks import in_space, straight_m
from cmcoord_geo.units import BANGUI, CAR_BOX, geod

NOON = datetime(2026, 12, 1, 12, tzinfo=BANGUI)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
#: What the guard band may add, in metres.
GUARD_M = 0.1
N_PAIRS = 2 * CAMPAIGN
Point = tuple[float, float]


def off(point: Point, azimuth: float, distance_m: float) -> Point:
    lon, lat, _ = geod().fwd(*point, azimuth, distance_m)
    return float(lon), float(lat)


def stand(point: Point, start: datetime = NOON, hours: float = 1) -> Track:
    return Track([point], start, start + hours * HOUR)


def drive(*points: Point, start: datetime = NOON, hours: float = 1) -> Track:
    return Track(points, start, start + hours * HOUR)


def answer(a: Track, b: Track, separation_m: float = 1000.0, time_buffer_s: float = 0.0) -> str:
    """Answer about two tracks, which is the same from either side."""
    there = separation_conflict(a, b, separation_m, time_buffer_s).answer
    assert there == separation_conflict(b, a, separation_m, time_buffer_s).answer
    return there


MID: Point = (20.0, 6.0)
POINTS = st.tuples(st.floats(14.1, 27.9), st.floats(2.1, 11.4))
AZIMUTHS = st.floats(-180, 180)


# analytic cases


@unhurried
@given(POINTS, AZIMUTHS, st.sampled_from([1.0, 1000.0, 20_000.0]))
def test_standing_apart(point: Point, azimuth: float, separation_m: float) -> None:
    """1,001 m at a separation of 1,000 m is no conflict, and 1,000 m is, in every direction."""
    for apart_m, expected in (
        (separation_m, "conflict"),
        (separation_m * 0.999, "conflict"),
        (separation_m + 0.5, "no_known_conflict"),
        (separation_m + 1.0, "no_known_conflict"),
    ):
        other = off(point, azimuth, apart_m)
        inside = all(
            low <= x <= high for x, low, high in zip(other, CAR_BOX, CAR_BOX[2:], strict=False)
        )
        found = answer(stand(point), stand(other), separation_m)
        assert found == (expected if inside else "unknown")


def test_a_degree_is_not_a_metre() -> None:
    """At 27 E a plane of UTM 33 is 2 % wrong: 980 m there is 1,000 m on the ground."""
    east = (27.0, 8.0)
    assert answer(stand(east), stand(off(east, 90, 995))) == "conflict"
    assert answer(stand(east), stand(off(east, 90, 1005))) == "no_known_conflict"


def test_head_on_between_two_samples() -> None:
    """Two that pass one another on one road at 60 km/h are within 10 m for a fraction of a second."""
    a, b = MID, off(MID, 70, 60_000)
    assert answer(drive(a, b), drive(b, a), 10.0) == "conflict"
    beside = off(a, 160, 10.2), off(b, 160, 10.2)
    assert answer(drive(*beside), drive(b, a), 10.0) == "no_known_conflict"
    assert answer(drive(*beside), drive(b, a), 10.5) == "conflict"


@pytest.mark.parametrize("which", [0, 1])
def test_crossing_before_and_after_one_another(which: int) -> None:
    """Both pass the crossing, either a minute after the other: then a kilometre away at 60 km/h."""
    roads = [[off(MID, azimuth, 30_300) for azimuth in ends] for ends in ((-90, 90), (180, 0))]
    first, second = (drive(*road, hours=1.01) for road in (roads[which], roads[1 - which]))
    later = Track(second.lonlat, second.depart + 60 * SECOND, second.arrive + 60 * SECOND)
    assert answer(first, second, 1.0) == "conflict"
    assert answer(first, later, 700.0) == "no_known_conflict"
    assert answer(first, later, 710.0) == "conflict"  # 1,000 m / sqrt(2) at the nearest
    assert answer(first, later, 353.0, time_buffer_s=30) == "no_known_conflict"
    assert answer(first, later, 354.0, time_buffer_s=30) == "conflict"  # as if 30 s later
    assert answer(first, later, 0.5, time_buffer_s=60) == "conflict"
    assert answer(first, later, 0.5, time_buffer_s=59) == "no_known_conflict"


def test_overtaking() -> None:
    a, b = MID, off(MID, 30, 50_000)
    slow, fast = drive(a, b, hours=2), drive(a, b, start=NOON + 0.5 * HOUR, hours=1)
    assert answer(slow, fast, 1.0) == "conflict"
    assert answer(slow, drive(a, b, start=NOON + 1.2 * HOUR, hours=1), 1.0) == "no_known_conflict"


def test_following_on_one_road() -> None:
    """Ten minutes behind at 60 km/h is 10 km; the buffer makes it one place."""
    a, b = MID, off(MID, 30, 60_000)
    behind = drive(a, b, start=NOON + HOUR / 6)
    assert answer(drive(a, b), behind, 9_990) == "no_known_conflict"
    assert answer(drive(a, b), behind, 10_001) == "conflict"
    assert answer(drive(a, b), behind, 1.0, time_buffer_s=600) == "conflict"
    assert answer(drive(a, b), behind, 1.0, time_buffer_s=599) == "no_known_conflict"


def test_windows_that_touch_at_one_instant_conflict() -> None:
    early, late = stand(MID), stand(MID, start=NOON + HOUR)
    assert answer(early, late) == "conflict"
    for gap in (SECOND, timedelta(microseconds=1)):
        assert answer(early, stand(MID, start=NOON + HOUR + gap)) == "no_known_conflict"
    assert answer(early, stand(MID, start=NOON + HOUR + SECOND), time_buffer_s=1) == "conflict"


def test_times_that_decimals_cannot_write_touch_all_the_same() -> None:
    """0.8 - 0.7 is more than 0.1 in the arithmetic of the machine."""
    early = Track([MID], NOON, NOON + 0.7 * SECOND)
    assert answer(early, stand(MID, start=NOON + 0.8 * SECOND), time_buffer_s=0.1) == "conflict"


def test_arriving_where_another_leaves() -> None:
    a, b, c = MID, off(MID, 0, 40_000), off(MID, 90, 40_000)
    assert answer(drive(b, a), drive(a, c, start=NOON + HOUR), 5.0) == "conflict"
    assert answer(drive(b, a), drive(a, c, start=NOON + HOUR + SECOND), 5.0) == "no_known_conflict"


def test_instants() -> None:
    """Depart and arrive at one time: everywhere on the line at that moment, for want of better."""
    a, b = MID, off(MID, 0, 40_000)
    at_once = Track([a, b], NOON, NOON)
    assert answer(at_once, Track([off(a, 0, 20_000)], NOON, NOON), 1.0) == "conflict"
    assert answer(at_once, at_once, 0.0) == "conflict"
    assert answer(at_once, stand(b, start=NOON + SECOND)) == "no_known_conflict"


def test_a_point_given_alone_or_twice_stands_still() -> None:
    for place in ([MID], [MID, MID], MID, np.array(MID)):
        still = Track(place, NOON, NOON + HOUR)
        assert answer(still, stand(off(MID, 45, 999))) == "conflict"
        assert answer(still, stand(off(MID, 45, 1001))) == "no_known_conflict"


# what is not known, what cannot be


NAN = float("nan")


@pytest.mark.parametrize(
    "lonlat",
    [
        *(None, [], [(NAN, 6.0)], [MID, (20.0, NAN)], [MID, (None, 6.0)]),
        *([MID, (28.001, 6.0)], [MID, (20.0, 1.999)], [(6.0, 20.0)], [MID, (20.0, float("inf"))]),
    ],
)
def test_missing_or_impossible_position_is_unknown(lonlat: object) -> None:
    """Also where the times lie far apart: what is not known is never no conflict."""
    lost = Track(lonlat, NOON, NOON + HOUR)
    assert answer(lost, stand(MID)) == "unknown"
    assert answer(lost, stand(MID, start=NOON + 99 * HOUR)) == "unknown"
    assert answer(lost, lost) == "unknown"


def test_missing_time_is_unknown() -> None:
    assert answer(Track([MID], NOON, None), stand(MID)) == "unknown"
    assert answer(Track([MID], None, NOON), stand(MID)) == "unknown"


def test_box_around_car_is_closed() -> None:
    west, south, east, north = CAR_BOX
    corners = [(west, south), (east, south), (east, north), (west, north)]
    assert answer(drive(*corners), stand((west, north), hours=2)) == "conflict"


@pytest.mark.parametrize("naive", ["depart", "arrive"])
def test_time_without_a_zone_is_refused(naive: str) -> None:
    times = {"depart": NOON, "arrive": NOON + HOUR}
    times[naive] = times[naive].replace(tzinfo=None)
    with pytest.raises(DataError, match="zone"):
        Track([MID], **times)


def test_arrival_before_departure_is_refused() -> None:
    with pytest.raises(DataError, match="before"):
        Track([MID], NOON, NOON - SECOND)
    same_clock = NOON.replace(tzinfo=UTC)
    with pytest.raises(DataError, match="before"):
        Track([MID], same_clock, NOON)  # noon in Bangui is an hour before noon UTC


def test_hour_that_a_clock_repeats_is_not_lost() -> None:
    """Paris set its clock back on 25 October 2026: 2:30 comes twice, an hour apart."""
    paris = ZoneInfo("Europe/Paris")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=paris)
    again = first.replace(fold=1)
    assert answer(Track([MID], first, again), stand(MID, start=again)) == "conflict"
    half_past = datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert answer(Track([MID], first, again), stand(MID, start=half_past)) == "conflict"
    with pytest.raises(DataError):
        Track([MID], again, first)


@pytest.mark.parametrize("lonlat", ["road", [(1, 2, 3)], [[MID]], object(), 5.0])
def test_what_is_no_list_of_points_is_refused(lonlat: object) -> None:
    with pytest.raises(DataError, match="list of points"):
        Track(lonlat, NOON, NOON)


@pytest.mark.parametrize("limit", [-1.0, NAN, float("inf")])
def test_limits_are_numbers_from_0_up(limit: float) -> None:
    for limits in ({"separation_m": limit}, {"time_buffer_s": limit}):
        with pytest.raises(DataError):
            separation_conflict(stand(MID), stand(MID), **limits)


# laws, on random pairs that come near one another


class Pair:
    """Two random tracks that pass not far from one place at not far from one time."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        where = rng.uniform(15.5, 26.5), rng.uniform(3.5, 10)
        self.separation_m = float(rng.choice([0.5, 30.0, 1000.0, 5000.0]))
        self.buffer_s = float(rng.choice([0.0, 0.0, 30.0, 1800.0]))
        self.a, self.b = (self._track(rng, where) for _ in range(2))

    def _track(self, rng: np.random.Generator, where: Point) -> Track:
        reach_m = rng.choice([100.0, 3000.0, 60_000.0])
        near = off(where, rng.uniform(-180, 180), rng.uniform(0, 0.8) * self.separation_m)
        before, after = (
            [off(near, rng.uniform(-180, 180), rng.uniform(0, reach_m)) for _ in range(count)]
            for count in rng.choice(3, 2)
        )
        points = [*before, near, *after]
        lengths_m = [geod().inv(*p, *q)[2] for p, q in pairwise(points)]
        speed_ms = rng.uniform(5, 22)
        seconds = max(sum(lengths_m) / speed_ms, 60.0)
        share = sum(lengths_m[: len(before)]) / (sum(lengths_m) or 1)
        late_s = rng.uniform(-1, 1) * (self.separation_m / speed_ms + self.buffer_s)
        start = NOON + (late_s - share * seconds) * SECOND
        return Track(points, start, start + seconds * SECOND)

    @property
    def answer(self) -> str:
        return answer(self.a, self.b, self.separation_m, self.buffer_s)


def positions(track: Track, moments: np.ndarray) -> np.ndarray:
    """Longitude and latitude at seconds after noon, leg by leg: shares no code with what is tested."""
    points = [tuple(point) for point in track.lonlat]
    legs = [geod().inv(*p, *q) for p, q in pairwise(points)]
    ends_m = np.cumsum([0.0, *(leg[2] for leg in legs)])
    start_s, end_s = ((moment - NOON).total_seconds() for moment in (track.depart, track.arrive))
    along_m = np.clip((moments - start_s) / (end_s - start_s), 0, 1) * ends_m[-1]
    found = np.tile(points[0], (len(moments), 1))
    for i, (azimuth, _, _) in enumerate(legs):
        here = (along_m >= ends_m[i]) & (along_m <= ends_m[i + 1])
        n = int(here.sum())
        lon, lat, _ = geod().fwd(
            [points[i][0]] * n, [points[i][1]] * n, [azimuth] * n, along_m[here] - ends_m[i]
        )
        found[here] = np.column_stack([lon, lat])
    return found


def sampled(pair: Pair, step_s: float, *, limit: int = 1500) -> tuple[float, float]:
    """Least distance found by sampling, and how much nearer the tracks may come between the samples."""
    windows = [
        [(moment - NOON).total_seconds() for moment in (track.depart, track.arrive)]
        for track in (pair.a, pair.b)
    ]
    lags = np.linspace(-pair.buffer_s, pair.buffer_s, 1 if not pair.buffer_s else 41)
    best, doubt_m = np.inf, 0.0
    for lag in lags:
        first = max(windows[0][0], windows[1][0] + lag)
        last = min(windows[0][1], windows[1][1] + lag)
        if first > last:
            continue
        moments = np.linspace(first, last, min(limit, 2 + int((last - first) / step_s)))
        here, there = positions(pair.a, moments), positions(pair.b, moments - lag)
        best = min(best, float(geod().inv(*here.T, *there.T)[2].min()))
        step = (last - first) / (len(moments) - 1)
        doubt_m = max(doubt_m, 25.0 * (step + (lags[1] - lags[0] if len(lags) > 1 else 0.0)))
    return best, doubt_m


def pairs(count: int) -> Iterator[Pair]:
    return (Pair(seed) for seed in range(count))


def test_never_no_known_conflict_where_sampling_finds_an_encounter() -> None:
    """And never a conflict where dense sampling shows that they stay apart."""
    seen = {"conflict": 0, "no_known_conflict": 0}
    for seed, pair in enumerate(pairs(N_PAIRS)):
        found = pair.answer
        seen[found] += 1
        nearest_m, doubt_m = sampled(pair, 1.0)
        if nearest_m <= pair.separation_m:
            assert found == "conflict", seed
        if nearest_m > pair.separation_m + doubt_m + GUARD_M:
            assert found == "no_known_conflict", seed
    assert min(seen.values()) > N_PAIRS // 10


def test_sampling_every_five_minutes_would_miss_encounters() -> None:
    """The planted fault: what this module replaces does not pass its test."""
    missed = 0
    for pair in pairs(N_PAIRS // 2):
        if not pair.buffer_s and pair.answer == "conflict":
            missed += sampled(pair, 300.0)[0] > pair.separation_m
    assert missed > 0


def test_larger_separation_or_buffer_never_ends_a_conflict() -> None:
    for pair in pairs(N_PAIRS // 2):
        if pair.answer == "conflict":
            near = answer(pair.a, pair.b, 1.3 * pair.separation_m, pair.buffer_s)
            late = answer(pair.a, pair.b, pair.separation_m, pair.buffer_s + 45)
            assert near == late == "conflict"


def halved(track: Track) -> Track:
    """Same track with a point more in the middle of each leg."""
    points = [tuple(point) for point in track.lonlat]
    more = []
    for p, q in pairwise(points):
        azimuth, _, length_m = geod().inv(*p, *q)
        more += [p, off(p, azimuth, length_m / 2)]
    return Track([*more, points[-1]], track.depart, track.arrive)


def test_splitting_legs_changes_nothing() -> None:
    for seed, pair in enumerate(pairs(N_PAIRS // 2)):
        split = answer(halved(pair.a), halved(pair.b), pair.separation_m, pair.buffer_s)
        if split != pair.answer:  # only within the guard band, where the chords' doubt decides
            wider = answer(pair.a, pair.b, pair.separation_m + GUARD_M, pair.buffer_s)
            assert wider == "conflict", seed
            narrower = answer(pair.a, pair.b, max(0, pair.separation_m - GUARD_M), pair.buffer_s)
            assert narrower == "no_known_conflict", seed


def test_running_time_backwards_changes_nothing() -> None:
    for pair in pairs(N_PAIRS // 2):
        back = [
            Track(
                list(reversed(track.lonlat)),
                NOON - (track.arrive - NOON),
                NOON - (track.depart - NOON),
            )
            for track in (pair.a, pair.b)
        ]
        assert answer(*back, pair.separation_m, pair.buffer_s) == pair.answer


def test_two_ends_of_the_country_at_any_lag() -> None:
    """Long tracks, a buffer of days: every pair of chords may matter."""
    a = drive((14.5, 3.0), (27.5, 11.0), hours=30)
    parallel = drive((14.5, 3.2), (27.5, 11.2), start=NOON + 5 * HOUR, hours=30)
    crossing = drive((27.5, 3.0), (14.5, 11.0), start=NOON + 40 * HOUR, hours=30)
    assert answer(a, parallel, 1000, 86_400) == "no_known_conflict"
    assert answer(a, crossing, 1.0, 3600) == "no_known_conflict"
    assert answer(a, crossing, 1.0, 2 * 86_400) == "conflict"


def test_straight_line_is_never_longer_than_assumed() -> None:
    """What makes the separation a bound in space: over all of CAR, and close to it up to 100 km."""
    rng = np.random.default_rng(5)
    west, south, east, north = CAR_BOX
    lon, lat = rng.uniform(west, east, (2, 20_000)), rng.uniform(south, north, (2, 20_000))
    apart_m = geod().inv(lon[0], lat[0], lon[1], lat[1])[2]
    drawn_m = np.linalg.norm(in_space(lon[0], lat[0]) - in_space(lon[1], lat[1]), axis=1)
    bound_m = np.array([straight_m(distance) for distance in apart_m])
    assert (drawn_m <= bound_m + 1e-6).all()
    assert (bound_m - drawn_m)[apart_m < 100_000].max() < 0.02
