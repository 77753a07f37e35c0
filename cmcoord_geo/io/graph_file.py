"""Graphs that osmnx saved as GraphML, or holds as networkx graphs, to the columns of their roads."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.io.files import regular_file
from cmcoord_geo.io.line_file import own_surfaces
from cmcoord_geo.network.convert import check_wgs84
from cmcoord_geo.network.osm.barrier import crossing_at
from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.network.osm.meaning import first_number, meaning_of
from cmcoord_geo.network.osm.tables import highway_class, highway_classes, relevant_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx

    from cmcoord_geo.network.osm.extract import Tags

MAX_BYTES = 2 * 2**30
_AT_ONCE = 2**20
#: Keys of nodes that matter where they lie on a road.
_AT_NODES = frozenset({"barrier", "ford"})
#: Keys without which closures, limits and surfaces are not known; osmnx keeps but the first unless told.
_MISSED = ("access", "motor_vehicle", "maxweight", "surface")
#: What may follow a key of access or of a limit.
_SUFFIXES = ("", ":forward", ":backward", ":conditional")
_MOST_ID = 2**62
_Edge: TypeAlias = tuple[int, int, dict[str, Any]]


def is_graph(path: str | Path) -> bool:
    """Whether a file is a GraphML file by its name."""
    return str(path).lower().endswith(".graphml")


def read_graph(path: str | Path) -> OsmExtract:
    """
    Roads of a GraphML file of osmnx.

    Raises
    ------
    UnsafeFileError
        It is no regular file, or declares a document type or entities.
    DataError
        It cannot be read as a graph of osmnx.
    """
    where = regular_file(path, max_bytes=MAX_BYTES)
    if _declares(where):
        raise problem(UnsafeFileError, "graph_file.entities", file=where.name)
    import osmnx

    try:
        return extract_of(osmnx.load_graphml(where), name=where.name)
    except DataError:
        raise
    except Exception as error:  # parsers of three libraries, each with errors of its own
        raise problem(DataError, "graph_file.broken", file=where.name) from error


def _declares(path: Path) -> bool:
    """Whether a document type or an entity is declared anywhere in the file."""
    tail = b""
    with path.open("rb") as file:
        while part := file.read(_AT_ONCE):
            if b"<!doctype" in (window := (tail + part).lower()) or b"<!entity" in window:
                return True
            tail = part[-16:]
    return False


def osmnx_way_tags() -> tuple[str, ...]:
    """
    Tags of ways to name in ``osmnx.settings.useful_tags_way`` before a graph is made: all that are read here.

    Without them osmnx forgets most closures, limits and surfaces.
    """
    keys = {key + suffix for key in relevant_keys() for suffix in _SUFFIXES}
    return tuple(sorted({"name", "ref", *keys}))


def extract_of(graph: nx.MultiDiGraph[Any], *, name: str) -> OsmExtract:
    """
    Columns of a graph of osmnx, so that its roads mean what they mean in an extract.

    Of the two edges of a road that runs both ways one is kept; an edge without its opposite, and that of a
    one-way road, runs as it is driven, whatever its tag said. An edge of several joined ways is as closed as
    the worst of them; ``osmnx.simplify_graph(graph, edge_attrs_differ=["osmid"])`` keeps them apart. Barriers
    and fords of nodes are read where osmnx kept both tag and node. A graph holds no turn restrictions.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Unprojected (WGS84). Ids of nodes, and ``osmid`` of edges (or a list of them), are whole numbers; an
        edge without ``geometry`` is straight.
    name : str
        Of the graph or its file, for what is said of it.

    Raises
    ------
    CrsError
        The graph is projected or says no reference system.
    DataError
        It is no directed multigraph, or a node or edge lacks what is needed; which one is named.
    """
    if not (graph.is_directed() and graph.is_multigraph()):
        raise problem(DataError, "graph_file.undirected", file=name)
    check_wgs84(graph.graph.get("crs"))
    roads = _Roads(name=name, spots=dict(_spots(graph, name)))
    roads.numbers = count(max(roads.spots, default=0) + 1)
    nodes = {node: tags for node, tags in _node_tags(graph) if _is_telling(tags)}
    for edge in _edges(graph, name):
        roads.add(edge)
    return roads.extract(nodes)


def _spots(graph: nx.MultiDiGraph[Any], name: str) -> Iterator[tuple[int, tuple[float, float]]]:
    """Longitude and latitude of each node."""
    for node, data in graph.nodes(data=True):
        number = _whole(node)
        if number is None:
            raise problem(DataError, "graph_file.node_id", file=name, node=node)
        try:
            spot = float(data["x"]), float(data["y"])
        except (KeyError, TypeError, ValueError):
            spot = math.nan, math.nan
        if not all(map(math.isfinite, spot)):
            raise problem(DataError, "graph_file.node_place", file=name, node=node)
        yield number, spot


def _node_tags(graph: nx.MultiDiGraph[Any]) -> Iterator[tuple[int, dict[str, str]]]:
    for node, data in graph.nodes(data=True):
        yield int(node), {str(key): text for key, value in data.items() if (text := _text(value))}


def _is_telling(tags: Mapping[str, str]) -> bool:
    return bool(tags.keys() & _AT_NODES or crossing_at(tags))


def _edges(graph: nx.MultiDiGraph[Any], name: str) -> Iterator[_Edge]:
    """Edges that make a road each; their ``oneway`` is True or False."""
    edges = []
    for start, end, data in graph.edges(data=True):
        ways = _ways(data)
        if not ways:
            raise problem(DataError, "graph_file.osmid", file=name, start=start, end=end)
        edges.append((int(start), int(end), frozenset(ways), data))
    both = {edge[:3] for edge in edges if not _is_true(edge[3], "oneway")}
    for start, end, of_it, data in edges:
        is_oneway = _is_true(data, "oneway") or (end, start, of_it) not in both
        if is_oneway or _is_kept_of_two(start, end, data):
            yield start, end, {**data, "oneway": is_oneway}


def _is_kept_of_two(start: int, end: int, data: Mapping[str, Any]) -> bool:
    """Whether of both edges of a road this is the one to keep: along the way, where it says so."""
    if _is_along(data):
        return True
    is_mixed = isinstance(data.get("reversed"), list) or not _is_true(data, "reversed")
    return is_mixed and start <= end


def _is_along(data: Mapping[str, Any]) -> bool:
    """Whether an edge runs as all its ways are drawn."""
    told = data.get("reversed")
    return isinstance(told, (bool, np.bool_)) and not told


@dataclass(slots=True)
class _Roads:
    """Roads as they come; points of their lines that are no node of the graph get numbers of their own."""

    name: str
    spots: dict[int, tuple[float, float]]
    numbers: Iterator[int] = field(default_factory=count)
    ids: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    lines: list[list[int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    route_refs: list[str] = field(default_factory=list)
    known: dict[Tags, int] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    heard: set[str] = field(default_factory=set)
    is_own: bool = False

    def add(self, edge: _Edge) -> None:
        """Keep an edge on which somebody may drive, or that is a road though closed."""
        start, end, data = edge
        tags = _tags(data)
        self.heard |= tags.keys()
        self.is_own = self.is_own or bool(own_surfaces(data))
        if highway_class(tags) is None:
            self.unread[tags.get("highway", "")] += 1
            return
        heard = tuple(sorted(tags.items()))
        if not meaning_of(heard).is_kept:
            return
        between = self._between(edge)
        refs = [start, *(next(self.numbers) for _ in between), end]
        self.spots.update(zip(refs[1:-1], between, strict=True))
        self.ids.append(_ways(data)[0])
        self.codes.append(self.known.setdefault(heard, len(self.known)))
        self.lines.append(refs)
        self.names.append(_text(data.get("name")))
        self.route_refs.append(first_number(_text(data.get("ref"))))

    def _between(self, edge: _Edge) -> list[tuple[float, float]]:
        """Points of an edge between its ends; tables leave NaN where an edge is straight."""
        start, end, data = edge
        shape = data.get("geometry")
        if shape is None or (isinstance(shape, float) and math.isnan(shape)):
            return []
        if getattr(shape, "geom_type", "") != "LineString":
            raise problem(DataError, "graph_file.shape", file=self.name, start=start, end=end)
        return [(float(x), float(y)) for x, y, *_ in shape.coords][1:-1]

    def extract(self, node_tags: Mapping[int, dict[str, str]]) -> OsmExtract:
        """Columns of the roads, and what a person should know of them."""
        node_ids = np.array(sorted(self.spots), dtype=np.int64)
        on_road = {ref for refs in self.lines for ref in refs}
        return OsmExtract(
            way_ids=np.array(self.ids, dtype=np.int64),
            way_tags=np.array(self.codes, dtype=np.int64),
            first=np.concatenate([[0], np.cumsum([len(refs) for refs in self.lines])]).astype(
                np.int64
            ),
            refs=np.array([ref for refs in self.lines for ref in refs], dtype=np.int64),
            tags=tuple(self.known),
            names=tuple(self.names),
            route_refs=tuple(self.route_refs),
            node_ids=node_ids,
            lon=np.array([self.spots[int(node)][0] for node in node_ids]),
            lat=np.array([self.spots[int(node)][1] for node in node_ids]),
            node_tags={node: tags for node, tags in node_tags.items() if node in on_road},
            places=(),
            osm_date="",
            unread_ways=self.unread,
            told=tuple(self._told()),
        )

    def _told(self) -> Iterator[Said]:
        missed = [] if self.is_own else [key for key in _MISSED if key not in self.heard]
        if missed and self.ids:
            yield said("graph_file.missed", file=self.name, keys=", ".join(missed))
        if self.ids:
            yield said("graph_file.turns", file=self.name)


def _tags(data: Mapping[str, Any]) -> dict[str, str]:
    """Tags of an edge; where osmnx joined ways, all values, but of the classes the least open one."""
    keys = relevant_keys()
    tags = {key: _text(value) for key, value in data.items() if key.partition(":")[0] in keys}
    own = own_surfaces(data)
    if "surface" in tags and own:
        tags["surface"] = ";".join(own.get(word, word) for word in tags["surface"].split(";"))
    tags = {key: value for key, value in tags.items() if value}
    if not (data["oneway"] or _is_along(data)):
        tags |= dict(_either_way(tags))
    if "highway" in tags:
        tags["highway"] = _least_open(tags["highway"])
    tags["oneway"] = "yes" if data["oneway"] else "no"
    return tags


def _either_way(tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Tags of a direction where it is not known which: what is said of one is said of both."""
    for key in tags:
        base, _, way = key.rpartition(":")
        if way in ("forward", "backward"):
            pair = [f"{base}:forward", f"{base}:backward"]
            word = ";".join(dict.fromkeys(tags[each] for each in pair if each in tags))
            yield from ((each, word) for each in pair)


