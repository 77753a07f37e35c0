"""Seconds in which roads may be driven: by day at the places that they join, outside bans and closures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.routing import WindowClass
from cmcoord_geo.units import DAY_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.spans import Spans

#: First light and last arrival on each day, seconds since the first midnight.
Hours = tuple[tuple[int, int], ...]


def hours_of(situation: Situation, roads: RoadNetwork, first: date, days: int) -> tuple[Hours, ...]:
    """
    Hours by day at each node of some roads, of some days.

    A junction is passed between two places, after first light at one and before the last arrival at the
    other: it has the longest day of all places of these roads.

    Parameters
    ----------
    situation : Situation
    roads : RoadNetwork
        With the stops of the movement among its nodes.
    first : date
    days : int
    """
    stops = {situation.network.node_ids[node] for node in situation.stops}
    start_s = midnight_s(first)

    def hours(node: int) -> Hours:
        lon, lat = float(roads.lon[node]), float(roads.lat[node])
        lights = [
            day_at(lon, lat, to_datetime(start_s + noon_s), config=situation.config.day)
            for noon_s in (np.arange(days) * DAY_S + DAY_S / 2).tolist()
        ]
        return tuple(
            (
                math.ceil(light.start.timestamp() - start_s),
                math.floor(light.end.timestamp() - start_s),
            )
            for light in lights
        )

    known = {
        node: hours(node)
        for node, key in enumerate(roads.node_ids)
        if roads.is_place(node) or key in stops
    }
    longest = tuple(
        (min(opens for opens, _ in of_day), max(closes for _, closes in of_day))
        for of_day in zip(*known.values(), strict=True)
    )
    return tuple(known.get(node, longest) for node in range(len(roads.node_ids)))


def open_windows(
    roads: RoadNetwork, hours: Sequence[Hours], barred: Sequence[Spans], start_s: float
) -> tuple[tuple[WindowClass, ...], NDArray[np.int64]]:
    """
    Windows of the arcs of some roads, and which each arc has, shape (2 m,).

    Parameters
    ----------
    roads : RoadNetwork
    hours : sequence of Hours
        Of each node.
    barred : sequence of Spans
        Of each segment.
    start_s : float
        From which seconds count.
    """
    classes: dict[tuple[tuple[int, int], ...], int] = {}
    known: dict[tuple[Hours, Hours, int], int] = {}
    window_of = np.zeros(2 * len(roads), dtype=np.int64)
    for arc, (tail, head) in enumerate(zip(roads.tail.tolist(), roads.head.tolist(), strict=True)):
        closed = barred[arc // 2]
        key = hours[tail], hours[head], id(closed)
        if key not in known:
            by_day = [(first[0], last[1]) for first, last in zip(*key[:2], strict=True)]
            spans = tuple(_open_spans(by_day, closed, start_s))
            known[key] = classes.setdefault(spans, len(classes))
        window_of[arc] = known[key]
    windows = tuple(
        WindowClass([opens for opens, _ in spans], [closes for _, closes in spans])
        for spans in classes
    )
    return windows, window_of


def _open_spans(
    by_day: Sequence[tuple[int, int]], barred: Spans, start_s: float
) -> Iterator[tuple[int, int]]:
    """What bans and closures leave of the hours by day."""
    spans = list(
        zip((barred.start - start_s).tolist(), (barred.end - start_s).tolist(), strict=True)
    )
    for first, closes in by_day:
        opens = first
        for start, end in spans:
            if end <= opens or start >= closes:
                continue
            if math.ceil(start) > opens:
                yield opens, math.ceil(start)
            opens = max(opens, math.floor(end))
        if opens < closes:
            yield opens, closes
