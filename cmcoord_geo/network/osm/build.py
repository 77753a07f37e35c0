"""An OpenStreetMap extract becomes a road network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import Crossing, vehicles
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.network.columns import Texts, Words
from cmcoord_geo.network.gazetteer import OwnPlaces
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.nearby import near_towns
from cmcoord_geo.network.notes import CLOSES
from cmcoord_geo.network.osm.bans import Bans, find_bans
from cmcoord_geo.network.osm.barrier import barrier_access, crossing_at, is_rain_barrier
from cmcoord_geo.network.osm.hierarchy import Told
from cmcoord_geo.network.osm.meaning import meaning_of, together
from cmcoord_geo.network.osm.pieces import cut_ways
from cmcoord_geo.network.osm.tables import tag_rules
from cmcoord_geo.network.osm.twins import twins_of
from cmcoord_geo.network.osm.unread import UnreadTag, unread_tags
from cmcoord_geo.network.places import nearest_places
from cmcoord_geo.network.road_network import RoadNetwork
from cmcoord_geo.network.traffic import Traffic
from cmcoord_geo.network.turns import Turns
from cmcoord_geo.units import CAR_BOX, KM_M, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.extract import OsmExtract
    from cmcoord_geo.network.osm.meaning import Meaning
    from cmcoord_geo.network.osm.pieces import Pieces

LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
#: A place gives its name to the nearest junction, if that is not farther than this.
_PLACE_REACH_M = 1500.0
#: Share of the nodes that the boxes of the files must hold to be believed.
_MOST_INSIDE = 0.8
#: Places in the order in which they give their name to a junction that two could name.
#: What is made of a tag that no table knows and that does not close, by the first part of its key.
_STRANGE = {"seasonal": "osm.strange_season", "toll": "osm.strange_toll"}
#: Crossings whose name is their own; a bridge has that of its road.
_NAMED_KINDS = ("ferry", "border")
_PLACE_KINDS = ("city", "town", "village", "hamlet", "suburb", "neighbourhood")


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """
    A network and what a person should know of how it was built.

    Attributes
    ----------
    network : RoadNetwork
    told : tuple of Said
        Findings, gravest first.
    unread : tuple of UnreadTag
        Tags that no table knows.
    cut_nodes : tuple of str
        Ids of the nodes at which the extract was cut.
    """

    network: RoadNetwork
    told: tuple[Said, ...]
    unread: tuple[UnreadTag, ...] = ()
    cut_nodes: tuple[str, ...] = ()


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
        if pieces.short:  # roads, but without their points
            raise problem(
                DataError, "osm.no_points", file=name, ways=pieces.short, missing=pieces.dangling
            )
        raise problem(DataError, "osm.no_roads", file=name)
    meanings = [meaning_of(tags) for tags in extract.tags]
    drawn = _each_once(extract, pieces, meanings, barriers)
    pieces, code, segment_ids = drawn.pieces, drawn.code, drawn.segment_ids
    node_ids, start, end = _nodes(pieces)
    lonlat = _node_positions(pieces, node_ids, start, end)
    middles = (lonlat[start] + lonlat[end]) / 2

    def column(key: str) -> Words:
        words = Words.of(getattr(meaning, key) for meaning in drawn.meanings)
        return Words(words.codes[code], words.vocabulary)

    names = _names(extract, lonlat)
    own = OwnPlaces.of(extract.places)
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
        route_ref=Words.of(drawn.told(extract.route_refs)),
        surface=column("surface"),
        season_zone=Words.of(place.season_zone for place in nearest_places(middles)),
        status_dry=column("status_dry"),
        status_wet=column("status_wet"),
        max_vehicle_dry=column("max_vehicle_dry"),
        max_vehicle_wet=column("max_vehicle_wet"),
        confidence=column("confidence"),
        note=_notes(pieces, column("note"), barriers),
        crossings=tuple(_crossings(extract, drawn, own)),
        name=name,
        source=source,
        licence=licence,
        traffic=Traffic(
            names=Words.of(drawn.told(extract.names)),
            forward=drawn.forward,
            backward=drawn.backward,
            duration_s=_durations(extract, drawn),
            turns=Turns.of(drawn.bans.rows.items()) if drawn.bans.rows else None,
        ),
        places=own,
        rivers=extract.rivers,
        redrawn=drawn.redrawn or None,
    )
    told = (*_told(extract, pieces, meanings, barriers, network), *_of_turns(drawn.bans))
    cut = np.flatnonzero(np.isin(node_ids, pieces.cut) | _are_outside(extract, lonlat))
    return Built(
        network=network,
        told=told,
        unread=unread_tags(extract, meanings, barriers, drawn.bans),
        cut_nodes=tuple(network.node_ids[i] for i in cut.tolist()),
    )


def _are_outside(extract: OsmExtract, lonlat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Nodes outside every box that the files say they cover: roads there are not complete."""
    is_in = np.zeros(len(lonlat), dtype=bool)
    for west, south, east, north in extract.boxes:
        is_in |= ((lonlat >= (west, south)) & (lonlat <= (east, north))).all(axis=1)
    # a file put together of several may name the box of the first alone: that is not believed
    return ~is_in if is_in.mean() >= _MOST_INSIDE else np.zeros(len(lonlat), dtype=bool)


