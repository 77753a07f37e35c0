"""What a note on a segment says: tags that close it, and conditions that nobody evaluated."""

from __future__ import annotations

#: Words before a tag in the note of a segment; parts of a note are divided by a semicolon and a space.
CLOSES, CONDITION = "closes: ", "condition: "


def closing_tags(note: str) -> tuple[str, ...]:
    """
    Tags of a note that close the road to some vehicle.

    Examples
    --------
    >>> closing_tags("closes: access=private; private")
    ('access=private',)
    """
    return _after(note, CLOSES)


def conditions(note: str) -> tuple[str, ...]:
    """Tags of a note that set a condition on passage."""
    return _after(note, CONDITION)


def _after(note: str, word: str) -> tuple[str, ...]:
    parts = note.split("; ") if note else ()
    return tuple(part[len(word) :] for part in parts if part.startswith(word))
