"""Roads of an OpenStreetMap file as columns, before they become a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """One ``place`` node: its name, kind (town, village, ...) and position in degrees."""

    name: str
    kind: str
    lon: float
    lat: float


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
