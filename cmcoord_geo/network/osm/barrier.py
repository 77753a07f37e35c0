"""Barriers on a node: gates, bollards, checkpoints and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.hierarchy import DIRECTIONS, Told, permits
from cmcoord_geo.network.osm.limits import fits, is_measured
from cmcoord_geo.network.osm.tables import barrier_kinds, parts_of, tag_rules
from cmcoord_geo.network.places import plain

if TYPE_CHECKING:
    from collections.abc import Mapping


_CONDITIONAL = "conditional"


def barrier_access(tags: Mapping[str, str], vehicle: str, *, told: Told | None = None) -> bool:
    """
    Say whether a vehicle passes a node.

    Parameters
    ----------
    tags : mapping
        Tags of an OpenStreetMap node; one without ``barrier`` or ``ford`` lets everybody pass.
    vehicle : str
    told : Told, optional
        Collects flags, unread tags and reasons.

    Raises
    ------
    DataError
        There is no such profile.

    Examples
    --------
    >>> barrier_access({"barrier": "bollard"}, "motorbike"), barrier_access({"barrier": "bollard"}, "lv_4x4")
    (True, False)
    """
    told = Told() if told is None else told
    if not _is_fordable(tags, told):
        return False
    if "barrier" not in tags:
        return True
    if not _is_unlocked(tags, told):
        return False
    open_to = {vehicle} if _lets_by(tags, vehicle, told) else set()
    return all(
        permits(tags, vehicle, direction, open_to=open_to, told=told)
        and fits(tags, vehicle, direction, told=told)
        for direction in DIRECTIONS
    )


def is_free(tags: Mapping[str, str], vehicle: str, *, told: Told) -> bool:
    """
    Whether a barrier along a way lets a vehicle by, before access tags and limits speak.

    Access tags of a way may speak of the road, so none of them opens what stands there.

    Parameters
    ----------
    tags : mapping
        Tags of a way; one without ``barrier`` is free, unless it is ``locked``.
    vehicle : str
    told : Told
        Collects unread tags and reasons.
    """
    each = (
        _is_unlocked(tags, told),
        "barrier" not in tags or _lets_by(tags, vehicle, told),
    )
    return all(each)


def _is_fordable(tags: Mapping[str, str], told: Told) -> bool:
    """Whether a ford on a node, if it is one, is for vehicles; a word that no table knows is not."""
    words, rules = {*parts_of(tags, "ford")}, tag_rules()
    if words <= {*rules["known"]["ford"]}:
        return True
    is_shut = bool(words & {*rules["closing"]["ford"]})
    (told.reasons if is_shut else told.unread).add(f"ford={tags['ford']}")
    return False


def _is_unlocked(tags: Mapping[str, str], told: Told) -> bool:
    """Whether nobody must come with the key; a word on it that no table knows may say so."""
    words, rules = {*parts_of(tags, "locked")}, tag_rules()["locked"]
    if f"locked:{_CONDITIONAL}" in tags:
        told.flags.add(_CONDITIONAL)
    if words <= {*rules["open"]}:
        return True
    (told.reasons if words & {*rules["closing"]} else told.unread).add(f"locked={tags['locked']}")
    return False


def _lets_by(tags: Mapping[str, str], vehicle: str, told: Told) -> bool:
    """Answer of the table for a kind of barrier; no where no table knows it."""
    barrier = tags["barrier"]
    kind = barrier_kinds().get(barrier)
    if kind is None:
        told.unread.add(f"barrier={barrier}")
        return False
    answer = kind.answers[vehicle]
    is_let = answer == "yes" or (answer == "limit" and is_measured(tags, vehicle))
    if not is_let:
        told.reasons.add(f"barrier={barrier}")
    return is_let


def crossing_at(tags: Mapping[str, str]) -> str:
    """
    Kind of crossing that a node is: ford, border, checkpoint or rain_barrier; empty for none.

    A gate called a rain barrier is one, whatever kind of gate it is.

    Examples
    --------
    >>> crossing_at({"barrier": "lift_gate", "name": "Barrière de pluie"}), crossing_at({"barrier": "gate"})
    ('rain_barrier', '')
    """
    rules = tag_rules()
    if {*parts_of(tags, "ford")} - {*rules["ford"]["none"]}:
        return "ford"
    kind = barrier_kinds().get(tags.get("barrier", ""))
    if kind and is_rain_barrier(tags):
        return "rain_barrier"
    if kind and kind.crossing_kind:
        return kind.crossing_kind
    posts = rules["checkpoint"]
    return "checkpoint" if any(tags.get(key) in posts[key] for key in posts) else ""


def is_rain_barrier(tags: Mapping[str, str]) -> bool:
    """Whether a gate is called a rain barrier by its name or a note on it."""
    rules = tag_rules()["rain_barrier"]
    told = [plain(tags[key]) for key in rules["keys"] if key in tags]
    return any(plain(word) in name for word in rules["words"] for name in told)
