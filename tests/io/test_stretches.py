"""Parts of road that a row names, the same for patrols and operations."""

from __future__ import annotations

from pathlib import Path

import pytest
from schemas.example_rows import places_of, write
from towns import town

from cmcoord_geo.io.announced import read_operations
from cmcoord_geo.io.patrols import read_patrols
from cmcoord_geo.network import RoadNetwork, bundled_network

BUNDLED, SURVEYED = bundled_network(), town("A-B-C", cell_m=5_000)
WHEN = {"start": "2026-12-01T07:00+01:00", "end": "2026-12-01T12:00+01:00"}


def stretches(path: Path, network: RoadNetwork, row: dict[str, str]):
    """What a row of each table gives: parts, and where its faults are."""
    found = []
    patrols = read_patrols(
        write(path / "p.csv", [{"patrol_id": "P", **WHEN, **row}]), network=network
    )
    kept = patrols.content
    parts = zip(kept.segment_id, kept.from_fraction, kept.to_fraction, strict=True)
    found.append(([(key, float(a), float(b)) for key, a, b in parts], faults(patrols)))
    operations = read_operations(
        write(path / "o.csv", [{"operation_id": "O", **WHEN, **row}]), network=network
    )
    parts = [part for one in operations.content for part in one.stretches]
    found.append((parts, faults(operations)))
    return found


def faults(reading) -> set[str]:
    told = places_of(reading.findings)
    return {column for severity, _, column in told if severity == "error" and column}


@pytest.mark.parametrize(
    ("network", "row", "columns"),
    [
        (BUNDLED, {"from_place": "Bambari", "to_place": "Ippy", "km_to": "50"}, set()),
        (BUNDLED, {"from_place": "Ippy", "to_place": "Bambari", "km_to": "50"}, set()),
        (BUNDLED, {"from_place": "Bambari", "to_place": "Birao"}, {"to_place"}),
        (BUNDLED, {"km_to": "50"}, {"segment_id"}),
        (SURVEYED, {"segment_id": "A-B", "km_from": "2", "km_to": "8"}, set()),
        (SURVEYED, {"segment_id": "A-B", "km_from": "8", "km_to": "2"}, {"km_to"}),
        (SURVEYED, {"segment_id": "A-B", "km_to": "99"}, {"km_to"}),
        (SURVEYED, {"segment_id": "A-B", "km_from": "99"}, {"km_from", "km_to"}),
    ],
)
def test_both_tables_read_a_stretch_alike(
    tmp_path: Path, network: RoadNetwork, row: dict[str, str], columns: set[str]
) -> None:
    patrols, operations = stretches(tmp_path, network, row)
    assert patrols == operations
    assert patrols[1] == columns
    assert bool(patrols[0]) is not bool(columns)
