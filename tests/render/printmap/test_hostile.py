"""Names from files are drawn as they are: no mathematics, no template, no crash."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from matplotlib.text import Text
from render.sample import product

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.printmap.faces import literal
from cmcoord_geo.render.printmap.picture import draw_picture

NAMES = [
    r"$\frac{1}{0}$",
    "$$",
    r"$\undefined{",
    "{{7*7}}",
    "{# 12",
    "%s %(x)d {0} {name}",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    unicodedata.normalize("NFD", "Ndélé Ouanda-Djallé"),
    "Бангі 班吉 بانغي",
    "🚚",
    "a_b^c \\alpha",
]


def hostile_week():
    week = product("owner")
    names = dict(zip((place.place_id for place in week.places), NAMES, strict=False))
    places = tuple(replace(p, name=names.get(p.place_id, p.name)) for p in week.places)
    closure = replace(week.closures[0], said=Said(fr=NAMES[0], en=NAMES[0]))
    frame = replace(week.frame, title=Said(fr=NAMES[3], en=NAMES[3]))
    return replace(week, places=places, closures=(closure, *week.closures[1:]), frame=frame)


@pytest.fixture(scope="module")
def scene():
    drawn = draw_picture(hostile_week(), lang="fr", paper="A3", dpi=50)
    drawn.sheet.pixels()
    return drawn


def test_hostile_names_stand_on_the_map_as_written(scene):
    lines = [" ".join(place.lines) for place in scene.placed]
    left_out = [label.text for label in scene.left_out]
    for name in NAMES:
        assert literal(name) in lines or name in left_out
    assert sum(literal(name) in lines for name in NAMES) >= len(NAMES) - 2
    said = [written.text for written in scene.sheet.written]
    assert "{{7*7}}" in said
    assert any(NAMES[0] in text for text in said)


def test_no_text_is_read_as_mathematics(scene):
    texts = scene.sheet._figure.findobj(Text)
    assert len(texts) > 100
    assert not [text.get_text() for text in texts if text.get_parse_math() and text.get_text()]


@pytest.mark.parametrize("mark", ["\n", "\t", "\r\n", "\x00", "\x1b[31m", "\u2028", "\ud800"])
def test_control_characters_stay_on_one_line(mark):
    week = product("public")
    places = tuple(replace(p, name=f"A{mark}B") if p.place_id == "BBY" else p for p in week.places)
    scene = draw_picture(replace(week, places=places), lang="fr", paper="A4", dpi=40)
    assert literal(f"A{mark}B") in [" ".join(place.lines) for place in scene.placed]


@pytest.mark.parametrize("name", ["Ouanda " * 40, "W" * 400])
def test_very_long_names_neither_crash_nor_cover_the_map(name):
    week = product("owner")
    places = tuple(replace(p, name=name) if p.place_id == "BBY" else p for p in week.places)
    frame = replace(week.frame, title=Said(fr=name, en=name), audience_note=Said(fr=name, en=name))
    closures = tuple(replace(c, said=Said(fr=name, en=name)) for c in week.closures)
    long = replace(week, places=places, frame=frame, closures=closures)
    scene = draw_picture(long, lang="fr", paper="A4", dpi=40)
    for written in scene.sheet.written:
        if written.column is not None:
            assert written.box.right <= written.column[1] + 0.05
    widest = max(place.box.width for place in scene.placed)
    assert widest < 60
