"""OpenStreetMap files (``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``) to the columns of their roads."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.files import regular_file
from cmcoord_geo.io.reading import ReadShare
from cmcoord_geo.network.gazetteer import NamedPlace
from cmcoord_geo.network.osm.barrier import crossing_at
from cmcoord_geo.network.osm.extract import OsmExtract, Restriction
from cmcoord_geo.network.osm.meaning import first_number, meaning_of
from cmcoord_geo.network.osm.restriction import is_restriction, kept_tags
from cmcoord_geo.network.osm.tables import (
    highway_class,
    is_river,
    place_names,
    relevant_keys,
    tag_rules,
)
from cmcoord_geo.network.rivers import Rivers, simpler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.extract import Tags

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
MAX_BYTES = 4 * 2**30
#: Day before which no data of OpenStreetMap are: a missing time shows as 1970.
_FIRST_YEAR = 2004
#: Positions are whole numbers of a ten-millionth degree; a missing one is out of range.
_PER_DEGREE = 10_000_000
_MOST_X, _MOST_Y = 180 * _PER_DEGREE, 90 * _PER_DEGREE
#: Keys of nodes that matter where they lie on a road.
_TELLING = frozenset({"barrier", "ford"})
#: Elements after which progress is told.
_EVERY = 5_000


def is_osm(path: str | Path) -> bool:
    """Whether a file is an OpenStreetMap file by its name."""
    return str(path).lower().endswith(SUFFIXES)


def read_osm(
    path: str | Path, *, on_progress: Callable[[int, float | None], None] | None = None
) -> OsmExtract:
    """
    Roads of an OpenStreetMap file, streamed in one pass.

    Parameters
    ----------
    path : str or Path
    on_progress : callable, optional
        Called now and then with the number of ways kept and the share of the file that is read, if known.

    Raises
    ------
    UnsafeFileError
        It is no regular file, or an address.
    DataError
        It is not there, is empty, has another kind of name, or is damaged.
    """
    where = regular_file(path, max_bytes=MAX_BYTES)
    if not is_osm(where):
        raise problem(DataError, "osm.name", file=where.name)
    if where.stat().st_size == 0:
        raise problem(DataError, "osm.empty", file=where.name)
    import osmium

    try:
        found = _stream(where, on_progress or (lambda _count, _share: None))
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        raise problem(DataError, "osm.broken", file=where.name) from error
    return _columns(found)


@dataclass(slots=True)
class _Found:
    """Ways and telling nodes as they come."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    codes: array[int] = field(default_factory=lambda: array("q"))
    first: array[int] = field(default_factory=lambda: array("q", [0]))
    refs: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("q"))
    y: array[int] = field(default_factory=lambda: array("q"))
    names: list[str] = field(default_factory=list)
    route_refs: list[str] = field(default_factory=list)
    known: dict[Tags, int] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    places: list[NamedPlace] = field(default_factory=list)
    rivers: list[tuple[str, NDArray[np.float64]]] = field(default_factory=list)
    restrictions: list[Restriction] = field(default_factory=list)
    unread_examples: dict[str, tuple[int, float, float]] = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None
    osm_date: str = ""
    newest: str = ""

    def add_node(self, node: Any) -> None:  # noqa: ANN401 - osmium has no types
        """Keep a barrier, a ford or a named place."""
        tags = {tag.k: tag.v for tag in node.tags}
        if tags.keys() & _TELLING or crossing_at(tags):
            self.node_tags[node.id] = tags
        if (names := place_names(tags)) and node.location.valid():
            self.places.append(
                NamedPlace(
                    place_id=f"p{node.id}",
                    name=names[0],
                    kind=tags["place"],
                    lon=node.location.lon,
                    lat=node.location.lat,
                    other_names=names[1:],
                )
            )

    def add_turn(self, relation: Any) -> None:  # noqa: ANN401 - osmium has no types
        """Keep a relation that restricts turns."""
        tags = {tag.k: tag.v for tag in relation.tags}
        if is_restriction(tags):
            members = tuple((member.role, member.type, member.ref) for member in relation.members)
            self.restrictions.append(
                Restriction(relation_id=relation.id, tags=kept_tags(tags), members=members)
            )

    def add_way(self, way: Any) -> None:  # noqa: ANN401 - osmium has no types
        """Keep a way on which somebody may drive, or that is a road though closed."""
        tags = {tag.k: tag.v for tag in way.tags}
        if highway_class(tags) is None:
            if is_river(tags):
                self.rivers.extend((tags.get("name", ""), line) for line in _runs(way.nodes))
            if "highway" in tags:
                self._add_unread(tags["highway"], way)
            return
        keys = relevant_keys()
        heard = tuple(sorted(t for t in tags.items() if t[0].partition(":")[0] in keys))
        if not meaning_of(heard).is_kept:
            return
        nodes = list(way.nodes)
        self.ids.append(way.id)
        self.codes.append(self.known.setdefault(heard, len(self.known)))
        self.refs.extend([node.ref for node in nodes])
        self.x.extend([node.x for node in nodes])
        self.y.extend([node.y for node in nodes])
        self.first.append(len(self.refs))
        self.names.append(tags.get("name", ""))
        self.route_refs.append(first_number(tags.get("ref", "")))
        self.newest = max(self.newest, _day(way.timestamp))

    def _add_unread(self, word: str, way: Any) -> None:  # noqa: ANN401 - osmium has no types
        """Count a value of highway that no table knows; keep the first way whose place is known."""
        self.unread[word] += 1
        if word in self.unread_examples:
            return
        spots = [
            (node.location.lon, node.location.lat) for node in way.nodes if node.location.valid()
        ]
        if spots:
            self.unread_examples[word] = (way.id, *spots[len(spots) // 2])


def _stream(path: Path, on_progress: Callable[[int, float | None], None]) -> _Found:
    """One pass: the library keeps the positions of the nodes, Python sees only what may matter."""
    import osmium

    found = _Found()
    posts = tag_rules()["checkpoint"]
    wanted = osmium.filter.KeyFilter(
        "highway", "route", "place", "waterway", "type", *_TELLING, *posts
    )
    entities = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
    reader = osmium.FileProcessor(str(path), entities).with_locations("sparse_mem_array")
    share = ReadShare(path)
    for seen, element in enumerate(reader.with_filter(wanted)):
        if seen % _EVERY == 0:
            on_progress(len(found.ids), share.now())
        if isinstance(element, osmium.osm.Node):
            found.add_node(element)
            continue
        if isinstance(element, osmium.osm.Relation):
            found.add_turn(element)
            continue
        found.add_way(element)
    header = reader.header
    dated = header.get("osmosis_replication_timestamp") or header.get("timestamp") or ""
    found.osm_date = str(dated)[:10] or found.newest
    if (box := header.box()).valid():
        found.box = (
            *(box.bottom_left.lon, box.bottom_left.lat),
            *(box.top_right.lon, box.top_right.lat),
        )
    return found


def _columns(found: _Found) -> OsmExtract:
    refs = np.array(found.refs, dtype=np.int64)
    x, y = np.array(found.x, dtype=np.int64), np.array(found.y, dtype=np.int64)
    is_there = (np.abs(x) <= _MOST_X) & (np.abs(y) <= _MOST_Y)
    node_ids, at = np.unique(refs[is_there], return_index=True)
    on_road = set(node_ids.tolist())
    return OsmExtract(
        way_ids=np.array(found.ids, dtype=np.int64),
        way_tags=np.array(found.codes, dtype=np.int64),
        first=np.array(found.first, dtype=np.int64),
        refs=refs,
        tags=tuple(found.known),
        names=tuple(found.names),
        route_refs=tuple(found.route_refs),
        node_ids=node_ids,
        lon=x[is_there][at] / _PER_DEGREE,
        lat=y[is_there][at] / _PER_DEGREE,
        node_tags={node: tags for node, tags in found.node_tags.items() if node in on_road},
        places=tuple(found.places),
        rivers=Rivers.of(found.rivers),
        osm_date=found.osm_date,
        unread_ways=found.unread,
        restrictions=tuple(found.restrictions),
        unread_examples=found.unread_examples,
        boxes=() if found.box is None else (found.box,),
    )


def _runs(nodes: Any) -> Iterator[NDArray[np.float64]]:  # noqa: ANN401 - osmium has no types
    """Longitude and latitude of the parts of a way between nodes that the file lacks."""
    run: list[tuple[float, float]] = []
    for node in nodes:
        if node.location.valid():
            run.append((node.location.lon, node.location.lat))
        elif run:
            yield simpler(np.array(run))
            run = []
    if run:
        yield simpler(np.array(run))


def _day(moment: Any) -> str:  # noqa: ANN401 - osmium has no types
    """Day of an element, ISO 8601; empty where the file says none."""
    return f"{moment:%Y-%m-%d}" if moment.year >= _FIRST_YEAR else ""
