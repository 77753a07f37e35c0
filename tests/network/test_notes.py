"""What a note on a segment says."""

from __future__ import annotations

from cmcoord_geo.network.notes import closing_tags, conditions


def test_parts_of_a_note_are_told_apart() -> None:
    note = "closes: access=no; closes: maxweight=5; condition: hgv:conditional=no @ (wet); private"
    assert closing_tags(note) == ("access=no", "maxweight=5")
    assert conditions(note) == ("hgv:conditional=no @ (wet)",)
    assert closing_tags("") == conditions("private; toll") == ()
