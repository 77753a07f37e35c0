"""JSON of departures: a version, every slot, reasons by number."""

from __future__ import annotations

import json

from render.departures import departure_sheets

from cmcoord_geo.export.departures import departures_json


def test_json_holds_every_slot_and_is_the_same_twice() -> None:
    written = departures_json(departure_sheets(2))
    assert written == departures_json(departure_sheets(2))
    read = json.loads(written)
    assert (read["schema"], read["version"]) == ("cmcoord-geo/departures", 1)
    for movement in read["movements"]:
        assert movement["frame"]["is_exercise"] is True
        for option in movement["options"]:
            assert len(option["slots"]) == 192
            assert all(
                number < len(option["reasons"])
                for slot in option["slots"]
                for number in slot["reasons"]
            )
