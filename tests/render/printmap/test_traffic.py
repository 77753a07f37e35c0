"""Corridors, badges and lists when there is more than fits."""

from __future__ import annotations

import itertools
from dataclasses import replace

from render.printmap.drawn import drawn
from render.sample import product, window

from cmcoord_geo.render.printmap.corridors import corridor_entries
from cmcoord_geo.render.printmap.picture import draw_picture
from cmcoord_geo.sharing import views


def texts(scene, part: str) -> list[str]:
    return [written.text for written in scene.sheet.written if written.part == part]


def corridor(mark: str, parts, when) -> views.CorridorView:
    return views.CorridorView(
        mark=mark,
        corridor_id=f"c-{mark}",
        stretches=tuple(
            views.CorridorStretchView(segment_id=key, km=views.RangeView(low=low, high=high), window=w)
            for (key, low, high), w in zip(parts, when, strict=True)
        ),
    )  # fmt: skip


def test_a_corridor_is_listed_once_for_each_window():
    early, late = window(0, 6, 12), window(0, 6, 18)
    parts = [("L040", 0, 76), ("L041", 0, 108), ("L042", 10, 60)]
    week = replace(
        product("minusca_ops"),
        corridors=(corridor("C1", parts, [early, early, late]),),
    )
    whole, part = corridor_entries(week)
    assert (whole.segment_ids, whole.km, whole.part, whole.window) == (
        ["L040", "L041"],
        184,
        None,
        early,
    )
    assert (part.segment_ids, part.km, part.part, part.window) == (["L042"], 50, (10, 60), late)


def test_corridors_on_one_road_share_a_badge_and_a_sleeve():
    same = [corridor(f"C{i}", [("L042", 0, 118)], [window(i, 6, 12)]) for i in range(1, 6)]
    week = product("minusca_ops")
    one, five = (
        draw_picture(replace(week, corridors=tuple(same[:n])), lang="fr", paper="A4", dpi=40)
        for n in (1, 5)
    )
    assert "[C1]" in texts(one, "map")
    assert [text for text in texts(five, "map") if text.startswith("[C")] == ["[C1 C2 +3]"]
    assert {f"[C{i}]" for i in range(1, 6)} <= set(texts(five, "corridors"))


def test_a_departure_after_the_expiry_is_marked():
    scene = drawn("owner", "A4", "fr")
    late = [
        m.mark
        for m in product("owner").movements
        if m.depart.start > product("owner").frame.expires_at
    ]
    assert late == ["H8"]
    assert sum(text.endswith("†") for text in texts(scene, "movements")) == len(late)
    assert any("péremption de cette feuille" in text for text in texts(scene, "legend"))


def test_what_does_not_fit_is_counted_and_covers_nothing():
    week = product("owner")
    many = replace(
        week,
        movements=tuple(replace(m, mark=f"H{i}") for i, m in enumerate(week.movements * 4, 1)),
        patrols=tuple(replace(p, mark=f"P{i}", patrol_id=f"{i}") for i, p in enumerate(week.patrols * 4, 1)),
        conflicts=tuple(replace(c, mark=f"X{i}") for i, c in enumerate(week.conflicts * 4, 1)),
    )  # fmt: skip
    scene = draw_picture(many, lang="fr", paper="A4", dpi=40)
    rows = [text for text in texts(scene, "movements") if text.startswith("H")]
    (more,) = (text for text in texts(scene, "movements") if text.startswith("…"))
    assert f"{len(many.movements) - len(rows)} de plus" in more
    for one, other in itertools.combinations(scene.panels.values(), 2):
        assert not one.overlaps(other)
    assert any(" +" in text for text in texts(scene, "map"))


def test_badges_of_the_exercise_week_do_not_cover_one_another():
    scene = drawn("owner", "A4", "fr")
    marks = {p.mark for p in product("owner").patrols} | {
        c.mark for c in product("owner").conflicts
    }
    badges = [w for w in scene.sheet.written if w.part == "map" and w.text in marks]
    assert {badge.text for badge in badges} == marks
    for one, other in itertools.combinations(badges, 2):
        assert not one.box.overlaps(other.box), (one.text, other.text)