_Barriers = dict[int, tuple[int, Told]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """
    Pieces of which each is drawn once, and what is said of them.

    Attributes
    ----------
    pieces : Pieces
    segment_ids : tuple of str, length m
    code : ndarray of int64, shape (m,)
        Place of each piece's meaning.
    meanings : sequence of Meaning
        Those of the sets of tags, then those of several drawings together.
    forward, backward : ndarray of uint8, shape (m,)
    bans : Bans
    also : mapping
        Piece to the ways that are other drawings of it and count.
    redrawn : mapping
        Id of each segment left out to that of the one that stands for it.
    """

    pieces: Pieces
    segment_ids: tuple[str, ...]
    code: NDArray[np.int64]
    meanings: Sequence[Meaning]
    forward: NDArray[np.uint8]
    backward: NDArray[np.uint8]
    bans: Bans
    also: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    redrawn: Mapping[str, str] = field(default_factory=dict)

    def ways(self) -> Iterator[tuple[int, ...]]:
        """Ways that each piece is a drawing of, its own first."""
        for i, way in enumerate(self.pieces.way.tolist()):
            yield (way, *self.also.get(i, ()))

    def told(self, texts: Sequence[str]) -> Iterator[str]:
        """First text of each piece that one of its ways has."""
        for ways in self.ways():
            yield next((texts[way] for way in ways if texts[way]), "")


def _each_once(
    extract: OsmExtract, pieces: Pieces, meanings: list[Meaning], barriers: _Barriers
) -> _Drawn:
    """Pieces without those drawn twice: each with the more cautious word of all its drawings."""
    code = extract.way_tags[pieces.way]
    forward = _masks(pieces, code, [m.forward for m in meanings], barriers)
    backward = _masks(pieces, code, [m.backward for m in meanings], barriers)
    ids = _segment_ids(extract, pieces)
    bans = find_bans(extract, pieces, forward, backward)
    is_outline = np.array([m.is_outline for m in meanings], dtype=bool)[code]
    twins = twins_of(pieces, forward, backward, is_outline)
    stands_for = twins.arcs[::2] // 2
    is_kept = stands_for == np.arange(len(pieces.way))
    number = np.cumsum(is_kept) - 1
    every, codes, also = list(meanings), code.copy(), {}
    for lead, others in twins.others.items():
        also[int(number[lead])] = tuple(pieces.way[list(others)].tolist())
        codes[lead] = len(every)
        every.append(together([meanings[i] for i in code[[lead, *others]].tolist()]))
    _moved(bans, (2 * number[twins.arcs // 2] + twins.arcs % 2).tolist())
    bans.told["twins"] = int((~is_kept).sum())
    return _Drawn(
        pieces=pieces.keeping(is_kept),
        segment_ids=tuple(ids[i] for i in np.flatnonzero(is_kept).tolist()),
        code=codes[is_kept],
        meanings=every,
        forward=twins.forward[is_kept],
        backward=twins.backward[is_kept],
        bans=bans,
        also=also,
        redrawn={ids[i]: ids[int(stands_for[i])] for i in np.flatnonzero(~is_kept).tolist()},
    )


def _moved(bans: Bans, arc: list[int]) -> None:
    """Put the rows of bans on the arcs that stand for theirs."""
    rows, bans.rows = bans.rows, {}
    for row, mask in rows.items():
        bans.add(tuple(arc[i] for i in row), mask)


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


def _durations(extract: OsmExtract, drawn: _Drawn) -> NDArray[np.float64]:
    """Ferry time, shared by the pieces of a way by length."""
    pieces = drawn.pieces
    total = np.bincount(pieces.way, weights=pieces.length_m, minlength=len(extract.way_ids))
    whole = np.array([meaning.duration_s for meaning in drawn.meanings])[drawn.code]
    found: NDArray[np.float64] = whole * pieces.length_m / total[pieces.way]
    return found


def _crossings(extract: OsmExtract, drawn: _Drawn, own: OwnPlaces) -> Iterator[Crossing]:
    """Ferries, bridges and fords by way; fords and border posts by node."""
    at: dict[int, dict[str, float]] = {}
    drawings: dict[int, dict[int, Meaning]] = {}  # way that gives the id, to the ways drawn there
    for i, ways in enumerate(drawn.ways()):
        owners: dict[str, int] = {}
        for way in ways:
            meaning = drawn.meanings[extract.way_tags[way]]
            if meaning.crossing_kind:
                owner = owners.setdefault(meaning.crossing_kind, way)
                at.setdefault(owner, {})[drawn.segment_ids[i]] = (
                    float(drawn.pieces.length_m[i]) / 2 / KM_M
                )
                drawings.setdefault(owner, {})[way] = meaning
    place = {segment: i for i, segment in enumerate(drawn.segment_ids)}
    for way, at_km in at.items():
        told = drawings[way]
        crossing = _crossing(
            told[way].crossing_kind,
            f"w{extract.way_ids[way]}",
            extract.names[way] or extract.route_refs[way],
            _near(own, drawn.pieces, place[next(iter(at_km))]),
            at_km,
            min((m.capacity_t for m in told.values() if m.capacity_t is not None), default=None),
            "; ".join(dict.fromkeys(m.hours for m in told.values() if m.hours)),
        )
        others = tuple(f"OSM-w{extract.way_ids[other]}" for other in told if other not in at)
        yield replace(crossing, aliases=others)
    yield from _node_crossings(extract, drawn, own)


def _node_crossings(extract: OsmExtract, drawn: _Drawn, own: OwnPlaces) -> Iterator[Crossing]:
    kinds = {node: kind for node, tags in extract.node_tags.items() if (kind := crossing_at(tags))}
    if not kinds:
        return
    pieces, segment_ids = drawn.pieces, drawn.segment_ids
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
    for i, ways in enumerate(drawn.ways()):
        for node in (node for way in ways for node in refs.get(way, ())):
            if node not in at and _is_on(extract, pieces, i, node):
                at[node] = {segment_ids[i]: float(pieces.length_m[i]) / 2 / KM_M}
    place = {segment: i for i, segment in enumerate(segment_ids)}
    for node, at_km in at.items():
        name = extract.node_tags[node].get("name", "") or _road_at(extract, pieces, at_km, place)
        near = _near(own, pieces, place[next(iter(at_km))])
        yield _crossing(kinds[node], f"n{node}", name, near, at_km, None)


def _near(own: OwnPlaces, pieces: Pieces, piece: int) -> Said | None:
    """Where a crossing without a name lies: an id of the map says nothing to a driver."""
    line = pieces.lonlat[pieces.first[piece] : pieces.first[piece + 1]]
    (town,) = near_towns(own, line[[len(line) // 2]])
    return town.said if town.is_near else None


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
    near: Said | None,
    at_km: Mapping[str, float],
    capacity_t: float | None,
    hours: str = "",
) -> Crossing:
    is_own_name = bool(name) and (kind in _NAMED_KINDS or is_rain_barrier({"name": name}))
    told = said(f"osm_crossing.{kind}", name=name or near or key)
    whole = Said(fr=name, en=name) if is_own_name else told
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
        is_rough = tag.partition("=")[0] in tag_rules()["unread_state"]["keys"]
        yield said("osm.unread_rough" if is_rough else "osm.unread", tag=tag, count=n)
    for tag, n in strange.most_common():
        yield said(
            _STRANGE.get(tag.partition("=")[0].partition(":")[0], "osm.strange"), tag=tag, count=n
        )
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
