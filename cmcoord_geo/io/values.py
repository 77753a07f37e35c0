"""
Cells to values, by rules that never guess.

A number has a decimal point unless the file declares a comma; a time is ISO 8601 with its offset; a day is
ISO 8601. What could be read in two ways is refused with a sentence that names the two. No sentence repeats
what stands in the cell: file, row and column lead there, and the cell may be sensitive.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.network.hours import parse_hours, written
from cmcoord_geo.network.osm.tables import tag_rules
from cmcoord_geo.network.places import plain
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,20})?")
COMMA_NUMBER = re.compile(r"[+-]?[0-9]{1,15},[0-9]{1,20}")
COUNT = re.compile(r"[0-9]{1,9}")
TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?) ?"
    r"(Z|z|[+-][0-9]{2}:?[0-9]{2})?"
)
#: A day; databases write its midnight behind it.
DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})( 00:00:00(\.0{1,6})?)?")
SLASHED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-][0-9]{2,4}([T ].*)?")
#: A day with its month in words, which can be read in one way only.
WORDED = re.compile(r"([0-9]{1,2})(?:er)? ([^\W\d_]{3,9}) ([0-9]{4})")
MONTHS = (
    ("january", "janvier"), ("february", "fevrier"), ("march", "mars"), ("april", "avril"),
    ("may", "mai"), ("june", "juin"), ("july", "juillet"), ("august", "aout"),
    ("september", "septembre"), ("october", "octobre"), ("november", "novembre"),
    ("december", "decembre"),
)  # fmt: skip
#: A day whose order a file may declare.
ORDERED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
#: Offset that a file may declare for times that have none, and orders of days written with strokes.
ZONE = re.compile(r"Z|[+-][0-9]{2}:[0-9]{2}")
DATE_ORDERS = frozenset({"", "dmy", "mdy"})
SERIAL = re.compile(r"[0-9]{5}([.,][0-9]+)?")
#: A weight: digits in groups of three or not, decimals, and a unit or none.
MASS = re.compile(
    r"(?P<number>[+-]?(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]{1,9})(?:[.,][0-9]{1,6})?)"
    r"[ \u00a0\u202f]?(?P<unit>[A-Za-z]{0,10})\.?"
)
MASS_UNITS = {"": 1.0, "t": 1.0, "tonne": 1.0, "tonnes": 1.0, "kg": 0.001}
SPACES = re.compile(r"[ \u00a0\u202f]")
#: Decimals that may be thousands.
THOUSANDS = re.compile(r"[.,][0-9]{3}$")
#: A bare number above this is no weight of a vehicle in tonnes.
MOST_T = 200
YEARS = range(1900, 2101)
YES = frozenset({"yes", "y", "true", "1", "oui", "o", "vrai"})
NO = frozenset({"no", "n", "false", "0", "non", "faux"})
#: Text that a spreadsheet would take for a formula; writers put an apostrophe before it.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """
    What a file declares about how it is written.

    Attributes
    ----------
    decimal_comma : bool
        Numbers are written ``8,41``; a point is refused then.
    date_order : str
        Order of days written with strokes or points, ``dmy`` or ``mdy``; empty: such days are refused.
    zone : str
        Offset of times that have none, such as ``+01:00``; empty: such times are refused.
    """

    decimal_comma: bool = False
    date_order: str = ""
    zone: str = ""


ISO = Conventions()


def free_text(cell: str) -> str:
    """
    Text as it was written, without spaces around it and without the apostrophe that guards a formula.

    Examples
    --------
    >>> free_text(" '=1+1 ")
    '=1+1'
    """
    text = cell.strip(" \r\n")
    if text.startswith("'") and text[1:].startswith(FORMULA_START):
        return text[1:]
    return text.strip()


def identifier(cell: str) -> str:
    """Text that is compared: composed (NFC), so that two spellings of one accent are one id."""
    return unicodedata.normalize("NFC", free_text(cell))


def text_of(value: str | float, conventions: Conventions = ISO) -> str:
    """
    Text of a value that a workbook or a layer holds, as a text file would write it.

    Examples
    --------
    >>> text_of(10.5), text_of(10.0), text_of(True), text_of("007")
    ('10.5', '10', 'true', '007')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        words = f"{value:.15g}"
        return words.replace(".", ",") if conventions.decimal_comma else words
    return str(value)


