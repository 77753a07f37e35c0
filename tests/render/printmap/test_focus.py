"""A sheet of a large network shows the country around its trips."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render.page.test_surveyed import surveyed
from sharing.surveyed import START, segment

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.printmap.focus import focused, used_roads
from cmcoord_geo.render.printmap.picture import draw_picture
from cmcoord_geo.sharing.views import ClosureView, ProductView

FAR = segment("far", "x", "y", 1.5)
LARGE = (18.0, 3.0, 22.0, 7.0)


def large(**more: object) -> ProductView:
    made = surveyed()
    ground = made.frame.ground
    assert ground is not None
    frame = replace(made.frame, ground=replace(ground, extent=LARGE))
    far = replace(FAR, exposure_class=0)
    return replace(made, frame=frame, segments=(*made.segments, far), **more)


def closure(road: str) -> ClosureView:
    return ClosureView(
        mark="R1", segment_id=road, fraction=0.5, state="closed", said=Said(fr="Route", en="Road"),
        reported_at=START, expires_at=START,
    )  # fmt: skip


def test_the_extent_is_that_of_the_trips_with_a_rim() -> None:
    view = large()
    found = focused(view)
    ground = found.frame.ground
    assert ground is not None
    assert ground.extent is not None
    west, south, east, north = ground.extent
    used = used_roads(view)
    points = [spot for one in view.segments if one.segment_id in used for spot in one.line]
    assert used
    assert all(west < lon < east and south < lat < north for lon, lat in points)
    assert east - west < 0.2
    assert "far" not in {one.segment_id for one in found.segments}
    assert used <= {one.segment_id for one in found.segments}


@pytest.mark.parametrize("is_empty", [True, False])
def test_without_trips_or_with_trips_all_over_it_stays(*, is_empty: bool) -> None:
    view = large(movements=(), patrols=(), conflicts=()) if is_empty else surveyed()
    assert focused(view) is view


def test_the_country_of_the_bundled_roads_stays_whole() -> None:
    view = large()
    bundled = replace(view, frame=replace(view.frame, ground=None))
    assert focused(bundled) is bundled


def test_a_network_of_the_whole_country_is_shown_around_its_trips() -> None:
    view = large()
    ground = view.frame.ground
    assert ground is not None
    country = replace(view, frame=replace(view.frame, ground=replace(ground, extent=None)))
    found = focused(country).frame.ground
    assert found is not None
    assert found.extent == focused(view).frame.ground.extent  # type: ignore[union-attr]


def test_a_closure_off_the_sheet_is_listed_as_such() -> None:
    view = large()
    near = max(view.segments[:-1], key=lambda one: one.km_mid).segment_id
    for road, is_near in ((near, True), ("far", False)):
        scene = draw_picture(
            replace(view, closures=(closure(road),)), lang="en", paper="A3", dpi=50
        )
        told = " ".join(written.text for written in scene.sheet.written)
        assert ("off the sheet" in told) != is_near
        assert any(label.text.startswith("R1") for label in scene.labels) == is_near
