"""Text in columns: what fits, what wraps, what is cut."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cmcoord_geo.i18n import messages
from cmcoord_geo.render.printmap.faces import Face, literal, text_width_mm
from cmcoord_geo.render.printmap.typeset import fit

FACE = Face(size_pt=8.0)


@settings(max_examples=80, deadline=None)
@given(
    text=st.text(st.characters(codec="latin-1"), max_size=60),
    width=st.floats(8, 80),
    lines=st.integers(1, 3),
)
def test_every_line_fits_its_column_and_no_letter_is_lost_without_a_word(text, width, lines):
    fitted = fit(text, FACE, width, lines=lines)
    assert len(fitted.lines) <= lines
    for line in fitted.lines:
        assert text_width_mm(line, fitted.face) <= width + 1e-6
    if not fitted.is_cut:
        assert "".join(fitted.lines).replace(" ", "") == literal(text).replace(" ", "")
    else:
        assert fitted.lines[-1].endswith("…")


def test_a_text_that_fits_is_left_alone():
    fitted = fit("Bambari", FACE, 60.0)
    assert fitted.lines == ("Bambari",)
    assert fitted.face == FACE


def test_a_text_shrinks_before_it_is_cut():
    width = text_width_mm("Kaga-Bandoro", FACE) * 0.95
    fitted = fit("Kaga-Bandoro", FACE, width)
    assert fitted.lines == ("Kaga-Bandoro",)
    assert fitted.face.size_pt < FACE.size_pt


def test_widths_grow_with_the_size_alone():
    assert text_width_mm("Ouanda-Djallé", FACE.scaled(2)) == 2 * text_width_mm(
        "Ouanda-Djallé", FACE
    )


def test_no_word_of_the_map_promises_what_no_map_can():
    for key, said in messages().items():
        if key.startswith("print."):
            for never in ("safe", "secure", "cleared", "sûr ", "sûre", "sécuris"):
                assert never not in f"{said.fr} {said.en} ".lower(), key


def test_rather_smaller_letters_than_a_word_in_two_pieces():
    width = text_width_mm("Bossembélé", FACE) * 0.9
    fitted = fit("Bossembélé Sibut", FACE, width, lines=3, floor=0.8)
    assert fitted.lines == ("Bossembélé", "Sibut")
    assert not fitted.is_broken
    assert fit("Bossembélé", FACE, width / 2, lines=3).is_broken
