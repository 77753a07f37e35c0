"""What bars some roads and places over the days ahead: bans, closures, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.planning.bars import Bar
from cmcoord_geo.planning.prefecture_roads import roads_in
from cmcoord_geo.planning.spans import Spans, ban_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from cmcoord_geo.config import Ban
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.roads_ahead import RoadsAhead


class BarsAhead:
    """
    Bars of some roads; the one source of them for departures, conflicts and warnings.

    Parameters
    ----------
    ahead : RoadsAhead
    bans : sequence of Ban
    first : date
        In Bangui.
    days : int
        Over which the bans are laid out.
    """

    def __init__(self, ahead: RoadsAhead, bans: Sequence[Ban], *, first: date, days: int) -> None:
        self._ahead = ahead
        self._bans = [_Laid(ahead.network, ban, i, first, days) for i, ban in enumerate(bans)]
        self._reasons: dict[Said, int] = {}

    def on_segment(self, row: int) -> tuple[Bar, ...]:
        """Bars of a segment, by its row among the roads ahead."""
        return *self.closing(row), *self._unknown(row)

    def closing(self, row: int) -> tuple[Bar, ...]:
        """Bans, closures by report and season, and what was announced."""
        bans = (bar for ban in self._bans if (bar := ban.on_segment(row)) is not None)
        return *bans, *self._closures(row), *self._ahead.shut.get(row, ())

    def on_place(self, place_id: str) -> tuple[Bar, ...]:
        """Bans on a place itself."""
        return tuple(ban.bar for ban in self._bans if place_id in ban.places)

    def _closures(self, row: int) -> Iterator[Bar]:
        """Closures of the road itself, by report and season; the first reason of each time is told."""
        ahead, held = self._ahead, dict[Said, list[bool]]()
        for i, roads in enumerate(ahead.roads):
            for reason in roads.reasons[row][:1]:
                held.setdefault(reason, [False] * len(ahead.roads))[i] = True
        for reason, holds in held.items():
            title = ahead.network.title(row)
            number = self._reasons.setdefault(reason, len(self._reasons))
            yield Bar(
                kind="closure", effect="stop", source="road", name=ahead.network.segment_ids[row],
                key=f"road:{number}:{title}",
                said=said("departures.closed", name=said_road(title), reason=reason),
                spans=ahead.spans_where(holds),
            )  # fmt: skip

    def _unknown(self, row: int) -> Iterator[Bar]:
        """Times at which nobody knows the state of a road."""
        ahead = self._ahead
        is_unknown = [
            roads.state[row] in {"unknown", "conflicting"} or roads.known[row].basis == "stale"
            for roads in ahead.roads
        ]
        if any(is_unknown):
            title = ahead.network.title(row)
            yield Bar(
                kind="unknown", effect="ask", source="road", name=ahead.network.segment_ids[row],
                key=f"unknown:{title}",
                said=said("departures.ask_road", name=said_road(title)),
                spans=ahead.spans_where(is_unknown),
            )  # fmt: skip


def barred_ahead(
    ahead: RoadsAhead, bans: Sequence[Ban], *, first: date, days: int
) -> tuple[Spans, ...]:
    """
    Spans in which each of the roads ahead may not be driven; most are one and the same.

    Parameters
    ----------
    ahead : RoadsAhead
    bans : sequence of Ban
    first : date
        In Bangui.
    days : int
    """
    bars = BarsAhead(ahead, bans, first=first, days=days)
    known: dict[tuple[tuple[float, float], ...], Spans] = {}

    def spans(row: int) -> Spans:
        pairs = tuple(
            pair
            for bar in bars.closing(row)
            if bar.effect == "stop"
            for pair in zip(bar.spans.start.tolist(), bar.spans.end.tolist(), strict=True)
        )
        if pairs not in known:
            known[pairs] = Spans.of(pairs)
        return known[pairs]

    return tuple(spans(row) for row in range(len(ahead.network)))


class _Laid:
    """A ban laid out over some days on some roads."""

    def __init__(self, network: RoadNetwork, ban: Ban, number: int, first: date, days: int) -> None:
        hours = ban.hours or said("departures.whole_day")
        self.places = frozenset(ban.places)
        self.bar = Bar(
            kind="ban", effect="stop" if ban.effect == "stop" else "tell", source="ban",
            name=ban.name, key=f"ban:{number}",
            said=said("departures.ban", name=ban.name, hours=hours),
            spans=ban_spans(ban, first=first, days=days),
        )  # fmt: skip
        self._is_everywhere = not (ban.places or ban.segments or ban.prefectures)
        self._segments = {
            network.segment_index[key] for key in ban.segments if key in network.segment_index
        }
        self._in: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None
        if ban.prefectures:
            self._in = roads_in(network, ban.prefectures)
        names = ", ".join(ban.prefectures)
        self._doubted = Bar(
            kind="ban", effect=self.bar.effect, source="ban", name=ban.name,
            key=f"ban:{number}:doubted",
            said=said("bars.ban_doubted", ban=self.bar.said, prefectures=names),
            spans=self.bar.spans,
        )  # fmt: skip

    def on_segment(self, row: int) -> Bar | None:
        """Itself on a segment on which it holds, with the doubt where that cannot be told; None elsewhere."""
        if self._is_everywhere or row in self._segments:
            return self.bar
        if self._in is None:
            return None
        is_in, may_be_in = self._in
        if is_in[row]:
            return self.bar
        return self._doubted if may_be_in[row] else None
