"""Tables beside the map: numbers that add up, rows that are counted, doubts that are marked."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from render.printmap.pencil import blank, put_up
from render.sample import product

from cmcoord_geo.render.printmap import dates, tables
from cmcoord_geo.render.printmap.corridors import corridor_entries
from cmcoord_geo.render.printmap.panel import Room
from cmcoord_geo.sharing.views import AreaCountView

OWNER, DESK, PUBLIC = (product(audience) for audience in ("owner", "minusca_ops", "public"))


def put(build, week, *, rows=24, width_mm=186.0, **more):
    """Scene with a panel in its corner."""
    scene = blank(week)
    put_up(build(scene, Room(width_mm=width_mm, zoom=1.0, rows=rows), **more))
    return scene


def rows_of(scene) -> list[list[str]]:
    """Texts by line, from left to right."""
    ordered = sorted(
        scene.sheet.written, key=lambda w: (round(w.box.top + w.box.bottom, 1), w.box.left)
    )
    lines = itertools.groupby(ordered, key=lambda w: round(w.box.top + w.box.bottom, 1))
    return [[written.text for written in line] for _, line in lines]


def movement_rows(scene) -> dict[str, list[str]]:
    marks = {movement.mark for movement in scene.product.movements}
    return {row[0]: row for row in rows_of(scene) if row[0] in marks}


def test_the_kilometres_of_every_movement_add_up_to_its_road():
    rows = movement_rows(put(tables.build_movements, OWNER))
    assert set(rows) == {m.mark for m in OWNER.movements}
    covered = 0
    for movement in OWNER.movements:
        cells = [0 if cell == "–" else int(cell) for cell in rows[movement.mark][4:]]
        whole, offered, confirmed, neither, no_information = cells
        assert whole == offered + confirmed + neither
        assert no_information <= whole
        covered += offered + confirmed
        kept = next((o for o in movement.options if o.decision == "kept"), None)
        assert whole == (0 if kept is None else pytest.approx(kept.legs[-1].km.high, abs=2.5))
    assert covered > 0


def test_the_bar_of_a_movement_is_divided_as_its_kilometres():
    week = replace(OWNER, movements=OWNER.movements[:1])
    scene = put(tables.build_movements, week)
    whole, offered, confirmed, neither = (
        0 if cell == "–" else int(cell) for cell in movement_rows(scene)["H1"][4:8]
    )
    bar = [s for s in scene.sheet.shapes if s.style.get("width_pt") == 0.7]
    widths = [float(np.ptp(part.points[:, 0])) for part in bar]
    km = [km for km in (confirmed, offered, neither) if km]
    assert widths == pytest.approx([tables.BAR * n / whole for n in km])


def test_a_movement_without_an_option_says_so_and_one_after_the_expiry_has_a_dagger():
    rows = movement_rows(put(tables.build_movements, OWNER))
    for movement in OWNER.movements:
        row = rows[movement.mark]
        assert row[1] == movement.movement_id
        is_kept = any(option.decision == "kept" for option in movement.options)
        assert ("aucune option retenue" in row[2]) != is_kept
        assert row[3].endswith("†") == (movement.depart.start > OWNER.frame.expires_at)


@pytest.mark.parametrize(
    ("build", "week", "name"),
    [
        (tables.build_movements, OWNER, "movements"),
        (tables.build_patrols, OWNER, "patrols"),
        (tables.build_closures, OWNER, "closures"),
    ],
)
def test_what_a_list_has_no_room_for_is_counted(build, week, name):
    items = getattr(week, name)
    held = {item.mark for item in items}
    for rows in (2, len(items)):
        texts = put(build, week, rows=rows).sheet.texts()
        assert held & set(texts) == {item.mark for item in items[:rows]}
        counted = [text for text in texts if text.startswith("… et")]
        assert counted == (
            [f"… et {len(items) - rows} de plus, non montrés ici"] if rows < len(items) else []
        )


def test_corridors_that_are_left_out_stand_in_the_other_list():
    three = {"rows": 1, "width_mm": 170.0}
    entries = corridor_entries(DESK)
    first = put(tables.build_corridors, DESK, **three)
    shown = [text for text in first.sheet.texts() if text.startswith("[C")]
    assert shown == [f"[{entry.mark}]" for entry in entries[:2]]
    rest = put(tables.build_more_corridors, DESK, first=2).sheet.texts()
    assert [text for text in rest if text.startswith("[C")] == [f"[{e.mark}]" for e in entries[2:]]


def test_a_corridor_has_its_kilometres_and_where_they_lie_on_the_road():
    text = " ".join(put(tables.build_corridors, DESK).sheet.texts())
    assert "km 10–105" in text
    assert "95" in text


def test_a_patrol_says_what_its_word_is_worth():
    patrol = next(p for p in OWNER.patrols if p.state == "confirmed")
    stale = replace(patrol, passed_at=OWNER.frame.as_of - timedelta(hours=55))
    unknown = replace(patrol, state="offered", passed_at=None, window=None)
    said = [
        put(tables.build_patrols, replace(OWNER, patrols=(one,))).sheet.texts()[-1]
        for one in (patrol, stale, unknown)
    ]
    assert said[0] == f"passée {dates.short_stamp(patrol.passed_at, 'fr')}"
    assert said[1].endswith(" ?")
    assert said[2] == "inconnu"


def test_a_reported_state_stands_with_its_expiry():
    texts = put(tables.build_closures, OWNER).sheet.texts()
    for closure in OWNER.closures:
        assert dates.dated_stamp(closure.expires_at, "fr") in texts


def test_a_prefecture_that_is_absent_from_one_count_is_no_zero_in_it():
    incidents, movements = {"Ouaka": 14, "Lobaye": 9}, {"Ouaka": 8, "Vakaga": 6}
    week = replace(
        PUBLIC,
        incident_counts=tuple(AreaCountView(area=a, count=n) for a, n in incidents.items()),
        movement_counts=tuple(AreaCountView(area=a, count=n) for a, n in movements.items()),
    )
    rows = {row[0]: row[1:] for row in rows_of(put(tables.build_counts, week))}
    assert rows["Ouaka"] == ["14", "8"]
    assert rows["Lobaye"] == ["9", "–"]
    assert rows["Vakaga"] == ["–", "6"]


def test_no_conflict_is_ever_left_out():
    """A conflict that is not printed reads as none; other lists give way instead."""
    texts = put(tables.build_conflicts, OWNER, rows=2).sheet.texts()
    assert len(OWNER.conflicts) > 2
    assert {conflict.mark for conflict in OWNER.conflicts} <= set(texts)
    assert not any(text.startswith("… et") for text in texts)
