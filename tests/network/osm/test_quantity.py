"""Weights and lengths in every unit that occurs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.network.osm import length_m, mass_t


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        *[("3.5", 3.5), ("3,5", 3.5), ("7.5 t", 7.5), ("7.5t", 7.5), ("10", 10), (".5", 0.5)],
        *[("6t mgw", 6), ("6 t MGW", 6), ("12 tonnes", 12), ("3500 kg", 3.5), ("3,500 kg", 3.5)],
        *[("28 st", 25.4012), ("10000 lbs", 4.5359), ("10,000 lbs", 4.5359), ("8 lt", 8.1284)],
        *[("5 tons", 4.5359), ("7.5;10", 7.5), ("16;none", 16), ("0", 0)],
    ],
)
def test_weights(text: str, tonnes: float) -> None:
    assert mass_t(text) == pytest.approx(tonnes, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        *[("9'7\"", 2.921), ("9'7", 2.921), ("9'", 2.7432), ("9 ft 7 in", 2.921), ("9ft", 2.7432)],
        *[
            ("150 cm", 1.5),
            ("1500mm", 1.5),
            ("3.5", 3.5),
            ("3,5 m", 3.5),
            ("2 m", 2),
            ('80"', 2.032),
        ],
        *[("12\u20326\u2033", 3.81), ("12'6''", 3.81), ("3 m 50 cm", 3.5), ("4.1;3.8", 3.8)],
    ],
)
def test_lengths(text: str, metres: float) -> None:
    assert length_m(text) == pytest.approx(metres, rel=1e-4)


@pytest.mark.parametrize(
    "word", ["none", "default", "unsigned", "no_sign", "None", "no_indications"]
)
def test_words_for_no_limit_of_its_own(word: str) -> None:
    assert mass_t(word) == math.inf
    assert length_m(word) == math.inf


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "heavy",
            "-5",
            "3-5",
            "3.5 m",
            "5 elephants",
            "1e3",
            "7.5 t 3",
            "10;?",
            "٣",
            "nan",
        ),
        *("1" * 41, "low clearance"),
    ],
)
def test_what_is_no_weight_is_not_guessed(text: str) -> None:
    assert mass_t(text) is None


@pytest.mark.parametrize("text", ["7.5 t", "7\"9'", "3 m 4", "9'7'", "below_default", "physical"])
def test_what_is_no_length_is_not_guessed(text: str) -> None:
    assert length_m(text) is None


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_nothing(text: str) -> None:
    for number in (mass_t(text), length_m(text)):
        assert number is None or number >= 0


@given(st.floats(min_value=0.01, max_value=1000).map(lambda x: round(x, 2)))
def test_kilograms_and_tonnes_agree(tonnes: float) -> None:
    assert mass_t(f"{tonnes * 1000:.0f} kg") == pytest.approx(mass_t(f"{tonnes:.2f}"), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "metres"),
    [("3m50", 3.5), ("3 m 05", 3.05), ("3m5", None), ("3m500", None), ("m50", None)],
)
def test_metres_are_written_before_centimetres(text: str, metres: float | None) -> None:
    assert length_m(text) == (None if metres is None else pytest.approx(metres))
