"""
A small country drawn as an OpenStreetMap file: a laterite road east, a weak bridge, a ferry, a broken bridge.

::

    10 ----- 11 (private)
    |                     5 ~~ferry~~ 6
    9 bollard             |           |
    |                     | track     | track
    1 ======= 2 ========= 3 =bridge= 31 ==== 4 (roundabout 4-15-16)
              |             10 t              |
              7 --broken-- 8 -----------------+
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

NODES = {
    1: (20.60, 5.70),
    2: (20.62, 5.70),
    3: (20.64, 5.70),
    31: (20.645, 5.70),
    4: (20.66, 5.70),
    5: (20.64, 5.72),
    6: (20.65, 5.72),
    7: (20.62, 5.68),
    8: (20.63, 5.68),
    9: (20.60, 5.71),
    10: (20.60, 5.72),
    11: (20.61, 5.72),
    15: (20.662, 5.70),
    16: (20.661, 5.701),
    17: (20.68, 5.70),
    18: (20.69, 5.70),
    21: (20.62, 5.69),
    50: (20.6601, 5.7001),
    51: (20.6001, 5.7001),
}
NODE_TAGS = {
    9: {"barrier": "bollard"},
    21: {"ford": "yes", "name": "Gué d’essai"},
    50: {"place": "town", "name": "Ville-Essai"},
    51: {"place": "village", "name": "Village-Essai"},
}
WAYS: dict[int, tuple[list[int], dict[str, str]]] = {
    100: ([1, 2, 3], {"highway": "primary", "surface": "laterite", "ref": "RN2"}),
    101: (
        [3, 31],
        {"highway": "primary", "surface": "laterite", "bridge": "yes", "maxweight": "10 t"},
    ),
    102: ([31, 4], {"highway": "primary", "surface": "laterite", "ref": "RN2"}),
    110: ([3, 5], {"highway": "track"}),
    111: ([5, 6], {"route": "ferry", "duration": "00:20", "name": "Bac d’essai"}),
    112: ([6, 4], {"highway": "track"}),
    120: ([2, 21, 7], {"highway": "secondary", "surface": "dirt"}),
    121: ([7, 8], {"highway": "secondary", "bridge": "yes", "bridge:condition": "broken"}),
    122: ([8, 4], {"highway": "secondary", "surface": "dirt"}),
    130: ([1, 9, 10], {"highway": "residential"}),
    140: ([10, 11], {"highway": "service", "access": "private"}),
    150: ([4, 15, 16, 4], {"highway": "primary", "junction": "roundabout"}),
    160: ([17, 18], {"highway": "primary", "access": "perhaps"}),
    161: ([1, 2], {"highway": "footway"}),
    162: ([17, 18], {"highway": "teleport"}),
    163: ([18, 17], {"waterway": "river"}),
}


#: Role, kind (node, way, relation) and id of each member, and tags.
Relation = tuple[list[tuple[str, str, int]], dict[str, str]]


def write_world(
    path: Path,
    *,
    ways: dict[int, tuple[list[int], dict[str, str]]] | None = None,
    nodes: dict[int, tuple[float, float]] | None = None,
    node_tags: dict[int, dict[str, str]] | None = None,
    relations: dict[int, Relation] | None = None,
    stamp: str = "",
) -> Path:
    """Write the country, or other ways over its nodes or others, as OSM XML."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="test">']
    when = f' timestamp="{stamp}"' if stamp else ""
    tagged = NODE_TAGS if node_tags is None else node_tags
    for node, (lon, lat) in (NODES if nodes is None else nodes).items():
        inner = _tags(tagged.get(node, {}))
        lines.append(f'<node id="{node}" version="1"{when} lon="{lon}" lat="{lat}">{inner}</node>')
    for way, (refs, tags) in (WAYS if ways is None else ways).items():
        inner = "".join(f'<nd ref="{ref}"/>' for ref in refs) + _tags(tags)
        lines.append(f'<way id="{way}" version="1"{when}>{inner}</way>')
    for relation, (members, tags) in (relations or {}).items():
        inner = "".join(
            f'<member type="{kind}" ref="{ref}" role={quoteattr(role)}/>'
            for role, kind, ref in members
        )
        lines.append(f'<relation id="{relation}" version="1"{when}>{inner}{_tags(tags)}</relation>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def _tags(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())
