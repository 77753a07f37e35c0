"""What an audience may see of exposure by incident class: frozen views, one for each small map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.views import FrameView, Lonlat, PlaceView


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRoadView:
    """
    A road of the small maps.

    Attributes
    ----------
    line : tuple of (lon, lat)
    is_main : bool
        Drawn with the black edge of a national road.
    """

    line: tuple[Lonlat, ...]
    is_main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """
    A place at which something is recorded.

    Attributes
    ----------
    is_precise : bool
        False: in or around it.
    """

    lon: float
    lat: float
    is_precise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPanelView:
    """
    One small map.

    Attributes
    ----------
    key : str
        Id of the incident class; ``all`` for all of them together, ``ordnance`` for explosive ordnance.
    title : Said
    is_covered : bool
        False: no source speaks of it; then nothing is known, and that is never low.
    levels : tuple of int
        Class of each road of the sheet by this incident class alone, 0 where nothing is known; empty for
        explosive ordnance, which colours no road.
    points : tuple of PointView
        Explosive ordnance alone.
    count : int
        Records known at the cut-off, each event once.
    records : Said
        How many, in words.
    period : Said
        Which days the sources cover, in words.
    """

    key: str
    title: Said
    is_covered: bool
    levels: tuple[int, ...]
    points: tuple[PointView, ...]
    count: int
    records: Said
    period: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSheetView:
    """
    Small maps of exposure by incident class, all on one scale.

    Attributes
    ----------
    limits : tuple of float
        Rates at which the classes 2, 3 and 4 begin, records per 100 km and month.
    towns : tuple of PlaceView
        Those that are named on each map.
    roads : tuple of ClassRoadView
    panels : tuple of ClassPanelView
        All classes together, each class on the road, explosive ordnance.
    notes : tuple of Said
    """

    frame: FrameView
    limits: tuple[float, float, float]
    towns: tuple[PlaceView, ...]
    roads: tuple[ClassRoadView, ...]
    panels: tuple[ClassPanelView, ...]
    notes: tuple[Said, ...]
