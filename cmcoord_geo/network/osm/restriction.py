"""Relations of OpenStreetMap that restrict turns: whom they concern, and what they ban."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.facts import vehicles
from cmcoord_geo.network.osm.hierarchy import keys_of
from cmcoord_geo.network.osm.tables import tag_rules, turn_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmcoord_geo.network.osm.extract import Tags

Kind = Literal["no", "only", "none"]
#: A value before its condition, and the condition.
_CONDITION = re.compile(r"([^;@()]+)@\s*(?:\([^)]*\)|[^;]*)")
#: Longest value of OpenStreetMap.
_LONGEST = 255
_TIMED = ":conditional"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRule:
    """
    What the tags of a restriction mean.

    Attributes
    ----------
    no, only : int
        Masks of the vehicles for which the turn is banned, and of those for which it is the only one.
    is_turning_round : bool
        It bans turning round: of a road that passes the junction, only the turn back into itself.
    is_timed : bool
        It holds at certain times or under a condition; nobody here reads them, and it is taken to hold.
    unread : frozenset of str
        Tags that no table knows, as ``key=value``.
    """

    no: int
    only: int
    is_turning_round: bool
    is_timed: bool
    unread: frozenset[str]


def is_restriction(tags: Mapping[str, str]) -> bool:
    """Whether a relation restricts turns."""
    word, _, _ = tags.get("type", "").partition(":")
    return bool(word == turn_rules()["relation"]["type"])


def kept_tags(tags: Mapping[str, str]) -> Tags:
    """Tags of a restriction that say something, sorted."""
    relation = turn_rules()["relation"]
    known = {"type", relation["except"], *relation["timed"]}
    return tuple(
        sorted(
            (key, value[:_LONGEST])
            for key, value in tags.items()
            if key in known or key.partition(":")[0] == relation["type"]
        )
    )


@cache
def turn_rule(tags: Tags) -> TurnRule:
    """
    Meaning of the tags of a restriction.

    For each vehicle the most specific key decides, ``restriction:hgv`` before ``restriction``; an exception
    frees the vehicles that it names. A condition is taken to hold. What no table knows is read by its first
    word, else as a ban.

    Examples
    --------
    >>> rule = turn_rule((("except", "hgv"), ("restriction", "only_left_turn"), ("type", "restriction")))
    >>> bin(rule.only), rule.no
    ('0b11', 0)
    """
    told: set[str] = set()
    said = _by_vehicle_key(dict(tags))
    masks: dict[Kind, int] = {"no": 0, "only": 0}
    words: set[str] = set()
    for key, vehicle in vehicles().items():
        if _is_exempt(dict(tags), key, told):
            continue
        for name, value in _values(said, key, told):
            kind = _kind(name, value, told)
            if kind != "none":
                masks[kind] |= 1 << vehicle.rank
                words.add(value)
    is_old_timed = any(key in turn_rules()["relation"]["timed"] for key, _ in tags)
    return TurnRule(
        no=masks["no"],
        only=masks["only"],
        is_turning_round=bool(words) and words <= set(turn_rules()["values"]["turning_round"]),
        is_timed=is_old_timed or any(key.endswith(_TIMED) for key in said),
        unread=frozenset(told),
    )


def _by_vehicle_key(tags: Mapping[str, str]) -> dict[str, str]:
    """Restrictions by key; ``type=restriction:hgv`` says that all of them are for that vehicle."""
    word = turn_rules()["relation"]["type"]
    _, _, vehicle = tags.get("type", "").partition(":")
    found = {}
    for key, value in tags.items():
        head, _, rest = key.partition(":")
        if head != word:
            continue
        is_bare = not rest or f":{rest}" == _TIMED
        found[f"{word}:{vehicle}{key[len(word) :]}" if vehicle and is_bare else key] = value
    return found


def _values(said: Mapping[str, str], vehicle: str, told: set[str]) -> Iterator[tuple[str, str]]:
    """Key and values that hold for a vehicle: those of the most specific key that says something."""
    word = turn_rules()["relation"]["type"]
    yield from _of_strangers(said, told)
    for key in (*(f"{word}:{key}" for key in keys_of(vehicle)), word):
        found = [(key, value) for value in _plain(said.get(key, ""))]
        found += [(key + _TIMED, value) for value in _conditional(said.get(key + _TIMED, ""))]
        frees = bool(found) and all(_kind(name, value, told) == "none" for name, value in found)
        if not found or (frees and _only_closes(key.partition(":")[2])):
            continue
        yield from found
        return


def _of_strangers(said: Mapping[str, str], told: set[str]) -> Iterator[tuple[str, str]]:
    """Restrictions for a vehicle that no table knows: it may be one of ours."""
    for key, value in said.items():
        vehicle = key.removesuffix(_TIMED).partition(":")[2]
        if vehicle and vehicle not in _known_vehicles():
            told.add(f"{key}={value}")
            each = _conditional(value) if key.endswith(_TIMED) else _plain(value)
            yield from ((key, part) for part in each)


def _plain(text: str) -> Iterator[str]:
    yield from (part.strip() for part in text.split(";") if part.strip())


def _conditional(text: str) -> Iterator[str]:
    """Values before their conditions; ``none`` under one frees nobody. Without one, the text itself."""
    found = [value.strip() for value in _CONDITION.findall(text) if value.strip()]
    none = turn_rules()["values"]["none"]
    if text.strip() and not found:
        yield text.strip()
    yield from (value for value in found if value not in none)


def _kind(key: str, value: str, told: set[str]) -> Kind:
    """What a value says; what no table knows is counted, and read by its first word or as a ban."""
    rules = turn_rules()
    for kind in ("no", "only", "none"):
        if value in rules["values"][kind]:
            return kind
    told.add(f"{key}={value}")
    return "only" if value.startswith(rules["words"]["only"]) else "no"


def _is_exempt(tags: Mapping[str, str], vehicle: str, told: set[str]) -> bool:
    """Whether an exception names a vehicle; keys that only close free nobody."""
    key = turn_rules()["relation"]["except"]
    words = {part.strip() for part in tags.get(key, "").replace(",", ";").split(";")} - {""}
    told |= {f"{key}={word}" for word in words - _known_vehicles()}
    return any(word in words and not _only_closes(word) for word in keys_of(vehicle))


def _only_closes(key: str) -> bool:
    return key in tag_rules()["only_closing"]["keys"]


@cache
def _known_vehicles() -> frozenset[str]:
    ours = {key for chain in tag_rules()["keys"].values() for key in chain}
    return frozenset(ours | set(turn_rules()["others"]["vehicles"]))
