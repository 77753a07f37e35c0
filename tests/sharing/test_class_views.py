"""A small map's levels belong to its roads, and only explosive ordnance has points."""

from __future__ import annotations

import pytest
from render import sheets

from cmcoord_geo.sharing.class_views import ClassPanelView, ClassRoadView


@pytest.mark.parametrize("name", sheets.CLASSES)
def test_levels_belong_to_roads_and_points_to_ordnance(name: str) -> None:
    view = sheets.CLASSES[name]()
    assert all(isinstance(road, ClassRoadView) for road in view.roads)
    for panel in view.panels:
        assert isinstance(panel, ClassPanelView)
        assert len(panel.levels) == (0 if panel.key == "ordnance" else len(view.roads))
        assert set(panel.levels) <= {0, 1, 2, 3, 4}
        assert not panel.points or panel.key == "ordnance"
