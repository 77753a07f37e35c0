"""Whom conditions on access keep off in the rains, such as ``no @ (wet)`` or ``no @ (May-Oct)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from cmcoord_geo.network.osm.hierarchy import Direction
from cmcoord_geo.network.osm.tables import access_values, highway_class, parts_of, tag_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_SUFFIX = ":conditional"
#: Value and condition; a bracket may hold semicolons.
_CLAUSE = re.compile(r"([^@;()]+)@\s*(\([^()]*\)|[^;()]+)")
_WORD = re.compile(r"[^\W\d]+")
_SPAN = re.compile(r"\b([a-z]{3})[a-z]*\.?(?:\s*\d{1,2})?\s*-\s*([a-z]{3})")


def closed_in_rain(tags: Mapping[str, str]) -> frozenset[str]:
    """
    Vehicles that a condition closes a way to in the rains.

    A condition that names the rains, or months in the midst of them, and whose value does not open, counts
    for every vehicle that its key speaks of; one on the state of the road (``impassable``) for every
    vehicle. Any other condition is flagged and not evaluated.

    Examples
    --------
    >>> sorted(closed_in_rain({"hgv:conditional": "no @ (Jun-Oct)"}))
    ['heavy_truck', 'tanker', 'truck_6x6']
    >>> closed_in_rain({"hgv:conditional": "no @ (22:00-06:00)"})
    frozenset()
    """
    closing: Mapping[str, list[str]] = tag_rules()["closing"]
    if any(_closes(tags.get(f"{key}{_SUFFIX}", ""), words) for key, words in closing.items()):
        return frozenset(tag_rules()["keys"])
    keys = {key for key, value in _conditioned(tags) if _closes(value)}
    chains: Mapping[str, list[str]] = tag_rules()["keys"]
    return frozenset(vehicle for vehicle, chain in chains.items() if keys.intersection(chain))


def conditions_of(tags: Mapping[str, str]) -> Iterator[str]:
    """Conditions on access and limits as they are tagged, ``key=value``, and hours of a road."""
    yield from (f"{key}={value}" for key, value in tags.items() if key.endswith(_SUFFIX))
    rules, road = tag_rules()["conditional"], highway_class(tags)
    if road is None or road.name != "ferry":
        for key in rules["keys"]:
            if {*parts_of(tags, key)} - {*rules["always"]}:
                yield f"{key}={tags[key]}"


def _conditioned(tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Access keys and their conditions; one for a single direction counts for both, to be cautious."""
    known = {key for chain in tag_rules()["keys"].values() for key in chain}
    for key in sorted(known):
        for name in (key, *(f"{key}:{direction}" for direction in get_args(Direction))):
            if name + _SUFFIX in tags:
                yield key, tags[name + _SUFFIX]


def _closes(text: str, words: Collection[str] = ()) -> bool:
    """Whether a clause closes in the rains: by one of the words, else by what opens no access."""
    for value, condition in _CLAUSE.findall(text.casefold()):
        known = access_values().get(value.strip())
        is_shut = value.strip() in words if words else known is None or not known.is_open
        if is_shut and _is_of_the_rains(condition):
            return True
    return False


def _is_of_the_rains(condition: str) -> bool:
    rules = tag_rules()["rains"]
    words = set(_WORD.findall(condition))
    if words & {*rules["words"], *rules["months"]}:
        return True
    return any(
        set(rules["months"]) & set(_months(first, last, rules["year"]))
        for first, last in _SPAN.findall(condition)
    )


def _months(first: str, last: str, year: list[str]) -> list[str]:
    """Months from one to another, over the turn of the year where need be."""
    if first not in year or last not in year:
        return []
    start, end = year.index(first), year.index(last)
    return year[start : end + 1] if start <= end else [*year[start:], *year[: end + 1]]
