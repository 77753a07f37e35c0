"""Small worlds for the tests of departures, and a checker that shares no code with what it checks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from planning.worlds import AS_OF, FAST_KMH, SLOW_KMH, Row, patrols, request
from towns import town

from cmcoord_geo.config import Ban, Config, DayConfig, RulesConfig
from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import AvoidArea, Route, Stop
from cmcoord_geo.picture import Incidents, OperationalPicture
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import Situation, situation_of
from cmcoord_geo.planning.ways import Way
from cmcoord_geo.units import BANGUI

WAY: Way = ((0, True), (1, True), (2, True))
PLACES = "ABCD"
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class World:
    """Four places in a row and the rules there."""

    leg_km: float = 60.0
    halts: tuple[str, ...] = ("B", "C")
    after_sunrise_min: int = 30
    before_sunset_min: int = 60
    bans: tuple[Ban, ...] = ()
    ferry_hours: str = ""
    ferry_wait_min: tuple[float, float] = (10.0, 40.0)
    rest_every_h: float = 0.0
    rest_min: float = 20.0
    drive_h: float = 24.0
    stops: tuple[Stop, ...] = ()
    arrive_by: datetime | None = None
    closed: tuple[datetime, datetime] | None = None
    rows: tuple[Row, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        return Config(
            day=DayConfig(
                after_sunrise_min=self.after_sunrise_min, before_sunset_min=self.before_sunset_min
            ),
            rules=RulesConfig(
                bans=self.bans,
                halts=self.halts or ("none",),
                ferry_wait_min=self.ferry_wait_min,
                rest_every_h=self.rest_every_h,
                rest_min=self.rest_min,
                drive_h=self.drive_h,
                unload_h=0.0,
            ),
        )

    def situation(self) -> Situation:
        crossings = ()
        if self.ferry_hours:
            ferry = Crossing(
                crossing_id="F", kind="ferry", name=Said(fr="bac", en="ferry"),
                at_km={"B-C": self.leg_km / 2}, capacity_t=50.0, default_state="running",
                confidence="high", hours=self.ferry_hours,
            )  # fmt: skip
            crossings = (ferry,)
        network = town("A-B-C-D", cell_m=self.leg_km * 500, crossings=crossings)
        asked = request(stops=self.stops, arrive_by=self.arrive_by, **self.more)
        picture = OperationalPicture(
            network=network, as_of=AS_OF, incidents=Incidents.empty(),
            patrols=patrols(*self.rows), areas=tuple(self._areas(network)),
        )  # fmt: skip
        return situation_of(picture, asked, self.config)

    def _areas(self, network: Any) -> Iterator[AvoidArea]:
        if self.closed is None:
            return
        lon, lat = (float(column[1:3].mean()) for column in (network.lon, network.lat))
        ring = tuple(
            (lon + dx, lat + dy)
            for dx, dy in (
                (-0.01, -0.01),
                (0.01, -0.01),
                (0.01, 0.01),
                (-0.01, 0.01),
                (-0.01, -0.01),
            )
        )
        yield AvoidArea(
            area_id="Z", name="", effect="closure", min_per_km=0.0, since=self.closed[0],
            until=self.closed[1], polygons=((ring,),),
        )  # fmt: skip


def option_of(world: World) -> Route:
    """The only option of a world, found on a day without the closure."""
    return build_route(replace(world, closed=None).situation(), WAY, letter="A")


# ------------------------------------------------------------------ the checker


@dataclass(frozen=True)
class Trip:
    """Arrivals of both paces; whether they go through."""

    fast: datetime
    slow: datetime


def check(world: World, depart: datetime, *, days: int = 6) -> tuple[str, datetime | None]:
    """Verdict and latest (at the fast pace only: first) arrival of a departure, by trying everything."""
    if depart < AS_OF:
        return "out", None
    checker = Checker(world)
    until = depart + timedelta(days=days)
    whole = checker.best(0, depart, is_whole=True, until=until)
    if whole is not None:
        return "in", whole
    fast = checker.best(0, depart, is_whole=False, until=until)
    return ("out", None) if fast is None else ("fast_only", fast)


class Checker:
    """Tries every wait at every halt, quarter by quarter; driving hours of a day are not added up."""

    def __init__(self, world: World) -> None:
        network = world.situation().network
        self._world = world
        self._lonlat = [(float(network.lon[i]), float(network.lat[i])) for i in range(4)]
        self._known: dict[tuple[int, datetime, bool], datetime | None] = {}

    def best(
        self, start: int, leave: datetime, *, is_whole: bool, until: datetime
    ) -> datetime | None:
        """Earliest arrival at D of somebody who leaves a place at a moment."""
        key = start, leave, is_whole
        if key not in self._known:
            found = self._best(start, leave, is_whole=is_whole, until=until)
            self._known[key] = found
        return self._known[key]

    def _best(
        self, start: int, leave: datetime, *, is_whole: bool, until: datetime
    ) -> datetime | None:
        world, lonlat = self._world, self._lonlat
        trip = _drive(world, lonlat, start, 3, leave, is_whole=is_whole)
        arrivals = [] if trip is None else [trip.slow if is_whole else trip.fast]
        for stop in (place for place in range(start + 1, 3) if PLACES[place] in world.halts):
            trip = _drive(world, lonlat, start, stop, leave, is_whole=is_whole)
            if trip is None:
                continue
            stop_min = sum(one.minutes for one in world.stops if one.place_id == PLACES[stop])
            stands = timedelta(minutes=stop_min + (world.rest_min if world.rest_every_h else 0))
            ready = (trip.slow if is_whole else trip.fast) + stands
            moment = leave
            while moment < until:
                is_barred = moment.date() == trip.fast.date() and any(
                    PLACES[stop] in ban.places and _hits(ban, trip.fast, moment)
                    for ban in world.bans
                )
                if moment >= ready and not is_barred:
                    later = self.best(stop, moment, is_whole=is_whole, until=until)
                    arrivals += [] if later is None else [later]
                moment += QUARTER
        return min(arrivals, default=None)


def _drive(  # noqa: C901, PLR0911 - a rule, a return
    world: World, lonlat: Sequence[tuple[float, float]], start: int, end: int, leave: datetime,
    *, is_whole: bool,
) -> Trip | None:  # fmt: skip
    """One drive without a night, hour by hour rule by rule; None where it breaks one."""
    day = [day_at(*spot, leave, config=world.config.day) for spot in lonlat]
    if not day[start].start <= leave <= day[start].end:
        return None
    if any(PLACES[start] in ban.places and _hits(ban, leave, leave) for ban in world.bans):
        return None
    times = [leave, leave]
    driven = [0.0, 0.0]
    for leg in range(start, end):
        name = f"{PLACES[leg]}-{PLACES[leg + 1]}"
        halves = [0.5, 0.5] if world.ferry_hours and leg == 1 else [1.0]
        for half, share in enumerate(halves):
            enter = list(times)
            for pace, kmh in enumerate((FAST_KMH, SLOW_KMH)):
                hours = world.leg_km * share / kmh
                times[pace] += timedelta(hours=hours, minutes=pace * _rest(world, hours))
                driven[pace] += hours
            if driven[1 if is_whole else 0] > world.drive_h + 1e-6:
                return None
            if len(halves) == 2 and half == 0 and not _ferry(world, times, is_whole=is_whole):
                return None
            if _is_barred(world, name, enter[0], times[1 if is_whole else 0]):
                return None
        place = leg + 1
        last = times[1] if is_whole else times[0]
        if times[0] < day[place].start or last > day[place].end:
            return None
        stop = sum(one.minutes for one in world.stops if one.place_id == PLACES[place] != "D")
        until = last + timedelta(minutes=stop)
        if any(PLACES[place] in ban.places and _hits(ban, times[0], until) for ban in world.bans):
            return None
        if place < end:
            times = [moment + timedelta(minutes=stop) for moment in times]
    if end == 3 and world.arrive_by and times[1 if is_whole else 0] > world.arrive_by:
        return None
    return Trip(*times)


def _rest(world: World, hours: float) -> float:
    """Minutes of rest of the slow pace in some hours of driving, spread over them."""
    return hours / world.rest_every_h * world.rest_min if world.rest_every_h else 0.0


def _ferry(world: World, times: list[datetime], *, is_whole: bool) -> bool:
    opens, closes = (
        timedelta(hours=int(word[:2]), minutes=int(word[3:]))
        for word in world.ferry_hours.split("-")
    )
    for pace, wait in enumerate(world.ferry_wait_min):
        midnight = datetime.combine(times[pace].date(), datetime.min.time(), BANGUI)
        times[pace] = max(times[pace], midnight + opens) + timedelta(minutes=wait)
        if (is_whole or pace == 0) and times[pace] > midnight + closes:
            return False
    return True


def _is_barred(world: World, segment: str, enter: datetime, leave: datetime) -> bool:
    if segment == "B-C" and world.closed is not None:
        since, until = world.closed
        beside = timedelta(minutes=world.config.conflict.buffer_min)  # of C2, at both ends
        if since - beside <= leave and enter <= until + beside:
            return True
    return any(
        _hits(ban, enter, leave)
        for ban in world.bans
        if segment in ban.segments or not (ban.segments or ban.places or ban.prefectures)
    )


def _hits(ban: Ban, enter: datetime, leave: datetime) -> bool:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    day = enter.date() - timedelta(days=1)
    while day <= leave.date():
        if _on(ban, day, names[day.weekday()]):
            begin = datetime.combine(day, datetime.min.time(), BANGUI)
            first, last = (ban.hours or "00:00-24:00").split("-")
            start = begin + timedelta(hours=int(first[:2]), minutes=int(first[3:]))
            end = begin + timedelta(hours=int(last[:2]), minutes=int(last[3:]))
            if end <= start:
                end += timedelta(days=1)
            if start <= leave and enter < end:
                return True
        day += timedelta(days=1)
    return False


def _on(ban: Ban, day: date, name: str) -> bool:
    if ban.weekdays and name not in ban.weekdays:
        return False
    return (ban.first or "0") <= day.isoformat() <= (ban.last or "9")


def same_moment(one: datetime | None, other: datetime | None) -> bool:
    """Whether two moments are one, to the second."""
    if one is None or other is None:
        return one is other
    return math.isclose(one.timestamp(), other.timestamp(), abs_tol=1.5)
