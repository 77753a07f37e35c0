"""Frozen records of what a person names: requests, reports, routes, plans, consents."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cmcoord_geo.i18n import Said

RoadState = Literal["open", "restricted", "closed", "conflicting", "unknown"]
ExposureClass = Literal[0, 1, 2, 3, 4]  # 0 = no information, never low
Verdict = Literal["less", "more", "close", "less_known", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Closed range of one quantity, in the unit that the name of the field gives."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """Earliest and latest instant."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    Something that a person should know about data that were read.

    Attributes
    ----------
    severity : str
        ``error`` (the row or file was refused) or ``warning`` (it was used).
    said : Said
        What is wrong and what to do.
    file, sheet, column : str
        Where; empty when it does not apply.
    row : int
        Row as a reader of the file counts (the header is row 1), 0 for the whole file.
    more_rows : tuple of int
        Further rows that this line speaks for, where many of one kind are folded into it.
    """

    severity: Literal["error", "warning"]
    said: Said
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    more_rows: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows that this line speaks for; empty where it speaks of the whole file."""
        return (self.row, *self.more_rows) if self.row else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleCount:
    """So many vehicles of one profile."""

    vehicle_id: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """
    Who consents that a movement goes to an audience, and until when (L052).

    Attributes
    ----------
    organisation : str
    movement_id : str
        Empty for every movement of the organisation.
    audience : str
        Kind of audience, such as ``minusca_ops``.
    until : datetime
        Expired consent is no consent.
    is_withdrawn : bool
    accepts_mixed_patrols : bool
        Whether presence mixed with national forces may count (L111).
    """

    organisation: str
    movement_id: str
    audience: str
    until: datetime
    is_withdrawn: bool = False
    accepts_mixed_patrols: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ViaPoint:
    """A place that a movement goes through, in the order asked for."""

    place_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenRoad:
    """
    A road that a request forbids.

    Attributes
    ----------
    name : str
        As it was asked for: id of a segment or way, number or name of a road.
    segment_ids : tuple of str
        Segments of the network that it means.
    """

    name: str
    segment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    What every way of a movement must keep; None is no limit.

    Attributes
    ----------
    max_hours : float or None
        Moving hours at the slow pace.
    max_km : float or None
        Km by the long estimate.
    max_exposure : float or None
        Exposure index as the search counts it: a road without information like the average known one.
    min_informed : float or None
        Least share of the road about which a source says something, up to 1.
    """

    max_hours: float | None = None
    max_km: float | None = None
    max_exposure: float | None = None
    min_informed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop of so many minutes at a place on the way, such as a delivery."""

    place_id: str
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementRequest:
    """
    A planned humanitarian movement, as its organisation asks for it.

    Attributes
    ----------
    movement_id, organisation : str
    origin, destination : str
        Place ids.
    depart : TimeSpan
        Window of departure.
    vehicles : tuple of VehicleCount
        The slowest, widest and heaviest govern.
    persons : int or None
        Everyone on board, staff of local partners and drivers included (hazard H24).
    cargo : str
    marking : str
        How vehicles are marked (L059).
    purpose : str
    is_return : bool or None
        Whether the way back is planned too; None = not said, which is a finding (hazard H25).
    via : tuple of ViaPoint
        Places that the way leads through, in this order.
    avoid : tuple of ForbiddenRoad
        Roads that no option may use.
    limits : Limits
    submitted_at : datetime or None
        When it was filed: of two that must not meet, the first filed stays (DOMAIN.md 3.2).
    need : str
        Class of the need, for priority: ``lifesaving``, ``urgent`` or ``regular``; empty = not said.
    presence : str
        Kind of presence wanted on the road; empty = presence in the area.
    arrive_by : datetime or None
        By when the convoy must have arrived.
    stops : tuple of Stop
        Stops on the way; one at a place that an option does not pass has no effect there.
    """

    movement_id: str
    organisation: str
    origin: str
    destination: str
    depart: TimeSpan
    vehicles: tuple[VehicleCount, ...]
    persons: int | None = None
    cargo: str = ""
    marking: str = ""
    purpose: str = ""
    is_return: bool | None = None
    via: tuple[ViaPoint, ...] = ()
    avoid: tuple[ForbiddenRoad, ...] = ()
    limits: Limits = Limits()
    submitted_at: datetime | None = None
    need: str = ""
    presence: str = ""
    arrive_by: datetime | None = None
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadStatus:
    """
    What one report says of one segment, or of a crossing of it (DOMAIN.md 2.6).

    A report on a longer stretch of road becomes one of these for each of its segments, all of one id. Three
    things are told apart: a road that is closed, one that is restricted (who, when, how heavy), and one that
    only costs time. What costs time never closes.

    Attributes
    ----------
    report_id : str
    segment_id : str
    crossing_id : str
        Empty for the road itself.
    state : str
        open, restricted, closed or unknown.
    max_vehicle : str
        Largest vehicle profile that passes when restricted; empty = not said.
    max_gross_t : float or None
        Gross tonnes that pass when restricted.
    reported_at : datetime
    expires_at : datetime or None
        None: the staleness rule of the configuration holds.
    reporter : str
        Class of the reporter, never a name.
    is_verified : bool
    at_fraction : float or None
        Where along the segment, from its start.
    hours : str
        Hours of the day between which it is passed, such as ``06:00-18:00`` in Bangui; empty = not said.
        They never close the road: a plan that passes outside them says so.
    season : str
        ``dry`` or ``wet`` when it is passed in that season only.
    ferry_state : str
        Of a ferry: running, slow, out or unknown.
    delay_min : float or None
        Minutes of waiting or delay; outside the driving time.
    is_part : bool
        The report speaks of a part of the segment: what it forbids holds, but it lifts no default.
    share : float
        Part of the segment that the report speaks of, about ``at_fraction``; 0 of a spot, 1 of the whole.
    note : str
    """

    report_id: str
    segment_id: str
    state: Literal["open", "restricted", "closed", "unknown"]
    reported_at: datetime
    crossing_id: str = ""
    max_vehicle: str = ""
    max_gross_t: float | None = None
    expires_at: datetime | None = None
    reporter: str = ""
    is_verified: bool = False
    at_fraction: float | None = None
    hours: str = ""
    season: str = ""
    ferry_state: str = ""
    delay_min: float | None = None
    is_part: bool = False
    share: float = 1.0
    note: str = ""


