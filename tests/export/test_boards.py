"""JSON of boards: shared parts once, the parts of each vehicle in its board."""

from __future__ import annotations

import json

from render import boards

from cmcoord_geo.export import to_plain
from cmcoord_geo.export.boards import BOARDS_VERSION, boards_json


def test_each_figure_of_each_vehicle_is_there() -> None:
    several = boards.by_vehicle()
    told = json.loads(boards_json(several))
    assert (told["schema"], told["version"]) == ("cmcoord-geo/isolation", BOARDS_VERSION)
    for one, board in zip(told["boards"], several, strict=True):
        for name in ("key", "vehicles", "cases", "targets", "losses", "notes"):
            assert one[name] == to_plain(getattr(board, name)), name
    for name in ("frame", "base", "bound_h", "bound_ratio", "least_h", "bound"):
        assert told[name] == to_plain(getattr(several[0], name)), name


def test_roads_are_those_of_the_losses_of_any_vehicle_each_once() -> None:
    several = boards.by_vehicle()
    lost = {key for board in several for loss in board.losses for key in loss.segment_ids}
    told = [one["segment_id"] for one in json.loads(boards_json(several))["segments"]]
    assert sorted(told) == sorted(lost)
    one = json.loads(boards_json(several[:1]))["segments"]
    assert len(one) < len(told)


def test_same_boards_same_bytes() -> None:
    assert boards_json(boards.by_vehicle()) == boards_json(boards.by_vehicle())
