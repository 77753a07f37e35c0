"""Road, ordnance and patrols under a chart, each told apart without colour."""

from __future__ import annotations

import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.profile.layout import lay_out
from cmcoord_geo.render.profile.strips import draw_bar, draw_presence, draw_road, draw_state
from cmcoord_geo.sharing.profile_views import RoadStretchView
from cmcoord_geo.sharing.views import RangeView


def strips(mark: str, number: int, lang: str):
    view = sheets.profiles()[mark]
    sheet = Pencil("A4")
    band = lay_out(sheet, view, lang).bands[number]
    draw_road(sheet, band, view.options[number], lang)
    draw_presence(sheet, band, view.options[number], lang)
    return sheet, band, view.options[number]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_ordnance_has_its_triangle_on_each_stretch(lang: str) -> None:
    for number in range(3):
        sheet, _, option = strips("H11", number, lang)
        mined = [road for road in option.roads if road.ordnance_records]
        assert sheet.texts().count(text("print.ordnance_letters", lang)) == len(mined)
        assert mined


def test_a_patrol_covers_its_km_and_no_more() -> None:
    sheet, band, option = strips("H11", 1, "fr")
    bars = [shape for shape in sheet.shapes if shape.style.get("edge") == tokens.PATROL]
    (one,) = option.presence
    assert [(bar.points[:, 0].min(), bar.points[:, 0].max()) for bar in bars] == [
        (pytest.approx(band.x(one.km.low)), pytest.approx(band.x(one.km.high)))
    ]
    assert text("profile.no_patrol", "fr") in sheet.texts()


def test_a_confirmed_patrol_is_full_and_an_offer_is_hatched() -> None:
    looks = []
    for is_confirmed in (False, True):
        sheet = Pencil("A4")
        draw_bar(sheet, Box(left=10, right=30, top=10, bottom=13), is_confirmed=is_confirmed)
        looks.append((sheet.shapes[0].style["fill"], sheet.shapes[0].style["hatch"]))
    assert looks == [(tokens.PAPER, "//////"), (tokens.PATROL, None)]


def test_the_label_says_whether_it_is_confirmed_and_how_old() -> None:
    sheet, _, option = strips("H1", 0, "en")
    (one,) = option.presence
    assert one.label.en == "P2 confirmed, 18–47 h before"
    assert one.label.en in sheet.texts()


def test_states_differ_and_a_stale_report_is_hatched() -> None:
    counts = {}
    for state, is_stale in (("open", False), ("restricted", False), ("unknown", True)):
        sheet = Pencil("A4")
        road = RoadStretchView(
            km=RangeView(low=0.0, high=1.0), state=state, is_reported=True, is_stale=is_stale,
            ordnance_records=0,
        )  # fmt: skip
        draw_state(sheet, 10.0, 60.0, 20.0, road)
        counts[state] = len(sheet.lines)
    assert counts["unknown"] > counts["restricted"] > counts["open"]
