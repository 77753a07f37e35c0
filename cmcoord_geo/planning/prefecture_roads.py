"""Roads of a prefecture: those that run through it, and those of which it cannot be told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.network.prefecture_names import prefectures_named
from cmcoord_geo.network.prefectures import lines_through, prefectures_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork


def roads_in(
    network: RoadNetwork, names: Sequence[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """
    Segments that lie in some prefectures, and others that may.

    A segment lies in them by either of its ends or by its surveyed line. It may where the straight line of a
    schematic road runs through them, or any line through the older prefecture of which one was a part, unless
    its ends there are known to lie in another part.

    Parameters
    ----------
    network : RoadNetwork
    names : sequence of str
        By the law of 2021 or before it.

    Returns
    -------
    is_in, may_be_in : ndarray of bool, shape (m,)
        No segment is in both.
    """
    wanted = frozenset(part for name in names for part in (name, *prefectures_named(name)))
    ends = np.array([_is_end_in(network, node, wanted) for node in range(len(network.node_ids))])
    is_in = ends[network.start] | ends[network.end]
    by_line = lines_through(network.lines, wanted)
    whole = frozenset(old for part in wanted for old in _divided().get(part, ())) - wanted
    by_whole = lines_through(network.lines, whole) & ~_is_elsewhere(network, wanted, whole)
    if network.is_schematic:
        return is_in, (by_line | by_whole) & ~is_in
    is_in |= by_line
    return is_in, by_whole & ~is_in


def _is_end_in(network: RoadNetwork, node: int, wanted: frozenset[str]) -> bool:
    """Whether a node lies in some prefectures, by the law of 2021 or before it, or too near to tell."""
    place = places().get(network.node_ids[node])
    own = (place.prefecture_2021, place.prefecture_legacy) if place else ()
    around = prefectures_around(float(network.lon[node]), float(network.lat[node]))
    return not wanted.isdisjoint((*around, *own))


def _is_elsewhere(
    network: RoadNetwork, wanted: frozenset[str], whole: frozenset[str]
) -> NDArray[np.bool_]:
    """Segments with an end in older prefectures whose ends there are all known to lie in another part."""
    known = [places().get(key) for key in network.node_ids]
    in_another = np.array(
        [
            one is not None and one.prefecture_legacy in whole and one.prefecture_2021 not in wanted
            for one in known
        ]
    )
    is_away = np.array([one is not None and one.prefecture_legacy not in whole for one in known])
    ends = network.start, network.end
    is_one = in_another[ends[0]] | in_another[ends[1]]
    found: NDArray[np.bool_] = is_one & np.all(
        [in_another[end] | is_away[end] for end in ends], axis=0
    )
    return found


@cache
def _divided() -> dict[str, frozenset[str]]:
    """Prefectures of 2021, each with those before it in which its places lay."""
    found: dict[str, set[str]] = {}
    for place in places().values():
        if place.country == "CAF":
            found.setdefault(place.prefecture_2021, set()).add(place.prefecture_legacy)
    return {name: frozenset(old) for name, old in found.items()}
