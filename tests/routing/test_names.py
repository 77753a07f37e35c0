"""The public names of the room."""

from __future__ import annotations

import cmcoord_geo.routing as room


def test_public_names_are_listed_once_and_resolve() -> None:
    assert len(set(room.__all__)) == len(room.__all__)
    assert all(hasattr(room, name) for name in room.__all__)
    assert {"ArcGraph", "pareto_paths"} <= set(room.__all__)
