"""For whom a road costs a toll; a toll flags a road and closes it to nobody."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.hierarchy import DIRECTIONS, keys_of
from cmcoord_geo.network.osm.tables import parts_of, tag_rules, turn_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CONDITIONAL = "conditional"


def is_tolled(tags: Mapping[str, str], vehicle: str) -> bool:
    """
    Whether a vehicle pays, at some hour or in some direction; what cannot be read may mean it.

    Of ``toll:hgv``, ``toll:motor_vehicle`` and ``toll`` the most specific one that is there decides. A toll
    for a class that no table knows is taken for everybody's; so is a charge where nothing is said of toll.

    Parameters
    ----------
    tags : mapping
    vehicle : str

    Examples
    --------
    >>> is_tolled({"toll:hgv": "yes"}, "heavy_truck"), is_tolled({"toll:hgv": "yes"}, "lv_4x4")
    (True, False)
    """
    toll, charge = tag_rules()["toll"]["keys"]
    named = list(_named(tags, toll)) or list(_named(tags, charge))
    if any(_asks(tags[name], vehicle) for name, whom in named if whom and not _is_known(whom)):
        return True
    closing = tag_rules()["only_closing"]["keys"]
    for key in (*keys_of(vehicle), ""):
        names = [name for name, whom in named if whom == key]
        if any(_asks(tags[name], vehicle) for name in names):
            return True
        if key not in closing and any(not name.endswith(_CONDITIONAL) for name in names):
            return False
    return False


def unread_toll(tags: Mapping[str, str]) -> Iterator[str]:
    """Tags on toll that no table knows, as ``key=value``: a toll all the same."""
    words = {*tag_rules()["toll"]["none"], *tag_rules()["toll"]["asked"], *_vehicles()}
    for name, whom in _named(tags, tag_rules()["toll"]["keys"][0]):
        is_value_known = name.endswith(_CONDITIONAL) or {*parts_of(tags, name)} <= words
        if not (_is_known(whom) and is_value_known):
            yield f"{name}={tags[name]}"


def _named(tags: Mapping[str, str], key: str) -> Iterator[tuple[str, str]]:
    """Names of a key with whom each speaks of; empty for everybody."""
    for name in tags:
        first, *rest = name.split(":")
        if first == key:
            yield name, ":".join(part for part in rest if part not in {*DIRECTIONS, _CONDITIONAL})


def _asks(value: str, vehicle: str) -> bool:
    """Whether a value asks money of a vehicle: any word but a no, or one that names others."""
    words = {part.partition("@")[0].strip().casefold() for part in value.split(";")}
    return bool(words - {*tag_rules()["toll"]["none"]} - (_vehicles() - {*keys_of(vehicle)}))


def _is_known(whom: str) -> bool:
    return not whom or whom in _vehicles()


@cache
def _vehicles() -> frozenset[str]:
    """Keys of vehicles, ours and others."""
    ours = {key for chain in tag_rules()["keys"].values() for key in chain}
    return frozenset({*ours, *turn_rules()["others"]["vehicles"]})
