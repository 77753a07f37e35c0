"""What a pace does on each segment of a way, whatever the hour: drives, waits and stops in turn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from cmcoord_geo.units import MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.model import Stop
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.waits import Wait
    from cmcoord_geo.planning.ways import Way

PaceName = Literal["fast", "slow"]


class Part(NamedTuple):
    """
    A drive up to a share of a segment, or a wait there.

    Attributes
    ----------
    share : float
        Of the segment, driven at its end.
    duration : timedelta
        Of a wait, once it is open.
    wait : Wait or None
    pace : int
        0 is the fast one, 1 the slow one.
    """

    share: float
    duration: timedelta
    wait: Wait | None
    pace: int

    def begun(self, moment: datetime) -> tuple[datetime, bool]:
        """When it begins for whoever comes at a moment, and whether that is too late for the day."""
        if self.wait is None or self.wait.hours is None:
            return moment, False
        at_s = moment.timestamp()
        passed_s, is_late = self.wait.passed_s(np.array([at_s]), pace=self.pace)
        open_s = float(passed_s[0]) - self.duration.total_seconds()
        return moment + timedelta(seconds=max(open_s - at_s, 0.0)), bool(is_late[0])


def parts_along(
    seconds: Iterable[float], waits: Iterable[Iterable[Wait]], *, name: PaceName
) -> tuple[tuple[Part, ...], ...]:
    """
    Each segment of a way as drives and waits in turn.

    Parameters
    ----------
    seconds : iterable of float
        Moving seconds on each segment at a pace.
    waits : iterable of iterable of Wait
        On each segment, from :func:`~cmcoord_geo.planning.waits.waits_along`, in the order of driving.
    name : str
        ``fast`` waits the least, ``slow`` the most.
    """
    pace = int(name == "slow")

    def parts(moving_s: float, on_segment: Iterable[Wait]) -> Iterator[Part]:
        before = timedelta()
        for wait in on_segment:
            driven = timedelta(seconds=moving_s * wait.share)
            yield Part(wait.share, driven - before, None, pace)
            yield Part(wait.share, timedelta(seconds=(wait.low_s, wait.high_s)[pace]), wait, pace)
            before = driven
        yield Part(1.0, timedelta(seconds=moving_s) - before, None, pace)

    return tuple(tuple(parts(*each)) for each in zip(seconds, waits, strict=True))


def whole(parts: Iterable[Part]) -> timedelta:
    """How long some parts take where nobody waits for an opening."""
    return sum((part.duration for part in parts), timedelta())


def end_of(parts: Sequence[Part], moment: datetime) -> tuple[datetime, bool]:
    """When whoever begins some parts at a moment is through, and whether a crossing is shut by then."""
    if all(part.wait is None or part.wait.hours is None for part in parts):
        return moment + whole(parts), False
    is_shut = False
    for part in parts:
        moment, is_late = part.begun(moment)
        moment, is_shut = moment + part.duration, is_shut or is_late
    return moment, is_shut


def closing_slack(parts: Iterable[Part], moment: datetime) -> timedelta | None:
    """How much later than a moment some parts may be begun before a crossing shuts; None where none does."""
    slacks = []
    for part in parts:
        if part.wait is not None and part.wait.hours is not None and part.wait.closes[part.pace]:
            opens, closes = part.wait.hours
            left = _until_minute(moment, closes) - part.duration
            if opens < closes and left >= timedelta():
                slacks.append(left)
        moment, _ = part.begun(moment)
        moment += part.duration
    return min(slacks, default=None)


def _until_minute(moment: datetime, minute: int) -> timedelta:
    """Time until a minute of the day of a moment in Bangui, negative after it."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(minutes=minute) - moment


def next_opening(part: Part, moment: datetime) -> datetime:
    """When a crossing that is shut opens on the day after."""
    opens = 0 if part.wait is None or part.wait.hours is None else part.wait.hours[0]
    return moment + timedelta(days=1) + _until_minute(moment, opens)


def stops_along(network: RoadNetwork, way: Way, stops: Iterable[Stop]) -> tuple[float, ...]:
    """
    Seconds of the stops asked for at the end of each segment of a way, none at its last one.

    A stop at a place that is passed twice is made the first time.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    stops : iterable of Stop
        One at a place that the way does not pass is nowhere; at one passed twice it is made the first time.
    """
    asked_s = {stop.place_id: stop.minutes * MINUTE_S for stop in stops}
    if not asked_s:
        return (0.0,) * len(way)
    ends = (ends_of(network, segment, is_forward=is_forward)[1] for segment, is_forward in way[:-1])
    return (*(asked_s.pop(network.node_ids[node], 0.0) for node in ends), 0.0)


def ends_of(network: RoadNetwork, segment: int, *, is_forward: bool) -> tuple[int, int]:
    """Nodes at which a segment is entered and left."""
    ends = int(network.start[segment]), int(network.end[segment])
    return ends if is_forward else ends[::-1]
