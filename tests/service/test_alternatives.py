"""Alternatives of one movement of a folder: for its owner, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.errors import DataError
from cmcoord_geo.io import read_picture
from cmcoord_geo.service.alternatives import ask_alternatives
from cmcoord_geo.sharing import Audience

PICTURE = read_picture(Path(__file__).resolve().parents[2] / "data" / "exercise")
OWNER = Audience(kind="owner")


def test_a_movement_with_a_road_and_one_without() -> None:
    found = ask_alternatives(PICTURE, " EX-M05 ", OWNER, Config())
    assert found.movement.movement_id == "EX-M05"
    assert found.movement.refusal is None
    assert found.movement.questions
    without = ask_alternatives(PICTURE, "EX-M12", OWNER, Config())
    assert without.movement.refusal is not None
    assert without.movement.alternatives[0].family_id == "road"


@pytest.mark.parametrize(
    ("word", "audience", "told"),
    [
        ("EX-M99", OWNER, "EX-M01, EX-M02"),
        (
            "EX-M05",
            Audience(kind="owner", organisation="ORG-A"),
            r"Known: EX-M01, EX-M07, EX-M09\.",
        ),
        (
            "EX-M99",
            Audience(kind="owner", organisation="ORG-A"),
            r"Known: EX-M01, EX-M07, EX-M09\.",
        ),
        ("EX-M01", Audience(kind="owner", organisation="NOBODY"), r"Known: –\."),
        ("EX-M05", Audience(kind="minusca_ops"), "not released"),
        ("EX-M05", Audience(kind="public"), "not released"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(word, audience, told) -> None:
    with pytest.raises(DataError, match=told):
        ask_alternatives(PICTURE, word, audience, Config())
