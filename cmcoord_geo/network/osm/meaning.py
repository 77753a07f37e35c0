"""What a set of way tags means for a segment, and what two drawings of one road mean together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import SURFACES, vehicles
from cmcoord_geo.network.notes import CLOSES, CONDITION, STATE
from cmcoord_geo.network.osm.access import way_access
from cmcoord_geo.network.osm.defaults import season_defaults, unread_season
from cmcoord_geo.network.osm.duration import duration_s
from cmcoord_geo.network.osm.limits import weight_limit_t
from cmcoord_geo.network.osm.rain import conditions_of
from cmcoord_geo.network.osm.state import doubts_of
from cmcoord_geo.network.osm.surface import surface_of, unread_surface
from cmcoord_geo.network.osm.tables import highway_class, highway_classes, parts_of, tag_rules
from cmcoord_geo.network.osm.toll import unread_toll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cmcoord_geo.network.osm.access import WayAccess
    from cmcoord_geo.network.osm.extract import Tags
    from cmcoord_geo.network.osm.tables import HighwayClass

#: States and confidences, the more cautious last.
_STATUSES = ("open", "restricted", "unknown", "closed")
_CONFIDENCES = ("high", "medium", "low")
#: Word by which mappers ask each other for a number that they lack.
_NO_NUMBER = "fixme"


def first_number(ref: str) -> str:
    """
    Number of a road from the value of ``ref``: the first of several; none where a mapper left a reminder.

    Examples
    --------
    >>> first_number("RN2;RN8"), first_number("FIXME")
    ('RN2', '')
    """
    number = ref.split(";", maxsplit=1)[0].strip()
    return "" if number.casefold() == _NO_NUMBER else number


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one set of way tags means for the columns of a segment."""

    forward: int
    backward: int
    highway: str
    surface: str
    status_dry: str
    status_wet: str
    max_vehicle_dry: str
    max_vehicle_wet: str
    confidence: str
    note: str
    duration_s: float
    crossing_kind: str
    capacity_t: float | None
    hours: str
    flags: frozenset[str]
    unread: frozenset[str]
    strange: frozenset[str]
    is_kept: bool
    is_outline: bool
    is_surface_tagged: bool


@cache
def meaning_of(tags: Tags) -> Meaning:
    """Meaning of a set of tags; the few thousand sets of a country are each read once."""
    way = dict(tags)
    each = {vehicle.rank: way_access(way, key) for key, vehicle in vehicles().items()}
    highway = highway_class(way)
    surface = surface_of(way)
    defaults = season_defaults(way, surface)
    flags = frozenset().union(*(access.flags for access in each.values()))
    unread = frozenset().union(*(access.unread for access in each.values()))
    is_doubtful = bool(flags & {*tag_rules()["restricted"]["flags"]})
    forward = sum(1 << rank for rank, access in each.items() if access.forward)
    backward = sum(1 << rank for rank, access in each.items() if access.backward)
    return Meaning(
        forward=forward,
        backward=backward,
        highway="unknown" if highway is None else highway.name,
        surface=surface,
        status_dry=_doubted(defaults.status_dry, is_doubtful=is_doubtful),
        status_wet=_doubted(defaults.status_wet, is_doubtful=is_doubtful),
        max_vehicle_dry=defaults.max_vehicle_dry,
        max_vehicle_wet=defaults.max_vehicle_wet,
        confidence="low" if surface == "unknown" else "medium",
        note=_note(way, each.values(), flags),
        duration_s=duration_s(way.get("duration", "")) or float("nan"),
        crossing_kind=_crossing_kind(way),
        capacity_t=weight_limit_t(way),
        hours=_hours(way),
        flags=flags,
        unread=unread,
        strange=frozenset((*unread_surface(way), *unread_season(way), *unread_toll(way))),
        is_kept=highway is not None and bool(highway.is_kept or forward or backward),
        is_surface_tagged=_is_surface_tagged(way),
        is_outline=not (forward or backward) and _is_outline(way, highway),
    )


