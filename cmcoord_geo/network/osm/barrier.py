"""Barriers on a node: gates, bollards, checkpoints and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.hierarchy import DIRECTIONS, Told, permits
from cmcoord_geo.network.osm.limits import fits
from cmcoord_geo.network.osm.tables import barrier_kinds, tag_rules
from cmcoord_geo.network.places import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Words on ``locked`` that say that somebody must come with the key.
_LOCKED = "yes"


def barrier_access(tags: Mapping[str, str], vehicle: str, *, told: Told | None = None) -> bool:
    """
    Say whether a vehicle passes a node.

    Parameters
    ----------
    tags : mapping
        Tags of an OpenStreetMap node; one without ``barrier`` lets everybody pass.
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
    barrier = tags.get("barrier")
    if barrier is None:
        return True
    told = Told() if told is None else told
    if tags.get("locked") == _LOCKED:
        told.reasons.add(f"locked={_LOCKED}")
        return False
    answer = barrier_answer(barrier, vehicle, told=told)
    if answer == "limit":
        is_measured = any(key in tags for key in tag_rules()["limits"])
        answer = "yes" if is_measured else "no"
    open_to = {vehicle} if answer == "yes" else set()
    return all(
        permits(tags, vehicle, direction, open_to=open_to, told=told)
        and fits(tags, vehicle, direction, told=told)
        for direction in DIRECTIONS
    )


def barrier_answer(barrier: str, vehicle: str, *, told: Told) -> str:
    """Answer of the table for a kind of barrier: yes, no or limit; no where no table knows it."""
    kind = barrier_kinds().get(barrier)
    if kind is None:
        told.unread.add(f"barrier={barrier}")
        return "no"
    if kind.answers[vehicle] != "yes":
        told.reasons.add(f"barrier={barrier}")
    return kind.answers[vehicle]


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
    if tags.get("ford", "no") not in rules["ford"]["none"]:
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
