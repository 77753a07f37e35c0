"""Limits of weight and size, against the weight and size of a vehicle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.hierarchy import DIRECTIONS, keys_of
from cmcoord_geo.network.osm.quantity import length_m, mass_t
from cmcoord_geo.network.osm.tables import tag_rules, vehicle_sizes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmcoord_geo.network.osm.hierarchy import Direction, Told


def fits(tags: Mapping[str, str], vehicle: str, direction: Direction, *, told: Told) -> bool:
    """
    Whether a vehicle keeps every limit; one that cannot be read is closed and counted.

    Parameters
    ----------
    tags : mapping
    vehicle : str
    direction : str
    told : Told
        Collects unread tags and reasons.
    """
    is_kept = True
    for limit, rule in tag_rules()["limits"].items():
        for key in _spoken(limit, tags, vehicle, direction):
            number = limit_of(tags[key], rule["bounds"], plausible=rule["plausible"])
            axles = rule.get("axles", 1)
            if number is None:
                told.unread.add(f"{key}={tags[key]}")
                is_kept = False
            elif number < axles * vehicle_sizes()[vehicle][rule["bounds"]]:
                told.reasons.add(f"{key}={tags[key]}")
                is_kept = False
        if any(f"{key}:conditional" in tags for key in _names(limit, vehicle, direction)):
            told.flags.add("conditional")
    return is_kept


def is_measured(tags: Mapping[str, str], vehicle: str) -> bool:
    """Whether a number bounds the height or width of a vehicle, as that of a height restrictor does."""
    names = (
        (name, rule)
        for limit, rule in tag_rules()["limits"].items()
        if rule["bounds"] in tag_rules()["restrictor"]["bounds"]
        for direction in DIRECTIONS
        for name in _names(limit, vehicle, direction)
    )
    numbers = (
        limit_of(tags.get(name, ""), rule["bounds"], plausible=rule["plausible"])
        for name, rule in names
    )
    return any(number is not None and number < float("inf") for number in numbers)


def limit_of(text: str, bounds: str, *, plausible: float) -> float | None:
    """
    Tonnes or metres of a limit; None where it cannot be read or its unit must be a wrong one.

    Examples
    --------
    >>> limit_of("3500", "gross_t", plausible=150.0), limit_of("3500 kg", "gross_t", plausible=150.0)
    (None, 3.5)
    """
    number = mass_t(text) if bounds.endswith("_t") else length_m(text)
    is_wrong = number is not None and plausible < number < float("inf")
    return None if is_wrong else number


def weight_limit_t(tags: Mapping[str, str]) -> float | None:
    """Tonnes that a bridge or ferry carries by its tags, the least; None where they do not say it."""
    rules = tag_rules()["limits"]
    numbers = (
        limit_of(tags.get(key, ""), rules[key]["bounds"], plausible=float(rules[key]["plausible"]))
        for key in tag_rules()["crossing_limits"]["keys"]
    )
    return min((n for n in numbers if n is not None and n != float("inf")), default=None)


def _spoken(
    limit: str, tags: Mapping[str, str], vehicle: str, direction: Direction
) -> Iterator[str]:
    """Keys of a limit that are there and speak of this vehicle in this direction."""
    yield from (key for key in _names(limit, vehicle, direction) if key in tags)


def _names(limit: str, vehicle: str, direction: Direction) -> Iterator[str]:
    """Keys of a limit that would speak of this vehicle in this direction."""
    keys = keys_of(vehicle)
    either = (f"{limit}:{key}" for key in keys), (f"{key}:{limit}" for key in keys)
    for name in (limit, *either[0], *either[1]):
        yield from (name, f"{name}:{direction}")
