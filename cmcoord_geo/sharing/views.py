"""
What an audience may see: frozen views, with no common base with the records they come from.

Views hold plain values and texts in both languages, so that what draws or writes them needs nothing else.
A view class belongs to one audience (its name says which) or holds only public facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.i18n import Said

Lonlat = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeView:
    """Range of one quantity; the field that holds it names the unit."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowView:
    """Range of time."""

    start: datetime
    end: datetime


# ---------------------------------------------------------------- public facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """
    A place of the gazetteer.

    Attributes
    ----------
    role : str
        capital, cell (CMCoord cell, L091), contact (contact point without cell, L092), town, border, foreign.
    """

    place_id: str
    name: str
    alt_names: tuple[str, ...]
    lon: float
    lat: float
    role: str
    prefecture: str
    airstrip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """
    A road segment; what concerns exposure is None or 0 for audiences that do not see it.

    Attributes
    ----------
    line : tuple of (lon, lat)
    is_schematic : bool
        Drawn from town to town: true length, not the true line.
    km : RangeView
        Low and high estimate; ``km_mid`` between them.
    state : str
        open, restricted, closed, conflicting, unknown: by report, else by the default of the season.
    is_state_reported : bool
        False when the state is the default of the season (draw it lighter or hatched).
    stale_at : datetime or None
        When the last report was made, where it no longer speaks: the state is unknown, and the default of
        the season stands in (draw it hatched); None without such a report.
    exposure_class : int or None
        1 to 4; 0 = no information (never part of the scale); None = not for this audience.
    records : int
        Records behind the figure.
    last_record : datetime or None
    ordnance_records : int
        Explosive ordnance reported on the segment; its own layer.
    ordnance_last : datetime or None
    title : str
        Number and name of a surveyed road, else its class; empty on the bundled network, where the two ends
        say which road it is.
    """

    segment_id: str
    start: str
    end: str
    route_ref: str
    road_class: str
    surface: str
    km: RangeView
    km_mid: float
    line: tuple[Lonlat, ...]
    is_schematic: bool
    state: str
    is_state_reported: bool
    stale_at: datetime | None = None
    exposure_class: int | None = None
    records: int = 0
    last_record: datetime | None = None
    ordnance_records: int = 0
    ordnance_last: datetime | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureView:
    """
    A road reported closed, restricted or conflicting: mark R1, R2, ... (:mod:`.marks`).

    Attributes
    ----------
    segment_id : str
    fraction : float
        Where the mark stands, from the start of the segment.
    along : tuple of (str, float, float)
        Segment and two fractions of every part that the report speaks of; empty for one spot, and where a
        line from town to town says no more than the spot.
    """

    mark: str
    segment_id: str
    fraction: float
    state: str
    said: Said
    reported_at: datetime
    expires_at: datetime
    along: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingView:
    """
    A ferry, bridge, ford or border crossing.

    Attributes
    ----------
    state : str
        running, out, unknown for ferries; open, restricted, closed, unknown else.
    expires_at : datetime or None
        When the report behind the state ends; None when there is no report (state unknown).
    """

    crossing_id: str
    kind: str
    name: Said
    segment_ids: tuple[str, ...]
    segment_id: str
    fraction: float
    is_place_known: bool
    state: str
    capacity_t: float | None
    reported_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source, its licence and what it covers."""

    name: str
    licence: str
    said: Said


