"""Defaults by season of a way: a prior from surface and class, no observation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.facts import rows
from cmcoord_geo.network.osm.tables import highway_class, tag_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANY = "*"


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

    ``seasonal`` closes a way in the rains to all but a motorbike; a ford without a bridge is restricted then.

    Examples
    --------
    >>> season_defaults({"highway": "primary"}, "laterite").status_wet
    'restricted'
    """
    highway = highway_class(tags)
    name = _ANY if highway is None else highway.name
    found = _table().get((surface, name)) or _table()[surface, _ANY]
    rules = tag_rules()
    if tags.get(rules["seasonal"]["key"]) in rules["seasonal"]["wet_closed"]:
        return _in_rain(found, status="closed", largest="motorbike")
    is_ford = tags.get(rules["ford"]["key"], "no") not in rules["ford"]["none"]
    if is_ford and "bridge" not in tags and found.status_wet == "open":
        return _in_rain(found, status="restricted", largest="truck_6x6")
    return found


def _in_rain(found: SeasonDefaults, *, status: str, largest: str) -> SeasonDefaults:
    return SeasonDefaults(
        status_dry=found.status_dry,
        status_wet=status,
        max_vehicle_dry=found.max_vehicle_dry,
        max_vehicle_wet=largest,
    )
