"""The views of skill hold figures, sentences and moments, and have no room for a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import datetime

import pytest
from render import skills

from cmcoord_geo.i18n import Said
from cmcoord_geo.sharing.skill_views import SkillView
from cmcoord_geo.sharing.views import FrameView


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for one in value:
            yield from leaves(one)
    elif is_dataclass(value) and not isinstance(value, Said):
        for entry in fields(value):
            yield from leaves(getattr(value, entry.name))
    else:
        yield value


@pytest.mark.parametrize("name", skills.VIEWS)
def test_nothing_but_statistics_reaches_the_drawing(name: str) -> None:
    view = skills.VIEWS[name]()
    found = list(leaves(view))
    assert {type(value) for value in found} <= {
        int, float, bool, str, Said, datetime, type(None),
    }  # fmt: skip
    words = {value for value in found if isinstance(value, str)}
    sources = {part for source in view.frame.sources for part in (source.name, source.licence)}
    assert words <= sources | {"public", "owner", "named", "chance", "wide"}


def test_a_view_is_frozen() -> None:
    view = skills.view()
    assert isinstance(view, SkillView)
    assert isinstance(view.frame, FrameView)
    with pytest.raises(FrozenInstanceError):
        view.events = 3  # type: ignore[misc]