def parse_number(cell: str, *, conventions: Conventions = ISO) -> float:
    """
    Finite number.

    Raises
    ------
    DataError
        It is none, or its decimal sign is not the declared one.

    Examples
    --------
    >>> parse_number("8,41", conventions=Conventions(decimal_comma=True))
    8.41
    """
    wanted, other = (NUMBER, COMMA_NUMBER)
    text = cell
    if conventions.decimal_comma:
        text = cell.replace(",", ".") if COMMA_NUMBER.fullmatch(cell) else cell
        if "." in cell:
            raise problem(DataError, "io.value.point")
    elif other.fullmatch(cell):
        raise problem(DataError, "io.value.comma")
    if not wanted.fullmatch(text) or (float(text) == 0 and text.startswith("-")):
        raise problem(DataError, "io.value.number")
    return float(text)


def parse_mass_t(cell: str, *, conventions: Conventions = ISO) -> float:
    """
    Tonnes of a weight: ``20``, ``20 t``, ``20t``, ``20 000 kg``; a bare number is tonnes.

    Raises
    ------
    DataError
        It is none, has another unit, which is named, or can be read in two ways.

    Examples
    --------
    >>> parse_mass_t("20 t"), parse_mass_t("20 000 kg"), parse_mass_t("7.5")
    (20.0, 20.0, 7.5)
    """
    match = MASS.fullmatch(cell.strip())
    if match is None:
        raise problem(DataError, "io.value.mass")
    unit = match["unit"].casefold()
    if unit not in MASS_UNITS:
        known = {key: key for key in tag_rules()["mass_t"]}
        key = "io.value.mass_unit" if unit in known else "io.value.mass"
        raise problem(DataError, key, unit=match["unit"])
    number = SPACES.sub("", match["number"])
    if unit == "kg" and THOUSANDS.search(number):
        raise problem(DataError, "io.value.mass_thousands")
    mass_t = parse_number(number, conventions=conventions) * MASS_UNITS[unit]
    if not unit and mass_t > MOST_T:
        raise problem(DataError, "io.value.mass_bare", most=MOST_T)
    return mass_t


def parse_hours_of_day(cell: str) -> str:
    """
    Hours of the day as every product writes them.

    Raises
    ------
    DataError
        They are none.

    Examples
    --------
    >>> parse_hours_of_day("6h-18h")
    '06:00-18:00'
    """
    hours = parse_hours(cell)
    if hours is None:
        raise problem(DataError, "io.value.hours")
    return written(*hours)


def parse_count(cell: str) -> int:
    """
    Whole number without sign, of at most nine digits.

    Raises
    ------
    DataError
        It is none.
    """
    if not COUNT.fullmatch(cell):
        raise problem(DataError, "io.value.count")
    return int(cell)


def parse_time(cell: str, *, conventions: Conventions = ISO) -> datetime:
    """
    Instant of an ISO 8601 time with offset, in Bangui time.

    A file may declare the offset of times that have none, and the order of days written with strokes.

    Raises
    ------
    DataError
        It has no offset and the file declares none, its day order is open, it is a spreadsheet's day number,
        or no time at all.

    Examples
    --------
    >>> parse_time("2026-12-01T05:00Z").isoformat()
    '2026-12-01T06:00:00+01:00'
    >>> french = Conventions(date_order="dmy", zone="+01:00")
    >>> parse_time("1/12/2026 6:00", conventions=french).isoformat()
    '2026-12-01T06:00:00+01:00'
    """
    match = TIME.fullmatch(_iso_time(cell, conventions))
    if not match:
        raise problem(DataError, "io.value.day_alone" if DAY.fullmatch(cell) else _time_fault(cell))
    day, clock, offset = match[1], match[2], match[5] or conventions.zone
    if not offset:
        raise problem(DataError, "io.value.naive")
    zone = "+00:00" if offset in {"Z", "z"} else offset
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{zone}")
    except ValueError as error:
        raise problem(DataError, "io.value.no_such_time") from error
    if moment.year not in YEARS:
        raise problem(DataError, "io.value.year", low=YEARS[0], high=YEARS[-1])
    return moment.astimezone(BANGUI)


