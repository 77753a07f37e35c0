"""
Settings, each with its unit and default, read from TOML; an unknown key is an error.

Defaults are proposals of this tool, not policy: a CMCoord cell sets its own.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from cmcoord_geo.errors import ConfigError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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

    stretch: float = 1.8
    max_share: float = 0.7
    max_options: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DayConfig:
    """
    Movement by day only (DOMAIN.md 2.5).

    Attributes
    ----------
    after_sunrise_min, before_sunset_min : int
        First departure after sunrise and last arrival before sunset, in minutes, at each place.
    """

    after_sunrise_min: int = 30
    before_sunset_min: int = 60


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
    """

    stale_days_wet: int = 14
    stale_days_dry: int = 30
    disagree_h: int = 48
    unknown_capacity_over_t: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardConfig:
    """
    Incidents to hazard (ALGORITHMS.md f, first version).

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
    class_limits : tuple of float
        Upper limits of exposure classes 1 to 3, in records per 100 km and month.
    """

    piece_m: float = 10_000.0
    place_radius_m: float = 6_000.0
    place_reach_m: float = 20_000.0
    road_reach_m: float = 5_000.0
    max_road_distance_m: float = 20_000.0
    recent_days: int = 365
    prior_records: float = 0.02
    prior_rate: float = 0.3
    class_limits: tuple[float, float, float] = (0.1, 0.3, 0.8)


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
    """

    fresh_h: float = 48.0
    half_life_h: float = 24.0
    floor: float = 0.7
    confirmed_h: float = 48.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingConfig:
    """
    What generalising means.

    Attributes
    ----------
    window_h : int
        Width of the bins in which MINUSCA sees a window.
    lone_window_h : int
        Width when only one movement stands behind a corridor.
    public_min_count : int
        Public counts below this are suppressed.
    public_delay_days : int
        Road reports are public after this many days.
    product_hours : int
        A product expires this long after its data cut-off.
    """

    window_h: int = 3
    lone_window_h: int = 12
    public_min_count: int = 5
    public_delay_days: int = 7
    product_hours: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings; ``Config()`` holds the proposed defaults."""

    route: RouteConfig = field(default_factory=RouteConfig)
    day: DayConfig = field(default_factory=DayConfig)
    status: StatusConfig = field(default_factory=StatusConfig)
    hazard: HazardConfig = field(default_factory=HazardConfig)
    patrol: PatrolConfig = field(default_factory=PatrolConfig)
    sharing: SharingConfig = field(default_factory=SharingConfig)

    def to_dict(self) -> dict[str, Any]:
        """Settings as nested plain values, for fingerprints and JSON."""
        return asdict(self)


def _section(part: Any, name: str, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of the sections above
    known = {entry.name: getattr(part, entry.name) for entry in fields(part)}
    for key, value in given.items():
        if key not in known:
            raise problem(
                ConfigError,
                "config.unknown_key",
                key=f"{name}.{key}",
                known=", ".join(sorted(known)),
            )
        if isinstance(value, list):
            value = tuple(value)  # noqa: PLW2901
        if not _fits(known[key], value):
            raise problem(
                ConfigError,
                "config.bad_value",
                key=f"{name}.{key}",
                value=value,
                default=known[key],
            )
    return replace(
        part,
        **{key: tuple(value) if isinstance(value, list) else value for key, value in given.items()},
    )


def _fits(default: object, value: object) -> bool:
    if isinstance(default, tuple):
        return (
            isinstance(value, tuple)
            and len(value) == len(default)
            and all(_fits(own, other) for own, other in zip(default, value, strict=True))
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value >= 0 and (isinstance(default, float) or isinstance(value, int))


def read_config(path: Path) -> Config:
    """
    Settings of a TOML file over the defaults.

    Raises
    ------
    ConfigError
        The file is no TOML, names a setting that does not exist, or gives a value of the wrong kind.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise problem(ConfigError, "config.unreadable", file=path.name, reason=error) from error
    whole = Config()
    sections = {entry.name for entry in fields(whole)}
    for name, values in given.items():
        if name not in sections or not isinstance(values, dict):
            raise problem(
                ConfigError, "config.unknown_key", key=name, known=", ".join(sorted(sections))
            )
    return replace(
        whole,
        **{name: _section(getattr(whole, name), name, values) for name, values in given.items()},
    )
