"""Announced operations and closed areas as bars on the roads that they touch, at the hours of C2."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.network.areas import all_touches
from cmcoord_geo.planning.bars import Bar
from cmcoord_geo.planning.spans import Spans
from cmcoord_geo.units import BANGUI, KM_M, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import AvoidArea, Operation
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture

#: A moment that no plan reaches.
_NEVER_S = 1e12
#: C2 counts both ends of a window, a span only its first: so much is added.
_BOTH_ENDS_S = 1.0


class Announced(Protocol):
    """An operation, or a row of one that an audience may see."""

    @property
    def start(self) -> datetime | None:
        """Begin; None where nobody said."""

    @property
    def end(self) -> datetime | None:
        """End; None where nobody said."""

    @property
    def valid_until(self) -> datetime | None:
        """Until when the word on it holds; None: its end."""


def known_window(operation: Announced, as_of: datetime) -> tuple[datetime, datetime] | None:
    """Begin and end of an operation; None where a time is missing or the word on it has run out."""
    start, end, until = operation.start, operation.end, operation.valid_until
    is_stale = until is not None and until <= as_of and (end is None or as_of < end)
    return None if start is None or end is None or is_stale else (start, end)


def announced_bars(
    picture: OperationalPicture, network: RoadNetwork, config: Config
) -> Mapping[int, tuple[Bar, ...]]:
    """
    For each segment what was announced on it.

    An operation on a part of a segment bars the whole of it: where on a drawn line a km lies is not known
    well enough to pass beside it.

    Parameters
    ----------
    picture : OperationalPicture
    network : RoadNetwork
        The picture's, or a part of it.
    config : Config
    """
    found: dict[int, tuple[Bar, ...]] = {}
    buffer_s = config.conflict.buffer_min * MINUTE_S
    for segment, bar in (
        *_of_areas(network, picture.areas, buffer_s),
        *_of_operations(picture, network, buffer_s),
    ):
        found[segment] = (*found.get(segment, ()), bar)
    return found


def _of_areas(
    network: RoadNetwork, areas: tuple[AvoidArea, ...], buffer_s: float
) -> Iterator[tuple[int, Bar]]:
    for touch in all_touches(network, areas) if areas else ():
        area = touch.area
        if area.effect != "closure":
            continue
        day = said_date(area.until.astimezone(BANGUI))
        yield touch.segment, Bar(
            kind="closure", effect="stop", source="area", name=touch.mark, key=f"area:{touch.mark}",
            said=said("departures.closed_area", mark=touch.mark, day=day),
            spans=_spans(area.since, area.until, buffer_s),
        )  # fmt: skip


def _of_operations(
    picture: OperationalPicture, network: RoadNetwork, buffer_s: float
) -> Iterator[tuple[int, Bar]]:
    index = network.segment_index
    for operation in picture.operations or ():
        rows = sorted({index[key] for key, _, _ in operation.stretches if key in index})
        if rows:
            bar = _bar_of(operation, picture, buffer_s)
            yield from ((row, bar) for row in rows)


def _bar_of(operation: Operation, picture: OperationalPicture, buffer_s: float) -> Bar:
    """Bar of an operation, the same on every road of it."""
    whole, index = picture.network, picture.network.segment_index
    stretches = [one for one in operation.stretches if one[0] in index]
    road = whole.title(index[stretches[0][0]])
    metres = sum(float(whole.length_m[index[key]]) * (high - low) for key, low, high in stretches)
    words = {"name": operation.operation_id, "road": road, "km": said_km(metres / KM_M)}
    window = known_window(operation, picture.as_of)
    if window is None:
        return Bar(
            kind="closure", effect="ask", source="operation", name=operation.operation_id,
            key=f"operation:{operation.operation_id}", said=said("bars.operation_ask", **words),
            spans=Spans.of([(-_NEVER_S, _NEVER_S)]),
        )  # fmt: skip
    start, end = (moment.astimezone(BANGUI) for moment in window)
    return Bar(
        kind="closure", effect="stop", source="operation", name=operation.operation_id,
        key=f"operation:{operation.operation_id}",
        said=said(
            "bars.operation", **words, first=said_date(start), start=f"{start:%H:%M}",
            last=said_date(end), end=f"{end:%H:%M}",
        ),
        spans=_spans(start, end, buffer_s),
    )  # fmt: skip


def _spans(start: datetime | None, end: datetime, buffer_s: float) -> Spans:
    first_s = -_NEVER_S if start is None else math.floor(start.timestamp()) - buffer_s
    return Spans.of([(first_s, math.ceil(end.timestamp()) + buffer_s + _BOTH_ENDS_S)])
