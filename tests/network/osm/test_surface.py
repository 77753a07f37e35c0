"""Surfaces: never better than the tags say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.facts import SURFACES
from cmcoord_geo.network.osm import surface_of
from cmcoord_geo.network.osm.surface import unread_surface
from cmcoord_geo.network.osm.tables import highway_classes, surface_words


@pytest.mark.parametrize(
    ("tags", "surface"),
    [
        *[("primary", "unknown"), ("track", "track"), ("path", "track"), ("motorway", "unknown")],
        *[("primary surface=asphalt", "paved"), ("primary surface=laterite", "laterite")],
        *[("primary surface=paved", "paved_bad"), ("primary surface=unpaved", "degraded")],
        *[("primary surface=asphalt smoothness=very_bad", "degraded")],
        *[("primary surface=asphalt;sand", "track"), ("primary surface=chocolate", "unknown")],
        *[("primary smoothness=excellent", "unknown"), ("primary smoothness=horrible", "track")],
        *[("track tracktype=grade1", "laterite"), ("track tracktype=grade3", "degraded")],
        *[("track surface=asphalt tracktype=grade5", "track"), ("primary 4wd_only=yes", "track")],
        *[
            ("primary smoothness=awful", "track"),
            ("primary surface=asphalt smoothness=awful", "track"),
        ],
        *[
            ("primary surface=asphalt 4wd_only=maybe", "track"),
            ("primary surface=asphalt 4wd_only=no", "paved"),
        ],
        *[("primary surface=chocolate tracktype=grade1", "unknown")],
        *[("primary surface=asphalt tracktype=grade9", "unknown")],
        *[("primary surface=chocolate tracktype=grade4", "track")],
    ],
)
def test_surface_of(tags: str, surface: str) -> None:
    highway, *rest = tags.split()
    found = surface_of({"highway": highway, **dict(word.split("=") for word in rest)})
    assert found == surface


@given(
    st.sampled_from(sorted(highway_classes())),
    st.dictionaries(
        st.sampled_from(["smoothness", "tracktype", "4wd_only", "lit", "lanes"]),
        st.sampled_from([value for _, value in surface_words()]),
    ),
)
def test_without_a_surface_nothing_is_paved(highway: str, tags: dict[str, str]) -> None:
    assert surface_of({"highway": highway, **tags}) not in {"paved", "paved_bad"}


def test_words_of_the_table_are_ours() -> None:
    assert set(surface_words().values()) <= set(SURFACES)


def test_what_is_not_known_is_told() -> None:
    assert list(unread_surface({"surface": "chocolate"})) == ["surface=chocolate"]
    assert list(unread_surface({"surface": "asphalt", "tracktype": "grade2"})) == []
