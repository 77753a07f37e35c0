"""The map of a phone: each badge whole, alone, and near what it names."""

from __future__ import annotations

import itertools
import json

import pytest
from browser.chromium import PHONE
from render import sample

LONGEST_LEADER = 0.13 * PHONE[0]
BOXES = """
  const frame = document.getElementById('mapbox').getBoundingClientRect();
  const box = (node) => {
    const {left, top, right, bottom} = node.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const badges = [...document.querySelectorAll('.leaflet-badges-pane .badge')];
  return [[frame.left, frame.top, frame.right, frame.bottom],
    badges.map((node) => [node.textContent, ...box(node)]),
    [...document.querySelectorAll('path.leader')].map((path) => path.getTotalLength())];
"""
NAMES = "return [...document.querySelectorAll('.name.cell')].map((node) => node.textContent)"


@pytest.mark.parametrize("day", range(5))
def test_badges_of_a_phone_are_whole_alone_and_near(open_page, day):
    page = open_page(size=PHONE)
    page.run("cmcoord.setNow(arguments[0])", (day * 24 + 9) * 60)
    frame, badges, leaders = page.run(BOXES)
    assert any(badge[0].startswith("H") for badge in badges)
    for _, left, top, right, bottom in badges:
        assert frame[0] <= left < right <= frame[2]
        assert frame[1] <= top < bottom <= frame[3]
    for (_, *one), (_, *other) in itertools.combinations(badges, 2):
        apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
        assert apart, (one, other)
    assert all(length <= LONGEST_LEADER + 1 for length in leaders)


@pytest.mark.parametrize("day", range(5))
def test_a_phone_shows_patrols_and_conflicts_of_the_day_and_counts_the_others(open_page, day):
    page = open_page(size=PHONE)
    page.run("cmcoord.setNow(arguments[0])", (day * 24 + 9) * 60)
    first, last = sample.at(day, 0), sample.at(day + 1, 0)
    for kind, things in (("patrols", sample.patrols()), ("conflicts", sample.conflicts())):
        windows = [thing.window for thing in things]
        today = sum(w is None or (w.start < last and w.end > first) for w in windows)
        drawn, left = (json.loads(page.root(name))[kind] for name in ("drawn", "left"))
        assert (drawn, left) == (today, len(things) - today)
    assert page.run("return document.getElementById('alarm').hidden")


def test_movements_of_one_road_share_a_badge(open_page):
    page = open_page(size=PHONE)
    marks = [
        mark for text, *_ in page.run(BOXES)[1] if text.startswith("H") for mark in text.split()
    ]
    assert len(marks) == len(set(marks))
    assert set(marks) == {movement.mark for movement in sample.movements()}


def test_every_closure_of_a_phone_keeps_its_badge(open_page):
    page = open_page(size=PHONE)
    marks = {text for text, *_ in page.run(BOXES)[1] if text.startswith("R")}
    assert marks == {closure.mark for closure in sample.closures()}


def test_towns_with_a_cell_are_named_before_others(open_page):
    page = open_page(size=PHONE)
    assert len(page.run(NAMES)) >= 4
