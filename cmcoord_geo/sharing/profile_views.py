"""What an audience may see of a movement along its kilometres: frozen views, made from released ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.views import FrameView, RangeView, RateView


@dataclass(frozen=True, slots=True, kw_only=True)
class TownView:
    """A place that an option passes, and its km from the origin."""

    name: str
    km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadStretchView:
    """
    State of the road on a stretch of an option.

    Attributes
    ----------
    state : str
        open, restricted, closed, conflicting, unknown.
    is_reported : bool
        False: the default of the season.
    is_stale : bool
        The last report no longer speaks.
    ordnance_records : int
        Explosive ordnance recorded on its segment.
    """

    km: RangeView
    state: str
    is_reported: bool
    is_stale: bool
    ordnance_records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadMarkView:
    """
    A crossing or a reported state at a km of an option.

    Attributes
    ----------
    what : str
        ferry, bridge, ford, border, ...; ``closure`` for a report on the road.
    label : Said
        In words, for where there is room; ``short`` for where there is little.
    """

    km: float
    what: str
    state: str
    label: Said
    short: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceView:
    """
    A patrol's presence along a stretch of an option, as old as it is at passage.

    Attributes
    ----------
    label, short : Said
        Mark, state and age; the mark alone.
    """

    km: RangeView
    is_confirmed: bool
    label: Said
    short: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A figure and what it is called."""

    name: Said
    value: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionProfileView:
    """
    One option along its kilometres.

    Attributes
    ----------
    letter : str
    is_kept : bool
    title : Said
        By which places, and whether it is the option kept.
    km : float
    towns : tuple of TownView
        Origin and destination included.
    rates : tuple of RateView
        Without gap.
    roads : tuple of RoadStretchView
    marks : tuple of RoadMarkView
        In order of km.
    nights : tuple of float
        Km at which the slow pace spends a night.
    presence : tuple of PresenceView
    facts : tuple of FactView
    worst : Said
        The highest stretch, in words.
    """

    letter: str
    is_kept: bool
    title: Said
    km: float
    towns: tuple[TownView, ...]
    rates: tuple[RateView, ...]
    roads: tuple[RoadStretchView, ...]
    marks: tuple[RoadMarkView, ...]
    nights: tuple[float, ...]
    presence: tuple[PresenceView, ...]
    facts: tuple[FactView, ...]
    worst: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSheetView:
    """
    Profile of a movement: its options on one scale of kilometres and of rates.

    Attributes
    ----------
    mark : str
        H1, H2, ...
    limits : tuple of float
        Rates at which the classes 2, 3 and 4 begin, records per 100 km and month.
    top : float
        Rate at the upper edge of the charts.
    longest_km : float
        Length of the longest option.
    notes : tuple of Said
        What must be read with it, the most important first.
    """

    mark: str
    frame: FrameView
    limits: tuple[float, float, float]
    top: float
    longest_km: float
    options: tuple[OptionProfileView, ...]
    notes: tuple[Said, ...]
