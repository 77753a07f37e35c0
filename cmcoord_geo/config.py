"""
Settings, each with its unit and default, read from TOML; an unknown key is an error.

Defaults are proposals of this tool, not policy: a CMCoord cell sets its own.
"""

from __future__ import annotations

import hashlib
import math
import re
import tomllib
from dataclasses import Field, asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from cmcoord_geo.errors import ConfigError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

_T = TypeVar("_T")


def _setting(default: _T, *, at_least: float = 0, at_most: float = math.inf) -> _T:
    """Setting with its default and range; a setting of several numbers rises."""
    return field(default=default, metadata={"range": (at_least, at_most)})


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteConfig:
    """
    What makes an option, and how many there are.

    Attributes
    ----------
    stretch : float
        An option takes at most this many times the fastest; a road whose loss costs more is a cut.
    max_share : float
        Two options share at most this part of their length (user story LP2).
    max_options : int
        How many options are shown at most.
    """

    stretch: float = _setting(1.8, at_least=1.0)
    max_share: float = _setting(0.7, at_most=1.0)
    max_options: int = _setting(4, at_least=1, at_most=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayConfig:
    """
    Movement by day only (DOMAIN.md 2.5).

    Attributes
    ----------
    after_sunrise_min, before_sunset_min : int
        First departure after sunrise and last arrival before sunset, in minutes, at each place.
    """

    after_sunrise_min: int = _setting(30, at_most=720)
    before_sunset_min: int = _setting(60, at_most=720)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusConfig:
    """
    How long a road report speaks (DOMAIN.md 2.6).

    Attributes
    ----------
    stale_days_wet, stale_days_dry : int
        Days after which a report without its own expiry becomes unknown.
    disagree_h : int
        Two reports that differ and lie closer than this are conflicting (user story LP5).
    unknown_capacity_over_t : float
        Gross tonnes above which an unknown bridge or ferry capacity is flagged (user story LP2).
    match_limit_m : float
        A drawn report farther than this from every road of the network is refused.
    """

    stale_days_wet: int = _setting(14, at_least=1)
    stale_days_dry: int = _setting(30, at_least=1)
    disagree_h: int = _setting(48)
    unknown_capacity_over_t: float = _setting(20.0)
    match_limit_m: float = _setting(50.0, at_least=1.0, at_most=5000.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardConfig:
    """
    Incidents to hazard (ALGORITHMS.md f).

    Attributes
    ----------
    piece_m : float
        Length of the pieces into which roads are divided.
    place_radius_m : float
        A record this near to a town is "in or around" that town.
    place_reach_m, road_reach_m : float
        Distance along roads at which the weight of a town's or a road's record has fallen to 1/e.
    max_road_distance_m : float
        A record farther than this from every road says nothing about roads. Wide, because bundled roads
        are schematic.
    recent_days : int
        A source speaks about a date up to this many days after its last day; beyond there is no information.
    prior_records : float
        Weight of the area's mean, as a number of records.
    prior_rate : float
        Records per 100 km and month assumed where no source speaks at all; only the search uses it.
    half_life_factor, reach_factor : float
        On all half-lives, and on all reaches, of the memories: what a plan varies with ``--sensitivity``.
    memories : str
        File of the memories that colour roads, such as ``data/hazard_memories.toml``, beside the settings;
        empty for the shipped ones.
    class_limits : tuple of float
        Upper limits of exposure classes 1 to 3, in records per 100 km and month.
    """

    piece_m: float = _setting(10_000.0, at_least=100.0)
    place_radius_m: float = _setting(6_000.0)
    place_reach_m: float = _setting(20_000.0, at_least=100.0)
    road_reach_m: float = _setting(5_000.0, at_least=100.0)
    max_road_distance_m: float = _setting(20_000.0)
    recent_days: int = _setting(365)
    prior_records: float = _setting(0.02, at_least=0.02)
    prior_rate: float = _setting(0.3)
    half_life_factor: float = _setting(1.0, at_least=0.01, at_most=100.0)
    reach_factor: float = _setting(1.0, at_least=0.01, at_most=100.0)
    memories: str = field(default="", metadata={"file": True})
    class_limits: tuple[float, float, float] = _setting((0.1, 0.3, 0.8))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareConfig:
    """
    When the exposure of one road is said to differ from that of another.

    Attributes
    ----------
    draws : int
        Draws from the posterior of both; the error of a share is at most half the root of 1 / draws.
    clear_share : float
        Share of the draws in which one road must be below the other; less is too close to tell.
    least_informed : float
        Nothing is said where a source speaks about less than this share of either road.
    alike_informed : float
        A road of which less is known, by more than this share, is not said to be less exposed.
    """

    draws: int = _setting(4000, at_least=100, at_most=100_000)
    clear_share: float = _setting(0.8, at_least=0.5, at_most=1.0)
    least_informed: float = _setting(0.5, at_most=1.0)
    alike_informed: float = _setting(0.05, at_most=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolConfig:
    """
    What a patrol's presence is worth, and how long.

    Attributes
    ----------
    fresh_h : float
        Hours after which presence on a segment no longer counts as coverage.
    half_life_h : float
        Hours in which its credit halves.
    floor : float
        Smallest factor that fresh presence puts on ambush, robbery and illegal checkpoints (weak evidence).
    confirmed_h : float
        A passage counts as confirmed when reported at most this long before the data cut-off.
    offered_weight : float
        Share of the credit of a reported passage that an offer has; 0: only what was reported counts.
    points : tuple of (float, float)
        Age in hours and share of the full credit, hours rising and shares falling, instead of the half-life;
        nothing counts after the last. Empty: the half-life holds.
    """

    fresh_h: float = _setting(48.0)
    half_life_h: float = _setting(24.0, at_least=0.1)
    floor: float = _setting(0.7, at_most=1.0)
    confirmed_h: float = _setting(48.0)
    offered_weight: float = _setting(0.5, at_most=1.0)
    points: tuple[tuple[float, float], ...] = field(default=(), metadata={"points": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingConfig:
    """
    What generalising means.

    Attributes
    ----------
    window_h : int
        Width of the bins in which MINUSCA sees a window.
    public_min_count : int
        Public counts below this are suppressed.
    public_delay_days : int
        Road reports are public after this many days.
    product_hours : int
        A product expires this long after its data cut-off.
    """

    window_h: int = _setting(3, at_least=1, at_most=24)
    public_min_count: int = _setting(5, at_least=1)
    public_delay_days: int = _setting(7)
    product_hours: int = _setting(120, at_least=1)

    def expiry(self, as_of: datetime) -> datetime:
        """Moment at which a product of data of this cut-off expires."""
        return as_of + timedelta(hours=self.product_hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorConfig:
    """
    When presence on a road is asked of the other side.

    Attributes
    ----------
    min_organisations : int
        So many must stand behind each stretch and window; 1 would name the one that is alone (hazard H14).
    wider_h : tuple of int
        Hours to which a window is widened, in turn, until so many stand behind it; each divides a day.
    section_degree : float
        On a surveyed network a grid of this width cuts a road into sections; a window holds for all of one.
    """

    min_organisations: int = _setting(2, at_least=2)
    wider_h: tuple[int, ...] = _setting((6, 12), at_least=1, at_most=24)
    section_degree: float = _setting(0.5, at_least=0.1, at_most=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolationConfig:
    """
    When a detour is long, for the isolation board.

    Attributes
    ----------
    bound_h : float
        Driving hours more than today's way above which a detour is marked as long.
    bound_ratio : float
        Also long when the whole way takes this many times what it takes today.
    least_h : float
        A detour that costs less than this is no effect.
    """

    bound_h: float = _setting(8.0)
    bound_ratio: float = _setting(2.0, at_least=1.0)
    least_h: float = _setting(0.5, at_least=0.1)


#: Days of the week as settings write them, Monday first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BAN_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """
    Hours in which nobody is on the road somewhere: a curfew, a local ban, a market day, a ferry's day off.

    Attributes
    ----------
    name : str
        What a person calls it; shown as it is written.
    effect : str
        ``stop``: no departure passes then; ``tell``: a departure that passes then says so.
    hours : str
        Such as ``22:00-05:00`` in Bangui; empty = the whole day.
    weekdays : tuple of str
        Days on which the hours begin, ``mon`` to ``sun``; empty = every day.
    first, last : str
        First and last date on which they begin, such as ``2026-12-01``; empty = no end.
    places, segments, prefectures : tuple of str
        Ids of places and segments, names of prefectures of 2021; all three empty = everywhere.
    """

    name: str
    effect: str = "stop"
    hours: str = ""
    weekdays: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    places: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesConfig:
    """
    Rules that a departure must meet besides daylight; proposals of this tool, a cell sets its own.

    Attributes
    ----------
    bans : tuple of Ban
        Curfews, local bans, market days: ``[[rules.bans]]``.
    halts : tuple of str
        Place ids at which a wait or a night is agreed; empty = towns of the gazetteer, cells and contacts.
    no_halts : tuple of str
        Place ids at which no night is spent.
    ferry_wait_min : tuple of float
        Wait at a ferry, at the fast and at the slow pace, unless a report says how long.
    barrier_wait_h : tuple of float
        Wait at a rain barrier outside the dry season, for vehicles above ``barrier_over_t``.
    barrier_over_t : float
        Gross tonnes above which a rain barrier stops a vehicle.
    rest_every_h, rest_min : float
        Hours of driving after which the convoy rests, and for how long; 0 h = no rest.
    radio_every_h, radio_min : float
        Hours of driving between two radio checks for which the convoy stops, and minutes of each.
    drive_h : float
        Most driving hours of a day.
    unload_h : float
        Hours at the destination before the way back.
    alike_share : float
        Slots whose road without a recent patrol differs by at most this share of the way are alike.
    offered : int
        How many slots of an option are offered, drawn among those that are alike.
    seed : int
        Of the draw, beside the movement.
    """

    bans: tuple[Ban, ...] = field(default=(), metadata={"tables": True})
    halts: tuple[str, ...] = field(default=(), metadata={"words": True})
    no_halts: tuple[str, ...] = field(default=(), metadata={"words": True})
    ferry_wait_min: tuple[float, float] = _setting((15.0, 60.0), at_most=1440)
    barrier_wait_h: tuple[float, float] = _setting((0.0, 4.0), at_most=24)
    barrier_over_t: float = _setting(3.5)
    rest_every_h: float = _setting(4.0)
    rest_min: float = _setting(15.0, at_most=720)
    radio_every_h: float = _setting(1.0)
    radio_min: float = _setting(0.0, at_most=120)
    drive_h: float = _setting(10.0, at_least=1, at_most=24)
    unload_h: float = _setting(2.0, at_most=240)
    alike_share: float = _setting(0.1, at_most=1.0)
    offered: int = _setting(3, at_least=1, at_most=12)
    seed: int = _setting(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictConfig:
    """
    When two are too near one another, and what counts as a conflict of a week (DOMAIN.md 3.2).

    Attributes
    ----------
    separation_m : float
        Movement and patrol are kept at least this far apart (L041).
    buffer_min : float
        Times that lie up to this apart count as one.
    least_uncovered_km : float
        Less road without the presence asked for is no conflict.
    site_km : float
        A night nearer than this to a military site is co-location (L056).
    bunch_min : float
        Two movements at one ferry, bridge or halt within this time are bunched.
    activity_km : float
        Activities nearer than this are beside one another.
    distribution_h : float
        A distribution goes on for this long after the last arrival.
    pattern_count, pattern_days : int
        So many departures on one axis, weekday and hour within so many days are a pattern (hazard H12).
    """

    separation_m: float = _setting(1000.0, at_most=100_000.0)
    buffer_min: float = _setting(0.0, at_most=1440.0)
    least_uncovered_km: float = _setting(10.0)
    site_km: float = _setting(5.0)
    bunch_min: float = _setting(30.0, at_most=1440.0)
    activity_km: float = _setting(5.0)
    distribution_h: float = _setting(8.0, at_most=240.0)
    pattern_count: int = _setting(3, at_least=2)
    pattern_days: int = _setting(60, at_least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalConfig:
    """
    What a movement may be asked to change, so that the conflicts of a week go away.

    Attributes
    ----------
    step_min : float
        Departures are moved by multiples of this.
    most_h : float
        By at most so many hours within a day.
    days_later : int
        And by at most so many days.
    most_wait_h : float
        At most so many hours are waited at an agreed halt, in steps like those of departures.
    other_halt_min : float
        A night or a wait at another agreed halt counts like moving the departure by this, besides the wait
        or, where that is more, by how much later the movement arrives.
    other_road_min : float
        Taking another option counts like moving the departure by this.
    max_answers : int
        So many answers of equal worth are told.
    effort_s : float
        Work of the solver, in its own seconds, which are the same on every machine.
    """

    step_min: float = _setting(30.0, at_least=5.0, at_most=180.0)
    most_h: float = _setting(12.0, at_most=12.0)
    days_later: int = _setting(2, at_most=7)
    most_wait_h: float = _setting(3.0, at_most=12.0)
    other_halt_min: float = _setting(15.0)
    other_road_min: float = _setting(120.0)
    max_answers: int = _setting(3, at_least=1, at_most=10)
    effort_s: float = _setting(45.0, at_least=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings; ``Config()`` holds the proposed defaults."""

    route: RouteConfig = field(default_factory=RouteConfig)
    day: DayConfig = field(default_factory=DayConfig)
    status: StatusConfig = field(default_factory=StatusConfig)
    hazard: HazardConfig = field(default_factory=HazardConfig)
    compare: CompareConfig = field(default_factory=CompareConfig)
    patrol: PatrolConfig = field(default_factory=PatrolConfig)
    sharing: SharingConfig = field(default_factory=SharingConfig)
    corridor: CorridorConfig = field(default_factory=CorridorConfig)
    isolation: IsolationConfig = field(default_factory=IsolationConfig)
    conflict: ConflictConfig = field(default_factory=ConflictConfig)
    proposal: ProposalConfig = field(default_factory=ProposalConfig)
    rules: RulesConfig = field(default_factory=RulesConfig)

    def to_dict(self) -> dict[str, Any]:
        """Settings as nested plain values, for fingerprints and JSON; a file by its name and content."""
        plain = asdict(self)
        if self.hazard.memories:
            plain["hazard"]["memories"] = _content_of(Path(self.hazard.memories))
        return plain


def _content_of(path: Path) -> str:
    """Name of a file and digest of its content: no folder of a machine, and nothing that changes unseen."""
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise problem(ConfigError, "config.unreadable", file=path.name, reason=error) from error
    return f"{path.name} sha256:{digest[:16]}"


def _section(default: Any, name: str, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of the sections above
    """Section with the given values over its defaults."""
    known = {entry.name: entry for entry in fields(default)}
    _check_keys(given, known, prefix=f"{name}.")
    values = {key: _value(f"{name}.{key}", value, known[key]) for key, value in given.items()}
    return replace(default, **values)


def _check_keys(given: Iterable[str], known: Iterable[str], *, prefix: str = "") -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        keys = ", ".join(f"{prefix}{key}" for key in unknown)
        raise problem(ConfigError, "config.unknown_key", key=keys, known=", ".join(sorted(known)))


def _value(key: str, given: object, entry: Field[Any]) -> object:
    """Value of a setting, of the kind of its default and within its range."""
    value = tuple(given) if isinstance(given, list) else given
    if "tables" in entry.metadata:
        return _bans(key, given)
    if "words" in entry.metadata:
        return _words(key, given)
    if "file" in entry.metadata:
        if not isinstance(value, str):
            raise problem(ConfigError, "config.bad_value", key=key, value=given, default="x.toml")
        return value
    if "points" in entry.metadata:
        return _points(key, given)
    if not _is_like(value, entry.default):
        raise problem(ConfigError, "config.bad_value", key=key, value=given, default=entry.default)
    numbers = value if isinstance(value, tuple) else (value,)
    low, high = entry.metadata["range"]
    if list(numbers) != sorted(set(numbers)) or not low <= numbers[0] <= numbers[-1] <= high:
        raise problem(ConfigError, "config.out_of_range", key=key, value=given, low=low, high=high)
    return value


def _points(key: str, given: object) -> tuple[tuple[float, float], ...]:
    """Points of a curve that falls: hours from 0 rising, shares from 1 to 0 never rising."""
    points = (
        tuple(tuple(pair) for pair in given if isinstance(pair, list | tuple))
        if isinstance(given, list | tuple)
        else ((),)
    )
    is_pair = all(_is_like(pair, (0.0, 0.0)) for pair in points)
    if not is_pair or len(points) != len(cast("tuple[object, ...]", given)):
        raise problem(
            ConfigError, "config.bad_value", key=key, value=given, default="[[0, 1.0], [24, 0.5]]"
        )
    hours, shares = [pair[0] for pair in points], [pair[1] for pair in points]
    rises = hours == sorted(set(hours)) and all(hour >= 0 for hour in hours)
    falls = shares == sorted(shares, reverse=True) and all(0 <= share <= 1 for share in shares)
    if not (rises and falls):
        raise problem(ConfigError, "config.bad_curve", key=key, value=given)
    return cast("tuple[tuple[float, float], ...]", points)


def _words(key: str, given: object) -> tuple[str, ...]:
    """List of words."""
    if not isinstance(given, list) or not all(isinstance(word, str) and word for word in given):
        raise problem(ConfigError, "config.bad_value", key=key, value=given, default='["BGF"]')
    return tuple(given)


def _bans(key: str, given: object) -> tuple[Ban, ...]:
    """Bans of a list of tables."""
    if not isinstance(given, list) or not all(isinstance(table, dict) for table in given):
        raise problem(ConfigError, "config.bad_value", key=key, value=given, default=f"[[{key}]]")
    return tuple(_ban(f"{key}[{i}]", table) for i, table in enumerate(given, start=1))


def _ban(key: str, given: Mapping[str, Any]) -> Ban:
    known = {entry.name: entry for entry in fields(Ban)}
    _check_keys(given, known, prefix=f"{key}.")
    read: dict[str, Any] = {
        name: _words(f"{key}.{name}", value) if known[name].default == () else value
        for name, value in given.items()
    }
    ban = Ban(**{"name": "", **read})
    faults = (
        ("name", not ban.name or not isinstance(ban.name, str), "couvre-feu"),
        ("effect", ban.effect not in {"stop", "tell"}, "stop"),
        ("hours", not _is_hours(ban.hours), "22:00-05:00"),
        ("weekdays", not set(ban.weekdays) <= set(WEEKDAYS), '["sat"]'),
        ("first", not _is_date(ban.first), "2026-12-01"),
        ("last", not _is_date(ban.last), "2026-12-31"),
    )
    for name, is_bad, example in faults:
        if is_bad:
            told = getattr(ban, name)
            raise problem(
                ConfigError, "config.bad_value", key=f"{key}.{name}", value=told, default=example
            )
    if ban.first and ban.last and ban.last < ban.first:
        raise problem(
            ConfigError, "config.bad_value", key=f"{key}.last", value=ban.last, default=ban.first
        )
    return ban


def _is_hours(value: object) -> bool:
    """Whether hours are none, or two that differ."""
    if not isinstance(value, str):
        return False
    opens, _, closes = value.partition("-")
    return not value or (bool(_BAN_HOURS.fullmatch(value)) and opens != closes)


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_like(value: object, default: object) -> bool:
    """Whether a value is of the kind of a default: a whole number passes for a decimal one."""
    if isinstance(default, tuple):
        return (
            isinstance(value, tuple)
            and len(value) == len(default)
            and all(map(_is_like, value, default))
        )
    if isinstance(default, int):
        return type(value) is int
    return type(value) in {int, float} and math.isfinite(cast("float", value))


def read_config(path: Path) -> Config:
    """
    Settings of a TOML file over the defaults.

    Raises
    ------
    ConfigError
        The file is no TOML, names a setting that does not exist, or gives a value of the wrong kind or out
        of its range.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise problem(ConfigError, "config.unreadable", file=path.name, reason=error) from error
    whole = Config()
    _check_keys(given, whole.to_dict())
    for name, values in given.items():
        if not isinstance(values, dict):
            raise problem(ConfigError, "config.no_section", key=name)
    config = replace(
        whole,
        **{name: _section(getattr(whole, name), name, values) for name, values in given.items()},
    )
    if not config.hazard.memories:
        return config
    beside = str(path.parent / config.hazard.memories)
    return replace(config, hazard=replace(config.hazard, memories=beside))
