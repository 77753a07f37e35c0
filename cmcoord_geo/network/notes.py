"""What a note on a segment says: tags that close it, conditions not evaluated, doubts on its state."""

from __future__ import annotations

from functools import lru_cache

from cmcoord_geo.i18n import Said, said

#: Words before a tag in the note of a segment; parts of a note are divided by a semicolon and a space.
CLOSES, CONDITION, STATE = "closes: ", "condition: ", "state: "
#: Classes that are closed to some vehicle by themselves.
_NARROW = ("track", "path", "ferry", "construction")


def closing_tags(note: str) -> tuple[str, ...]:
    """
    Tags of a note that close the road to some vehicle.

    Examples
    --------
    >>> closing_tags("closes: access=private; private")
    ('access=private',)
    """
    return _after(note, CLOSES)


@lru_cache(maxsize=4096)
def said_of_signs(tags: tuple[str, ...], road_class: str) -> Said:
    """
    Why the map keeps a convoy off a road: the tags that close it, else its class.

    Parameters
    ----------
    tags : tuple of str
        From :func:`closing_tags`.
    road_class : str
    """
    if not tags and road_class not in _NARROW:
        return said("closed.signs")
    return said("closed.signs_told", tags=", ".join(tags) or f"highway={road_class}")


def conditions(note: str) -> tuple[str, ...]:
    """Tags of a note that set a condition on passage."""
    return _after(note, CONDITION)


def states(note: str) -> tuple[str, ...]:
    """Tags of a note that cast doubt on the state of a road, such as ``bridge:condition=poor``."""
    return _after(note, STATE)


def _after(note: str, word: str) -> tuple[str, ...]:
    parts = note.split("; ") if note else ()
    return tuple(part[len(word) :] for part in parts if part.startswith(word))
