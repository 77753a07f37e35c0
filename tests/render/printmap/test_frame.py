"""Frame: the map keeps its rectangle, and every sheet says until when it holds."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from render.printmap.pencil import Pencil
from render.sample import AUDIENCES, frame

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.printmap import dates, tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.frame import draw_frame, map_box, source_line
from cmcoord_geo.sharing.views import SourceView


def framed(view, paper="A3", lang="fr") -> Pencil:
    sheet = Pencil(paper)
    draw_frame(sheet, view, lang, ["credit of the base map"])
    return sheet


@pytest.mark.parametrize("paper", tokens.PAPERS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_all_texts_stand_around_the_map_and_within_the_margins(paper, audience):
    sheet = framed(frame(audience), paper)
    inner = map_box(sheet)
    margin = sheet.paper.margin_mm
    within = Box(
        left=margin,
        top=margin,
        right=sheet.paper.width_mm - margin,
        bottom=sheet.paper.height_mm - margin,
    )
    assert inner.is_within(within)
    assert inner.width * inner.height > 0.75 * within.width * within.height
    for written in sheet.written:
        assert written.box.is_within(within, slack_mm=0.6), written.text
        assert not written.box.overlaps(inner, slack_mm=0.3), written.text
    for one, other in itertools.combinations(sheet.written, 2):
        assert not one.box.overlaps(other.box, slack_mm=0.3), (one.text, other.text)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_cut_off_and_expiry_stand_in_the_foot_and_the_expiry_is_bold(lang):
    view = frame("owner")
    sheet = framed(view, lang=lang)
    foot = [w.text for w in sheet.written if w.part == "foot"]
    for moment in (view.as_of, view.expires_at):
        assert [text for text in foot if dates.stamp(moment, lang) in text]
    later = framed(replace(view, expires_at=view.as_of), lang=lang)
    assert not [text for text in later.texts() if dates.stamp(view.expires_at, lang) in text]


def test_exercise_is_hatched_at_both_ends_and_real_data_have_no_such_box():
    drill, real = (framed(replace(frame("owner"), is_exercise=value)) for value in (True, False))
    hatched = [s.points for s in drill.shapes if s.style.get("hatch")]
    (word,) = [w for w in drill.written if w.text == "EXERCICE"]
    assert [bool(s.style.get("hatch")) for s in real.shapes].count(True) == 0
    left, right = sorted(hatched, key=lambda points: points[:, 0].min())
    assert left[:, 0].max() <= word.box.left
    assert word.box.right <= right[:, 0].min()


def test_a_long_title_gives_way_to_the_audience():
    long = Said(fr="Mouvements " * 30, en="Movements " * 30)
    sheet = framed(replace(frame("owner"), title=long))
    (title,) = [w for w in sheet.written if w.text.startswith("Mouvements")]
    (audience,) = [w for w in sheet.written if "Côté humanitaire seul" in w.text]
    assert title.box.right < audience.box.left
    assert title.text.endswith("…")


def test_a_source_whose_sentence_names_it_is_not_named_twice():
    told = Said(fr="routes : O, 2013 (libre)", en="roads: O, 2013 (free)")
    own = SourceView(name="O, 2013", licence="free", said=told)
    assert source_line(own, "fr") == "routes : O, 2013 (libre)"
    assert source_line(replace(own, said=Said(fr="a", en="b")), "en") == "O, 2013 (free): b"
