"""Explosive ordnance on the map: one triangle for a record, and a road's own only where no record is held."""

from __future__ import annotations

import json
from dataclasses import replace

from render import sample

TRIANGLES = "return document.querySelectorAll('#map_page .mark .ordnance').length"
LEGEND = """
  const row = document.querySelector('[data-layer=ordnance]').closest('label');
  return Number(row.querySelector('b').textContent);
"""


def test_one_triangle_and_one_count_for_each_record(open_page):
    product = sample.product("owner")
    ours = next(item for item in product.incidents if item.is_ordnance)
    others = tuple(item for item in product.incidents if not item.is_ordnance)
    touched = [s for s in product.segments if ours.place and s.ordnance_records]
    # One record that two roads of a junction share.
    town = next(p for p in product.places if p.place_id == touched[0].start)
    record = replace(ours, lon=town.lon, lat=town.lat)
    roads = tuple(
        replace(s, ordnance_records=int(town.place_id in (s.start, s.end)))
        for s in product.segments
    )
    assert sum(road.ordnance_records for road in roads) >= 2
    page = open_page(replace(product, segments=roads, incidents=(*others, record)))
    assert page.run(TRIANGLES) == 1
    assert json.loads(page.root("given"))["ordnance"] == 1
    assert json.loads(page.root("drawn"))["ordnance"] == 1
    page.click("#tab-legend")
    assert page.run(LEGEND) == 1


def test_a_road_whose_record_is_not_released_keeps_its_triangle(open_page):
    """What may not be shown in detail is still there."""
    product = sample.product("owner")
    others = tuple(item for item in product.incidents if not item.is_ordnance)
    flagged = sum(segment.ordnance_records > 0 for segment in product.segments)
    page = open_page(replace(product, incidents=others))
    assert page.run(TRIANGLES) == flagged > 0
