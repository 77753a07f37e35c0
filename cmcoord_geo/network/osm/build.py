"""An OpenStreetMap extract becomes a road network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import Crossing, vehicles
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.network.columns import Texts, Words
from cmcoord_geo.network.gazetteer import OwnPlaces
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.notes import CLOSES, CONDITION
from cmcoord_geo.network.osm.access import way_access
from cmcoord_geo.network.osm.bans import Bans, find_bans
from cmcoord_geo.network.osm.barrier import barrier_access, crossing_at, is_rain_barrier
from cmcoord_geo.network.osm.defaults import season_defaults, unread_season
from cmcoord_geo.network.osm.duration import duration_s
from cmcoord_geo.network.osm.hierarchy import Told
from cmcoord_geo.network.osm.limits import weight_limit_t
from cmcoord_geo.network.osm.pieces import cut_ways
from cmcoord_geo.network.osm.rain import conditions_of
from cmcoord_geo.network.osm.surface import surface_of, unread_surface
from cmcoord_geo.network.osm.tables import highway_class, tag_rules
from cmcoord_geo.network.osm.twins import twins_of
from cmcoord_geo.network.places import nearest_places
from cmcoord_geo.network.road_network import RoadNetwork
from cmcoord_geo.network.traffic import Traffic
from cmcoord_geo.network.turns import Turns
from cmcoord_geo.units import CAR_BOX, KM_M, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.access import WayAccess
    from cmcoord_geo.network.osm.extract import OsmExtract, Tags
    from cmcoord_geo.network.osm.pieces import Pieces

LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
#: A place gives its name to the nearest junction, if that is not farther than this.
_PLACE_REACH_M = 1500.0
#: Places in the order in which they give their name to a junction that two could name.
#: Crossings whose name is their own; a bridge has that of its road.
_NAMED_KINDS = ("ferry", "border")
_PLACE_KINDS = ("city", "town", "village", "hamlet", "suburb", "neighbourhood")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one set of way tags means for the columns of a segment."""

    forward: int
    backward: int
    highway: str
    surface: str
    status_dry: str
    status_wet: str
    max_vehicle_dry: str
    max_vehicle_wet: str
    confidence: str
    note: str
    duration_s: float
    crossing_kind: str
    capacity_t: float | None
    hours: str
    flags: frozenset[str]
    unread: frozenset[str]
    strange: frozenset[str]
    is_kept: bool


@cache
def meaning_of(tags: Tags) -> Meaning:
    """Meaning of a set of tags; the few thousand sets of a country are each read once."""
    way = dict(tags)
    each = {vehicle.rank: way_access(way, key) for key, vehicle in vehicles().items()}
    highway = highway_class(way)
    surface = surface_of(way)
    defaults = season_defaults(way, surface)
    flags = frozenset().union(*(access.flags for access in each.values()))
    unread = frozenset().union(*(access.unread for access in each.values()))
    is_doubtful = "conditional" in flags
    forward = sum(1 << rank for rank, access in each.items() if access.forward)
    backward = sum(1 << rank for rank, access in each.items() if access.backward)
    return Meaning(
        forward=forward,
        backward=backward,
        highway="unknown" if highway is None else highway.name,
        surface=surface,
        status_dry=_doubted(defaults.status_dry, is_doubtful=is_doubtful),
        status_wet=_doubted(defaults.status_wet, is_doubtful=is_doubtful),
        max_vehicle_dry=defaults.max_vehicle_dry,
        max_vehicle_wet=defaults.max_vehicle_wet,
        confidence="low" if surface == "unknown" else "medium",
        note=_note(way, each.values(), flags),
        duration_s=duration_s(way.get("duration", "")) or float("nan"),
        crossing_kind=_crossing_kind(way),
        capacity_t=weight_limit_t(way),
        hours=_hours(way),
        flags=flags,
        unread=unread,
        strange=frozenset((*unread_surface(way), *unread_season(way))),
        is_kept=highway is not None and bool(highway.is_kept or forward or backward),
    )


