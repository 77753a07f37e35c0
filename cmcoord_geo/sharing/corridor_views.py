"""What a sheet of requested corridors and their calendar may show to one audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cmcoord_geo.i18n import Said
from cmcoord_geo.sharing.views import FrameView, Lonlat, WindowView


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorEndView:
    """
    One end of a corridor.

    Attributes
    ----------
    mgrs : str
        Empty on a network whose lines are not surveyed: a grid square would promise what is not there.
    """

    name: Said
    lon: float
    lat: float
    mgrs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCorridorView:
    """
    Presence that is asked for on a road.

    Attributes
    ----------
    first, last : CorridorEndView
        Km count from the first.
    km : int
        Whole km.
    is_dual : bool
        Whether the road has two carriageways somewhere: both are meant.
    presence : tuple of Said
    composition : Said
        Which composition counts.
    line : tuple of (lon, lat)
    """

    corridor_id: str
    road: str
    first: CorridorEndView
    last: CorridorEndView
    km: int
    is_dual: bool
    window: WindowView
    presence: tuple[Said, ...]
    composition: Said
    priority: int
    line: tuple[Lonlat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorSheetView:
    """
    Requested corridors for the other side to answer.

    Attributes
    ----------
    withdrawn : tuple of str
        Names of corridors that were asked for before and are not any more.
    notes : tuple of Said
    is_surveyed : bool
        Whether lines are surveyed.
    """

    frame: FrameView
    corridors: tuple[AskedCorridorView, ...]
    withdrawn: tuple[str, ...]
    notes: tuple[Said, ...]
    is_surveyed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """
    One bin of a calendar.

    Attributes
    ----------
    state : str
        ``asked``, ``offered``, ``lapsed``, ``confirmed``, ``before`` or ``refused``.
    share : float
        Part of the km that it holds for.
    """

    start: datetime
    end: datetime
    state: str
    share: float
    is_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRowView:
    """Corridors on one stretch of road, over the days of a calendar."""

    corridor_ids: tuple[str, ...]
    road: str
    first: Said
    last: Said
    km: int
    presence: tuple[Said, ...]
    priority: int
    slots: tuple[SlotView, ...]

    def count(self, state: str) -> int:
        """How many bins that were asked for are in a state."""
        return sum(slot.is_asked and slot.state == state for slot in self.slots)

    @property
    def asked(self) -> int:
        """How many bins were asked for."""
        return sum(slot.is_asked for slot in self.slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """
    Calendar of requested corridors.

    Attributes
    ----------
    bin_h : int
        Hours of one bin.
    first_h, last_h : int
        Hours of the day, in Bangui, that it shows.
    """

    frame: FrameView
    rows: tuple[CalendarRowView, ...]
    notes: tuple[Said, ...]
    bin_h: int
    first_h: int
    last_h: int