# ---------------------------------------------------------------- owner


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """A recorded incident, for the owner only, as its source allows."""

    incident_id: str
    class_id: str
    letter: str
    class_name: Said
    lon: float
    lat: float
    day: datetime
    is_precise: bool
    is_ordnance: bool
    place: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureView:
    """
    Range of a relative index, in whole numbers, with its class and completeness.

    Attributes
    ----------
    low, high : int or None
        None where nothing is known of any part: unknown is not nought.
    """

    low: int | None
    high: int | None
    exposure_class: int
    informed_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """
    An option against the fastest one, by draws from the posterior of exposure.

    Attributes
    ----------
    fastest : str
        Letter of the fastest option.
    is_fastest : bool
        True: the figures of the draws say nothing.
    below, above, tied : float
        Shares of the draws, over the known part of both.
    verdict : str
        less, more, close, less_known or unknown.
    informed_percent, fastest_informed_percent : int
    tail : int
        Mean index of the worst tenth of the draws, rounded up.
    mean_rank, tail_rank : int
        Among the options, from the lowest; 0 where they cannot be ranked.
    said : tuple of Said
    """

    fastest: str
    is_fastest: bool
    below: float
    above: float
    tied: float
    verdict: str
    informed_percent: int
    fastest_informed_percent: int
    tail: int
    mean_rank: int
    tail_rank: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """
    How an option stands to the fastest way and to the option kept.

    Attributes
    ----------
    stretch : float
        Driving time as a multiple of the fastest way.
    kept : str
        Letter of the option kept.
    road_percent : int
        Of its length, on the option kept too.
    exposure_percent : int or None
        Of its recorded exposure, there; None where nothing is recorded.
    local_h : float
        Every part that takes less than these hours is a fastest way itself.
    local_percent : int
        The same as a share of the fastest way.
    said : Said
        The figures in words; those in common with itself are left out.
    lines : tuple of Said
        The same in short lines.
    """

    stretch: float
    kept: str
    road_percent: int
    exposure_percent: int | None
    local_h: float
    local_percent: int
    said: Said
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassExposureView:
    """Mean index of one class along an option, without patrols; None where no source covers the class."""

    class_id: str
    name: Said
    index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantOptionView:
    """One option under other parameters: mean index, rank (0: none), class of the worst segment."""

    letter: str
    index: int
    rank: int
    worst_class: int
    informed_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantView:
    """Other parameters, the option that would be kept under them, and each option."""

    kind: str
    class_id: str
    name: Said
    advised: str
    options: tuple[VariantOptionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityView:
    """
    How much of the advice rests on parameters of the hazard.

    Attributes
    ----------
    said : Said
        Whether the option kept stays the one kept.
    is_stable : bool or None
        None where there is nothing to choose or nothing is known.
    variants : tuple of VariantView
        As it is first.
    """

    said: Said
    is_stable: bool | None
    variants: tuple[VariantView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegView:
    """One segment of an option, with the km from the origin at both ends and the window of passage."""

    segment_id: str
    is_forward: bool
    km: RangeView
    window: WindowView


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """Exposure class along a stretch of an option."""

    km: RangeView
    exposure_class: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateView:
    """
    Recorded incidents to expect per 100 km and month on a stretch of an option.

    Attributes
    ----------
    exposure_class : int
        0: no information; then the three figures are None.
    low, mean, high : float or None
        5 % bound, mean, 95 % bound, in thousandths: a drawing needs no more.
    """

    km: RangeView
    exposure_class: int
    low: float | None
    mean: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverView:
    """Presence of a patrol along a stretch of an option, and how old it is at passage."""

    patrol_id: str
    km: RangeView
    age_h: RangeView
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """
    A crossing on an option, with state and age in words.

    Attributes
    ----------
    km : float
        From the origin; the middle of the leg when its place on the segment is not known.
    said : Said
        All of it in words.
    is_flagged : bool
        Capacity unknown and the vehicle heavy (LP2).
    reported_at : datetime or None
        None: no report.
    """

    crossing_id: str
    kind: str
    name: Said
    km: float
    state: str
    said: Said
    is_flagged: bool
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRoadView:
    """
    A road that an area to avoid touches.

    Attributes
    ----------
    road : str
        Its name, as texts call it.
    km : float
        Km of it that lie inside.
    segment_ids : tuple of str
        Its segments that the product holds.
    """

    road: str
    km: float
    segment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """
    An area to avoid: mark Z1, Z2, ... For its owner's desk, and without name and outline for one partner.

    Attributes
    ----------
    area_id, name : str
        Empty for one partner.
    effect : str
        closure or cost.
    added_min_per_km : float or None
        Minutes that each km inside adds in the choice of roads, never in driving time; None for a closure.
    until : datetime
        In force until then.
    roads : tuple of AreaRoadView
        Whenever it is in force; the most km first.
    movements : tuple of str
        Marks of the movements at whose departure it is in force, or begins while they may be under way.
    idle : Said or None
        Why it changes nothing here: past, on no road, or in force for no movement.
    outline : tuple
        Polygons, each its outer ring and its holes, each of them points of longitude and latitude.
    """

    mark: str
    area_id: str
    name: str
    effect: str
    added_min_per_km: float | None
    since: datetime | None
    until: datetime
    roads: tuple[AreaRoadView, ...]
    movements: tuple[str, ...]
    idle: Said | None
    outline: tuple[tuple[tuple[Lonlat, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCrossedView:
    """An area to avoid that an option crosses at a cost: km inside, and minutes added in the choice."""

    mark: str
    km: float
    added_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """
    One route option.

    Attributes
    ----------
    letter : str
        A to D; A is the one kept, unless nothing is kept.
    decision : str
        kept or set_aside.
    via : tuple of str
        Place ids passed, origin and destination included; on a surveyed network the few places, or roads,
        that tell the option from the others.
    slow, fast : tuple of (datetime, km)
        Timetables; the position at a time is the stretch between them, never a point.
    halts : tuple of Said
    has_ordnance_source : bool
        False: no source records explosive ordnance, so nothing can be said of it.
    roads : tuple of Said
        On a surveyed network: by which roads, each with its km.
    assumed : Said or None
        On a surveyed network: what share of length and hours rests on an assumed surface.
    areas : tuple of AreaCrossedView
        Areas to avoid that it crosses at a cost.
    compared : ComparedView or None
        Against the fastest option; None where there is one option or nothing is known.
    classes : tuple of ClassExposureView
        Exposure by class; empty where nothing is known.
    rates : tuple of RateView
        Rate and its doubt along the option, without gap.
    figures : FiguresView or None
        Against the fastest way and the option kept; None where there is one option.
    exposure_confirmed : ExposureView or None
        With presence alone that was reported; None: nothing of that kind is shown.
    exposure_unpatrolled : ExposureView or None
        What of the exposure is gathered where no presence counts.
    offered_km : int
        Length on which presence is only offered.
    """

    letter: str
    decision: str
    reasons: tuple[Said, ...]
    via: tuple[str, ...]
    legs: tuple[LegView, ...]
    length_km: RangeView
    drive_h: RangeView
    days: RangeView
    halts: tuple[Said, ...]
    halt_places: tuple[str, ...]
    exposure: ExposureView
    exposure_with_patrols: ExposureView
    unpatrolled_km: int
    worst_segment: str
    worst_class: int
    profile: tuple[ProfileView, ...]
    cover: tuple[CoverView, ...]
    passages: tuple[PassageView, ...]
    ordnance_records: int
    ordnance_km: int
    warnings: tuple[Said, ...]
    fast: tuple[tuple[datetime, float], ...]
    slow: tuple[tuple[datetime, float], ...]
    has_ordnance_source: bool = True
    roads: tuple[Said, ...] = ()
    assumed: Said | None = None
    areas: tuple[AreaCrossedView, ...] = ()
    compared: ComparedView | None = None
    classes: tuple[ClassExposureView, ...] = ()
    rates: tuple[RateView, ...] = ()
    figures: FiguresView | None = None
    exposure_confirmed: ExposureView | None = None
    exposure_unpatrolled: ExposureView | None = None
    offered_km: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CutView:
    """A road without a practical second road, in words."""

    segment_ids: tuple[str, ...]
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyView:
    """One family of alternatives to an armed escort."""

    family_id: str
    name: Said
    finding: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """
    What is kept with one answer to a question.

    Attributes
    ----------
    via : tuple of str
        Place ids, origin and destination included; empty: no road.
    drive_h : RangeView or None
    exposure : ExposureView or None
        With the presence that counts.
    options : int
        Ways that there then are.
    """

    is_as_planned: bool
    via: tuple[str, ...]
    drive_h: RangeView | None
    exposure: ExposureView | None
    unpatrolled_km: int | None
    meetings: int | None
    options: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """
    Something unknown to ask for before leaving: mark Q1, Q2, ... in the order of what weighs.

    Attributes
    ----------
    kind : str
        bridge, ferry, ford and other crossings, road, way (what stands in a closed one), patrol.
    ask : Said
        Whom to ask.
    letters : tuple of str
        Options that it lies on.
    is_moot : bool
        Both answers leave all as it is.
    """

    mark: str
    kind: str
    said: Said
    ask: Said
    km: int
    letters: tuple[str, ...]
    changes_choice: bool
    is_moot: bool
    good: AnswerView
    bad: AnswerView


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeView:
    """
    One alternative to an armed escort beside the others.

    Attributes
    ----------
    family_id : str
        asked, road, time, patrol, air, programme, wait, people.
    letter : str
        Of the option that it drives; empty where nothing is driven.
    exposure, with_confirmed, with_offered : ExposureView or None
        Without presence, with what was reported, with offers too; of ``patrol`` the second is the best
        possible and the third is missing.
    unknown : tuple of str
        Marks of questions.
    """

    family_id: str
    letter: str
    depart: WindowView | None
    via: tuple[str, ...]
    drive_h: RangeView | None
    days: RangeView | None
    exposure: ExposureView | None
    with_confirmed: ExposureView | None
    with_offered: ExposureView | None
    unpatrolled_km: int | None
    meetings: int | None
    said: tuple[Said, ...]
    unknown: tuple[str, ...]
    ask: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementView:
    """
    A planned movement, for its owner.

    Attributes
    ----------
    mark : str
        H1, H2, ...
    vehicles : Said
        Such as "4 × camion tout-terrain 6x6".
    findings : tuple of Said
        What is missing in the request, then ``closed_ways``.
    closed_ways : tuple of Said
        Ways that are closed that day, and so are no options.
    refusal : Said or None
        Why no option exists; then ``options`` is empty.
    sensitivity : SensitivityView or None
        None where it was not asked for.
    via : tuple of str
        Place ids that were asked for, in order.
    conditions : tuple of Said
        Conditions of the request that every option keeps, and what they cost.
    is_kept_out : bool
        There is no option, and only conditions of the request stand against it.
    tried : Said or None
        Where there is one road only: what was tried to find a second one.
    questions : tuple of QuestionView or None
        What to ask before leaving; None where it was not looked at.
    untried_questions : int
        Unknowns beyond those that were looked at.
    alternatives : tuple of AlternativeView
        Empty where they were not asked for.
    """

    mark: str
    movement_id: str
    organisation: str
    origin: str
    destination: str
    depart: WindowView
    vehicles: Said
    persons: int | None
    cargo: str
    purpose: str
    marking: str
    trip: str
    season: Said
    options: tuple[OptionView, ...]
    exact_routes: int
    is_one_road: bool
    cuts: tuple[CutView, ...]
    families: tuple[FamilyView, ...]
    findings: tuple[Said, ...]
    refusal: Said | None
    closed_ways: tuple[Said, ...] = ()
    sensitivity: SensitivityView | None = None
    via: tuple[str, ...] = ()
    conditions: tuple[Said, ...] = ()
    is_kept_out: bool = False
    tried: Said | None = None
    questions: tuple[QuestionView, ...] | None = None
    untried_questions: int = 0
    alternatives: tuple[AlternativeView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolView:
    """
    A patrol window as released: mark P1, P2, ...

    Attributes
    ----------
    stretches : tuple of (segment_id, from fraction, to fraction)
    window : WindowView or None
        None: unknown.
    state : str
        offered or confirmed.
    is_answer : bool
        Whether it is what was answered about the corridor of its name.
    """

    mark: str
    patrol_id: str
    stretches: tuple[tuple[str, float, float], ...]
    window: WindowView | None
    state: str
    passed_at: datetime | None
    provider: Said
    composition: Said
    is_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """
    An announced operation or closure on a road: mark O1, O2, ...

    Attributes
    ----------
    stretches : tuple of (segment_id, from fraction, to fraction)
    window : WindowView or None
        None: it may be at any time, for an hour was not said or the word on it has run out.
    start, end : datetime or None
        As announced.
    movements : tuple of str
        Marks of the movements whose kept road it lies on, at whatever hour.
    """

    mark: str
    operation_id: str
    stretches: tuple[tuple[str, float, float], ...]
    window: WindowView | None
    start: datetime | None
    end: datetime | None
    valid_until: datetime | None
    movements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """
    A movement and a patrol that may meet: mark X1, X2, ... To be separated, no benefit.

    Attributes
    ----------
    more : tuple of (segment_id, from fraction, to fraction)
        The roads on which the same meeting may take place besides.
    """

    mark: str
    answer: str
    movement: str
    patrol: str
    segment_id: str
    fraction: RangeView
    window: WindowView
    said: Said
    more: tuple[tuple[str, float, float], ...] = ()


# ---------------------------------------------------------------- MINUSCA operations


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorStretchView:
    """One segment of a requested corridor, with a binned window."""

    segment_id: str
    km: RangeView
    window: WindowView


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorView:
    """
    A requested patrol corridor: mark C1, C2, ... No organisation, cargo, vehicle, number or exact time.

    Attributes
    ----------
    corridor_id : str
        Opaque, and different for each audience.
    """

    mark: str
    corridor_id: str
    stretches: tuple[CorridorStretchView, ...]


# ---------------------------------------------------------------- public


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCountView:
    """Count of something past in a prefecture; small counts are left out altogether."""

    area: str
    count: int


# ---------------------------------------------------------------- the product


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundView:
    """
    What lies under the roads of a surveyed network.

    Attributes
    ----------
    extent : tuple of float or None
        West, south, east and north of the map, degrees; None: the whole country.
    has_base : bool
        Whether the network lies on our base map. Elsewhere the roads stand alone.
    name : str
        Of the network.
    """

    extent: tuple[float, float, float, float] | None
    has_base: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameView:
    """
    What stands around every product.

    Attributes
    ----------
    audience : str
        owner, minusca_ops, public.
    week : WindowView
        Time that the time bar covers: whole days in Bangui.
    sun : tuple of (place_id, day, sunrise, sunset)
        For the westernmost and the easternmost hub of each day: twilight differs across the country.
    ground : GroundView or None
        None: the bundled network on the map of the country.
    """

    title: Said
    subtitle: Said
    audience: str
    audience_name: Said
    audience_note: Said
    as_of: datetime
    expires_at: datetime
    week: WindowView
    sun: tuple[tuple[str, datetime, datetime, datetime], ...]
    is_exercise: bool
    is_schematic: bool
    disclaimer: Said
    sources: tuple[SourceView, ...]
    prefectures_note: Said
    ground: GroundView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductView:
    """
    Everything that one page, picture or text may show to one audience.

    Attributes
    ----------
    data_notes : tuple of Said
        Files and rows that were refused, for the owner: what they said is missing from the product.
    road_notes : tuple of Said
        Roads that are open and cost time, or are passed at some hours only.
    areas : tuple of AreaView
        Areas to avoid, for the owner.
    lacks_patrols : bool
        No patrol is in the data, so that nothing can be said of meetings; for the owner.
    lacks_operations : bool
        Nobody gave a table of announced operations, which is not "none"; for the owner.
    """

    frame: FrameView
    places: tuple[PlaceView, ...]
    segments: tuple[SegmentView, ...]
    closures: tuple[ClosureView, ...]
    crossings: tuple[CrossingView, ...]
    movements: tuple[MovementView, ...] = ()
    patrols: tuple[PatrolView, ...] = ()
    conflicts: tuple[ConflictView, ...] = ()
    corridors: tuple[CorridorView, ...] = ()
    incidents: tuple[IncidentView, ...] = ()
    ordnance_said: Said | None = None
    incidents_said: Said | None = None
    incident_counts: tuple[AreaCountView, ...] = ()
    movement_counts: tuple[AreaCountView, ...] = ()
    data_notes: tuple[Said, ...] = ()
    road_notes: tuple[Said, ...] = ()
    areas: tuple[AreaView, ...] = ()
    lacks_patrols: bool = False
    operations: tuple[OperationView, ...] = ()
    lacks_operations: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativesView:
    """
    The alternatives of one movement side by side, for its owner.

    Attributes
    ----------
    movement : MovementView
    places : tuple of PlaceView
    segments : tuple of SegmentView
    """

    frame: FrameView
    movement: MovementView
    places: tuple[PlaceView, ...]
    segments: tuple[SegmentView, ...] = ()
