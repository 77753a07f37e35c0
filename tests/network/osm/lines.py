"""Lines drawn in metres as an extract whose nodes are numbered by their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.network.osm.strands import number_of, place_of

#: West and south corner of a drawing, and metres of a degree there.
LON, LAT = 20.5, 5.5
LON_M, LAT_M = 110_810.0, 110_590.0

Line = Sequence[tuple[float, float]]


def extract_of(
    lines: Sequence[Line], tags: Mapping[int, Mapping[str, str]] | None = None
) -> OsmExtract:
    """Extract of lines in metres east and north of the corner; tags by place of the line."""
    ways = [number_of(np.array(line, dtype=float) / (LON_M, LAT_M) + (LON, LAT)) for line in lines]
    refs = np.concatenate(ways)
    node_ids = np.unique(refs)
    lon, lat = place_of(node_ids)
    each = [
        tuple(sorted({"highway": "track", **(tags or {}).get(i, {})}.items()))
        for i in range(len(lines))
    ]
    known = sorted(set(each))
    return OsmExtract(
        way_ids=np.arange(1, len(lines) + 1, dtype=np.int64),
        way_tags=np.array([known.index(one) for one in each], dtype=np.int64),
        first=np.concatenate([[0], np.cumsum([len(way) for way in ways])]).astype(np.int64),
        refs=refs,
        tags=tuple(known),
        names=("",) * len(lines),
        route_refs=("",) * len(lines),
        node_ids=node_ids,
        lon=lon,
        lat=lat,
        node_tags={},
        places=(),
        osm_date="",
        unread_ways=Counter(),
    )


def ways_of(extract: OsmExtract) -> list[list[int]]:
    """Nodes of each line."""
    return [way.tolist() for way in np.split(extract.refs, extract.first[1:-1])]
