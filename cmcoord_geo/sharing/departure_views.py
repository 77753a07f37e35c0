"""What the owner of a movement may see of its departures: frozen views; nobody else is given any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.views import ExposureView, FrameView, WindowView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """
    Why slots are out, or what they meet.

    Attributes
    ----------
    kind : str
        ``past``, ``early``, ``late``, ``gate``, ``ban``, ``closure``, ``rest``, ``arrive_by``, ``halt``;
        of what stops nobody ``tell``, ``unknown``, ``no_return``.
    """

    kind: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """
    One departure.

    Attributes
    ----------
    verdict : str
        ``in``, ``fast_only``, ``out``.
    reasons, notes : tuple of int
        Places among the reasons of the option: why it is out, and what it meets.
    arrive : WindowView or None
        Widened to whole quarters of an hour.
    halts : tuple of str
        Names of the places at which the nights are spent.
    meetings, unknown_meetings, unpatrolled_km : int or None
        None where nobody can tell.
    announced : int or None
        Operations, closed areas and reports that end on the way, sure or not.
    cover : int or None
        0 = no recent patrol known on the way, 1 = on up to a third of it, 2 = up to two thirds, 3 = more.
    exposure : ExposureView or None
        With patrols.
    is_stale : bool
        The data expire before this departure: ask again.
    back_by : datetime or None
    """

    depart: datetime
    verdict: str
    reasons: tuple[int, ...]
    notes: tuple[int, ...]
    arrive: WindowView | None
    halts: tuple[str, ...]
    meetings: int | None
    unknown_meetings: int | None
    announced: int | None
    unpatrolled_km: int | None
    cover: int | None
    exposure: ExposureView | None
    is_stale: bool
    back_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """
    A slot that is offered.

    Attributes
    ----------
    slot : int
        Place among the slots.
    against : tuple of Said
        What it costs and gains against the departure that was asked for.
    """

    slot: int
    against: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """Sun at both ends on one day: first departure at the origin, last arrival at the destination."""

    day: datetime
    sunrise: datetime
    sunset: datetime
    first_departure: datetime
    last_arrival: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolMarkView:
    """A patrol on the way: when it was reported there, or from when it is offered."""

    at: datetime
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionDeparturesView:
    """
    Departures of one option.

    Attributes
    ----------
    asked : int
        Place of the departure asked for among the slots.
    alike : int
        Slots that the offered ones were drawn from.
    latest : tuple of int
        Last slot of each day that arrives at every pace.
    answer : Said
        What holds for the option as a whole.
    ask : tuple of Said
        What nobody knows on the way: to be asked first.
    notes : tuple of Said
        Ranges and limits of the movement itself.
    """

    letter: str
    via: tuple[str, ...]
    km: int
    exposure: ExposureView
    reasons: tuple[ReasonView, ...]
    slots: tuple[SlotView, ...]
    asked: int
    offered: tuple[OfferView, ...]
    alike: int
    latest: tuple[int, ...]
    answer: Said
    ask: tuple[Said, ...]
    notes: tuple[Said, ...]
    days: tuple[DayView, ...]
    patrols: tuple[PatrolMarkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTrapView:
    """
    The last departure from a base to a place that still gets back.

    Attributes
    ----------
    state : str
        ``free``: on every day looked at; ``trap``; ``none``: no departure gets back; ``no_road``: none leads
        there today.
    depart, back_by : datetime or None
    because : Said or None
        What shuts the road then.
    """

    place: str
    vehicle: Said
    state: str
    depart: datetime | None
    back_by: datetime | None
    because: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTrapsView:
    """
    Last departures that still get back, for each place and vehicle; places in the order asked.

    Attributes
    ----------
    told : tuple of Said
        How places were understood.
    missing : tuple of str
        Names of usual places that are not on the network.
    """

    frame: FrameView
    base: str
    days: int
    traps: tuple[ReturnTrapView, ...]
    told: tuple[Said, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRoadView:
    """
    Whether a road that is no option does better at some departure of the first day.

    Attributes
    ----------
    state : str
        ``found``; ``none``; ``unsettled``; ``past``: not searched.
    departures, unsettled, unfinished : int
        That were searched; those at which a road looks better that was not shown to be; those at which the
        search for presence was given up.
    via : tuple of str
        Names of its places; empty where there is none.
    depart : datetime or None
        The first departure at which it does better.
    said : Said
    """

    state: str
    departures: int
    unsettled: int
    unfinished: int
    via: tuple[str, ...]
    depart: datetime | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureSheetView:
    """
    Departures of one movement.

    Attributes
    ----------
    mark : str
        H1, H2, ...: says nothing about who or where.
    options : tuple of OptionDeparturesView
        Empty where there is no road; ``refusal`` then says why.
    other_road : OtherRoadView or None
        None where there is no option.
    """

    frame: FrameView
    mark: str
    movement_id: str
    origin: str
    destination: str
    vehicles: Said
    trip: str
    asked: WindowView
    options: tuple[OptionDeparturesView, ...]
    other_road: OtherRoadView | None
    refusal: Said | None
