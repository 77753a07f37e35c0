"""
Pairs of angles as people write them: decimal, degrees-minutes, degrees-minutes-seconds, with point or comma.

A text is cut in two wherever that can be done; each half is read by itself. One reading is a position, two
different ones are asked back: ``4,361,18`` may be 4.361 and 18, or 4 and 361.18.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2032\u2019\u2018\u00b4`\u02b9", "'"),
        **dict.fromkeys("\u2033\u201d\u201c\u02ba", '"'),
        **dict.fromkeys("º˚\u2070", "°"),
        **dict.fromkeys("\u2212–\u2010\u2011", "-"),
        "\u00a0": " ",
        "\u202f": " ",
    }
)
#: Words of both languages to their letter; O is French ``Ouest``.
_WORDS = (
    (re.compile(r"\b(?:NORTH|NORD)\b"), "N"),
    (re.compile(r"\b(?:SOUTH|SUD)\b"), "S"),
    (re.compile(r"\b(?:EAST|EST)\b"), "E"),
    (re.compile(r"\b(?:WEST|OUEST)\b"), "W"),
    (re.compile(r"\bLAT(?:ITUDE)?\b\.?\s*[:=]?"), "Y"),
    (re.compile(r"\bLONG?(?:ITUDE)?\b\.?\s*[:=]?"), "X"),
    (re.compile(r"''"), '"'),
)
_IS_LAT = {"N": True, "S": True, "Y": True, "E": False, "W": False, "O": False, "X": False}
_NEGATIVE = frozenset("SWO")
_N = r"[0-9]+(?:[.,][0-9]+)?"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({_N})\s*°?",
        rf"([0-9]+)\s*°\s*({_N})\s*'?",
        rf"([0-9]+)\s*°\s*([0-9]+)\s*'\s*({_N})\s*\"?",
        rf"([0-9]+)\s*D\s*({_N})\s*M",
        rf"([0-9]+)\s*D\s*([0-9]+)\s*M\s*({_N})\s*S",
    )
)
#: Forms that need the letter of a hemisphere, for without it they could be anything.
_LETTERED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"([0-9]+)[\s:-]+({_N})",
        rf"([0-9]+)[\s:-]+([0-9]+)[\s:-]+({_N})",
        r"([0-9]+)\.([0-9]{1,2})\.([0-9]{1,2}(?:,[0-9]+)?)",
    )
)
#: Figures without a gap, as pilots write them: two for the degrees of a latitude, three of a longitude.
_RUN = {
    is_lat: re.compile(rf"([0-9]{{{size}}})([0-9]{{2}})([0-9]{{2}}(?:[.,][0-9]+)?)?")
    for is_lat, size in ((True, 2), (False, 3))
}
_HALF = re.compile(r"([YX]?)\s*([NSEWO]?)\s*([+-]?)\s*([0-9].*?)\s*([NSEWO]?)")
_CUT = re.compile(r"\s*[,;/]\s*|\s+|(?<=[0-9°'\"])(?=[NSEWO][0-9])|(?<=[NSEWO])(?=[0-9])")
#: A text of figures and signs alone wants to be a position.
_ATTEMPT = re.compile(r"[0-9\s.,;:/°'\"NSEWOXYDM+-]*")
_LONGEST = 80


def find_angles(text: str) -> tuple[float, float] | None:
    r"""
    Latitude and longitude of a text; None where it is no pair of angles, such as the name of a place.

    Without letters latitude comes first. They may be out of range: that is for the caller to say.

    Raises
    ------
    DataError
        It can be read in two ways, minutes or seconds are 60 or more, or it is figures that are no pair.

    Examples
    --------
    >>> find_angles("4,361 18,555"), find_angles("E 18°33' N 4°15'")
    ((4.361, 18.555), (4.25, 18.55))
    """
    words = _tidy(text)
    if len(words) > _LONGEST or not _ATTEMPT.fullmatch(words):
        return None
    readings = dict.fromkeys(_readings(words, text))
    if len(readings) > 1 or re.fullmatch(r"[0-9]+,[0-9]+", words):
        raise problem(DataError, "position.ambiguous", word=text.strip())
    if readings:
        return next(iter(readings))
    if len(re.findall(_N, words)) > 1:
        raise problem(DataError, "position.unreadable", word=text.strip())
    return None


def _tidy(text: str) -> str:
    words = text.strip().translate(_SIGNS).upper()
    for pattern, letter in _WORDS:
        words = pattern.sub(letter, words)
    return words.strip(" ,;()[]")


def _readings(words: str, text: str) -> Iterator[tuple[float, float]]:
    for cut in _CUT.finditer(words):
        first = _half(words[: cut.start()], text)
        second = _half(words[cut.end() :], text)
        if first is None or second is None:
            continue
        (a, is_lat_a), (b, is_lat_b) = first, second
        if is_lat_a is None and is_lat_b is None:
            is_lat_a = True
        if is_lat_a is None:
            is_lat_a = not is_lat_b
        if is_lat_a == is_lat_b:
            continue
        yield (a, b) if is_lat_a else (b, a)


def _half(words: str, text: str) -> tuple[float, bool | None] | None:
    """Angle in degrees, and whether it is said to be a latitude; None where it is no angle."""
    found = _HALF.fullmatch(words)
    if found is None:
        return None
    word, before, sign, body, after = found.groups()
    parts = _parts(body, before or after)
    if parts is None and after:  # the last S may stand for seconds
        body, after = body + after, ""
        parts = _parts(body, before)
    letter = before or after
    axes = {_IS_LAT[mark] for mark in (word, before, after) if mark}
    is_contradiction = bool(sign and letter) and (sign == "-") != (letter in _NEGATIVE)
    if parts is None or (before and after) or len(axes) > 1 or is_contradiction:
        return None
    if any(part >= 60 for part in parts[1:]):
        raise problem(DataError, "position.minutes", word=text.strip())
    value = sum(part / 60**k for k, part in enumerate(parts))
    is_negative = sign == "-" or letter in _NEGATIVE
    return -value if is_negative else value, axes.pop() if axes else None


def _parts(body: str, letter: str) -> tuple[float, ...] | None:
    """Degrees, minutes and seconds, as far as they are there."""
    for form in _FORMS:
        if (found := form.fullmatch(body)) and re.match(r"[0-9]{1,3}(?![0-9])", body):
            return _numbers(found)
    for form in (*_LETTERED, _RUN[_IS_LAT[letter]]) if letter else ():
        if found := form.fullmatch(body):
            return _numbers(found)
    return None


def _numbers(found: re.Match[str]) -> tuple[float, ...]:
    return tuple(float(part.replace(",", ".")) for part in found.groups() if part)