#: An area that begins so soon after a departure counts for it: the way may take days.
AREA_AHEAD = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvoidArea:
    """
    An area to avoid (user story MP3): no reason is needed, and it expires.

    Attributes
    ----------
    area_id, name : str
    effect : str
        ``closure`` closes what lies inside; ``cost`` makes the search prefer other roads.
    min_per_km : float
        Minutes that each km inside adds in the search; 0 for a closure.
    since : datetime or None
    until : datetime
    polygons : tuple
        Polygons, each its outer ring and its holes, each of them points of longitude and latitude.
    """

    area_id: str
    name: str
    effect: Literal["closure", "cost"]
    min_per_km: float
    until: datetime
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
    since: datetime | None = None

    def is_live(self, at: datetime) -> bool:
        """Whether it holds at a departure, or begins while the movement may be on its way."""
        return at < self.until and (self.since is None or self.since < at + AREA_AHEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    What a source of incidents covers; outside it there is no information.

    Attributes
    ----------
    source_id, name, licence : str
    first, last : datetime
        Period that the source covers.
    classes : tuple of str
        Incident classes that it records.
    areas : tuple of str
        Prefectures (of 2021) that it reaches; empty = the whole country.
    has_export : bool
        Whether its points may leave this machine (INSO-like sources: no).
    is_exercise : bool
    is_assumed : bool
        Nobody declared it: period and classes are taken from its rows, and from no row after the cut-off.
    note : Said or None
    """

    source_id: str
    name: str
    licence: str
    first: datetime
    last: datetime
    classes: tuple[str, ...]
    areas: tuple[str, ...] = ()
    has_export: bool = True
    is_exercise: bool = False
    is_assumed: bool = False
    note: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """
    One segment of a route, driven in one direction.

    Attributes
    ----------
    segment_id : str
    is_forward : bool
        From the segment's start to its end.
    km : Span
        Distance driven since the origin, in km, at both ends of the leg.
    enter, leave : TimeSpan
        Earliest by the fast pace, latest by the slow pace; the window widens along the route.
    """

    segment_id: str
    is_forward: bool
    km: Span
    enter: TimeSpan
    leave: TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """
    A night on the way.

    Attributes
    ----------
    place_id : str
        Place of the halt; empty when night falls between two places, where no halt is known.
    segment_id : str
        Segment on which night falls; empty at a place.
    km : float
        Distance from the origin.
    pace : str
        ``fast``, ``slow``, or ``both``: which pace needs it.
    night : int
        1 for the first night.
    """

    place_id: str
    segment_id: str
    km: float
    pace: Literal["fast", "slow", "both"]
    night: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """
    Timetable at one pace: pairs of (time, km from the origin), halts as level stretches.

    Attributes
    ----------
    times : tuple of datetime
    km : tuple of float
    seconds : tuple of float
        The times in seconds since the epoch.
    """

    times: tuple[datetime, ...]
    km: tuple[float, ...]
    seconds: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count the seconds once: every passage on the way is looked up among them."""
        told = tuple(moment.timestamp() for moment in self.times)
        object.__setattr__(self, "seconds", told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """
    Hazard gathered along a route: a relative index, shown in whole numbers.

    Attributes
    ----------
    low, mean, high : float
        Records per 100 km and month, times hours there: 5 % bound at the fast pace, mean at the middle
        pace, 95 % bound at the slow pace.
    exposure_class : int
        1 to 4 by the mean rate, 0 = no information.
    informed_share : float
        Share of the length about which a source says something recent.
    """

    low: float
    mean: float
    high: float
    exposure_class: ExposureClass
    informed_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    One route against the fastest, over the known part of both, by draws from the posterior of exposure.

    Attributes
    ----------
    fastest : str
        Letter of the fastest route; that of the route itself where it is the fastest.
    below, above, tied : float
        Shares of the draws; they add up to 1.
    verdict : str
        ``less`` or ``more`` recorded exposure; ``close``: too close to tell; ``less_known``: what looks like
        less comes with less knowledge; ``unknown``: too little is known of either.
    informed_share, fastest_informed_share : float
    mean, tail : float
        Mean and CVaR 0.9 of the route itself, as an index.
    mean_rank, tail_rank : int
        Among the routes compared, from the lowest; 0 where they cannot be ranked, because too little is known
        of one of them or more is known of one than of another.
    """

    fastest: str
    below: float
    above: float
    tied: float
    verdict: Verdict
    informed_share: float
    fastest_informed_share: float
    mean: float
    tail: float
    mean_rank: int
    tail_rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantOption:
    """
    One option under one variant.

    Attributes
    ----------
    letter : str
    mean : float
        Index.
    rank : int
        By mean, from the lowest; 0 where options cannot be ranked.
    worst_class : int
        Exposure class of its worst segment.
    informed_share : float
    """

    letter: str
    mean: float
    rank: int
    worst_class: ExposureClass
    informed_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """
    The options under other parameters of the hazard.

    Attributes
    ----------
    kind : str
        ``as_is``, ``half_life_halved``, ``half_life_doubled``, ``reach_halved``, ``reach_doubled`` or
        ``without``.
    class_id : str
        Class that is left out; empty for other kinds.
    advised : str
        Letter of the option that would be kept.
    options : tuple of VariantOption
    """

    kind: str
    class_id: str
    advised: str
    options: tuple[VariantOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """
    Presence of one patrol on one leg at the time of passage.

    Attributes
    ----------
    patrol_id, segment_id : str
    km : Span
        Stretch of the route covered, km from the origin.
    age_h : Span
        Hours between the patrol's window (or its reported passage) and the movement's passage.
    is_confirmed : bool
        The passage was reported; otherwise the presence is offered.
    credit : float
        1 = nothing; the factor on ambush, robbery and illegal checkpoints.
    """

    patrol_id: str
    segment_id: str
    km: Span
    age_h: Span
    is_confirmed: bool
    credit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """
    Something that stands against a movement as it is planned, such as a patrol at one place at one time.

    Attributes
    ----------
    conflict_id : str
    kind : str
        ``C1`` co-presence of the two sides, to be separated (L041, L056), to ``C11`` (DOMAIN.md 3.2); rule,
        source and severity of each stand in ``data/conflict_kinds.csv``.
    answer : str
        ``conflict`` or ``unknown`` (something needed is missing).
    movement_id, patrol_id, segment_id : str
        Empty patrol: the other party is none. Empty segment: a place.
    fraction : Span
        Stretch of the segment, from its start.
    window : TimeSpan
    other_id : str
        Another movement, an operation, an area or an activity; empty where the other party is none.
    place_id, crossing_id : str
        Place or crossing where it happens; empty on open road.
    more : tuple of (segment id, Span)
        Further stretches, each with its fractions.
    km : float
        Length of all stretches.
    count : int
        How often a pattern was met; how many nights, or small crossings of one stretch; 1 of all else.
    is_back : bool
        On the way back.
    cause : str
        Of C2 that nobody announced: ``ban``, or ``season`` for a road that it closes on the way; else empty.
    """

    conflict_id: str
    kind: str
    answer: Literal["conflict", "unknown"]
    movement_id: str
    patrol_id: str
    segment_id: str
    fraction: Span
    window: TimeSpan
    other_id: str = ""
    place_id: str = ""
    crossing_id: str = ""
    more: tuple[tuple[str, Span], ...] = ()
    km: float = 0.0
    count: int = 1
    cause: Literal["", "ban", "season"] = ""
    is_back: bool = False

    def on_the_way_back(self) -> Conflict:
        """Return the same conflict, met on the way back."""
        return replace(self, conflict_id=f"{self.conflict_id}:back", is_back=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    A crossing on the way, with what is known of it.

    Attributes
    ----------
    crossing_id : str
    segment_id : str
    km : float
        From the origin; the middle of the leg where its place on the segment is not known.
    is_place_known : bool
    kind : str
        bridge, ferry, ford, border.
    name : Said
    state : str
        Reported state, or ``unknown``.
    reported_at : datetime or None
    is_stale : bool
        The report has expired by the time of passage.
    capacity_t : float or None
    is_capacity_flagged : bool
        Capacity unknown and the vehicle heavier than the limit of the configuration (LP2): red.
    hours : str
        Hours of service as the source writes them; empty = not said.
    """

    crossing_id: str
    segment_id: str
    km: float
    is_place_known: bool
    kind: str
    name: Said
    state: str
    reported_at: datetime | None
    is_stale: bool
    capacity_t: float | None
    is_capacity_flagged: bool
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """
    One piece of the exposure profile along a route.

    Attributes
    ----------
    km : Span
        From the origin.
    exposure_class : int
    segment_id : str
    """

    km: Span
    exposure_class: ExposureClass
    segment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedStretch:
    """
    Recorded incidents to expect per 100 km and month on a stretch of a route, all classes together.

    Attributes
    ----------
    km : Span
        From the origin.
    exposure_class : int
        0: no information; then the three figures are None.
    low, mean, high : float or None
        5 % bound, mean, 95 % bound.
    """

    km: Span
    exposure_class: ExposureClass
    low: float | None
    mean: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CutRoad:
    """
    A road whose loss makes the trip longer than the stretch bound.

    Attributes
    ----------
    segment_ids : tuple of str
        Roads in a row that stand or fall together.
    from_place, to_place : Said
        The ends of the row, as a person says them.
    detour_km : float or None
        Length of the best trip without it; None when there is no way at all.
    detour_h : Span or None
        Driving hours of that trip.
    is_beyond_limits : bool
        That trip breaks a limit of the request, on hours or km.
    """

    segment_ids: tuple[str, ...]
    from_place: Said
    to_place: Said
    detour_km: float | None
    detour_h: Span | None
    is_beyond_limits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JointCut:
    """
    A crossing with all roads over it, or some roads and crossings, lost at once beyond the stretch bound.

    Attributes
    ----------
    names : tuple of Said
        One for each road or crossing.
    is_crossing : bool
        It is one crossing alone.
    segment_ids : tuple of str
        All that is lost with them.
    detour_km : float or None
        Length of the best trip without them; None when there is no way at all.
    detour_h : Span or None
        Driving hours of that trip.
    is_beyond_limits : bool
        That trip breaks a limit of the request, on hours or km.
    """

    names: tuple[Said, ...]
    is_crossing: bool
    segment_ids: tuple[str, ...]
    detour_km: float | None
    detour_h: Span | None
    is_beyond_limits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFigures:
    """
    How an option stands to the fastest way and to the option kept.

    Driving time is that of the middle pace as the choice of ways counts it: with the minutes that areas to
    avoid add. Abraham, Delling, Goldberg and Werneck (2013) ask these figures of an alternative.

    Attributes
    ----------
    stretch : float
        Driving time as a multiple of the fastest way, through the same stops.
    kept : str
        Letter of the option kept.
    length_shared : float
        Share of its length that lies on the option kept too, 0 to 1; 1 for that option itself.
    exposure_shared : float or None
        Share of its recorded exposure that lies there, without patrols; None where nothing is recorded of it.
    local_h : float
        Every part between two stops that takes less than these hours is a fastest way between its own ends.
    local_share : float
        The same as a share of the fastest way; looked for up to a quarter, and 1 where the whole is fastest.
    """

    stretch: float
    kept: str
    length_shared: float
    exposure_shared: float | None
    local_h: float
    local_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """
    A way with meaning, and everything said about it.

    Attributes
    ----------
    letter : str
        A to D.
    place_ids : tuple of str
        Places passed, origin and destination included.
    legs : tuple of Leg
    length_km : Span
    drive_h : Span
        Moving time only.
    days : Span
    halts : tuple of Halt
    fast, slow : Pace
    exposure, exposure_with_patrols : Exposure
        Without any patrol's presence, and with all that counts.
    exposure_confirmed : Exposure
        With the presence alone that was reported after the fact.
    exposure_unpatrolled : Exposure
        What of the exposure is gathered where no presence counts.
    classes : mapping
        Mean exposure index by incident class.
    profile : tuple of Stretch
    coverage : tuple of Coverage
    unpatrolled_km : float
    offered_km : float
        Length on which presence is only offered.
    conflicts : tuple of Conflict
        With patrols (C1), on the way there and, of an option, on the way back.
    passages : tuple of Passage
    ordnance_records : int
    ordnance_km : float
    has_ordnance_source : bool
        False: no source records explosive ordnance, so nothing can be said of it.
    worst_segment : str
        Segment id with the highest exposure; empty when nothing is known of any.
    worst_class : int
    warnings : tuple of Said
        What a planner must read before using it.
    assumed : Said or None
        On a surveyed network: the share of length and hours that rests on an assumed surface.
    compared : Comparison or None
        Against the fastest option; None where there is one option, or nothing is known of any.
    rates : tuple of RatedStretch
        Rate and its doubt along the route, from the origin on.
    figures : RouteFigures or None
        Against the fastest way and the option kept; None until the options are known.
    back : Route or None
        The way back, where one is asked for: from what is unloaded on.
    """

    letter: str
    place_ids: tuple[str, ...]
    legs: tuple[Leg, ...]
    length_km: Span
    drive_h: Span
    days: Span
    halts: tuple[Halt, ...]
    fast: Pace
    slow: Pace
    exposure: Exposure
    exposure_with_patrols: Exposure
    exposure_confirmed: Exposure
    exposure_unpatrolled: Exposure
    classes: Mapping[str, float]
    profile: tuple[Stretch, ...]
    coverage: tuple[Coverage, ...]
    unpatrolled_km: float
    offered_km: float
    conflicts: tuple[Conflict, ...]
    passages: tuple[Passage, ...]
    ordnance_records: int
    ordnance_km: float
    has_ordnance_source: bool
    worst_segment: str
    worst_class: ExposureClass
    warnings: tuple[Said, ...]
    assumed: Said | None = None
    compared: Comparison | None = None
    rates: tuple[RatedStretch, ...] = ()
    figures: RouteFigures | None = None
    back: Route | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """
    A way that is not the one kept, and why.

    Attributes
    ----------
    letter : str
        Letter of the option; empty for a way that is closed today and so is no option.
    place_ids : tuple of str
        Places passed, origin and destination included.
    reasons : tuple of Said
    """

    letter: str
    place_ids: tuple[str, ...]
    reasons: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """
    One family of alternatives to an armed escort (IASC 2013; L031), as far as it is known.

    Attributes
    ----------
    family_id : str
        road, time, patrol, air, wait, programme, people.
    finding : str
        ``possible``, ``not_found`` or ``ask``: only people can answer.
    said : tuple of Said
    """

    family_id: str
    finding: Literal["possible", "not_found", "ask"]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What is kept with one answer to a question.

    Attributes
    ----------
    is_as_planned : bool
        The same way as without an answer.
    place_ids : tuple of str
        Places passed; empty: no road.
    drive_h : Span or None
    exposure : Exposure or None
        With the presence that counts.
    unpatrolled_km : float or None
    meetings : int or None
        Possible meetings with patrols.
    options : int
        Ways that there then are.
    """

    is_as_planned: bool
    place_ids: tuple[str, ...] = ()
    drive_h: Span | None = None
    exposure: Exposure | None = None
    unpatrolled_km: float | None = None
    meetings: int | None = None
    options: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    Something unknown to ask for before leaving.

    Attributes
    ----------
    question_id : str
    kind : str
        bridge, ferry, ford and other crossings, ``road``, ``way`` (all that stands in a closed one), patrol.
    said : Said
    ask : Said
        Whom to ask.
    km : float
        Where on the option it lies first; 0 for a closed way.
    good, bad : Answer
    changes_choice : bool
    letters : tuple of str
        Options that it lies on; none for a closed way.
    """

    question_id: str
    kind: str
    said: Said
    ask: Said
    km: float
    good: Answer
    bad: Answer
    changes_choice: bool
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """
    One answer to a request for an escort, beside the others (IASC 2013; L031). An escort is none (H16).

    Attributes
    ----------
    family_id : str
        ``asked`` (as it was asked for), then that of the families.
    letter : str
        Of the option that it drives; empty where none is.
    depart : TimeSpan or None
        None where nothing is driven.
    place_ids : tuple of str
    drive_h, days : Span or None
    exposure, with_confirmed, with_offered : Exposure or None
        Without presence, with what was reported, and with offers too.
    unpatrolled_km : float or None
    meetings : int or None
    said : tuple of Said
        What it is.
    unknown : tuple of str
        Ids of the questions that it hangs on.
    ask : Said or None
        Whom to ask.
    """

    family_id: str
    letter: str = ""
    depart: TimeSpan | None = None
    place_ids: tuple[str, ...] = ()
    drive_h: Span | None = None
    days: Span | None = None
    exposure: Exposure | None = None
    with_confirmed: Exposure | None = None
    with_offered: Exposure | None = None
    unpatrolled_km: float | None = None
    meetings: int | None = None
    said: tuple[Said, ...] = ()
    unknown: tuple[str, ...] = ()
    ask: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementPlan:
    """
    Answer to one request.

    Attributes
    ----------
    request : MovementRequest
    as_of : datetime
        Cut-off of the data.
    expires_at : datetime
    options : tuple of Route
        At most four that differ on the ground; the first is the one kept.
    kept_because : tuple of Said
        What speaks for the first option; empty where it is the only one.
    set_aside : tuple of SetAside
        Why each other option was not kept.
    exact_routes : int
        Size of the exact Pareto set over driving time and exposure.
    cuts : tuple of CutRoad
        Roads without a practical second road.
    joint_cuts : tuple of JointCut
        Crossings without another way, or else the fewest roads that cut the trip when lost at once.
    families : tuple of Family
    season : str
    refusal : Said or None
        Why there is no option.
    findings : tuple of Finding
    fingerprints : mapping
        SHA-256 of configuration and data that the plan saw.
    is_exercise : bool
    sensitivity : tuple of Variant or None
        Options under other parameters of the hazard, as they are first; None where it was not asked for,
        empty where nothing is known that could be varied.
    conditions : tuple of Said
        Conditions of the request that every option keeps, and what they cost.
    is_kept_out : bool
        There is no option, and only conditions of the request stand against the roads that lead there.
    tried : Said or None
        Where there is one road only: what was tried to find a second one.
    questions : tuple of Question or None
        What to ask before leaving; None where it was not looked at.
    untried_questions : int
        Unknowns beyond those that were looked at.
    alternatives : tuple of Alternative
        Side by side; empty where they were not asked for.
    """

    request: MovementRequest
    as_of: datetime
    expires_at: datetime
    options: tuple[Route, ...]
    set_aside: tuple[SetAside, ...]
    exact_routes: int
    cuts: tuple[CutRoad, ...]
    families: tuple[Family, ...]
    season: str
    refusal: Said | None = None
    kept_because: tuple[Said, ...] = ()
    joint_cuts: tuple[JointCut, ...] = ()
    findings: tuple[Finding, ...] = ()
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    is_exercise: bool = False
    sensitivity: tuple[Variant, ...] | None = None
    conditions: tuple[Said, ...] = ()
    is_kept_out: bool = False
    questions: tuple[Question, ...] | None = None
    untried_questions: int = 0
    alternatives: tuple[Alternative, ...] = ()
    tried: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    An operation or a closure that the other side, or an authority, announced on some road.

    Attributes
    ----------
    operation_id : str
    stretches : tuple of (segment id, fraction, fraction)
    start, end : datetime or None
        None: not said, so it may be at any time.
    valid_until : datetime or None
        After it nothing is known of it; None: the end.
    """

    operation_id: str
    stretches: tuple[tuple[str, float, float], ...]
    start: datetime | None
    end: datetime | None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """
    Something that is done for people at a place.

    Attributes
    ----------
    activity_id : str
    kind : str
        ``distribution`` of humanitarians; ``qip`` or ``cimic`` of the other side.
    place_id : str
    start, end : datetime or None
        None: not said.
    """

    activity_id: str
    kind: Literal["distribution", "qip", "cimic"]
    place_id: str
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorRequest:
    """
    Presence asked of the other side on a road in a window: nothing of who, what or exactly when (L054).

    Attributes
    ----------
    corridor_id : str
        Opaque; made of no field of a movement.
    segment_ids : tuple of str
        In the order of the road, from the end that km are counted from.
    beside_ids : tuple of str
        Segments of the other carriageway, and short links at its junctions: of the corridor, with no km of
        their own.
    window : TimeSpan
        Whole bins.
    presence : tuple of str
        Kinds wanted: ``area_presence``, ``road_check``, ``eo_verification``.
    accepts_mixed : bool
        Whether presence mixed with national forces may count (L111); the strictest word of all behind it.
    priority : int
        1 to 3 by need, never by organisation.
    issued_at : datetime
    withdrawn_at : datetime or None
        Since when it no longer stands.
    """

    corridor_id: str
    segment_ids: tuple[str, ...]
    window: TimeSpan
    presence: tuple[str, ...]
    accepts_mixed: bool
    priority: int
    issued_at: datetime
    withdrawn_at: datetime | None = None
    beside_ids: tuple[str, ...] = ()

    @property
    def all_ids(self) -> tuple[str, ...]:
        """Every segment that presence is asked for on."""
        return self.segment_ids + self.beside_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorResponse:
    """
    One row of what the other side answers about a corridor; an offer, never a permission (MP2).

    Attributes
    ----------
    corridor_id : str
    answer : str
        ``can``, ``partly``, ``cannot`` or ``other_window``; empty where only a state or a passage is told.
    km : (float, float) or None
        Part of the corridor, counted from its first end; None = all of it.
    window : TimeSpan or None
        Offered window; None = the one asked for.
    valid_until : datetime or None
        The offer is void after this; None = until the end of its window.
    provider, composition : str
    passed_at : datetime or None
        Done: when the road was last passed.
    received_at, relayed_at, answered_at : datetime or None
        Receipt, relay to the unit and answer: three states that are never taken for one another.
    read_at : datetime or None
        When the row was read into the register; rows read together are one answer.
    remark : str
    """

    corridor_id: str
    answer: str = ""
    km: tuple[float, float] | None = None
    window: TimeSpan | None = None
    valid_until: datetime | None = None
    provider: str = "unknown"
    composition: str = "unknown"
    passed_at: datetime | None = None
    received_at: datetime | None = None
    relayed_at: datetime | None = None
    answered_at: datetime | None = None
    read_at: datetime | None = None
    remark: str = ""
