"""On which level a way lies: a bridge over a road does not meet it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Keys that say on which level a way lies.
LEVEL_KEYS = ("layer", "bridge", "tunnel")
_WHOLE = re.compile(r"([+-]?[0-9]{1,2})(?:\.0*)?")
_NONE = ("", "no", "0", "false")


def level_of(tags: Mapping[str, str]) -> int:
    """
    Level of a way: its ``layer``, else 1 for a bridge, -1 for a tunnel, 0 for what says nothing.

    A ``layer`` that is no whole number, such as the name of a layer of drawing, says nothing.

    Examples
    --------
    >>> level_of({"bridge": "yes"}), level_of({"layer": "-2"}), level_of({"layer": "roads_2025"})
    (1, -2, 0)
    """
    told = _WHOLE.fullmatch(tags.get("layer", "").strip())
    if told and int(told[1]):
        return int(told[1])
    if tags.get("bridge", "") not in _NONE:
        return 1
    return -1 if tags.get("tunnel", "") not in _NONE else 0
