"""Numbers with the decimal sign of each language."""

from __future__ import annotations

from math import isinf

from cmcoord_geo.i18n import Said

_KM_M = 1000
#: From here on whole kilometres are told.
_WHOLE_KM = 10
#: Below this a length would be told as nothing.
_LEAST_KM = 0.05


def said_decimal(value: float, *, digits: int = 1) -> Said:
    """
    Number with decimals: a comma in French, a point in English.

    Examples
    --------
    >>> said_decimal(6.55)
    Said(fr='6,5', en='6.5')
    >>> said_decimal(12.0, digits=0)
    Said(fr='12', en='12')
    """
    words = f"{value:.{digits}f}"
    return Said(fr=words.replace(".", ","), en=words)


def said_tonnes(limit_t: float) -> Said:
    """
    Limit in tonnes, rounded down to a tenth, which is left out where it is none.

    Examples
    --------
    >>> said_tonnes(25.40117272)
    Said(fr='25,4', en='25.4')
    >>> said_tonnes(30.0)
    Said(fr='30', en='30')
    >>> said_tonnes(9.96)
    Said(fr='9,9', en='9.9')
    """
    tenths = int(limit_t * 10 + 1e-6)
    return said_decimal(tenths / 10, digits=int(tenths % 10 > 0))


def said_number(value: float) -> Said:
    """
    Number as it was given, with decimals only where it has some: a comma in French.

    Examples
    --------
    >>> said_number(3.5)
    Said(fr='3,5', en='3.5')
    >>> said_number(10.0).fr
    '10'
    """
    words = f"{value:g}"
    return Said(fr=words.replace(".", ","), en=words)


def said_km(km: float) -> Said:
    """
    Kilometres to the hundred metres, without their unit; what is there is never written as nothing.

    Examples
    --------
    >>> said_km(20.62)
    Said(fr='20,6', en='20.6')
    >>> said_km(0.03)
    Said(fr='<0,1', en='<0.1')
    """
    return Said(fr="<0,1", en="<0.1") if 0 < km < _LEAST_KM else said_decimal(km)


def said_signed(value: float, *, digits: int = 2) -> Said:
    """
    Number with its sign and decimals.

    Examples
    --------
    >>> said_signed(1.658)
    Said(fr='+1,66', en='+1.66')
    """
    words = f"{value:+.{digits}f}"
    return Said(fr=words.replace(".", ","), en=words)


def said_whole(value: float) -> Said:
    r"""
    Whole number in groups of three digits: a narrow no-break space in French, a comma in English.

    Examples
    --------
    >>> said_whole(9580.4)
    Said(fr='9\u202f580', en='9,580')
    """
    words = f"{value:,.0f}"
    return Said(fr=words.replace(",", "\u202f"), en=words)


def said_length(metres: float) -> Said:
    """
    Length as a person says it: metres below a kilometre, tenths of a kilometre below ten, then kilometres.

    Examples
    --------
    >>> said_length(853.2).en, said_length(6553.0).fr, said_length(53_212.0).en
    ('853 m', '6,6 km', '53 km')
    >>> said_length(2000.0).en, said_length(2001.0).en
    ('2 km', '2.0 km')
    """
    if isinf(metres):
        return Said(fr="∞ km", en="∞ km")
    if round(metres) < _KM_M:
        return _with_unit(said_whole(metres), "m")
    km = metres / _KM_M
    is_whole = metres % _KM_M == 0 or round(km, 1) >= _WHOLE_KM
    return _with_unit(said_whole(km) if is_whole else said_decimal(km), "km")


def _with_unit(value: Said, unit: str) -> Said:
    return Said(fr=f"{value.fr} {unit}", en=f"{value.en} {unit}")
