"""Tags that no table knows, counted, each with one element that bears it and the place of that element."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.osm.tables import tag_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cmcoord_geo.network.osm.bans import Bans
    from cmcoord_geo.network.osm.extract import OsmExtract
    from cmcoord_geo.network.osm.hierarchy import Told
    from cmcoord_geo.network.osm.meaning import Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadTag:
    """
    A tag that no table knows.

    Attributes
    ----------
    tag : str
        Key and value.
    effect : str
        What became of it: closed, surface (stays unknown), season (held for closed in the rains), turn
        (the restriction has no effect).
    count : int
        Elements that bear it.
    example : str
        One of them: w (way), n (node) or r (relation) and its number; empty where none was kept.
    lon, lat : float or None
        A point of the example; None where it is not known.
    """

    tag: str
    effect: str
    count: int
    example: str = ""
    lon: float | None = None
    lat: float | None = None


def unread_tags(
    extract: OsmExtract,
    meanings: Sequence[Meaning],
    barriers: Mapping[int, tuple[int, Told]],
    bans: Bans,
) -> tuple[UnreadTag, ...]:
    """
    Tags of an extract that no table knows, the most frequent first.

    Parameters
    ----------
    extract : OsmExtract
    meanings : sequence of Meaning
        Of each set of tags of the extract.
    barriers : mapping
        Node of a barrier to what was met on it.
    bans : Bans
        What became of the restrictions of turns.
    """
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[str, int]] = {}
    for effect, tag, letter, number, count in _met(extract, meanings, barriers, bans):
        counts[effect, tag] += count
        first.setdefault((effect, tag), (letter, number))
    found = []
    for (effect, tag), count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        letter, number = first[effect, tag]
        spot = _spot(extract, letter, number, tag)
        found.append(
            UnreadTag(
                tag=tag,
                effect=effect,
                count=count,
                example=f"{letter}{number}" if letter else "",
                lon=None if spot is None else spot[0],
                lat=None if spot is None else spot[1],
            )
        )
    return tuple(found)


_Met = tuple[str, str, str, int, int]


def _met(
    extract: OsmExtract,
    meanings: Sequence[Meaning],
    barriers: Mapping[int, tuple[int, Told]],
    bans: Bans,
) -> Iterator[_Met]:
    """Effect, tag, letter and number of an element, and how many bear the tag there."""
    season = f"{tag_rules()['seasonal']['key']}="
    codes, at = np.unique(extract.way_tags, return_index=True)
    uses = np.bincount(extract.way_tags, minlength=len(meanings))
    for code, place in sorted(
        zip(codes.tolist(), at.tolist(), strict=True), key=lambda one: one[1]
    ):
        way, count = int(extract.way_ids[place]), int(uses[code])
        for tag in sorted(meanings[code].unread):
            yield "closed", tag, "w", way, count
        for tag in sorted(meanings[code].strange):
            yield "season" if tag.startswith(season) else "surface", tag, "w", way, count
    for word, count in extract.unread_ways.items():
        kept = extract.unread_examples.get(word)
        yield "closed", f"highway={word}", "w" if kept else "", kept[0] if kept else 0, count
    for node, (_, told) in sorted(barriers.items()):
        yield from (("closed", tag, "n", node, 1) for tag in sorted(told.unread))
    for tag, count in bans.unread.items():
        yield "turn", tag, "r", bans.unread_examples[tag], count


def _spot(extract: OsmExtract, letter: str, number: int, tag: str) -> tuple[float, float] | None:
    """A point of an element of the extract."""
    if letter == "n":
        return _node_spot(extract, [number])
    if letter == "r":
        members = next(one.members for one in extract.restrictions if one.relation_id == number)
        spots = (_spot(extract, kind, ref, "") for _, kind, ref in members)
        return next((spot for spot in spots if spot is not None), None)
    where = np.flatnonzero(extract.way_ids == number) if letter == "w" else np.zeros(0, np.int64)
    if len(where):
        refs = extract.refs[extract.first[where[0]] : extract.first[where[0] + 1]].tolist()
        middle = len(refs) // 2
        return _node_spot(extract, [*refs[middle:], *refs[:middle]])
    kept = extract.unread_examples.get(tag.removeprefix("highway="))
    return None if kept is None else (kept[1], kept[2])


def _node_spot(extract: OsmExtract, nodes: Sequence[int]) -> tuple[float, float] | None:
    """Position of the first of some nodes that the extract holds."""
    for node in nodes:
        at = int(np.searchsorted(extract.node_ids, node))
        if at < len(extract.node_ids) and extract.node_ids[at] == node:
            return float(extract.lon[at]), float(extract.lat[at])
    return None
