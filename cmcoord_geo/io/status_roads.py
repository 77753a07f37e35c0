"""
Which segments a road report, or a patrol, speaks of, on any network.

By segment or crossing, by where a feature lies, by a named road with km, or by two places. What is not there,
lies too far off, or could be two roads is refused with what to do; nothing is picked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.numbers import said_km, said_length
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.io.roads import find_road
from cmcoord_geo.io.segments import find_segment, read_km
from cmcoord_geo.model import Finding
from cmcoord_geo.network.between import roads_of
from cmcoord_geo.network.matching import RoadMatcher, pieces_of
from cmcoord_geo.network.named_road import (
    Reach,
    distance_between,
    is_one_spot,
    longest_m,
    parts_between,
    parts_toward,
    reach_from,
    segments_named,
)
from cmcoord_geo.network.way_ids import way_id
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.io.layers import Shape
    from cmcoord_geo.io.roads import RoadRef
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.network import RoadNetwork

#: Farther from the named road a place is not on it; km beyond its end that rounding explains.
_PLACE_M, _SLACK_M = 5000.0, 500.0
#: With less of a line along roads, the line means none of them.
_LEAST_LINE_SHARE = 0.5
_WHOLE_LINE_SHARE = 0.98
#: Matches that are told one by one, the farthest first.
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """
    A segment that a report speaks of.

    Attributes
    ----------
    segment_id : str
    at_fraction : float or None
        Where along it, from its start.
    share : float
        Part of it that the report speaks of; 1 when the row names the segment.
    is_spot : bool
        The row names the segment and one place on it.
    low, high : float
        Fractions between which what is meant of it lies, from its start.
    """

    segment_id: str
    at_fraction: float | None = None
    share: float = 1.0
    is_spot: bool = False
    low: float = 0.0
    high: float = 1.0


class StatusRoads:
    """
    Finds the segments of the rows of one file, and keeps what was found to be told.

    Parameters
    ----------
    network : RoadNetwork
    shapes : mapping
        Row number to where its feature lies; empty for a table.
    limit_m : float
        A road farther from a shape is not meant.
    id_column : str
        Column by which a row is told.
    """

    def __init__(
        self,
        network: RoadNetwork,
        shapes: Mapping[int, Shape],
        *,
        limit_m: float,
        id_column: str = "report_id",
    ) -> None:
        self._network = network
        self._shapes = shapes
        self._limit_m = limit_m
        self._id_column = id_column
        self._found_at: dict[int, tuple[float, Said]] = {}
        self._told: list[int] = []
        self._named: dict[str, NDArray[np.bool_]] = {}

    @cached_property
    def _matcher(self) -> RoadMatcher:
        return RoadMatcher(self._network)

    def find(self, row: Row) -> tuple[Spot, ...]:
        """Segments of a row; none when a fault was noted."""
        crossing = self._crossing(row)
        segment_id = row.identifier("segment_id")
        names_places = any(row.cell(name) for name in ("from_place", "to_place"))
        if row.is_refused:
            return ()
        if crossing and not (segment_id or names_places):
            return (Spot(segment_id=crossing[0]),)
        found = self._found(row, segment_id)
        if crossing and found and not {spot.segment_id for spot in found} & set(crossing):
            row.refuse("io.status.crossing_elsewhere", "crossing_id", ids=", ".join(crossing))
        return found

    def is_drawn_or_named(self, row: Row) -> bool:
        """Whether a row is found by its shape or by the name of a road, not by a segment or two places."""
        segment_id = row.cell("segment_id")
        return self._shape(row, segment_id) is not None or bool(row.cell("road") and not segment_id)

    def _found(self, row: Row, segment_id: str) -> tuple[Spot, ...]:
        """By segment; else by shape, which an id of another network leaves to speak; else by name."""
        shape = self._shape(row, segment_id)
        if shape is not None:
            return self._by_shape(row, shape)
        if row.cell("road") and not segment_id:
            return self._by_name(row)
        return self._by_segment(row, segment_id)

    def _shape(self, row: Row, segment_id: str) -> Shape | None:
        """Shape of a row that names no segment of this network."""
        return None if segment_id and self._is_known(segment_id) else self._shapes.get(row.number)

    def crossing_id(self, row: Row) -> str:
        """Id that the network has for the crossing of a row, or what the row says."""
        word = row.identifier("crossing_id")
        answer = (one.crossing_id for one in self._network.crossings if one.answers_to(word))
        return next(answer, word)

    def keep(self, row: Row) -> None:
        """Note that a row is used, so that what its shape was taken for is told."""
        if row.number in self._found_at:
            self._told.append(row.number)

    def findings(self, file: str, sheet: str) -> tuple[Finding, ...]:
        """What the shapes of used rows were taken for: each, or the farthest of many and a count."""
        kept = {number: self._found_at[number] for number in self._told}
        told = sorted(
            ((away_m, number, reason) for number, (away_m, reason) in kept.items()),
            key=lambda match: (-match[0], match[1]),
        )
        found = [
            Finding(severity="warning", said=reason, file=file, sheet=sheet, row=number)
            for _, number, reason in told[:_MOST_TOLD]
        ]
        if rest := told[_MOST_TOLD:]:
            reason = said("match.more", n=len(rest), away=said_length(rest[0][0]))
            found.append(Finding(severity="warning", said=reason, file=file, sheet=sheet))
        return tuple(found)

    # ------------------------------------------------------------ crossings and ids

    def _crossing(self, row: Row) -> tuple[str, ...]:
        """Segments of the network that use the crossing of a row; empty when it names none."""
        crossing_id = row.identifier("crossing_id")
        if not crossing_id:
            return ()
        for crossing in self._network.crossings:
            if crossing.answers_to(crossing_id):
                return tuple(key for key in crossing.at_km if key in self._network.segment_index)
        row.refuse("io.status.crossing_unknown", "crossing_id")
        return ()

    def _is_known(self, segment_id: str) -> bool:
        return next(pieces_of(self._network, way_id(self._network, segment_id)), None) is not None

    def _by_segment(self, row: Row, segment_id: str) -> tuple[Spot, ...]:
        network = self._network
        if network.traffic is None:
            segment = find_segment(row, network)
            if segment is None:
                return ()
            km = read_km(row, "at_km", segment, math.nan)
            at = None if math.isnan(km) else segment.fraction(km)
            return (Spot(segment_id=segment.segment_id, at_fraction=at, is_spot=at is not None),)
        key = way_id(network, segment_id)
        if segment_id and (key != segment_id or not roads_of(network, key)):
            return self._pieces(row, key)
        road = find_road(row, network)
        if road is None:
            return ()
        return self._at_km(row, road)

    def _at_km(self, row: Row, road: RoadRef) -> tuple[Spot, ...]:
        """Segments of a road; where the row gives a km, the one that it lies on."""
        km = row.number_or_nan("at_km")
        if math.isnan(km):
            return _spots(road.stretches(0.0, road.length_km))
        if km > road.length_km + _SLACK_M / KM_M:
            row.refuse("io.segment.beyond_road", "at_km", length_km=said_km(road.length_km))
            return ()
        return tuple(
            Spot(segment_id=key, at_fraction=low, is_spot=True)
            for key, low, _ in road.stretches(km, km)
        )

    def _pieces(self, row: Row, segment_id: str) -> tuple[Spot, ...]:
        found = [self._network.segment_ids[i] for i in pieces_of(self._network, segment_id)]
        if not found:
            row.refuse("io.segment.unknown_here", "segment_id")
        elif row.cell("at_km"):
            row.warn("match.km_of_way", "at_km", n=len(found))
        return tuple(Spot(segment_id=key) for key in found)

    # ------------------------------------------------------------ shapes

    def _by_shape(self, row: Row, shape: Shape) -> tuple[Spot, ...]:
        network = self._network
        match = self._matcher.match(shape, limit_m=self._limit_m)
        if match.line_share < _LEAST_LINE_SHARE or not match.roads:
            if match.nearest < 0 or match.nearest_m > 200 * KM_M:
                row.refuse("match.elsewhere")
            else:
                row.refuse(
                    _key_of_far(shape, is_schematic=network.is_schematic),
                    road=said_road(network.title(match.nearest)),
                    away=said_length(match.nearest_m),
                    limit=said_length(self._limit_m),
                    share=f"{100 * match.line_share:.0f}",
                )
            return ()
        if match.line_share < _WHOLE_LINE_SHARE:
            row.warn(
                "match.partly_points" if _are_points(shape) else "match.partly",
                share=f"{100 * match.line_share:.0f}",
            )
        spots = tuple(
            Spot(
                segment_id=network.segment_ids[road.segment],
                at_fraction=road.fraction,
                share=road.share,
                low=max(road.fraction - road.share / 2, 0.0),
                high=min(road.fraction + road.share / 2, 1.0),
            )
            for road in match.roads
        )
        km = sum(network.length_km(road.segment) * road.share for road in match.roads)
        self._found_at[row.number] = (
            match.away_m,
            self._said_match(row, spots, km, match.away_m),
        )
        return spots

    def _said_match(self, row: Row, spots: tuple[Spot, ...], km: float, away_m: float) -> Said:
        key = "match.taken" if km > 0 else "match.point"
        index = self._network.segment_index
        longest = max(
            spots, key=lambda spot: spot.share * self._network.length_m[index[spot.segment_id]]
        )
        title = self._network.title(index[longest.segment_id])
        return said(
            key,
            report=row.identifier(self._id_column),
            road=said_road(title),
            n=len(spots),
            km=said_km(km),
            away=said_length(away_m),
        )

    # ------------------------------------------------------------ named roads

    def _by_name(self, row: Row) -> tuple[Spot, ...]:
        """Parts of a named road."""
        word = row.identifier("road")
        if word not in self._named:
            self._named[word] = segments_named(self._network, word)
        is_road = self._named[word]
        if not is_road.any():
            row.refuse("match.no_such_road", "road")
            return ()
        km_from, km_to = row.number_or_nan("km_from"), row.number_or_nan("km_to")
        if math.isnan(km_from) and math.isnan(km_to):
            km_from = row.number_or_nan("at_km")  # one spot: RN2, km 45
        here, there = (self._reach(row, name, is_road) for name in ("from_place", "to_place"))
        if row.is_refused:
            return ()
        if here is None:
            return self._whole_road(row, is_road)
        return self._part_of_road(row, here, there, km_from, km_to)

    def _part_of_road(
        self, row: Row, here: Reach, there: Reach | None, km_from: float, km_to: float
    ) -> tuple[Spot, ...]:
        network = self._network
        span = self._span(row, here, there, km_from, km_to)
        if span is None:
            return ()
        parts = parts_between(network, here, *span)
        if there is not None:
            parts = parts_toward(network, parts, here, there)
        if not parts:
            row.refuse("match.nothing", "km_from")
        spots = _joined((network.segment_ids[part.segment], part.low, part.high) for part in parts)
        km = sum(network.length_km(part.segment) * (part.high - part.low) for part in parts)
        row.warn("match.taken_road", "road", n=len(spots), km=said_km(km))
        return spots

    def _whole_road(self, row: Row, is_road: NDArray[np.bool_]) -> tuple[Spot, ...]:
        if any(row.cell(name) for name in ("km_from", "km_to", "at_km", "to_place")):
            row.refuse("match.no_start", "from_place")
            return ()
        km = float(self._network.length_m[is_road].sum()) / KM_M
        row.warn("match.whole_road", "road", n=int(is_road.sum()), km=f"{km:.0f}")
        return tuple(
            Spot(segment_id=self._network.segment_ids[i]) for i in np.flatnonzero(is_road).tolist()
        )

    def _reach(self, row: Row, column: str, is_road: NDArray[np.bool_]) -> Reach | None:
        """Distances along the road from a place of the row; None where it names none."""
        network = self._network
        key = row.place_on(network, column)
        if not key or not is_road.any():
            return None
        node = network.node_index.get(key)
        if node is None:
            lon, lat = places()[key].lon, places()[key].lat
        else:
            lon, lat = float(network.lon[node]), float(network.lat[node])
        reach = reach_from(network, is_road, lon, lat)
        if reach.away_m > _PLACE_M:
            row.refuse("match.place_far", column, km=f"{reach.away_m / KM_M:.0f}")
        return reach

    def _span(
        self, row: Row, here: Reach, there: Reach | None, km_from: float, km_to: float
    ) -> tuple[float, float] | None:
        """Metres from the first place between which the part lies; None when a fault was noted."""
        network = self._network
        if there is None and math.isnan(km_from) and math.isnan(km_to):
            row.refuse("match.half", "to_place")
            return None
        most_m = longest_m(here) if there is None else distance_between(network, here, there)
        if not math.isfinite(most_m):
            row.refuse("match.torn", "to_place")
            return None
        from_m = 0.0 if math.isnan(km_from) else km_from * KM_M
        default_m = most_m if math.isnan(km_from) else from_m
        to_m = default_m if math.isnan(km_to) else km_to * KM_M
        for column, value_m in (("km_from", from_m), ("km_to", to_m)):
            if value_m > most_m + _SLACK_M:
                row.refuse("io.segment.beyond_road", column, length_km=said_km(most_m / KM_M))
                return None
        if to_m < from_m:
            row.refuse("io.patrol.stretch", "km_to")
            return None
        from_m, to_m = min(from_m, most_m), min(to_m, most_m)
        if there is None and not all(
            is_one_spot(network, here, at_m) for at_m in (max(from_m, min(to_m, 500.0)), to_m)
        ):
            row.refuse("match.two_ways", "to_place")
            return None
        return from_m, to_m


def _are_points(shape: Shape) -> bool:
    return max(map(len, shape)) == 1


def _key_of_far(shape: Shape, *, is_schematic: bool) -> str:
    """Sentence for a report that lies on no road."""
    if is_schematic:
        return "match.far_schematic"
    return "match.far_point" if _are_points(shape) else "match.far"


def _spots(stretches: Iterable[tuple[str, float, float]]) -> tuple[Spot, ...]:
    return tuple(Spot(segment_id=key) for key in dict.fromkeys(key for key, _, _ in stretches))


def _joined(parts: Iterable[tuple[str, float, float]]) -> tuple[Spot, ...]:
    """One spot a segment, with its share and the middle of what is meant of it."""
    found: dict[str, list[tuple[float, float]]] = {}
    for key, low, high in parts:
        found.setdefault(key, []).append((low, high))
    return tuple(
        Spot(
            segment_id=key,
            at_fraction=(min(low for low, _ in spans) + max(high for _, high in spans)) / 2,
            share=min(sum(high - low for low, high in spans), 1.0),
            low=min(low for low, _ in spans),
            high=max(high for _, high in spans),
        )
        for key, spans in found.items()
    )
