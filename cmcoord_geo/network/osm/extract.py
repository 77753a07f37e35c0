"""Roads of an OpenStreetMap file as columns, before they become a network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.rivers import Rivers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network.gazetteer import NamedPlace

Tags = tuple[tuple[str, str], ...]


#: Role, letter of the kind (n, w or r), and id of a member of a relation.
Member = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A relation that restricts turns, as the file has it: its tags that matter, and its members in order."""

    relation_id: int
    tags: Tags
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OsmExtract:
    """
    Ways that may be roads, and the nodes on them.

    Attributes
    ----------
    way_ids : ndarray of int64, shape (w,)
    way_tags : ndarray of int64, shape (w,)
        Place of each way's tags in ``tags``.
    first : ndarray of int64, shape (w + 1,)
        Way ``i`` has the nodes ``refs[first[i]:first[i + 1]]``.
    refs : ndarray of int64, shape (r,)
    tags : tuple of pairs
        Each set of tags that matters, once.
    names, route_refs : tuple of str, length w
    node_ids : ndarray of int64, shape (n,)
        Sorted.
    lon, lat : ndarray of float64, shape (n,)
    node_tags : mapping
        Node id to the tags of a barrier or a ford.
    places : tuple of NamedPlace
    osm_date : str
        Day of the data, ISO 8601; empty where the file does not say.
    unread_ways : mapping
        Value of ``highway`` that no table knows, to the number of ways with it.
    unread_examples : mapping
        The same value to the first way with it and a point of it; without those whose point is not known.
    boxes : tuple of tuple
        West, south, east, north of what each file says that it covers; empty where one does not say.
    rivers : Rivers
    restrictions : tuple of Restriction
    told : tuple of Said
        Findings of the reader.
    has_nodes : bool
        Whether roads that meet share a node, so that no end is to be joined to what lies near it.
    """

    way_ids: NDArray[np.int64]
    way_tags: NDArray[np.int64]
    first: NDArray[np.int64]
    refs: NDArray[np.int64]
    tags: tuple[Tags, ...]
    names: tuple[str, ...]
    route_refs: tuple[str, ...]
    node_ids: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    node_tags: Mapping[int, Mapping[str, str]]
    places: tuple[NamedPlace, ...]
    osm_date: str
    unread_ways: Mapping[str, int]
    rivers: Rivers = field(default_factory=lambda: Rivers.of(()))
    restrictions: tuple[Restriction, ...] = ()
    unread_examples: Mapping[str, tuple[int, float, float]] = field(default_factory=dict)
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    told: tuple[Said, ...] = ()
    has_nodes: bool = True


def joined(extracts: Sequence[OsmExtract]) -> OsmExtract:
    """
    One extract of several; a way or node that several hold counts once, as the first has it.

    Parameters
    ----------
    extracts : sequence of OsmExtract
        One at least.
    """
    if len(extracts) == 1:
        return extracts[0]
    tags: dict[Tags, int] = {}
    rows: dict[object, tuple[int, int, NDArray[np.int64], str, str]] = {}
    for part in extracts:
        codes = [tags.setdefault(entry, len(tags)) for entry in part.tags]
        for i, way in enumerate(part.way_ids.tolist()):
            refs = part.refs[part.first[i] : part.first[i + 1]]
            code = codes[part.way_tags[i]]
            key = way, refs.tobytes()  # a graph has several pieces of one way
            rows.setdefault(key, (way, code, refs, part.names[i], part.route_refs[i]))
    node_ids, at = np.unique(
        np.concatenate([part.node_ids for part in extracts]), return_index=True
    )
    sizes = [len(refs) for _, _, refs, _, _ in rows.values()]
    unread: Counter[str] = Counter()
    for part in extracts:
        unread.update(part.unread_ways)
    return OsmExtract(
        way_ids=np.array([way for way, _, _, _, _ in rows.values()], dtype=np.int64),
        way_tags=np.array([code for _, code, _, _, _ in rows.values()], dtype=np.int64),
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        refs=np.concatenate([np.zeros(0, np.int64), *(refs for _, _, refs, _, _ in rows.values())]),
        tags=tuple(tags),
        names=tuple(name for _, _, _, name, _ in rows.values()),
        route_refs=tuple(ref for _, _, _, _, ref in rows.values()),
        node_ids=node_ids,
        lon=np.concatenate([part.lon for part in extracts])[at],
        lat=np.concatenate([part.lat for part in extracts])[at],
        node_tags={node: t for part in reversed(extracts) for node, t in part.node_tags.items()},
        places=tuple(dict.fromkeys(place for part in extracts for place in part.places)),
        osm_date=min(part.osm_date for part in extracts),
        unread_ways=unread,
        rivers=_rivers(extracts),
        restrictions=_restrictions(extracts),
        unread_examples={
            word: kept for part in reversed(extracts) for word, kept in part.unread_examples.items()
        },
        boxes=tuple(box for part in extracts for box in part.boxes)
        if all(part.boxes for part in extracts)
        else (),
        told=tuple(what for part in extracts for what in part.told),
        has_nodes=all(part.has_nodes for part in extracts),
    )


def _restrictions(extracts: Sequence[OsmExtract]) -> tuple[Restriction, ...]:
    """Restrictions of all extracts, each once, as the first has it."""
    found: dict[int, Restriction] = {}
    for part in extracts:
        for restriction in part.restrictions:
            found.setdefault(restriction.relation_id, restriction)
    return tuple(found.values())


def _rivers(extracts: Sequence[OsmExtract]) -> Rivers:
    """Rivers of all extracts, each line once."""
    found = {
        (name, line.tobytes()): line
        for part in extracts
        for name, line in zip(part.rivers.names, part.rivers.lines, strict=True)
    }
    return Rivers.of((name, line) for (name, _), line in found.items())
