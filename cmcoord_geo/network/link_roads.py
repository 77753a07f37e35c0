"""
Which road of a surveyed network a link of the bundled one describes.

A link says two places, a range of lengths and a route number. Its road is the one that a person means by the
two places; where its length does not fit, where it leads through a third town or where another road would do
as well, the link is refused: doubt carries nothing over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from cmcoord_geo.facts import places, road_classes
from cmcoord_geo.i18n import said
from cmcoord_geo.network.between import road_between
from cmcoord_geo.units import KM_M, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.spatial import cKDTree

    from cmcoord_geo.facts import Place
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network.between import Between, Chain
    from cmcoord_geo.network.road_network import RoadNetwork

#: A place of the map bears the name of one of the gazetteer, whose position may be rough.
_SAME_PLACE_M = 20_000.0
#: Farther from any road a place is not on the network.
_ROAD_M = 5_000.0
#: A part of the network with less road than this, cut off from the rest, is no road to anywhere.
_PART_M = 20_000.0
#: A road that holds this share of another link's road leads over that link.
_WHOLE = 0.9
#: A link is a road: no more than this share of it is a path, or a road of a class that no table knows.
_PATH_SHARE, _PATH_DETOUR = 0.05, 6.0
#: Lengths of the bundled table are estimates: this share and these metres beyond their range still fit.
_SLACK, _SLACK_M = 0.10, 3_000.0
#: A road that comes this near to a third town leads through it, unless the town lies beside one of its ends.
_THROUGH_M, _BESIDE_M = 1_500.0, 6_000.0
#: Great circles on a sphere are at most this much longer than on the ellipsoid.
_SPHERE_M, _ROUND = 6_371_008.8, 0.99
_NUMBER = re.compile(r"\b(RN|RR|RP|N|R)\s*0*(\d+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRoad:
    """
    Road of a link.

    Attributes
    ----------
    chains : tuple of Chain
        From the first place to the second; none where the link was refused.
    length_m : float or None
        Of the road found, also where it was refused; None where none was.
    why : Said or None
        Why it was refused.
    """

    chains: tuple[Chain, ...]
    length_m: float | None
    why: Said | None


class LinkRoads:
    """
    Finds the roads of links.

    Parameters
    ----------
    network : RoadNetwork
        Surveyed.
    links : RoadNetwork
        The bundled one.
    """

    def __init__(self, network: RoadNetwork, links: RoadNetwork) -> None:
        self._network = network
        self._links = links
        self._spots: dict[str, tuple[float, float]] = {}
        self._nodes: dict[str, int | None] = {}

    def is_here(self, link: int) -> bool:
        """Whether both places of a link lie in the box of the network."""
        lonlat = np.array([self._gazetteer(key) for key in self._ends(link)])
        low, high = self._box
        return bool(((lonlat >= low) & (lonlat <= high)).all())

    def find(self, link: int) -> LinkRoad:
        """Road of a link of the bundled network."""
        ends = self._ends(link)
        nodes = [self._node(key) for key in ends]
        for key, node in zip(ends, nodes, strict=True):
            if node is None:
                return _refused(said("carry.no_road_near", place=places()[key].name))
        start, end = (node for node in nodes if node is not None)
        longest_m = float(self._links.length_high_m[link]) * (1 + _SLACK) + _SLACK_M
        found = road_between(self._network, start, end, is_wanted=self._within(ends, longest_m))
        if not found.chains:
            return _refused(said("carry.one_spot" if start == end else "carry.no_road"))
        chain = self._meant(link, found)
        why = self._doubt(link, chain) if chain else self._said_rival(found)
        if chain is None or why is not None:
            return _refused(why, found.chains[0].length_m)
        chains = found.chains if chain is found.chains[0] else (chain,)
        return LinkRoad(chains=chains, length_m=chain.length_m, why=None)

    def _meant(self, link: int, found: Between) -> Chain | None:
        """The one of two roads that a link means; None where both would do."""
        chain, rival = found.chains[0], found.rival
        if rival is None or not self._fits(link, rival):
            return chain
        return self._numbered(link, chain, rival)

    @staticmethod
    def _said_rival(found: Between) -> Said:
        lengths = sorted(
            one.length_m / KM_M for one in (found.chains[0], found.rival) if one is not None
        )
        return said("carry.rival", km=", ".join(f"{km:.0f}" for km in lengths))

    def _doubt(self, link: int, chain: Chain) -> Said | None:
        """What speaks against a road; None where nothing does."""
        if not self._fits(link, chain):
            return said(
                "carry.length",
                km=f"{chain.length_m / KM_M:.0f}",
                low=f"{self._links.length_low_m[link] / KM_M:.0f}",
                high=f"{self._links.length_high_m[link] / KM_M:.0f}",
            )
        track_m = float(self._network.length_m[chain.segments[self._is_path[chain.segments]]].sum())
        if track_m > _PATH_SHARE * chain.length_m:
            return said("carry.path", share=f"{100 * track_m / chain.length_m:.0f}")
        town = self._town_on(self._ends(link), chain)
        return None if town is None else said("carry.through", place=town.name)

    # ------------------------------------------------------------ places

    def _ends(self, link: int) -> tuple[str, str]:
        start, end = int(self._links.start[link]), int(self._links.end[link])
        return self._links.node_ids[start], self._links.node_ids[end]

    @staticmethod
    def _gazetteer(key: str) -> tuple[float, float]:
        return places()[key].lon, places()[key].lat

    @cached_property
    def _box(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return self._lonlat.min(axis=0), self._lonlat.max(axis=0)

    @cached_property
    def _lonlat(self) -> NDArray[np.float64]:
        return np.column_stack([self._network.lon, self._network.lat])

    def _spot(self, key: str) -> tuple[float, float]:
        """Where a place lies: as the map has it where one place near by bears its name."""
        if key not in self._spots:
            lon, lat = self._gazetteer(key)
            own = self._network.places
            found = () if own is None else own.named(places()[key].name)
            near = [
                i
                for i in found
                if own is not None
                and float(geodesic_m(lon, lat, own.lon[i], own.lat[i])[0]) <= _SAME_PLACE_M
            ]
            if own is not None and len(near) == 1:
                lon, lat = float(own.lon[near[0]]), float(own.lat[near[0]])
            self._spots[key] = lon, lat
        return self._spots[key]

    def _node(self, key: str) -> int | None:
        """Junction of a road network that is nearest to a place; None where none is near."""
        if key not in self._nodes:
            lon, lat = self._spot(key)
            tree, nodes = self._joined_nodes
            away, where = tree.query(_on_sphere(lon, lat))
            node = int(nodes[int(where)])
            self._nodes[key] = node if float(away) * _SPHERE_M <= _ROAD_M else None
        return self._nodes[key]

    @cached_property
    def _joined_nodes(self) -> tuple[cKDTree, NDArray[np.int64]]:
        """Nodes of those parts of the network that lead somewhere, not of a yard or a loose end."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components
        from scipy.spatial import cKDTree

        network, count = self._network, len(self._network.node_ids)
        ones = np.ones(len(network), dtype=np.int8)
        matrix = csr_array((ones, (network.start, network.end)), shape=(count, count))
        labels = connected_components(matrix, directed=False)[1]
        total_m = np.bincount(labels[network.start], weights=network.length_m)
        nodes = np.flatnonzero(total_m[labels] >= min(_PART_M, total_m.max()))
        return cKDTree(self._sphere[nodes]), nodes

    @cached_property
    def _is_path(self) -> NDArray[np.bool_]:
        """Segments of a class on which nobody drives: paths, roads not yet built, shape (m,)."""
        classes = road_classes()
        ways = {
            word: classes.get(word, classes["other"]).detour >= _PATH_DETOUR
            for word in set(self._network.road_class)
        }
        return np.array([ways[word] for word in self._network.road_class], dtype=bool)

    @cached_property
    def _sphere(self) -> NDArray[np.float64]:
        return _on_sphere(self._network.lon, self._network.lat)

    # ------------------------------------------------------------ roads

    def _within(self, ends: tuple[str, str], longest_m: float) -> NDArray[np.bool_]:
        """
        Arcs that a road of a length between two places can use.

        Both ends of a segment of such a road lie in the ellipse whose foci are the places. A road that
        nobody may drive in either direction is still the road: a broken bridge does not change its name.
        """
        total = np.zeros(len(self._network.node_ids))
        for key in ends:
            node = self._node(key)
            total += np.linalg.norm(self._sphere - self._sphere[node], axis=1)
        is_in = total * _SPHERE_M * _ROUND <= longest_m
        is_wanted = is_in[self._network.start] & is_in[self._network.end]
        arcs = np.repeat(is_wanted, 2)
        traffic = self._network.traffic
        if traffic is not None:
            is_shut = (traffic.forward | traffic.backward) == 0
            arcs &= (traffic.masks() > 0) | np.repeat(is_shut, 2)
        return arcs

    def _fits(self, link: int, chain: Chain) -> bool:
        low_m, high_m = (
            float(column[link]) for column in (self._links.length_low_m, self._links.length_high_m)
        )
        shortest_m = min(low_m * (1 - _SLACK), low_m - _SLACK_M)
        longest_m = max(high_m * (1 + _SLACK), high_m + _SLACK_M)
        return shortest_m <= chain.length_m <= longest_m

    def _numbered(self, link: int, chain: Chain, rival: Chain) -> Chain | None:
        """The one of two roads that bears the link's route number; None where both do, or neither."""
        wanted = route_numbers(self._links.route_ref[link])
        bears = [self._share_numbered(one, wanted) > 0.5 for one in (chain, rival)]
        if bears[0] == bears[1]:
            return None
        return chain if bears[0] else rival

    def _share_numbered(self, chain: Chain, wanted: frozenset[str]) -> float:
        """Share of a chain's length that bears one of these numbers."""
        length_m = self._network.length_m[chain.segments]
        refs = (self._network.route_ref[i] for i in chain.segments.tolist())
        is_it = np.array([bool(wanted & route_numbers(ref)) for ref in refs])
        return float(length_m[is_it].sum() / length_m.sum())

    def _town_on(self, ends: tuple[str, str], chain: Chain) -> Place | None:
        """Another place with links of its own that the road leads through."""
        lonlat = np.vstack(
            [
                self._network.lines[i] if is_forward else self._network.lines[i][::-1]
                for i, is_forward in zip(
                    chain.segments.tolist(), chain.is_forward.tolist(), strict=True
                )
            ]
        )
        foci = np.array([self._spot(key) for key in ends])
        for key in self._links.node_ids:
            if key in ends:
                continue
            spot = self._spot(key)
            is_beside = _away_m(spot, foci[:1]) <= _BESIDE_M or _away_m(spot, foci[1:]) <= _BESIDE_M
            if not is_beside and _away_m(spot, lonlat) <= _THROUGH_M:
                return places()[key]
        return None


