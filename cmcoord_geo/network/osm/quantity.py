"""
Weights and lengths as people write them on a map: ``28 st``, ``6t mgw``, ``9'7"``, ``150 cm``, ``3.5``.

A text that cannot be read gives None, never a guess; a word for "no limit of its own" gives infinity. Where
several numbers stand, the least one holds.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cmcoord_geo.network.osm.tables import tag_rules

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Longer than anything that means a quantity.
_LONGEST = 40
_CM_DIGITS = 2
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([a-z]+|['\"])?\s*")
_SIGNS = str.maketrans({"\u2032": "'", "’": "'", "\u2033": '"', "”": '"', "\u00a0": " "})
#: A comma with three digits after it parts thousands where the unit is a small one, else decimals.
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}\s*(?:kg|lbs?|mm|cm)\b)")


@lru_cache(maxsize=4096)
def mass_t(text: str) -> float | None:
    """
    Tonnes; without a unit the number is tonnes.

    Examples
    --------
    >>> mass_t("6t mgw"), round(mass_t("28 st"), 2), mass_t("3,5"), mass_t("none"), mass_t("heavy")
    (6.0, 25.4, 3.5, inf, None)
    """
    return _least(text, tag_rules()["mass_t"], bare="t", notes=tag_rules()["mass_notes"]["words"])


@lru_cache(maxsize=4096)
def length_m(text: str) -> float | None:
    r"""
    Metres; without a unit the number is metres.

    Examples
    --------
    >>> round(length_m("9'7\""), 2), length_m("150 cm"), length_m("default"), length_m("low")
    (2.92, 1.5, inf, None)
    """
    return _least(text, tag_rules()["length_m"], bare="m", notes=())


def _least(
    text: str, units: Mapping[str, float], *, bare: str, notes: tuple[str, ...] | list[str]
) -> float | None:
    if len(text) > _LONGEST:
        return None
    words = text.translate(_SIGNS).casefold().replace("''", '"')
    numbers = [_one(part.strip(), units, bare, notes) for part in words.split(";") if part.strip()]
    known = [number for number in numbers if number is not None]
    return min(known) if known and len(known) == len(numbers) else None


def _one(
    words: str, units: Mapping[str, float], bare: str, notes: tuple[str, ...] | list[str]
) -> float | None:
    if words in tag_rules()["unlimited"]["words"]:
        return math.inf
    for note in notes:
        words = re.sub(rf"(?<![a-z]){note}(?![a-z])", "", words)
    words = _THOUSANDS.sub("", words.strip()).replace(",", ".")
    total, at, coarser = 0.0, 0, math.inf
    while at < len(words):
        part = _PART.match(words, at)
        if part is None:
            return None
        unit = part[2] or _unsaid(part[1], coarser, units, bare)
        if unit not in units or units[unit] >= coarser:
            return None
        total, at, coarser = total + float(part[1]) * units[unit], part.end(), units[unit]
    return total if words else None


def _unsaid(number: str, coarser: float, units: Mapping[str, float], bare: str) -> str:
    """Unit of a number without one: the usual one, inches after feet (``9'7``), cm after m (``3m50``)."""
    if math.isinf(coarser):
        return bare
    if coarser == units.get("m") and len(number) == _CM_DIGITS and number.isdecimal():
        return "cm"
    return '"' if coarser == units.get("'") else ""
