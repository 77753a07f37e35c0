"""The printed map as a file, and what it owes to every reader: frame, extent, grey, audience."""

from __future__ import annotations

import itertools
import struct
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from render.printmap.drawn import SHEETS, drawn
from render.sample import product

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.printmap import build_picture, tokens
from cmcoord_geo.render.printmap.picture import draw_picture
from cmcoord_geo.render.printmap.roads import draw_road
from cmcoord_geo.render.printmap.sheet import Sheet


def chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        found.append(png[at + 4 : at + 8])
        at += 12 + size
    return found


def words(scene) -> str:
    return "\n".join(written.text for written in scene.sheet.written)


def test_the_same_product_gives_the_same_small_file_without_metadata():
    one, two = (build_picture(product("owner"), dpi=200) for _ in range(2))
    assert one == two
    assert len(one) < 1_000_000
    assert set(chunks(one)) <= {b"IHDR", b"PLTE", b"pHYs", b"IDAT", b"IEND"}


def test_the_sheet_has_the_size_of_its_paper():
    png = build_picture(product("public"), paper="A3", dpi=50)
    wide, high = struct.unpack(">II", png[16:24])
    assert (wide, high) == pytest.approx((420 / 25.4 * 50, 297 / 25.4 * 50), abs=1)
    assert len(png) < 1_000_000


@pytest.mark.parametrize(("audience", "paper", "lang"), SHEETS)
def test_each_sheet_says_when_it_ends_and_what_it_is_not(audience, paper, lang):
    said = words(drawn(audience, paper, lang))
    assert {"fr": "EXERCICE", "en": "EXERCISE"}[lang] in said
    assert {"fr": "17:00 Bangui (16:00 UTC)", "en": "17:00 Bangui (16:00 UTC)"}[lang] in said
    assert "18:00 Bangui (17:00 UTC)" in said
    assert {"fr": "ne pas mesurer", "en": "do not measure"}[lang] in said
    foot = " ".join(w.text for w in drawn(audience, paper, lang).sheet.written if w.part == "foot")
    assert product(audience).frame.disclaimer[lang] in foot
    assert "Natural Earth" in foot


def test_real_data_are_not_marked_as_exercise():
    week = product("public")
    real = replace(week, frame=replace(week.frame, is_exercise=False))
    assert "EXERCI" not in words(draw_picture(real, lang="fr", paper="A4", dpi=40))


def test_the_extent_is_the_countrys_whatever_the_data_are():
    week = product("owner")
    few = replace(
        week, segments=week.segments[:1], places=week.places[:2], movements=(), patrols=(),
        conflicts=(), crossings=(), closures=(), incidents=(),
    )  # fmt: skip
    scene = draw_picture(few, lang="fr", paper="A4", dpi=40)
    assert scene.project == drawn("owner", "A4", "fr").project


def test_a_product_without_any_data_is_still_a_map():
    empty = replace(
        product("public"),
        segments=(),
        places=(),
        crossings=(),
        closures=(),
        incident_counts=(),
        movement_counts=(),
    )
    assert build_picture(empty, dpi=40).startswith(b"\x89PNG")


# ---------------------------------------------------------------- audiences


def test_minusca_sees_corridors_and_patrols_and_no_movement():
    said = words(drawn("minusca_ops", "A4", "fr"))
    assert "[C1]" in said
    assert "P1" in said
    for never in ("H1", "X1", "ORG-A", "vivres", "mouvement humanitaire"):
        assert never not in said


def test_the_public_sees_roads_and_counts_alone():
    said = words(drawn("public", "A4", "fr"))
    assert "Ouaka" in said
    for never in ("H1", "P1", "[C1]", "X1", "Patrouille", "Exposition"):
        assert never not in said


def test_a_sheet_for_the_wall_names_no_organisation_cargo_vehicle_or_number():
    week = product("owner")
    canary = "ZQX-canary"
    secret = {"organisation": canary, "cargo": canary, "purpose": canary, "persons": 98765}
    movements = tuple(replace(m, **secret, vehicles=Said(canary, canary)) for m in week.movements)
    said = words(draw_picture(replace(week, movements=movements), lang="fr", paper="A3", dpi=40))
    assert "H1" in said
    assert canary not in said
    assert "98765" not in said


def test_states_without_a_report_are_marked_where_no_fill_shows_them():
    week = product("owner")
    unknown = tuple(
        replace(s, state="unknown") if s.segment_id == "L001" else s for s in week.segments
    )
    said = words(draw_picture(replace(week, segments=unknown), lang="fr", paper="A4", dpi=40))
    assert "état de la route inconnu" in said
    assert "état de la route inconnu" not in words(drawn("owner", "A4", "fr"))


# ---------------------------------------------------------------- grey


def grey_of(style: tokens.RoadStyle | None) -> float:
    """Mean grey value (0 black) of a band around a road."""
    sheet = Sheet(tokens.PAPERS["A4"], dpi=100)
    draw_road(sheet, np.array([(20.0, 100.0), (270.0, 100.0)]), style, is_national=True)
    grey = np.asarray(Image.fromarray(sheet.pixels()).convert("L"), dtype=float)
    row = round(100 / 25.4 * 100)
    return float(grey[row - 8 : row + 9, 100:1000].mean())


def test_grey_print_keeps_the_order_of_exposure():
    greys = [grey_of(tokens.EXPOSURE[number]) for number in (1, 2, 3, 4)]
    assert greys == sorted(greys, reverse=True)
    assert min(a - b for a, b in itertools.pairwise(greys)) > 5
    lightness = [
        Image.new("RGB", (1, 1), tokens.EXPOSURE[n].color).convert("L").getpixel((0, 0))
        for n in (1, 2, 3, 4)
    ]
    assert lightness == sorted(lightness, reverse=True)


def test_no_information_is_no_colour_of_the_scale():
    assert tokens.NO_INFORMATION not in {style.color for style in tokens.EXPOSURE.values()}
    red, green, blue = Image.new("RGB", (1, 1), tokens.NO_INFORMATION).getpixel((0, 0))
    assert red == green == blue