def without_longer(
    network: RoadNetwork, links: RoadNetwork, roads: Mapping[int, LinkRoad]
) -> Mapping[int, LinkRoad]:
    """
    Roads of links, those refused that lead over the whole of another link: a link ends where the next begins.

    Parameters
    ----------
    network : RoadNetwork
    links : RoadNetwork
        The bundled one.
    roads : mapping
        Link to its road.
    """
    used = {link: _segments(road) for link, road in roads.items() if road.chains}
    length_m = {
        link: float(network.length_m[list(segments)].sum()) for link, segments in used.items()
    }
    found = dict(roads)
    for link, segments in used.items():
        for other, inner in used.items():
            shared_m = float(network.length_m[list(segments & inner)].sum())
            if other != link and shared_m >= _WHOLE * length_m[other]:
                title = links.title(other)
                found[link] = _refused(said("carry.over", title=title), roads[link].length_m)
    return found


def _segments(road: LinkRoad) -> set[int]:
    return {segment for chain in road.chains for segment in chain.segments.tolist()}


def route_numbers(ref: str) -> frozenset[str]:
    """
    Numbers of a road, however they are written; a class without a number is none.

    Examples
    --------
    >>> sorted(route_numbers("RN 01;N2/RR")), route_numbers("RR")
    (['N1', 'N2'], frozenset())
    """
    return frozenset(f"{word.upper()[-1]}{number}" for word, number in _NUMBER.findall(ref))


def _refused(why: Said | None, length_m: float | None = None) -> LinkRoad:
    return LinkRoad(chains=(), length_m=length_m, why=why)


def _on_sphere(
    lon: float | NDArray[np.float64], lat: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points on the unit sphere, shape (..., 3)."""
    a, b = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)], axis=-1)


def _away_m(spot: tuple[float, float], lonlat: NDArray[np.float64]) -> float:
    """Distance of a place from a line, or from a point, to the per mille."""
    shrink = np.array([np.cos(np.radians(spot[1])), 1.0])
    line = lonlat * shrink
    shape = shapely.LineString(line) if len(line) > 1 else shapely.Point(line[0])
    return float(np.radians(shapely.distance(shape, shapely.Point(spot * shrink)))) * _SPHERE_M
