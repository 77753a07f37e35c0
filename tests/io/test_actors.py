"""Actors are reduced to a type, and no name comes out of it."""

from __future__ import annotations

import pytest

from cmcoord_geo.facts import rows
from cmcoord_geo.io.actors import acled_actor, actor_type

TYPES = {"state_force", "armed_group", "criminal", "community", "unknown"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Government of Uganda", "state_force"),
        ("Gendarmerie nationale", "state_force"),
        ("anti-balaka", "armed_group"),
        ("Anti Balaka (faction)", "armed_group"),
        ("Coupeurs de route", "criminal"),
        ("Braqueurs armés", "criminal"),
        ("Éleveurs transhumants", "community"),
        ("hommes armés non identifiés", "unknown"),
        ("Kanari Group", "unknown"),
        ("supcom", "unknown"),
        ("", "unknown"),
    ],
)
def test_words_of_a_source(words: str, kind: str) -> None:
    assert actor_type(words) == kind


def test_a_stand_in_is_for_names_that_the_table_lacks_not_for_no_name() -> None:
    assert actor_type("Kanari Group", instead="armed_group") == "armed_group"
    assert actor_type(" ", instead="armed_group") == "unknown"


def test_tables_hold_types_only() -> None:
    assert {row["type"] for row in rows("actor_types.csv")} <= TYPES
    assert {row["type"] for row in rows("acled_actors.csv")} <= TYPES
    assert {row["code"] for row in rows("acled_actors.csv")} == set("12345678")


def test_interaction_with_one_side() -> None:
    assert acled_actor("", "", "Sole State forces") == "state_force"
    assert acled_actor("", "", "10") == "state_force"