def _note(way: Mapping[str, str], each: Iterable[WayAccess], flags: Iterable[str]) -> str:
    """Flags, tags that close (``closes: access=no``), conditions, and what a ferry carries."""
    shut = {
        tag
        for access in each
        if not (access.forward or access.backward)
        for tag in (*access.reasons, *access.unread)
    }
    told = {*flags, *_told_of_ferry(way), *(tag.replace(";", ",") for tag in unread_surface(way))}
    told |= {f"{CLOSES}{tag}".replace(";", ",") for tag in shut}
    told |= {f"{CONDITION}{tag}".replace(";", ",") for tag in conditions_of(way)}
    return "; ".join(sorted(told))


def _doubted(status: str, *, is_doubtful: bool) -> str:
    """State by season, no better than restricted where a condition holds that is not evaluated."""
    return "restricted" if is_doubtful and status == "open" else status


def _hours(way: Mapping[str, str]) -> str:
    """Hours of service of a ferry, as they are tagged: nobody here reads them for a date."""
    keys = tag_rules()["ferry"]["hours"] if _crossing_kind(way) == "ferry" else ()
    season = tag_rules()["seasonal"]["key"]
    told = [way[key] for key in keys if key in way]
    if keys and season in way:
        told.append(f"{season}={way[season]}")
    return "; ".join(told)


def _told_of_ferry(way: Mapping[str, str]) -> Iterator[str]:
    """What a ferry carries by its tags, kept as it is: persons, cars and lorries are not told apart."""
    keys = tag_rules()["ferry"]["notes"] if _crossing_kind(way) == "ferry" else ()
    yield from (f"{key}={way[key]}".replace(";", ",") for key in keys if key in way)


def _crossing_kind(way: Mapping[str, str]) -> str:
    if way.get("route") == "ferry" and "highway" not in way:
        return "ferry"
    if way.get("bridge", "no") != "no":
        return "bridge"
    return "ford" if way.get("ford", "no") != "no" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """
    A network and what a person should know of how it was built.

    Attributes
    ----------
    network : RoadNetwork
    told : tuple of Said
        Findings, gravest first.
    """

    network: RoadNetwork
    told: tuple[Said, ...]


def build_network(extract: OsmExtract, *, name: str, source: str, licence: str = LICENCE) -> Built:
    """
    Build a road network: nodes are junctions, dead ends and barriers, segments the roads between them.

    Parameters
    ----------
    extract : OsmExtract
    name, source, licence : str
        Kept on the network.

    Raises
    ------
    DataError
        There is no road in it.
    """
    barriers = {node: _barrier_mask(tags) for node, tags in extract.node_tags.items()}
    everybody = (1 << len(vehicles())) - 1
    pieces = cut_ways(extract, {node: m for node, (m, _) in barriers.items() if m != everybody})
    if not len(pieces.way):
        raise problem(DataError, "osm.no_roads", file=name)
    meanings = [meaning_of(tags) for tags in extract.tags]
    pieces, forward, backward, bans = _each_once(extract, pieces, meanings, barriers)
    code = extract.way_tags[pieces.way]
    node_ids, start, end = _nodes(pieces)
    lonlat = _node_positions(pieces, node_ids, start, end)
    segment_ids = _segment_ids(extract, pieces)
    middles = (lonlat[start] + lonlat[end]) / 2

    def column(key: str) -> Words:
        words = Words.of(getattr(meaning, key) for meaning in meanings)
        return Words(words.codes[code], words.vocabulary)

    names = _names(extract, lonlat)
    network = RoadNetwork(
        node_ids=Texts.of(_node_ids(node_ids, names)),
        node_names=Words.of(names),
        lon=np.ascontiguousarray(lonlat[:, 0]),
        lat=np.ascontiguousarray(lonlat[:, 1]),
        segment_ids=Texts.of(segment_ids),
        start=start,
        end=end,
        length_m=pieces.length_m,
        length_low_m=pieces.length_m,
        length_high_m=pieces.length_m,
        lines=Lines(pieces.lonlat, pieces.first),
        road_class=column("highway"),
        route_ref=Words.of(extract.route_refs[i] for i in pieces.way.tolist()),
        surface=column("surface"),
        season_zone=Words.of(place.season_zone for place in nearest_places(middles)),
        status_dry=column("status_dry"),
        status_wet=column("status_wet"),
        max_vehicle_dry=column("max_vehicle_dry"),
        max_vehicle_wet=column("max_vehicle_wet"),
        confidence=column("confidence"),
        note=_notes(pieces, column("note"), barriers),
        crossings=tuple(_crossings(extract, pieces, meanings, segment_ids)),
        name=name,
        source=source,
        licence=licence,
        traffic=Traffic(
            names=Words.of(extract.names[i] for i in pieces.way.tolist()),
            forward=forward,
            backward=backward,
            duration_s=_durations(extract, pieces, meanings),
            turns=Turns.of(bans.rows.items()) if bans.rows else None,
        ),
        places=OwnPlaces.of(extract.places),
        rivers=extract.rivers,
    )
    told = (*_told(extract, pieces, meanings, barriers, network), *_of_turns(bans))
    return Built(network=network, told=told)


