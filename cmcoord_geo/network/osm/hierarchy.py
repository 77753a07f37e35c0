"""Access keys from the widest to the most specific: the most specific one that is there decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.network.osm.tables import access_values, tag_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Direction = Literal["forward", "backward"]
DIRECTIONS: tuple[Direction, Direction] = ("forward", "backward")


@dataclass(slots=True)
class Told:
    """What was met on the way: flags for the planner, tags that no table knows, reasons."""

    flags: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)


def keys_of(vehicle: str) -> tuple[str, ...]:
    """
    Access keys of a vehicle, the most specific first.

    Raises
    ------
    DataError
        There is no such profile.
    """
    chains = tag_rules()["keys"]
    if vehicle not in chains:
        raise problem(DataError, "vehicle.unknown", vehicle=vehicle, known=", ".join(chains))
    return tuple(reversed(chains[vehicle]))


def permits(
    tags: Mapping[str, str],
    vehicle: str,
    direction: Direction,
    *,
    open_to: Collection[str],
    told: Told,
) -> bool:
    """
    Whether the access tags let a vehicle through in a direction.

    Parameters
    ----------
    tags : mapping
    vehicle : str
    direction : str
    open_to : collection of str
        Vehicles that pass where no tag says anything. A yes on ``access`` or ``vehicle`` alone does not open
        to a motor what is closed by its kind, such as a footway: walkers may be meant.
    told : Told
        Collects flags, unread tags and the reason.
    """
    is_let = _parts_let(tags, vehicle, direction, told)
    return _keys_let(tags, vehicle, direction, open_to=open_to, told=told) and is_let


def _keys_let(
    tags: Mapping[str, str],
    vehicle: str,
    direction: Direction,
    *,
    open_to: Collection[str],
    told: Told,
) -> bool:
    """Whether the most specific key that is there lets a vehicle through."""
    rules = tag_rules()
    for key in keys_of(vehicle):
        if {f"{key}:conditional", f"{key}:{direction}:conditional"} & tags.keys():
            told.flags.add("conditional")
        for name in (f"{key}:{direction}", key):
            value = tags.get(name)
            if value is None:
                continue
            is_open = _reads(name, value, told)
            if is_open and key in rules["only_closing"]["keys"]:
                continue
            if not is_open:
                told.reasons.add(f"{name}={value}")
            elif key in rules["opening"]["too_wide"]:
                return vehicle in open_to
            return is_open
    return vehicle in open_to


def _parts_let(tags: Mapping[str, str], vehicle: str, direction: Direction, told: Told) -> bool:
    """Whether every key on a part of what a vehicle carries (``hazmat:water``) lets it through."""
    is_open = True
    for key in {*tag_rules()["only_closing"]["by_part"]} & {*keys_of(vehicle)}:
        for name in (name for name in tags if name.startswith(f"{key}:")):
            rest = name.split(":")[1:]
            if rest[-1] == "conditional":
                told.flags.add("conditional")
                continue
            if {*rest} & {*DIRECTIONS} - {direction} or rest == [direction]:
                continue
            if not _part_reads(name, tags[name], told):
                is_open = False
    return is_open


def _part_reads(name: str, value: str, told: Told) -> bool:
    """Whether a value on a part of a load opens: an access word, or a category of tunnel."""
    rules, word = tag_rules()["only_closing"], value.strip().casefold()
    if word in rules["tunnels_open"]:
        return True
    if word not in rules["tunnels_closed"] and _reads(name, value, told):
        return True
    if f"{name}={value}" not in told.unread:
        told.reasons.add(f"{name}={value}")
    return False


def _reads(name: str, value: str, told: Told) -> bool:
    """Whether a value opens; each of several must, and one that no table knows does not."""
    is_open = True
    for part in value.split(";"):
        known = access_values().get(part.strip().casefold())
        if known is None:
            told.unread.add(f"{name}={value}")
            return False
        if known.flag:
            told.flags.add(known.flag)
        is_open &= known.is_open
    return is_open
