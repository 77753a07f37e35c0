"""Surface of a way: what its tags say, never better than they say it; nothing said is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.facts import SURFACES
from cmcoord_geo.network.osm.tables import highway_class, parts_of, surface_words, tag_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Keys that say what the surface is, the better witness first, and keys that only make it worse.
_WITNESSES = ("surface", "tracktype")
_WORSE = ("tracktype", "smoothness", "4wd_only")
#: Any other word, in the table.
_ANY = "*"
#: Nothing is known of the surface, so only what is worse than this says something.
_FAIR = SURFACES.index("laterite")


def surface_of(tags: Mapping[str, str]) -> str:
    """
    One of ``facts.SURFACES``, or ``unknown``: a missing surface is unknown and never paved.

    Examples
    --------
    >>> surface_of({"highway": "primary"}), surface_of({"highway": "track"})
    ('unknown', 'track')
    >>> surface_of({"highway": "primary", "surface": "asphalt", "smoothness": "bad"})
    'degraded'
    """
    highway = highway_class(tags)
    said = [_worst(tags, key) for key in _WITNESSES if key in tags]
    missing = "unknown" if highway is None else highway.missing_surface
    base = said[0] if all(said) and said else missing
    worse = [SURFACES.index(word) for key in _WORSE if (word := _worst(tags, key))]
    if base == "unknown":
        worst = max(worse, default=0)
        return SURFACES[worst] if worst > _FAIR else base
    return SURFACES[max(SURFACES.index(base), *worse, 0)]


def unread_surface(tags: Mapping[str, str]) -> Iterator[str]:
    """Surface tags that no table knows, as ``key=value``; they say nothing."""
    for key in _WITNESSES:
        if key in tags and not _worst(tags, key):
            yield f"{key}={tags[key]}"


def unread_roughness(tags: Mapping[str, str]) -> Iterator[str]:
    """Tags on roughness that no table knows, as ``key=value``; the surface is a track at best."""
    for key in tag_rules()["unread_state"]["keys"]:
        if any((key, word) not in surface_words() for word in parts_of(tags, key)):
            yield f"{key}={tags[key]}"


def _worst(tags: Mapping[str, str], key: str) -> str:
    """Worst of the values of a key; empty where none of them is known."""
    if key not in tags:
        return ""
    other = surface_words().get((key, _ANY))
    words = [surface_words().get((key, part), other) for part in parts_of(tags, key)]
    known = [word for word in words if word]
    return max(known, key=SURFACES.index) if len(known) == len(words) else ""