def _least_open(words: str) -> str:
    """Of the classes of joined ways the one that the fewest vehicles may drive: where each lies is lost."""
    known = highway_classes()
    return min(words.split(";"), key=lambda word: len(known[word].open_to) if word in known else -1)


def _text(value: object) -> str:
    """Value of an attribute as a tag; empty where a table left it out."""
    match value:
        case None:
            return ""
        case bool() | np.bool_():
            return "yes" if value else "no"
        case float():
            return f"{value:g}" if math.isfinite(value) else ""
        case list() | tuple():
            return ";".join(dict.fromkeys(filter(None, map(_text, value))))
        case set() | frozenset():
            return ";".join(sorted(filter(None, map(_text, value))))
        case _:
            return str(value)


def _is_true(data: Mapping[str, Any], key: str) -> bool:
    """Whether an attribute says yes, if only for one of joined ways; some graphs say it in words."""
    value = data.get(key)
    if isinstance(value, (list, tuple, set)):
        return any(_is_true({key: each}, key) for each in value)
    return _text(value).casefold() in ("yes", "true", "1", "-1", "reverse")


def _ways(data: Mapping[str, Any]) -> list[int]:
    """Ways of an edge, in their order; empty where one is no whole number."""
    value = data.get("osmid")
    found = [_whole(way) for way in (value if isinstance(value, (list, tuple)) else [value])]
    return [way for way in found if way is not None] if None not in found else []


def _whole(value: object) -> int | None:
    """Whole number that an id is; None where it is none."""
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return None
    is_same = isinstance(value, str) or number == value
    return int(number) if is_same and abs(number) < _MOST_ID else None