_Barriers = dict[int, tuple[int, Told]]


def _each_once(
    extract: OsmExtract, pieces: Pieces, meanings: list[Meaning], barriers: _Barriers
) -> tuple[Pieces, NDArray[np.uint8], NDArray[np.uint8], Bans]:
    """Pieces without those drawn twice, who may drive them there and back, and the turns that are banned."""
    code = extract.way_tags[pieces.way]
    forward = _masks(pieces, code, [m.forward for m in meanings], barriers)
    backward = _masks(pieces, code, [m.backward for m in meanings], barriers)
    bans = find_bans(extract, pieces, forward, backward)
    stands_for = twins_of(pieces, forward, backward)
    is_kept = stands_for[::2] // 2 == np.arange(len(pieces.way))
    if is_kept.all():
        return pieces, forward, backward, bans
    number = np.cumsum(is_kept) - 1
    arc = (2 * number[stands_for // 2] + stands_for % 2).tolist()
    rows, bans.rows = bans.rows, {}
    for row, mask in rows.items():
        bans.add(tuple(arc[i] for i in row), mask)
    bans.told["twins"] = int((~is_kept).sum())
    return pieces.keeping(is_kept), forward[is_kept], backward[is_kept], bans


def _barrier_mask(tags: Mapping[str, str]) -> tuple[int, Told]:
    told = Told()
    passing = (
        1 << vehicle.rank
        for key, vehicle in vehicles().items()
        if barrier_access(tags, key, told=told)
    )
    return sum(passing), told


def _nodes(pieces: Pieces) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Ids of the nodes, and the nodes at both ends of each piece."""
    ids, inverse = np.unique(np.concatenate([pieces.start, pieces.end]), return_inverse=True)
    start, end = inverse[: len(pieces.way)], inverse[len(pieces.way) :]
    return ids, start.astype(np.int64), end.astype(np.int64)


def _node_ids(ids: NDArray[np.int64], names: tuple[str, ...]) -> Iterator[str]:
    """Id of each node: the name of its place, numbered from the second of a name on, else its number."""
    seen: Counter[str] = Counter()
    for node, name in zip(ids.tolist(), names, strict=True):
        if name:
            seen[name] += 1
            yield name if seen[name] == 1 else f"{name} ({seen[name]})"
        else:
            yield f"n{node}" if node > 0 else f"b{-node}"


def _node_positions(
    pieces: Pieces, ids: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.float64]:
    lonlat = np.empty((len(ids), 2))
    lonlat[start] = pieces.lonlat[pieces.first[:-1]]
    lonlat[end] = pieces.lonlat[pieces.first[1:] - 1]
    return lonlat


def _segment_ids(extract: OsmExtract, pieces: Pieces) -> tuple[str, ...]:
    """``w12`` for a whole way, ``w12.1`` and so on for its pieces."""
    ways = extract.way_ids[pieces.way].tolist()
    counts, seen = Counter(ways), Counter[int]()
    found = []
    for way in ways:
        seen[way] += 1
        base = f"w{way}"
        found.append(base if counts[way] == 1 else f"{base}.{seen[way]}")
    return tuple(found)


def _masks(
    pieces: Pieces, code: NDArray[np.int64], words: list[int], barriers: _Barriers
) -> NDArray[np.uint8]:
    masks = np.array(words, dtype=np.uint8)[code]
    for i in np.flatnonzero(pieces.barrier).tolist():
        masks[i] &= barriers[int(pieces.barrier[i])][0]
    return masks


def _notes(pieces: Pieces, notes: Words, barriers: _Barriers) -> Words:
    """Notes of the ways; on the last metre before a barrier also what closes there."""
    where = np.flatnonzero(pieces.barrier).tolist()
    if not where:
        return notes
    told = list(notes)
    for i in where:
        at = barriers[int(pieces.barrier[i])][1]
        shut = sorted(f"{CLOSES}{tag}".replace(";", ",") for tag in {*at.reasons, *at.unread})
        told[i] = "; ".join((*filter(None, [told[i]]), *shut))
    return Words.of(told)


def _durations(extract: OsmExtract, pieces: Pieces, meanings: list[Meaning]) -> NDArray[np.float64]:
    """Ferry time, shared by the pieces of a way by length."""
    total = np.bincount(pieces.way, weights=pieces.length_m, minlength=len(extract.way_ids))
    whole = np.array([meaning.duration_s for meaning in meanings])[extract.way_tags[pieces.way]]
    found: NDArray[np.float64] = whole * pieces.length_m / total[pieces.way]
    return found


def _crossings(
    extract: OsmExtract, pieces: Pieces, meanings: list[Meaning], segment_ids: tuple[str, ...]
) -> Iterator[Crossing]:
    """Ferries, bridges and fords by way; fords and border posts by node."""
    on_way: dict[int, list[int]] = {}
    kinds = [meaning.crossing_kind for meaning in meanings]
    for i, way in enumerate(pieces.way.tolist()):
        if kinds[extract.way_tags[way]]:
            on_way.setdefault(way, []).append(i)
    for way, where in on_way.items():
        meaning = meanings[extract.way_tags[way]]
        yield _crossing(
            meaning.crossing_kind,
            f"w{extract.way_ids[way]}",
            extract.names[way] or extract.route_refs[way],
            {segment_ids[i]: float(pieces.length_m[i]) / 2 / KM_M for i in where},
            meaning.capacity_t,
            meaning.hours,
        )
    yield from _node_crossings(extract, pieces, segment_ids)


def _node_crossings(
    extract: OsmExtract, pieces: Pieces, segment_ids: tuple[str, ...]
) -> Iterator[Crossing]:
    kinds = {node: kind for node, tags in extract.node_tags.items() if (kind := crossing_at(tags))}
    if not kinds:
        return
    at: dict[int, dict[str, float]] = {}
    wanted = np.array(list(kinds), dtype=np.int64)
    refs = _interior_refs(extract, wanted)
    for i in np.flatnonzero(np.isin(pieces.start, wanted) | np.isin(pieces.end, wanted)).tolist():
        for node, km in (
            (int(pieces.start[i]), 0.0),
            (int(pieces.end[i]), float(pieces.length_m[i]) / KM_M),
        ):
            if node in kinds:
                at.setdefault(node, {})[segment_ids[i]] = km
    for i, way in enumerate(pieces.way.tolist()):
        for node in refs.get(way, ()):
            if node not in at and _is_on(extract, pieces, i, node):
                at[node] = {segment_ids[i]: float(pieces.length_m[i]) / 2 / KM_M}
    place = {segment: i for i, segment in enumerate(segment_ids)}
    for node, at_km in at.items():
        name = extract.node_tags[node].get("name", "") or _road_at(extract, pieces, at_km, place)
        yield _crossing(kinds[node], f"n{node}", name, at_km, None)


def _road_at(
    extract: OsmExtract, pieces: Pieces, at_km: Mapping[str, float], place: Mapping[str, int]
) -> str:
    """Number or name of the first road at a node that has one."""
    ways = (int(pieces.way[place[segment]]) for segment in at_km)
    return next((told for i in ways if (told := extract.route_refs[i] or extract.names[i])), "")


def _interior_refs(extract: OsmExtract, wanted: NDArray[np.int64]) -> dict[int, list[int]]:
    """Way to those of the nodes that lie on it."""
    found: dict[int, list[int]] = {}
    where = np.flatnonzero(np.isin(extract.refs, wanted))
    ways = np.searchsorted(extract.first, where, side="right") - 1
    for way, ref in zip(ways.tolist(), extract.refs[where].tolist(), strict=True):
        found.setdefault(way, []).append(ref)
    return found


def _is_on(extract: OsmExtract, pieces: Pieces, piece: int, node: int) -> bool:
    at = int(np.searchsorted(extract.node_ids, node))
    points = pieces.lonlat[pieces.first[piece] : pieces.first[piece + 1]]
    return bool((points == (extract.lon[at], extract.lat[at])).all(axis=1).any())


def _crossing(
    kind: str,
    key: str,
    name: str,
    at_km: Mapping[str, float],
    capacity_t: float | None,
    hours: str = "",
) -> Crossing:
    is_own_name = bool(name) and (kind in _NAMED_KINDS or is_rain_barrier({"name": name}))
    whole = (
        Said(fr=name, en=name) if is_own_name else said(f"osm_crossing.{kind}", name=name or key)
    )
    return Crossing(
        crossing_id=f"OSM-{key}",
        kind=kind,
        name=whole,
        at_km=at_km,
        capacity_t=capacity_t,
        default_state="unknown",
        confidence="medium",
        hours=hours,
    )


def _names(extract: OsmExtract, lonlat: NDArray[np.float64]) -> tuple[str, ...]:
    """Name of the place at a node, for the node nearest to each place; empty for any other."""
    from scipy.spatial import cKDTree

    names = [""] * len(lonlat)
    places = [place for place in extract.places if place.kind in _PLACE_KINDS]
    if not places:
        return tuple(names)
    places.sort(key=lambda place: _PLACE_KINDS.index(place.kind))
    shrink = np.cos(np.radians(lonlat[:, 1].mean()))
    tree = cKDTree(lonlat * (shrink, 1.0))
    spots = np.array([(place.lon * shrink, place.lat) for place in places])
    nearest = np.asarray(tree.query(spots)[1], dtype=np.int64)
    away_m = geodesic_m(
        [place.lon for place in places], [place.lat for place in places], *lonlat[nearest].T
    )
    for place, far_m, node in zip(places, away_m.tolist(), nearest.tolist(), strict=True):
        if far_m <= _PLACE_REACH_M and not names[node]:
            names[node] = place.name
    return tuple(names)


def _told(
    extract: OsmExtract,
    pieces: Pieces,
    meanings: list[Meaning],
    barriers: _Barriers,
    network: RoadNetwork,
) -> Iterator[Said]:
    """Findings of a build, those of the reader first."""
    yield from extract.told
    if pieces.dangling:
        yield said("osm.dangling", count=pieces.dangling)
    if pieces.short:
        yield said("osm.short", count=pieces.short)
    west, south, east, north = CAR_BOX
    lon, lat = network.lon, network.lat
    is_near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if not is_near.all():
        yield said("osm.abroad", percent=round(100 * float((~is_near).mean())))
    if not extract.osm_date:
        yield said("osm.no_date")
    unread = Counter({f"highway={word}": n for word, n in extract.unread_ways.items()})
    flags: Counter[str] = Counter()
    strange: Counter[str] = Counter()
    uses = np.bincount(extract.way_tags, minlength=len(meanings)).tolist()
    for meaning, n in zip(meanings, uses, strict=True):
        unread.update(dict.fromkeys(meaning.unread, n))
        flags.update(dict.fromkeys(meaning.flags, n))
        strange.update(dict.fromkeys(meaning.strange, n))
    for _, told in barriers.values():
        unread.update(told.unread)
    for tag, n in unread.most_common():
        yield said("osm.unread", tag=tag, count=n)
    for tag, n in strange.most_common():
        is_season = tag.startswith(f"{tag_rules()['seasonal']['key']}=")
        yield said("osm.strange_season" if is_season else "osm.strange", tag=tag, count=n)
    for flag, n in flags.most_common():
        yield said("osm.flagged", flag=flag, count=n)


def _of_turns(bans: Bans) -> Iterator[Said]:
    """Findings on roads drawn twice and on restrictions of turns."""
    if bans.told["twins"]:
        yield said("osm.twins", count=bans.told["twins"])
    for what in ("missing", "shape", "dropped", "ambiguous", "timed"):
        if bans.told[what]:
            yield said(f"turns.{what}", count=bans.told[what])
    for tag, n in bans.unread.most_common():
        yield said("turns.unread", tag=tag, count=n)
