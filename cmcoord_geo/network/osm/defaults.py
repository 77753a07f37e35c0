"""Defaults by season of a way: a prior from surface and class, no observation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from cmcoord_geo.facts import rows, vehicles
from cmcoord_geo.network.osm.rain import closed_in_rain
from cmcoord_geo.network.osm.tables import highway_class, parts_of, tag_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_ANY, _FERRY = "*", "ferry"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonDefaults:
    """State and largest vehicle in the dry and in the wet season, as on a bundled link."""

    status_dry: str
    status_wet: str
    max_vehicle_dry: str
    max_vehicle_wet: str


@cache
def _table() -> Mapping[tuple[str, str], SeasonDefaults]:
    return {
        (row["surface"], row["highway"]): SeasonDefaults(
            status_dry=row["status_dry"],
            status_wet=row["status_wet"],
            max_vehicle_dry=row["max_vehicle_dry"],
            max_vehicle_wet=row["max_vehicle_wet"],
        )
        for row in rows("osm_season.csv")
    }


def season_defaults(tags: Mapping[str, str], surface: str) -> SeasonDefaults:
    """
    Defaults of a way with this surface.

    ``seasonal`` closes a way in the rains to all but a motorbike, and a condition that names the rains
    closes it to those of whom it speaks; a ford without a bridge is restricted then. A season that no table
    knows, or that people write in both senses, closes in the rains too, and leaves the dry season unknown.
    Of a ferry nothing is known by season: high water may be what it runs in.

    Examples
    --------
    >>> season_defaults({"highway": "primary"}, "laterite").status_wet
    'restricted'
    """
    highway = highway_class(tags)
    name = _ANY if highway is None else highway.name
    found = _table().get((surface, name)) or _table()[surface, _ANY]
    rules = tag_rules()
    if name == _FERRY:
        return found
    season = tags.get(rules["seasonal"]["key"], "")
    if season and season not in rules["seasonal"]["none"]:
        is_plain = season in rules["seasonal"]["wet_closed"]
        found = found if is_plain else replace(found, status_dry="unknown")
        return _in_rain(found, status="closed", largest="motorbike")
    if shut := closed_in_rain(tags):
        return _closed_to(shut, found)
    if _is_under_water(tags) and found.status_wet == "open":
        return _in_rain(found, status="restricted", largest="truck_6x6")
    return found


def _is_under_water(tags: Mapping[str, str]) -> bool:
    """Whether water runs over a road in the rains: at a ford without a bridge, or where it floods."""
    rules = tag_rules()
    is_ford = tags.get(rules["ford"]["key"], "no") not in rules["ford"]["none"]
    floods = any({*parts_of(tags, key)} & {*words} for key, words in rules["flooded"].items())
    return (is_ford and "bridge" not in tags) or floods


def unread_season(tags: Mapping[str, str]) -> Iterator[str]:
    """A season that no table knows, as ``seasonal=value``."""
    rules = tag_rules()["seasonal"]
    season = tags.get(rules["key"], "")
    if season and season not in {*rules["wet_closed"], *rules["doubtful"], *rules["none"]}:
        yield f"{rules['key']}={season}"


def _closed_to(shut: Collection[str], found: SeasonDefaults) -> SeasonDefaults:
    """Defaults where some vehicles are kept off in the rains: what is larger than one of them is as well."""
    passing = list(takewhile(lambda vehicle: vehicle not in shut, vehicles()))
    if len(passing) <= 1:
        return _in_rain(found, status="closed", largest="motorbike")
    order = list(vehicles())
    largest = min(passing[-1], found.max_vehicle_wet, key=order.index)
    status = "restricted" if found.status_wet == "open" else found.status_wet
    return _in_rain(found, status=status, largest=largest)


def _in_rain(found: SeasonDefaults, *, status: str, largest: str) -> SeasonDefaults:
    return SeasonDefaults(
        status_dry=found.status_dry,
        status_wet=status,
        max_vehicle_dry=found.max_vehicle_dry,
        max_vehicle_wet=largest,
    )
