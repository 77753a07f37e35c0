"""Roads without name and number, known by their class alone, in words that people say."""

from __future__ import annotations

from cmcoord_geo.i18n import Said, messages


def said_road(title: str) -> Said:
    """
    Title of a road in both languages; the bare word of a class becomes words that a person says.

    Parameters
    ----------
    title : str
        Name or number of a road, else the word of OpenStreetMap for its class.

    Examples
    --------
    >>> said_road("RN2").fr, said_road("track").fr, said_road("path").en
    ('RN2', 'sans nom (piste)', 'without name (path)')
    """
    return messages().get(f"road_class.{title}") or Said(fr=title, en=title)
