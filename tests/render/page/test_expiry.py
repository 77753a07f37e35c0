"""Crossings of an option after the page has expired: only what had a report can have an expired one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render import sample

from cmcoord_geo.i18n import messages

PASSAGES = """
  return [...document.querySelectorAll('.compare .passage')].map((row) => row.textContent);
"""


def week(*, is_reported: bool):
    """The week in which all crossings have a report, or none has."""
    product = sample.product("owner")
    known = {"reported_at": sample.at(0, 6), "expires_at": sample.at(5, 6), "state": "open"}
    unknown = {"reported_at": None, "expires_at": None, "state": "unknown"}
    given = known if is_reported else unknown
    crossings = tuple(replace(crossing, **given) for crossing in product.crossings)
    return replace(product, crossings=crossings, closures=())


@pytest.mark.parametrize("is_reported", [True, False])
def test_only_a_report_expires(open_page, is_reported):
    page = open_page(week(is_reported=is_reported))
    movement = next(m for m in sample.movements() if any(o.passages for o in m.options))
    page.run("cmcoord.select('movement', arguments[0])", movement.mark)
    said = messages()["page.all.closure.expired"].fr
    assert not any(said in row for row in page.run(PASSAGES))
    page.run("cmcoord.setNow(8 * 24 * 60); cmcoord.setLanguage('fr')")
    rows = page.run(PASSAGES)
    assert rows
    assert [said in row for row in rows] == [is_reported] * len(rows)
