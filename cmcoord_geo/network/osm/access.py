"""Who may drive on a way of OpenStreetMap, and in which direction (docs/osm_policy.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.barrier import is_free
from cmcoord_geo.network.osm.hierarchy import DIRECTIONS, Told, keys_of, permits
from cmcoord_geo.network.osm.limits import fits
from cmcoord_geo.network.osm.oneway import directions
from cmcoord_geo.network.osm.state import is_fit, is_whole
from cmcoord_geo.network.osm.tables import highway_class, parts_of, state_keys, tag_rules
from cmcoord_geo.network.osm.toll import is_tolled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcoord_geo.network.osm.tables import HighwayClass


@dataclass(frozen=True, slots=True)
class WayAccess:
    """
    Answer for one vehicle.

    Attributes
    ----------
    forward, backward : bool
        May the vehicle drive as the way is drawn, and against it.
    flags : frozenset of str
        What a planner should know: private, military, permit, destination, discouraged, conditional, toll,
        doubtful (a poor state, or a word on it that no table knows), former (a bridge or road that was).
    unread : frozenset of str
        Tags that no table knows, as ``key=value``; they close, those on roughness to trucks.
    reasons : frozenset of str
        Tags that close, as ``key=value``.
    """

    forward: bool
    backward: bool
    flags: frozenset[str] = field(default=frozenset(), compare=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)
    reasons: frozenset[str] = field(default=frozenset(), compare=False)


def way_access(tags: Mapping[str, str], vehicle: str) -> WayAccess:
    """
    Say whether a vehicle may drive on a way, in each direction.

    Parameters
    ----------
    tags : mapping
        Tags of an OpenStreetMap way.
    vehicle : str
        Id of a profile in ``data/vehicles.csv``.

    Raises
    ------
    DataError
        There is no such profile.

    Examples
    --------
    >>> way_access({"highway": "track"}, "lv_4x4").forward
    True
    >>> way_access({"highway": "primary", "oneway": "-1"}, "lv_4x4")  # doctest: +ELLIPSIS
    WayAccess(forward=False, backward=True, ...)
    """
    keys_of(vehicle)  # refuses a profile that does not exist
    told = Told()
    highway = highway_class(tags)
    if highway is None:
        if "highway" in tags:
            told.unread.add(f"highway={tags['highway']}")
        return _answer((False, False), told)
    told.flags |= _flags(tags, vehicle, highway)
    if not _stands(tags, vehicle, highway, told):
        return _answer((False, False), told)
    allowed = [
        permits(tags, vehicle, direction, open_to=highway.open_to, told=told)
        and fits(tags, vehicle, direction, told=told)
        for direction in DIRECTIONS
    ]
    drawn = directions(tags, vehicle, highway=highway, told=told)
    return _answer((allowed[0] and drawn[0], allowed[1] and drawn[1]), told)


def _answer(both: tuple[bool, bool], told: Told) -> WayAccess:
    return WayAccess(
        forward=both[0],
        backward=both[1],
        flags=frozenset(told.flags),
        unread=frozenset(told.unread),
        reasons=frozenset(told.reasons),
    )


def _flags(tags: Mapping[str, str], vehicle: str, highway: HighwayClass) -> set[str]:
    """Toll, conditions on the state, and hours of a road: those of a ferry are told with it."""
    flags = {"toll"} if is_tolled(tags, vehicle) else set()
    conditional = tag_rules()["conditional"]
    hours = {part for key in conditional["keys"] for part in parts_of(tags, key)}
    is_by_hour = highway.name != "ferry" and bool(hours - {*conditional["always"]})
    if is_by_hour or any(f"{key}:conditional" in tags for key in state_keys()):
        flags.add("conditional")
    return flags


def _stands(tags: Mapping[str, str], vehicle: str, highway: HighwayClass, told: Told) -> bool:
    """Whether there is a road to drive on at all: built, whole, no barrier along it, fit for the drive."""
    if not highway.is_there:
        told.reasons.add(f"highway={highway.name}")
        return False
    if not _carries_motors(tags, vehicle, highway):
        told.reasons.add("route=ferry")
        return False
    each = (
        is_whole(tags, told=told),
        is_fit(tags, vehicle, told=told),
        is_free(tags, vehicle, told=told),
    )
    return all(each) and vehicle not in highway.never


def _carries_motors(tags: Mapping[str, str], vehicle: str, highway: HighwayClass) -> bool:
    """False for a ferry whose tags name persons, bicycles or goods and nothing of the vehicle: a boat."""
    rules = tag_rules()["ferry"]
    if highway.name != "ferry" or any(key in tags for key in keys_of(vehicle)):
        return True
    cargo = {part for key in rules["cargo"] for part in parts_of(tags, key)}
    if cargo:
        return bool(cargo & {*tag_rules()["cargo"]["motors"]})
    return not any({*parts_of(tags, key)} - {"no"} for key in rules["persons"])
