"""What an audience may see of the isolation board: frozen views, all of road data and released reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.views import FrameView, PlaceView, SegmentView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachView:
    """
    The way from the base to a place with nothing lost, in one case.

    Attributes
    ----------
    hours, km : float or None
        None: no road.
    hangs_on_unknown : bool
        Something whose state is unknown or stale lies on every way.
    only_by_turn : bool
        No road, though open ones lead there: only by a banned turn, or by turning round on a road.
    """

    hours: float | None
    km: float | None
    hangs_on_unknown: bool
    only_by_turn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPlaceView:
    """A place of the board with its way in each case."""

    place_id: str
    name: str
    lon: float
    lat: float
    role: str
    reach: tuple[ReachView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """
    One vehicle at one moment: today, or in the rains.

    Attributes
    ----------
    caption : Said
        When, true for the date.
    vehicle : Said
    at : datetime
    season : Said
        Season of each zone at that moment.
    reports : Said
        How many reports speak then.
    """

    caption: Said
    vehicle: Said
    vehicle_id: str
    at: datetime
    season: Said
    reports: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectView:
    """
    What a loss does to one place in one case.

    Attributes
    ----------
    effect : str
        none, detour, long (beyond the bound), cut, no_road (there was none before).
    extra_h : int or None
        Driving hours more, rounded up; None unless there is a detour.
    only_by_turn : bool
        Cut, though open roads lead there: only by a banned turn, or by turning round on a road.
    """

    effect: str
    extra_h: int | None
    only_by_turn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LossView:
    """
    A crossing or road, or several roads in a row of which any one does the same.

    Attributes
    ----------
    mark : str
        1, 2, ... from the base outward.
    title : Said
        Road or crossing.
    what : Said
        Kind of thing: bridges, ferry, any of three roads.
    names : tuple of Said
        Roads and crossings in it.
    segment_ids, crossing_ids : tuple of str
    at_segment : str
    at_fraction : float
        Where a map marks it: at a crossing of known place, else in the middle of its longest road.
    from_km : float
        Km from the base at which it begins.
    km : float
        Length of the roads; of a crossing that several roads share, 0.
    state : str
        open, restricted, unknown, conflicting, closed: of the worst part, today.
    basis : str
        report, stale, season, none.
    reported_at : datetime or None
    importance : int
        A cut counts 3, a long detour 2, another 1, over all places and cases.
    places_hit : int
        Places that it cuts off or lengthens the way to, in any case.
    effects : tuple of tuple of EffectView
        By case, then by place.
    """

    mark: str
    title: Said
    what: Said
    names: tuple[Said, ...]
    segment_ids: tuple[str, ...]
    crossing_ids: tuple[str, ...]
    at_segment: str
    at_fraction: float
    from_km: float
    km: float
    state: str
    basis: str
    reported_at: datetime | None
    importance: int
    places_hit: int
    effects: tuple[tuple[EffectView, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """
    The isolation board of one vehicle for one audience.

    Attributes
    ----------
    key : str
        Profile of the vehicle, for names of files; both profiles where another one drives in the rains.
    vehicles : Said
        The same in words.
    base : BoardPlaceView
    targets : tuple of BoardPlaceView
        Those that hang on the same losses together; without a road today last.
    losses : tuple of LossView
        Those that a place feels, from the base outward.
    cases : tuple of CaseView
    bound_h, bound_ratio, least_h : float
    bound : Said
        The bound in words.
    notes : tuple of Said
        What a reader must know: roads left out, how unknown states are taken, places not on the network.
    places : tuple of PlaceView
        The whole gazetteer, for the map.
    segments : tuple of SegmentView
    """

    frame: FrameView
    key: str
    vehicles: Said
    base: BoardPlaceView
    targets: tuple[BoardPlaceView, ...]
    losses: tuple[LossView, ...]
    cases: tuple[CaseView, ...]
    bound_h: float
    bound_ratio: float
    least_h: float
    bound: Said
    notes: tuple[Said, ...]
    places: tuple[PlaceView, ...]
    segments: tuple[SegmentView, ...]