def _note(way: Mapping[str, str], each: Iterable[WayAccess], flags: Iterable[str]) -> str:
    """Flags, tags that close (``closes: access=no``), conditions, doubts, and what a ferry carries."""
    shut = {
        tag
        for access in each
        if not (access.forward or access.backward)
        for tag in (*access.reasons, *access.unread)
    }
    told = {*flags, *_told_of_ferry(way), *(tag.replace(";", ",") for tag in unread_surface(way))}
    told |= {f"{CLOSES}{tag}".replace(";", ",") for tag in shut}
    told |= {f"{CONDITION}{tag}".replace(";", ",") for tag in conditions_of(way)}
    told |= {f"{STATE}{tag}".replace(";", ",") for tag in doubts_of(way)}
    return "; ".join(sorted(told))


def _doubted(status: str, *, is_doubtful: bool) -> str:
    """State by season, no better than restricted where a condition holds that is not evaluated."""
    return "restricted" if is_doubtful and status == "open" else status


def _hours(way: Mapping[str, str]) -> str:
    """Hours of service of a ferry, as they are tagged: nobody here reads them for a date."""
    keys = tag_rules()["ferry"]["hours"] if _crossing_kind(way) == "ferry" else ()
    season = tag_rules()["seasonal"]["key"]
    told = [way[key] for key in keys if key in way]
    if keys and season in way:
        told.append(f"{season}={way[season]}")
    return "; ".join(told)


def _told_of_ferry(way: Mapping[str, str]) -> Iterator[str]:
    """What a ferry carries by its tags, kept as it is: persons, cars and lorries are not told apart."""
    keys = tag_rules()["ferry"]["notes"] if _crossing_kind(way) == "ferry" else ()
    yield from (f"{key}={way[key]}".replace(";", ",") for key in keys if key in way)


def _crossing_kind(way: Mapping[str, str]) -> str:
    highway = highway_class(way)
    if highway is not None and highway.name == "ferry":
        return "ferry"
    if {*parts_of(way, "bridge")} - {"no"}:
        return "bridge"
    return "ford" if {*parts_of(way, "ford")} - {"no"} else ""


def _is_surface_tagged(way: Mapping[str, str]) -> bool:
    """Whether the surface is what tags say, not what the class alone lets one suppose."""
    rest = {key: value for key, value in way.items() if key not in {"highway", "route"}}
    return surface_of(rest) != "unknown"


def _is_outline(way: Mapping[str, str], highway: HighwayClass | None) -> bool:
    """Whether a way that nobody may drive is no drawing of a road: an area, or a way for walkers."""
    if highway is None or _crossing_kind(way):
        return False
    if highway.is_there and not highway.is_kept:
        return True
    keys = tag_rules()["outline"]["keys"]
    rest = {key: value for key, value in way.items() if key not in keys}
    each = [way_access(rest, vehicle) for vehicle in vehicles()]
    return rest.keys() != way.keys() and not any(one.reasons or one.unread for one in each)


def together(drawings: Sequence[Meaning]) -> Meaning:
    """
    More cautious word of several drawings of one road, the first of which gives its class.

    A tagged surface counts before one that only the class lets suppose, that before an unknown one; of two
    alike the worse.

    Parameters
    ----------
    drawings : sequence of Meaning
        One at least.
    """
    first = drawings[0]
    sizes = list(vehicles())
    tagged = [each for each in drawings if each.is_surface_tagged]
    known = [each.surface for each in tagged or drawings if each.surface != "unknown"]
    durations = [each.duration_s for each in drawings if not np.isnan(each.duration_s)]
    notes = {part for each in drawings for part in each.note.split("; ") if part}
    notes |= {f"{CLOSES}highway={each.highway}" for each in drawings if _is_narrower(each, first)}
    return replace(
        first,
        surface=max(known, key=SURFACES.index, default="unknown"),
        status_dry=max((each.status_dry for each in drawings), key=_STATUSES.index),
        status_wet=max((each.status_wet for each in drawings), key=_STATUSES.index),
        max_vehicle_dry=min((each.max_vehicle_dry for each in drawings), key=sizes.index),
        max_vehicle_wet=min((each.max_vehicle_wet for each in drawings), key=sizes.index),
        confidence=max((each.confidence for each in drawings), key=_CONFIDENCES.index),
        note="; ".join(sorted(notes)),
        duration_s=max(durations, default=float("nan")),
    )


def _is_narrower(one: Meaning, first: Meaning) -> bool:
    """Whether the class of a drawing keeps off somebody whom the first one lets through."""
    classes = highway_classes()
    if one.highway not in classes or first.highway not in classes:
        return False
    return bool(classes[first.highway].open_to - classes[one.highway].open_to)
