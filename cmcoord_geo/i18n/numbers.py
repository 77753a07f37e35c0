"""Numbers with the decimal sign of each language."""

from __future__ import annotations

from cmcoord_geo.i18n import Said


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
