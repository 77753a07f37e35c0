"""Records of what was carried over."""

from __future__ import annotations

from cmcoord_geo.i18n import Said
from cmcoord_geo.network.carried import CarriedLink, CarriedLinks


def test_roads_of_a_link_and_segments_each_once() -> None:
    there = (("w1", True), ("w2", False))
    back = (("w2", True), ("w3", False))
    good = CarriedLink(link_id="L1", title="A–B", km=9.0, told_km=(8.0, 10.0), roads=(there, back))
    bad = CarriedLink(link_id="L2", title="B–C", km=None, told_km=(1, 2), why=Said("x", "y"))
    carried = CarriedLinks(links=(good, bad), crossings=(), elsewhere=3)
    assert carried.roads("L1") == (there, back)
    assert carried.segment_ids("L1") == ("w1", "w2", "w3")
    assert carried.roads("L2") == carried.roads("L9") == ()
    assert carried.title_of("w2/3") == carried.title_of("w2") == "A–B"
    assert carried.title_of("w9") == ""
    assert list(carried.matched) == [good]
    assert list(carried.refused) == [bad]
