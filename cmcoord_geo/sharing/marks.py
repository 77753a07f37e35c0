"""Letter of the marks of reported states of roads: one that no report id looks like."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Road, "tronçon", "état"; then letters that no other mark of a product bears (H, P, X, C, Z do).
_LETTERS = "RTEVWYK"


def mark_letter(report_ids: Iterable[str]) -> str:
    """
    First letter that starts no number in one of the ids, whatever stands before, between or behind.

    Only ids that an audience may see belong here: a mark must not tell what was withheld.

    Examples
    --------
    >>> mark_letter(["S-12", "ROUTE 4"])
    'R'
    >>> mark_letter(["R2", "EX-R01", "t.3"])
    'E'
    """
    ids = [one.upper() for one in report_ids]
    return next(letters for letters in _candidates() if not _is_used(letters, ids))


def _candidates() -> Iterator[str]:
    for times in count(1):
        yield from (letter * times for letter in _LETTERS)


def _is_used(letters: str, ids: Iterable[str]) -> bool:
    like = re.compile(rf"(?<![^\W\d_]){letters}[\W_]*\d")
    return any(like.search(one) for one in ids)
