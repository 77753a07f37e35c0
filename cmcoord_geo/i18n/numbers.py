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
