"""One way or both: every spelling of it, and the vehicle that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.hierarchy import keys_of
from cmcoord_geo.network.osm.tables import parts_of, tag_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcoord_geo.network.osm.hierarchy import Told
    from cmcoord_geo.network.osm.tables import HighwayClass

Both = tuple[bool, bool]


def directions(tags: Mapping[str, str], vehicle: str, *, highway: HighwayClass, told: Told) -> Both:
    """
    Whether a vehicle may drive forward and backward as far as one-way rules go.

    ``oneway:motorcycle`` speaks before ``oneway:motor_vehicle``, that before ``oneway``; ``oneway:bicycle``
    and the like say nothing of ours. Without a word a roundabout runs as it is drawn, and a motorway too.
    A value that no table knows closes both directions and is counted.
    """
    rules = tag_rules()["oneway"]
    names = (*(f"{rules['key']}:{key}" for key in keys_of(vehicle)), rules["key"])
    if any(f"{name}:conditional" in tags for name in names):
        told.flags.add("conditional")
    for name in names:
        value = tags.get(name)
        if value is not None:
            return _reads(name, value.strip().casefold(), told)
    is_implied = highway.is_oneway or bool({*parts_of(tags, "junction")} & {*rules["junctions"]})
    return (True, False) if is_implied else (True, True)


def _reads(name: str, value: str, told: Told) -> Both:
    rules = tag_rules()["oneway"]
    answers: Mapping[str, Both] = {
        "forward": (True, False),
        "backward": (False, True),
        "both": (True, True),
        "closed": (False, False),
    }
    for word, answer in answers.items():
        if value in rules[word]:
            if not any(answer):
                told.reasons.add(f"{name}={value}")
            return answer
    told.unread.add(f"{name}={value}")
    return False, False
