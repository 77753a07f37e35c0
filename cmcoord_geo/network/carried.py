"""What was carried over from the bundled links to a surveyed network: which roads each of them describes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Segment ids from the first place of a link to the second, each with whether it runs that way itself.
Road = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedLink:
    """
    One link of the bundled network and the road that it describes.

    Attributes
    ----------
    link_id : str
        Of ``data/roads.csv``.
    title : str
        Both places.
    km : float or None
        Length of the road found; None where none was.
    told_km : tuple of float
        Shortest and longest length that the bundled table gives.
    roads : tuple of Road
        One; two where the way back has a carriageway of its own; none where the link was refused.
    why : Said or None
        Why it was refused.
    """

    link_id: str
    title: str
    km: float | None
    told_km: tuple[float, float]
    roads: tuple[Road, ...] = ()
    why: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedCrossing:
    """
    One crossing of the bundled network.

    Attributes
    ----------
    crossing_id : str
    name : Said
    mapped_id : str
        Crossing of the surveyed network that it is; empty where its place on the road is not known.
    away_km : float or None
        From where the bundled table has it, along the road; None where the table has no place.
    """

    crossing_id: str
    name: Said
    mapped_id: str
    away_km: float | None


@dataclass(frozen=True, kw_only=True)
class CarriedLinks:
    """
    Report of what was carried over.

    Attributes
    ----------
    links : tuple of CarriedLink
        Those whose both places lie in the network.
    crossings : tuple of CarriedCrossing
    elsewhere : int
        Links that lie outside.
    """

    links: tuple[CarriedLink, ...]
    crossings: tuple[CarriedCrossing, ...]
    elsewhere: int

    def roads(self, link_id: str) -> tuple[Road, ...]:
        """Roads of a link; empty where it was refused or is not known."""
        return self._roads.get(link_id, ())

    def segment_ids(self, link_id: str) -> tuple[str, ...]:
        """Segments of a link, of both carriageways, each once."""
        return tuple(dict.fromkeys(key for road in self.roads(link_id) for key, _ in road))

    @cached_property
    def _roads(self) -> Mapping[str, tuple[Road, ...]]:
        return {link.link_id: link.roads for link in self.links}

    def title_of(self, segment_id: str) -> str:
        """Both places of the link that a segment, or the one that it is a part of, lies on; else empty."""
        return self._titles.get(segment_id) or self._titles.get(segment_id.partition("/")[0], "")

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        titles: dict[str, str] = {}
        for link in self.matched:
            for road in link.roads:
                for key, _ in road:
                    titles.setdefault(key, link.title)
        return titles

    @property
    def unplaced(self) -> frozenset[str]:
        """Crossings whose place on the road is not known."""
        return frozenset(one.crossing_id for one in self.crossings if not one.mapped_id)

    @property
    def matched(self) -> Iterator[CarriedLink]:
        """Links that were not refused."""
        return (link for link in self.links if link.why is None)

    @property
    def refused(self) -> Iterator[CarriedLink]:
        """Links that were refused."""
        return (link for link in self.links if link.why is not None)
