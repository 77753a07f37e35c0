"""What a note on a segment says."""

from __future__ import annotations

from cmcoord_geo.network.notes import closing_tags, conditions, said_of_signs, states


def test_parts_of_a_note_are_told_apart() -> None:
    note = "closes: access=no; closes: maxweight=5; condition: hgv:conditional=no @ (wet); private"
    assert closing_tags(note) == ("access=no", "maxweight=5")
    assert conditions(note) == ("hgv:conditional=no @ (wet)",)
    assert states(f"{note}; state: damage=minor; toll") == ("damage=minor",)
    assert states(note) == ()
    assert closing_tags("") == conditions("private; toll") == ()


def test_why_a_road_is_closed_is_its_tags_else_its_class() -> None:
    said = said_of_signs(("access=no", "maxweight=5"), "primary")
    assert said.en == "closed to this vehicle by the map (access=no, maxweight=5)"
    assert said_of_signs((), "track").fr == "fermée à ce véhicule par la carte (highway=track)"
    assert "access, direction, limit or barrier" in said_of_signs((), "primary").en