def _iso_time(cell: str, conventions: Conventions) -> str:
    """Time with its day as ISO 8601 writes it, where the file declares the order of its days."""
    day, gap, clock = cell.strip().partition(" ")
    if not (gap and conventions.date_order and ORDERED.fullmatch(day)):
        return cell
    hour, colon, rest = clock.strip().partition(":")
    return f"{_iso_day(day, conventions)}T{hour:0>2}{colon}{rest}"


def parse_day(cell: str, *, conventions: Conventions = ISO) -> datetime:
    """
    Noon in Bangui of a day, or the instant of a time with offset.

    A day is ISO 8601, or has its month in words (``29 novembre 2026``), or is in the order that the file
    declares.

    Raises
    ------
    DataError
        As :func:`parse_time`.

    Examples
    --------
    >>> parse_day("3/11/2026", conventions=Conventions(date_order="dmy")).isoformat()
    '2026-11-03T12:00:00+01:00'
    """
    day = _iso_day(cell, conventions)
    if not day:
        return parse_time(cell, conventions=conventions)
    try:
        noon = datetime.fromisoformat(day).replace(tzinfo=BANGUI) + timedelta(hours=12)
    except ValueError as error:
        raise problem(DataError, "io.value.no_such_time") from error
    if noon.year not in YEARS:
        raise problem(DataError, "io.value.year", low=YEARS[0], high=YEARS[-1])
    return noon


def _iso_day(cell: str, conventions: Conventions) -> str:
    """Day as ISO 8601 writes it; empty where the cell is no day that can be read in one way."""
    if match := DAY.fullmatch(cell):
        return match[1]
    if match := WORDED.fullmatch(cell):
        word = plain(match[2])
        number = next((i for i, names in enumerate(MONTHS, 1) if word in _spelt(names)), 0)
        return f"{match[3]}-{number:02d}-{int(match[1]):02d}" if number else ""
    match = ORDERED.fullmatch(cell)
    if match and conventions.date_order:
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if conventions.date_order == "dmy" else (second, first)
        return f"{match[3]}-{month:02d}-{day:02d}"
    return ""


def _spelt(names: Iterable[str]) -> set[str]:
    return {*names, *(name[:3] for name in names)} - {"jui"}


def _time_fault(cell: str) -> str:
    slashed = SLASHED.fullmatch(cell)
    if slashed:
        is_open = int(slashed[1]) <= 12 and int(slashed[2]) <= 12
        return "io.value.day_order" if is_open else "io.value.not_iso"
    return "io.value.serial" if SERIAL.fullmatch(cell) else "io.value.not_iso"


def parse_yes_no(cell: str) -> bool:
    """
    Yes or no, in French or English.

    Raises
    ------
    DataError
        It is neither.
    """
    word = plain(cell)
    if word not in YES | NO:
        raise problem(DataError, "io.value.yes_no")
    return word in YES


def word_index(words: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    """
    Each word without accents, case and hyphens, to the value that it means; the value is a word for itself.

    Examples
    --------
    >>> word_index({"one_way": ["aller simple"]})
    {'oneway': 'one_way', 'allersimple': 'one_way'}
    """
    return {plain(word): value for value, others in words.items() for word in (value, *others)}


def parse_choice(
    cell: str, index: Mapping[str, str], *, words: Mapping[str, Sequence[str]] | None = None
) -> str:
    """
    Value that a word means.

    Parameters
    ----------
    cell : str
    index : mapping
        As of :func:`word_index`.
    words : mapping, optional
        What the index was made from: the first other word of each value is told beside it.

    Raises
    ------
    DataError
        No value is meant, with the values that are known.
    """
    value = index.get(plain(cell))
    if value is None:
        first = {value: others[0] for value, others in (words or {}).items() if others}
        told = (
            f"{value} ({first[value]})" if value in first else value
            for value in dict.fromkeys(index.values())
        )
        raise problem(DataError, "io.value.choice", known=", ".join(told))
    return value
