"""What looks wrong or missing on a network, and where: a record for each place that a planner can go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said

FlawKind = Literal[
    "island",
    "near_miss",
    "unread_tag",
    "unknown_access",
    "dead_end",
    "unknown_surface",
    "nameless",
]
#: In the order in which they are told.
KINDS: tuple[FlawKind, ...] = get_args(FlawKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """
    One place at which a network looks wrong.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    lon, lat : float or None
        Degrees on WGS84: where to look. None where a tag was kept without its place.
    length_m : float or None
        Of the island, of the road back to the first junction, or of the road without a word; None for others.
    roads : int or None
        Segments of an island.
    is_ferry : bool
        Nothing but the way of a ferry.
    is_cut : bool
        An island that the extract cuts: its link may lie outside.
    names : tuple of str
        Numbers and names of the roads meant, the longest first, three at most.
    segment_ids : tuple of str
        Segments meant: of an island its longest, of a road all its pieces, of an end the one that ends.
    way_ids : tuple of int
        Ways of OpenStreetMap of these segments; empty where the network has none.
    away_m : float or None
        Of an end to the other road, of an island to the rest of the network; None for others.
    other_id, other_name : str
        Segment of that other road, and its name.
    tag : str
        Tag that no table knows.
    effect : str
        What became of it: closed, surface, season or turn.
    count : int or None
        Ways, nodes or relations with that tag.
    example : str
        One of them: w (way), n (node) or r (relation) and its number.
    """

    kind: FlawKind
    lon: float | None
    lat: float | None
    length_m: float | None = None
    roads: int | None = None
    is_ferry: bool = False
    is_cut: bool = False
    names: tuple[str, ...] = ()
    segment_ids: tuple[str, ...] = ()
    way_ids: tuple[int, ...] = ()
    away_m: float | None = None
    other_id: str = ""
    other_name: str = ""
    tag: str = ""
    effect: str = ""
    count: int | None = None
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlawPlace:
    """
    A flaw as a person goes to look at it.

    Attributes
    ----------
    flaw : Flaw
    town : str
        Nearest town of the gazetteer or of the map; empty where the flaw has no place.
    town_m : float or None
        From there.
    direction : str
        Eighth of the compass from the town: N, NE, ...
    where : Said
        Both in words; empty where the flaw has no place.
    said : Said
        What is found here.
    """

    flaw: Flaw
    town: str
    town_m: float | None
    direction: str
    where: Said
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class FlawGroup:
    """
    All flaws of a kind.

    Attributes
    ----------
    kind : str
    count : int
        Of all, also of those without a place here.
    said : Said
        Sentence about them all.
    places : tuple of FlawPlace
        Worst first.
    """

    kind: FlawKind
    count: int
    said: Said
    places: tuple[FlawPlace, ...]
