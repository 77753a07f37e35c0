"""Letters of marks that no report id looks like."""

from __future__ import annotations

import pytest

from cmcoord_geo.sharing.marks import mark_letter


@pytest.mark.parametrize(
    ("ids", "letter"),
    [
        ((), "R"),
        (("", "S-12", "ROAD-4", "SR2", "R"), "R"),
        (("R1",), "T"),
        (("r 01",), "T"),
        (("EX-R02",), "T"),
        (("NGO_R#3",), "T"),
        (("2026R7",), "T"),
        (("R1", "T1", "E9"), "V"),
        (tuple(f"{one}1" for one in "RTEVWYK"), "RR"),
    ],
)
def test_the_letter_starts_no_number_in_an_id(ids: tuple[str, ...], letter: str) -> None:
    assert mark_letter(ids) == letter
