"""Connected parts of a network."""

from __future__ import annotations

import numpy as np
from towns import town

from cmcoord_geo.network.parts import Meeting, are_ferries, component_of, degrees


def test_parts_do_not_ask_for_directions_and_may_leave_roads_out() -> None:
    network = town("A---B---E\n\nC---D")
    assert len(set(component_of(network).tolist())) == 2
    none = np.zeros(len(network), dtype=bool)
    assert len(set(component_of(network, is_wanted=none).tolist())) == len(network.node_ids)


def test_who_meets_where() -> None:
    network = town("A--B--C\n   |\n   D")
    b, d = network.node_index["B"], network.node_index["D"]
    meeting = Meeting(network)
    assert {network.segment_ids[i] for i in meeting.at(b)} == {"A-B", "B-C", "B-D"}
    (down,) = meeting.at(d)
    assert meeting.beyond(d, down) == b
    assert degrees(network)[b] == 3


def test_ferries_are_told_by_their_class() -> None:
    network = town("A--B--C", roads={"B-C": {"road_class": "ferry"}})
    assert are_ferries(network).tolist() == [key == "B-C" for key in network.segment_ids]
