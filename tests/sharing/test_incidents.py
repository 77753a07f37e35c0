"""Which points may leave at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from records import source

from cmcoord_geo.sharing.incidents import may_leave


@pytest.mark.parametrize(
    ("has_export", "is_assumed", "is_own", "leaves"),
    [
        (True, False, False, True),
        (True, True, True, True),
        (True, True, False, False),
        (False, False, True, False),
    ],
)
def test_a_source_that_nobody_declared_stays_with_its_owner(
    *, has_export: bool, is_assumed: bool, is_own: bool, leaves: bool
) -> None:
    """Whether points may be released is for the one who declares the source to say (DOMAIN.md 2.4)."""
    given = replace(source("ambush"), has_export=has_export, is_assumed=is_assumed)
    assert may_leave(given, is_own=is_own) is leaves
