"""Colours can be read, in colour and as grey, and states are told apart without colour."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.colors import to_rgb

from cmcoord_geo.render.printmap import tokens


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("INK", "PAPER"),
        ("INK", "BAND"),
        ("SECOND", "PAPER"),
        ("SECOND", "BAND"),
        ("PAPER", "INK"),
        ("HUMANITARIAN", "PAPER"),
        ("HUMANITARIAN", "BAND"),
        ("PATROL", "PAPER"),
        ("PAPER", "PATROL"),
        ("COUNTRY_NAME", "ABROAD"),
    ],
)
def test_text_stands_out_from_its_ground(ink, ground):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_class_of_exposure_is_darker_and_wider_than_the_one_before():
    for lower, higher in itertools.pairwise(tokens.EXPOSURE[n] for n in sorted(tokens.EXPOSURE)):
        assert luminance(lower.color) > luminance(higher.color)
        assert lower.width_pt < higher.width_pt


@pytest.mark.parametrize("styles", [tokens.REPORTED_STATE, tokens.DEFAULT_STATE])
def test_open_and_closed_differ_in_more_than_colour(styles):
    forms = {state: (style.dashes, style.is_rungs) for state, style in styles.items()}
    assert forms["open"] != forms["restricted"] != forms["closed"] != forms["open"]
    assert styles["open"].width_pt < styles["restricted"].width_pt < styles["closed"].width_pt


def test_a_report_weighs_more_than_the_default_of_the_season():
    assert tokens.REPORTED_STATE.keys() == tokens.DEFAULT_STATE.keys()
    for state, reported in tokens.REPORTED_STATE.items():
        assert reported.width_pt > tokens.DEFAULT_STATE[state].width_pt
