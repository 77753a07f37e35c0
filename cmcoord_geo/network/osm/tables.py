"""The tables of ``data/osm_*``, read once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from cmcoord_geo.facts import rows, toml

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Columns of ``vehicles.csv`` that a limit may bound.
SIZES = ("gross_t", "axle_t", "height_m", "width_m", "length_m")


@dataclass(frozen=True, slots=True, kw_only=True)
class HighwayClass:
    """
    One value of ``highway`` (or ``ferry`` for ``route=ferry``).

    Attributes
    ----------
    name : str
    open_to : frozenset of str
        Vehicles that drive on it unless a tag says otherwise.
    never : frozenset of str
        Vehicles to which no access tag opens it: fuel on a ferry.
    is_there : bool
        False where no access tag opens it to anybody: proposed, being built, gone.
    is_oneway : bool
        One way unless tagged otherwise.
    is_kept : bool
        Whether a network keeps it when it is closed to everybody.
    missing_surface : str
        Surface where no tag says one.
    """

    name: str
    open_to: frozenset[str]
    never: frozenset[str]
    is_there: bool
    is_oneway: bool
    is_kept: bool
    missing_surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessValue:
    """What a value of an access key says, and the flag that it leaves (``private``, ``military``)."""

    is_open: bool
    flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierKind:
    """
    One value of ``barrier``.

    Attributes
    ----------
    answers : mapping
        Vehicle to yes, no or limit: open only where a readable limit says so.
    crossing_kind : str
        Kind of crossing that it makes; empty for none.
    """

    answers: Mapping[str, str]
    crossing_kind: str


@cache
def tag_rules() -> Mapping[str, Any]:
    """Keys, words and units of ``osm_tags.toml``."""
    return toml("osm_tags.toml")


@cache
def vehicle_sizes() -> Mapping[str, Mapping[str, float]]:
    """Weights (t) and sizes (m) of each profile of ``vehicles.csv``, the patrol's pace included."""
    return {
        row["vehicle_id"]: {column: float(row[column]) for column in SIZES}
        for row in rows("vehicles.csv")
    }


@cache
def highway_classes() -> Mapping[str, HighwayClass]:
    """Classes by value."""
    return {row["highway"]: _class(row) for row in rows("osm_highways.csv")}


def _class(row: Mapping[str, str]) -> HighwayClass:
    return HighwayClass(
        name=row["highway"],
        open_to=frozenset(vehicle for vehicle in vehicle_sizes() if row[vehicle] == "yes"),
        never=frozenset(vehicle for vehicle in vehicle_sizes() if row[vehicle] == "never"),
        is_there=any(row[vehicle] != "never" for vehicle in vehicle_sizes()),
        is_oneway=row["is_oneway"] == "yes",
        is_kept=row["is_kept"] == "yes",
        missing_surface=row["missing_surface"],
    )


def highway_class(tags: Mapping[str, str]) -> HighwayClass | None:
    """
    Class of a way; None where it is no road, or its class stands in no table.

    A way that is a ferry as well is a ferry, for whom its class lets through.
    """
    name, ferry = tags.get("highway"), highway_classes()["ferry"]
    if "ferry" not in parts_of(tags, "route"):
        return None if name is None else highway_classes().get(name)
    if name is None:
        return ferry
    road = highway_classes().get(name)
    if road is None or not road.is_there:
        return road
    return replace(ferry, open_to=ferry.open_to & road.open_to)


def parts_of(tags: Mapping[str, str], key: str) -> tuple[str, ...]:
    """
    Values of a key in small letters, parted at semicolons; none where it is not there.

    Examples
    --------
    >>> parts_of({"bridge": "Yes; viaduct"}, "bridge"), parts_of({}, "bridge")
    (('yes', 'viaduct'), ())
    """
    value = tags.get(key)
    return () if value is None else tuple(part.strip().casefold() for part in value.split(";"))


@cache
def access_values() -> Mapping[str, AccessValue]:
    """Values of access keys."""
    return {
        row["value"]: AccessValue(is_open=row["is_open"] == "yes", flag=row["flag"])
        for row in rows("osm_access.csv")
    }


@cache
def barrier_kinds() -> Mapping[str, BarrierKind]:
    """Values of ``barrier``."""
    return {
        row["barrier"]: BarrierKind(
            answers={vehicle: row[vehicle] for vehicle in vehicle_sizes()},
            crossing_kind=row["crossing_kind"],
        )
        for row in rows("osm_barriers.csv")
    }


@cache
def surface_words() -> Mapping[tuple[str, str], str]:
    """Our surface by (key, value)."""
    return {(row["key"], row["value"]): row["surface"] for row in rows("osm_surfaces.csv")}


@cache
def state_keys() -> frozenset[str]:
    """Keys that speak of the state of a road: closed, doubtful, rough, seasonal, under water."""
    rules = tag_rules()
    keys = {*rules["closing"], *rules["known"], *rules["doubt"]}
    keys |= {rules["seasonal"]["key"], *(key for key, _ in surface_words())}
    return frozenset(keys)


@cache
def relevant_keys() -> frozenset[str]:
    """First parts of the keys that any of these tables reads; the others need not be kept."""
    rules = tag_rules()
    keys = {key for chain in rules["keys"].values() for key in chain}
    keys |= {*rules["closing"], *rules["known"], *rules["doubt"], *rules["limits"]}
    keys |= {prefix for rule in rules["gone"].values() for prefix in rule["prefixes"]}
    keys |= {*rules["toll"]["keys"], *rules["conditional"]["keys"], *rules["flooded"]}
    keys |= {rules[name]["key"] for name in ("oneway", "four_wheel_drive", "seasonal", "ford")}
    keys |= {key for key, _ in surface_words()}
    keys |= {key for kept in rules["ferry"].values() for key in kept}
    keys |= {"highway", "route", "barrier", "locked", "duration", "junction", "construction"}
    return frozenset(key.partition(":")[0] for key in keys)


@cache
def turn_rules() -> Mapping[str, Mapping[str, Any]]:
    """Values, keys and words of restrictions of turns."""
    return toml("osm_turns.toml")


@cache
def place_rules() -> Mapping[str, Mapping[str, Any]]:
    """Which places and rivers a network keeps beside its roads."""
    return toml("osm_places.toml")


def place_names(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Name of a place as it is shown, then its other names and codes; none where it is an area."""
    rules = place_rules()["places"]
    if tags.get("place", "") in ("", *rules["areas"]):
        return ()
    shown = [tags[key] for key in rules["names"] if tags.get(key, "").strip()][:1]
    others = [part for key in rules["others"] for part in tags.get(key, "").split(";")]
    return tuple(
        dict.fromkeys(name.strip() for name in (*shown, *others) if name.strip() and shown)
    )


def place_order(kind: str) -> int:
    """Weight of a kind of place, 0 for the heaviest."""
    order: list[str] = place_rules()["places"]["order"]
    return order.index(kind) if kind in order else len(order)


def is_river(tags: Mapping[str, str]) -> bool:
    """Whether a way is a river or a canal that a road would have to cross."""
    rules = place_rules()["rivers"]
    return tags.get(rules["key"]) in rules["values"]
