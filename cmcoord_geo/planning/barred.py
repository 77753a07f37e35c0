"""
What bars a planned way at the hours at which it is driven.

A way is planned on the roads as they are when it leaves. Days later the season may have closed one, and a
curfew or a local ban holds at its own hours. Nobody drives at night, so that a window of passage that spans
one counts by day alone against bans; a closed road is closed to whoever stands on it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.bars_ahead import BarsAhead
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.roads_ahead import roads_of
from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.units import BANGUI, DAY_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import Halt, Leg
    from cmcoord_geo.network import Convoy
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.bars import Bar

    Moments = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Barred:
    """
    A ban or a closure that a planned way meets.

    Attributes
    ----------
    bar : Bar
    legs : tuple of int
        Places in the way of the legs on which it is met; of a bar on a place the leg that ends there, or the
        first one at the origin.
    place_id : str
        Where it bars a place; else empty.
    window : TimeSpan
        From its begin, or the first passage after that, to the last passage.
    """

    bar: Bar
    legs: tuple[int, ...]
    place_id: str
    window: TimeSpan


class _On(NamedTuple):
    """A bar, and whether it holds on each of the roads ahead."""

    bar: Bar
    is_here: NDArray[np.bool_]


class Bars:
    """
    Bars on the roads of some ways that one convoy drives.

    Parameters
    ----------
    picture : OperationalPicture
    convoy : Convoy
    ways : iterable of sequence of Leg
        Of all the ways that will be asked for.
    config : Config
    """

    def __init__(
        self,
        picture: OperationalPicture,
        convoy: Convoy,
        ways: Iterable[Sequence[Leg]],
        config: Config,
    ) -> None:
        every = tuple(ways)
        index = picture.network.segment_index
        segments = tuple(dict.fromkeys(index[leg.segment_id] for legs in every for leg in legs))
        first = _day(min(legs[0].enter.earliest for legs in every))
        days = (_day(max(legs[-1].leave.latest for legs in every)) - first).days + 1
        self._ahead = roads_of(picture, convoy, segments, first, days, config=config)
        self._config = config
        laid = BarsAhead(self._ahead, config.rules.bans, first=first, days=days)
        self._on_road = _gathered(laid, len(segments))
        self._on_place = {
            key: bars for key in self._ahead.network.node_ids if (bars := laid.on_place(key))
        }

    def met(self, legs: Sequence[Leg], halts: Sequence[Halt]) -> Iterator[Barred]:
        """
        What a way meets, on its roads and then at its places.

        Parameters
        ----------
        legs : sequence of Leg
        halts : sequence of Halt
        """
        if not (self._on_road or self._on_place):
            return
        network = self._ahead.network
        rows = np.array([network.segment_index[leg.segment_id] for leg in legs])
        enter = np.array([leg.enter.earliest.timestamp() for leg in legs])
        leave = np.array([leg.leave.latest.timestamp() for leg in legs])
        has_bans = bool(self._config.rules.bans)
        days = self._daylight(rows, enter, leave) if has_bans else np.zeros((0, 2))
        driven = _Driven(enter, leave, days)
        for bar, is_here in self._on_road:
            if found := driven.met(bar, np.flatnonzero(is_here[rows])):
                legs_met, window = found
                yield Barred(bar=bar, legs=tuple(legs_met.tolist()), place_id="", window=window)
        if self._on_place:
            yield from self._at_places(rows, legs, halts, days)

    def _at_places(
        self, rows: NDArray[np.int64], legs: Sequence[Leg], halts: Sequence[Halt], days: Moments
    ) -> Iterator[Barred]:
        network = self._ahead.network
        is_forward = np.array([leg.is_forward for leg in legs])
        ends = np.where(is_forward, network.end[rows], network.start[rows])
        begin = int((network.start if is_forward[0] else network.end)[rows[0]])
        slept = {halt.place_id for halt in halts}
        stays = [(0, begin, [legs[0].enter])]
        for i, (leg, node) in enumerate(zip(legs, ends.tolist(), strict=True)):
            goes_on = [legs[i + 1].enter] if i + 1 < len(legs) else []
            stays.append((i, node, [leg.leave, *goes_on]))
        for i, node, windows in stays:
            key = network.node_ids[node]
            for bar in self._on_place.get(key, ()):
                passed = windows if key in slept else [_hull(windows)]
                if found := _Driven.of(passed, days).met(bar, np.arange(len(passed))):
                    yield Barred(bar=bar, legs=(i,), place_id=key, window=found[1])

    def _daylight(self, rows: NDArray[np.int64], enter: Moments, leave: Moments) -> Moments:
        """First light and last arrival of each day, the widest of the box around the way, shape (d, 2)."""
        network, first = self._ahead.network, _day(to_datetime(float(enter.min())))
        nodes = np.unique([network.start[rows], network.end[rows]])
        corners = [
            (float(lon), float(lat))
            for lon in (network.lon[nodes].min(), network.lon[nodes].max())
            for lat in (network.lat[nodes].min(), network.lat[nodes].max())
        ]
        count = (_day(to_datetime(float(leave.max()))) - first).days + 1
        noons = [
            to_datetime(midnight_s(first + timedelta(days=n)) + DAY_S / 2) for n in range(count)
        ]
        light = [
            [day_at(*corner, noon, config=self._config.day) for corner in corners] for noon in noons
        ]
        return np.array(
            [
                (min(d.start for d in day).timestamp(), max(d.end for d in day).timestamp())
                for day in light
            ]
        )


def _gathered(laid: BarsAhead, count: int) -> list[_On]:
    """Every ban and closure once with the roads on which it holds at the same times, in their order."""
    found: dict[tuple[str, bytes], _On] = {}
    for row in range(count):
        for bar in laid.closing(row):
            spans = np.concatenate([bar.spans.start, bar.spans.end]).tobytes()
            one = found.setdefault((bar.key, spans), _On(bar, np.zeros(count, dtype=bool)))
            one.is_here[row] = True
    return list(found.values())


@dataclass(frozen=True, slots=True, eq=False)
class _Driven:
    """Windows in which somebody is somewhere, seconds since the epoch, and the days on which people drive."""

    enter: Moments
    leave: Moments
    days: Moments

    @classmethod
    def of(cls, windows: Sequence[TimeSpan], days: Moments) -> _Driven:
        enter = np.array([window.earliest.timestamp() for window in windows])
        leave = np.array([window.latest.timestamp() for window in windows])
        return cls(enter, leave, days)

    def met(self, bar: Bar, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], TimeSpan] | None:
        """Those of some windows in which a bar is met, and from when to when; None where it is in none."""
        at = at[bar.spans.meet(self.enter[at], self.leave[at])]
        parts = self._by_day(at) if bar.kind == "ban" else [(at, self.enter[at], self.leave[at])]
        found = []
        for rows, enter, leave in parts:
            is_met = bar.spans.meet(enter, leave)
            if is_met.any():
                begins = bar.spans.start[
                    np.searchsorted(bar.spans.end, enter[is_met], side="right")
                ]
                first_s = float(np.maximum(enter[is_met], begins).min())
                found.append((rows[is_met], first_s, float(leave[is_met].max())))
        if not found:
            return None
        window = TimeSpan(
            earliest=to_datetime(min(first_s for _, first_s, _ in found)),
            latest=to_datetime(max(last_s for _, _, last_s in found)),
        )
        return np.unique(np.concatenate([rows for rows, _, _ in found])), window

    def _by_day(
        self, at: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.int64], Moments, Moments]]:
        """Parts of windows by day: a night that lies in one is cut out, for then nobody drives."""
        for start, end in self.days.tolist():
            midnight = midnight_s(_day(to_datetime(start)))
            there = at[(self.leave[at] >= midnight) & (self.enter[at] < midnight + DAY_S)]
            enter, leave = self.enter[there], self.leave[there]
            low = np.where(enter < midnight, start, enter)
            high = np.where(leave >= midnight + DAY_S, np.maximum(end, low), leave)
            is_day = low <= high
            yield there[is_day], low[is_day], high[is_day]


def _hull(windows: Sequence[TimeSpan]) -> TimeSpan:
    return TimeSpan(
        earliest=min(one.earliest for one in windows), latest=max(one.latest for one in windows)
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(BANGUI).date()
