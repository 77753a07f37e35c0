"""Graphs that osmnx saved as GraphML, or holds as networkx graphs, to the columns of their roads."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.files import regular_file
from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.network.osm.meaning import meaning_of
from cmcoord_geo.network.osm.tables import highway_class, highway_classes, relevant_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from cmcoord_geo.network.osm.extract import Tags

MAX_BYTES = 2 * 2**30
_AT_ONCE = 2**20


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
        return extract_of(osmnx.load_graphml(where))
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


def extract_of(graph: nx.MultiDiGraph[Any]) -> OsmExtract:
    """
    Columns of a graph of osmnx, so that its roads mean what they mean in an extract.

    Of the two edges of a road that runs both ways the one along it is kept; the edge of a one-way road
    runs as it is driven, whatever its tag said. An edge of several joined ways is as closed as the worst of
    them; ``osmnx.simplify_graph(graph, edge_attrs_differ=["osmid"])`` keeps them apart.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Unprojected; node ids are whole numbers.
    """
    spots = {int(node): (float(d["x"]), float(d["y"])) for node, d in graph.nodes(data=True)}
    numbers = count(max(spots, default=0) + 1)
    known: dict[Tags, int] = {}
    rows: list[tuple[int, int, list[int], str, str]] = []
    unread: Counter[str] = Counter()
    for start, end, data in _edges(graph):
        tags = _tags(data)
        if highway_class(tags) is None:
            unread[tags.get("highway", "")] += 1
            continue
        heard = tuple(sorted(t for t in tags.items() if t[0].partition(":")[0] in relevant_keys()))
        if not meaning_of(heard).is_kept:
            continue
        between = [] if data.get("geometry") is None else list(data["geometry"].coords)[1:-1]
        refs = [start, *(next(numbers) for _ in between), end]
        spots.update(zip(refs[1:-1], between, strict=True))
        code = known.setdefault(heard, len(known))
        name, ref = _text(data.get("name")), _text(data.get("ref")).split(";")[0]
        rows.append((int(_first(data["osmid"])), code, refs, name, ref))
    node_ids = np.array(sorted(spots), dtype=np.int64)
    sizes = [len(refs) for _, _, refs, _, _ in rows]
    return OsmExtract(
        way_ids=np.array([way for way, _, _, _, _ in rows], dtype=np.int64),
        way_tags=np.array([code for _, code, _, _, _ in rows], dtype=np.int64),
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        refs=np.array([ref for _, _, refs, _, _ in rows for ref in refs], dtype=np.int64),
        tags=tuple(known),
        names=tuple(name for _, _, _, name, _ in rows),
        route_refs=tuple(ref for _, _, _, _, ref in rows),
        node_ids=node_ids,
        lon=np.array([spots[int(node)][0] for node in node_ids]),
        lat=np.array([spots[int(node)][1] for node in node_ids]),
        node_tags={},
        places=(),
        osm_date="",
        unread_ways=unread,
    )


def _edges(graph: nx.MultiDiGraph[Any]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Edges that make a road each."""
    for start, end, data in graph.edges(data=True):
        is_oneway = data.get("oneway") is True
        if is_oneway or data.get("reversed") is not True:
            yield int(start), int(end), data


def _tags(data: dict[str, Any]) -> dict[str, str]:
    """Tags of an edge; where osmnx joined ways, all values, but of the classes the least open one."""
    tags = {
        key: _text(value) for key, value in data.items() if key.partition(":")[0] in relevant_keys()
    }
    tags = {key: value for key, value in tags.items() if value}
    if "highway" in data:
        tags["highway"] = _least_open(data["highway"])
    tags["oneway"] = "yes" if data.get("oneway") is True else "no"
    return tags


def _least_open(words: object) -> str:
    """Of the classes of joined ways the one that the fewest vehicles may drive: where each lies is lost."""
    known = highway_classes()
    each = words if isinstance(words, list) else [words]
    return min(map(str, each), key=lambda word: len(known[word].open_to) if word in known else -1)


def _text(value: object) -> str:
    if value is None or isinstance(value, (bool, float)):
        return ""
    if isinstance(value, (list, tuple, set)):
        return ";".join(map(str, value))
    return str(value)


def _first(value: Any) -> Any:  # noqa: ANN401 - whatever osmnx joined
    return value[0] if isinstance(value, (list, tuple)) else value
