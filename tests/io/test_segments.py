"""Segments by id or by two places; km from the end that the row names."""

from __future__ import annotations

import pytest

from cmcoord_geo.io.row import Row
from cmcoord_geo.io.segments import SegmentRef, find_segment, read_km
from cmcoord_geo.io.text_table import TextRow
from cmcoord_geo.network import bundled_network
from cmcoord_geo.schemas import get_table


def row(**cells: str) -> Row:
    return Row(
        TextRow(number=2, cells=tuple(cells.values())), file="patrols.csv", table=get_table("patrols"),
        columns={name: i for i, name in enumerate(cells)}, header=tuple(cells),
    )  # fmt: skip


def test_every_segment_is_found_by_its_ends_or_the_reader_asks() -> None:
    network = bundled_network()
    for index, segment_id in enumerate(network.segment_ids):
        ends = (network.node_ids[network.start[index]], network.node_ids[network.end[index]])
        for start, end in (ends, ends[::-1]):
            asked = row(from_place=start, to_place=end)
            found = find_segment(asked, network)
            assert found is not None
            assert found.segment_id == segment_id
            assert found.is_flipped is (start == ends[1])


def test_the_start_alone_turns_a_segment_that_is_named() -> None:
    network = bundled_network()
    assert find_segment(row(segment_id="L080", to_place="Bambari"), network).is_flipped
    assert find_segment(row(segment_id="L080", from_place="Ippy"), network).is_flipped
    assert not find_segment(row(segment_id="L080", from_place="Bambari"), network).is_flipped


@pytest.mark.parametrize("is_flipped", [True, False])
def test_fractions_stay_on_the_segment(is_flipped: bool) -> None:  # noqa: FBT001
    segment = SegmentRef(segment_id="x", length_km=100, length_high_km=120, is_flipped=is_flipped)
    assert segment.fraction(0) == is_flipped
    assert segment.fraction(100) == segment.fraction(115) == 1 - is_flipped
    assert segment.fraction(30) == pytest.approx(0.7 if is_flipped else 0.3)


def test_km_beyond_the_longest_estimate_are_refused() -> None:
    segment = SegmentRef(segment_id="x", length_km=100, length_high_km=120, is_flipped=False)
    within, beyond, empty = row(km_to="119"), row(km_to="121"), row(km_to="")
    assert read_km(within, "km_to", segment, 7.0) == 119
    assert read_km(empty, "km_to", segment, 7.0) == 7.0
    read_km(beyond, "km_to", segment, 7.0)
    assert (within.is_refused, beyond.is_refused, empty.is_refused) == (False, True, False)
