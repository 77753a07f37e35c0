"""Words of an option's figures: both languages, no false precision, all and nothing only where it is so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from planning.two_ways import LONGER, on, plan
from sharing import week
from sharing.week import CONFIG, MINUSCA, OWNER, PUBLIC

from cmcoord_geo.export import to_json
from cmcoord_geo.model import RouteFigures
from cmcoord_geo.render.page import build_page
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing import Audience, build_product
from cmcoord_geo.sharing.figures import figures_view
from cmcoord_geo.sharing.profiles import profile_sheets
from cmcoord_geo.sharing.views import ProductView

ROUTE = plan(on(LONGER, "A-B", 12)).options[1]
FIGURES = {
    "stretch": 1.31, "kept": "A", "length_shared": 0.352, "exposure_shared": 0.6,
    "local_h": 2.76, "local_share": 0.25,
}  # fmt: skip


def told(letter: str = "B", options: int = 3, *, has_stops: bool = False, **more):
    figures = RouteFigures(**{**FIGURES, **more})
    return figures_view(
        replace(ROUTE, letter=letter, figures=figures), options=options, has_stops=has_stops
    )


def test_the_sentence_names_all_three() -> None:
    found = told()
    assert found.said.en == (
        "1.3 times as long as the fastest way; 35 % of its road and 60 % of its recorded exposure shared "
        "with A; no needless detour (the fastest between points less than 2 h 45 apart)."
    )
    assert "1,3 fois le temps du chemin le plus rapide" in found.said.fr
    assert (
        "pas de détour inutile (le plus rapide entre deux points à moins de 2 h 45)"
        in found.said.fr
    )
    assert [line.en for line in found.lines] == [
        "1.3 × the fastest",
        "as A: 35 % of the road, 60 % of the exposure",
        "no detour within 2 h 45",
    ]
    assert (found.road_percent, found.exposure_percent, found.local_percent) == (35, 60, 25)


def test_with_stops_a_detour_is_looked_for_between_two_of_them() -> None:
    found = told(has_stops=True)
    assert (
        "; no needless detour between two stops (the fastest between points less than 2 h 45"
        in found.said.en
    )
    assert (
        "; pas de détour inutile entre deux étapes (le plus rapide entre deux points à moins de 2 h 45"
        in found.said.fr
    )
    assert found.lines[-1].en == "no detour within 2 h 45 between two stops"


def test_the_one_kept_shares_nothing_with_itself() -> None:
    assert "shared" not in told("A").said.en
    assert len(told("A").lines) == 2


def test_the_fastest_has_no_detours_to_tell() -> None:
    assert told(stretch=1.0, local_share=1.0).said.en.startswith("The fastest way; 35 %")
    assert "less than" not in told(stretch=1.0, local_share=1.0).said.en


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"stretch": 1.04}, "Hardly slower than the fastest way"),
        (
            {"exposure_shared": None},
            "35 % of its road shared with A (nothing known of its exposure)",
        ),
        ({"length_shared": 0.0, "exposure_shared": 0.0}, "no road shared with A"),
        ({"length_shared": 0.999}, "99 % of its road"),
        ({"length_shared": 0.001}, "1 % of its road"),
        ({"local_h": 0.67}, "the fastest between points less than 40 min"),
        ({"local_h": 2.0}, "less than 2 h 00"),
        ({"local_h": 0.05}, "even within 5 min another way is faster"),
    ],
)
def test_each_case_has_its_words(more: dict[str, float], words: str) -> None:
    assert words in told(**more).said.en


def test_one_option_is_told_apart_from_nothing() -> None:
    assert told(options=1) is None


@pytest.fixture(scope="module")
def release() -> Callable[[Audience], ProductView]:
    """Product of two movements for an audience: one has one road, the other several."""
    far = week.request("M9", "ORG-A", "BGF BTF", week.at(1, 6))
    picture = week.picture((week.MOVEMENTS[0], far))
    plans = plan_week(picture, CONFIG)
    return lambda audience: (
        build_product(picture, plans, audience, CONFIG, purpose=week.PURPOSE[audience.kind]).product
    )


def test_the_owner_alone_is_given_them(release: Callable[[Audience], ProductView]) -> None:
    """To anyone else they would tell how a movement may run."""
    for audience, is_given in ((OWNER, True), (MINUSCA, False), (PUBLIC, False)):
        made = to_json(release(audience), kind="plan")
        assert ("exposure_percent" in made) == is_given
        assert ("shared with A" in made) == is_given
        assert ("second way" in made) == is_given


def test_report_page_and_profile_tell_them(release: Callable[[Audience], ProductView]) -> None:
    product = release(OWNER)
    other = max(product.movements, key=lambda one: len(one.options)).options[1]
    assert other.figures is not None
    report = " ".join(build_text(product, lang="en").split())
    assert f"What sets it apart {other.figures.said.en}" in report
    assert "ONE ROAD ONLY Tried up to 1.8 ×" in report
    page = build_page(product, lang="en")
    assert all(line.fr in page for line in other.figures.lines)
    sheet = max(profile_sheets(product, CONFIG), key=lambda one: len(one.options))
    kept, rest = ({fact.name.en: fact.value.en for fact in one.facts} for one in sheet.options[:2])
    road, exposure = other.figures.road_percent, other.figures.exposure_percent
    assert rest["shared with A"] == f"{road} %, exposure {exposure} %"
    assert "shared with A" not in kept
