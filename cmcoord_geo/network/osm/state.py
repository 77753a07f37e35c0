"""State of a road by its tags: closed, gone, doubtful, or told in words that no table knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.surface import unread_roughness
from cmcoord_geo.network.osm.tables import parts_of, tag_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmcoord_geo.network.osm.hierarchy import Told

#: Flags: a state in doubt, and a road or bridge that took the place of one that is gone.
_DOUBTFUL, _FORMER = "doubtful", "former"


def is_whole(tags: Mapping[str, str], *, told: Told) -> bool:
    """
    Whether tags leave a road whole for everybody.

    Parameters
    ----------
    tags : mapping
        Tags of a way.
    told : Told
        Collects reasons, unread tags and the flags ``doubtful`` and ``former``.

    Examples
    --------
    >>> from cmcoord_geo.network.osm.hierarchy import Told
    >>> is_whole({"destroyed:bridge": "yes"}, told=Told()), is_whole({"ford": "yes"}, told=Told())
    (False, True)
    """
    rules = tag_rules()
    shut = {key for key, words in rules["closing"].items() if {*parts_of(tags, key)} & {*words}}
    strange = {
        key
        for key, words in rules["known"].items()
        if not {*parts_of(tags, key)} <= {*words, *rules["doubt"].get(key, ())}
    }
    gone = {name for name, is_replaced in _gone(tags) if not is_replaced}
    if any(is_replaced for _, is_replaced in _gone(tags)):
        told.flags.add(_FORMER)
    if any(_doubtful(tags)):
        told.flags.add(_DOUBTFUL)
    told.reasons |= {f"{key}={tags[key]}" for key in shut | gone}
    told.unread |= {f"{key}={tags[key]}" for key in strange - shut}
    return not (shut or strange or gone)


def is_fit(tags: Mapping[str, str], vehicle: str, *, told: Told) -> bool:
    """
    Whether a vehicle is made for a road this rough.

    A word on roughness that no table knows closes to all but the light ones, who may turn round, and is
    counted.

    Parameters
    ----------
    tags : mapping
    vehicle : str
    told : Told
        Collects reasons, unread tags and the flag ``doubtful``.
    """
    rules = tag_rules()
    drive = rules["four_wheel_drive"]
    is_driven = vehicle in drive["driven"]
    is_rough = bool({*parts_of(tags, drive["key"])} & {*drive["closing"]})
    if is_rough and not is_driven:
        told.reasons.add(f"{drive['key']}={tags[drive['key']]}")
    unread = set(unread_roughness(tags))
    if unread:
        told.unread |= unread
        told.flags.add(_DOUBTFUL)
    return (is_driven or not is_rough) and (
        not unread or vehicle in rules["unread_state"]["driven"]
    )


def doubts_of(tags: Mapping[str, str]) -> Iterator[str]:
    """
    Tags that cast doubt on the state of a road without closing it to everybody, as ``key=value``.

    Examples
    --------
    >>> list(doubts_of({"bridge:condition": "poor", "status": "open"}))
    ['bridge:condition=poor']
    """
    yield from (f"{key}={tags[key]}" for key in _doubtful(tags))
    yield from (f"{name}={tags[name]}" for name, is_replaced in _gone(tags) if is_replaced)
    yield from unread_roughness(tags)


def _doubtful(tags: Mapping[str, str]) -> Iterator[str]:
    """Keys whose value is a poor state by the table."""
    doubt: Mapping[str, list[str]] = tag_rules()["doubt"]
    yield from (key for key, words in doubt.items() if {*parts_of(tags, key)} & {*words})


def _gone(tags: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Keys such as ``destroyed:bridge`` that name what is gone, and whether something living replaces it."""
    for key, rule in tag_rules()["gone"].items():
        for name in (f"{prefix}:{key}" for prefix in rule["prefixes"]):
            if {*parts_of(tags, name)} - {"no"}:
                yield name, _is_replaced(tags, key, name)


def _is_replaced(tags: Mapping[str, str], key: str, name: str) -> bool:
    """Whether something else stands where this one was: by the table, or a value that differs."""
    replacing: Mapping[str, list[str]] = tag_rules()["gone"][key]["replaced_by"]
    if replacing:
        return any({*parts_of(tags, other)} & {*words} for other, words in replacing.items())
    return not {*parts_of(tags, name)} & {"yes", *parts_of(tags, key)}
