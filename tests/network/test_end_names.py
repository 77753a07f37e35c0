"""What the end of a movement is called, with a name and without."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from towns import town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.network.traffic import Traffic, everybody


def surveyed(drawing: str, *, names: dict[str, str] | None = None, **more: Any) -> RoadNetwork:
    network = town(drawing, **more)
    masks = np.full(len(network), everybody(), dtype=np.uint8)
    return replace(
        network,
        node_names=tuple((names or {}).get(key, "") for key in network.node_ids),
        traffic=Traffic(
            names=("Rue",) * len(network), forward=masks, backward=masks,
            duration_s=np.full(len(network), np.nan),
        ),
    )  # fmt: skip


def test_an_end_without_a_name_is_called_after_what_is_beside_it() -> None:
    network = surveyed("A--B", names={"B": "Bourg"}, cell_m=150.0)
    assert end_name(network, network.node_index["B"]) == "Bourg"
    assert end_name(network, network.node_index["A"]) == "Bourg (Rue)"
    far = surveyed("A--B", names={"B": "Bourg"})
    assert end_name(far, far.node_index["A"]) == "7.0000, 20.0000 (Rue)"


def test_a_typed_position_stays_one() -> None:
    network = surveyed("A--B", ids={"A": "7.00000,20.00000"}, cell_m=150.0)
    names = {"7.00000,20.00000": "7.00000, 20.00000", "B": "Bourg"}
    typed = replace(network, node_names=tuple(names[key] for key in network.node_ids))
    assert end_name(typed, 0) == "7.0000, 20.0000 (Rue)"
