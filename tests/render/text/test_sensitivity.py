"""The table of variants: its first line answers, columns stand under their letters, unknown is no figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render import sample

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.text import Sheet
from cmcoord_geo.render.text.option import option_lines
from cmcoord_geo.render.text.sensitivity import sensitivity_lines
from cmcoord_geo.render.text.sheet import WIDTH
from cmcoord_geo.sharing import views as v

NAME = Said(
    fr="sans embuscade ou attaque sur la route", en="without ambush or armed attack on the road"
)


def option(letter: str, *, informed: int = 100, rank: int = 1, worst: int = 3, index: int = 12):
    return v.VariantOptionView(
        letter=letter, index=index, rank=rank, worst_class=worst, informed_percent=informed
    )


def view(*options: v.VariantOptionView) -> v.SensitivityView:
    variant = v.VariantView(
        kind="without", class_id="ambush", name=NAME, advised="B", options=options
    )
    return v.SensitivityView(
        said=Said(fr="Reste.", en="Stays."), is_stable=True, variants=(variant,)
    )


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return Sheet(sample.product("owner"), "en")


def test_the_first_line_answers_and_columns_stand_under_their_letters(sheet: Sheet) -> None:
    _, title, first, head, above, row, *_ = sensitivity_lines(
        sheet, view(option("A"), option("B", index=345, rank=2, worst=4))
    )
    assert (title, first.strip()) == ("Sensitivity of the option kept", "Stays.")
    assert above.strip() + " " + row.strip().split("  ")[0] == NAME.en
    assert row.index("12 (1) 3") == head.index("A")
    assert row.index("345 (2) 4*") == head.index("B")


def test_what_is_not_known_is_no_figure(sheet: Sheet) -> None:
    found = list(
        sensitivity_lines(
            sheet,
            view(
                option("A", informed=0, rank=0, worst=0, index=0),
                option("B", informed=60, rank=0, index=7),
            ),
        )
    )
    row = next(line for line in found if "7+?" in line)
    assert row.split()[-4:] == ["?", "7+?", "(–)", "3*"]
    assert not any(" 0 " in line for line in found)


def test_little_is_not_nothing(sheet: Sheet) -> None:
    found = "\n".join(sensitivity_lines(sheet, view(option("A", index=0), option("B"))))
    assert "<1 (1) 3" in found


def test_four_options_fit_the_width(sheet: Sheet) -> None:
    wide = [option(letter, informed=99, index=345, worst=4) for letter in "ABCD"]
    assert all(len(line) <= WIDTH for line in sensitivity_lines(sheet, view(*wide)))


def test_nothing_known_is_one_sentence(sheet: Sheet) -> None:
    nothing = v.SensitivityView(said=Said(fr="Rien.", en="Nothing."), is_stable=None, variants=())
    assert [line.strip() for line in sensitivity_lines(sheet, nothing)] == [
        "", "Sensitivity of the option kept", "Nothing.",
    ]  # fmt: skip


# ---------------------------------------------------------------- rows of an option


def words(sheet: Sheet, told: v.OptionView) -> str:
    return " ".join(" ".join(option_lines(sheet, told)).split())


def test_an_option_says_its_classes_and_how_it_stands(sheet: Sheet) -> None:
    plain = sample.product("owner").movements[0].options[0]
    assert "against the fastest" not in words(sheet, plain)
    assert "by class" not in words(sheet, plain)
    classes = tuple(
        v.ClassExposureView(class_id=name, name=Said(fr=name, en=name), index=index)
        for name, index in (("robbery", 4), ("attack", 1), ("clash", 0), ("abduction", None))
    )
    compared = v.ComparedView(
        fastest="B", is_fastest=False, below=0.9, above=0.1, tied=0.0, verdict="less",
        informed_percent=100, fastest_informed_percent=100, tail=3, mean_rank=1, tail_rank=1,
        said=(Said(fr="Un.", en="One."), Said(fr="Deux.", en="Two.")),
    )  # fmt: skip
    told = words(sheet, replace(plain, classes=classes, compared=compared))
    assert "against the fastest One. Two." in told
    assert (
        "by class, on average robbery 4; attack 1; under 1: clash; no information: abduction"
        in told
    )
