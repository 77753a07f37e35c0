"""The text holds every figure of the board, in lines that a terminal shows whole."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from render import boards

from cmcoord_geo.render.board_text import build_board_text
from cmcoord_geo.render.board_words import effect_words, reach_words
from cmcoord_geo.sharing.isolation_views import EffectView, ReachView

LANGS = ("fr", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_every_cell_stands_in_the_table(lang: str) -> None:
    board = boards.exercise()
    when = {"fr": ("auj.", "pluies"), "en": ("now", "rains")}[lang]
    words = {"cut": "X", "none": "–", "no_road": {"fr": "sr", "en": "nr"}[lang]}
    lines = iter(rows(build_board_text([board], lang=lang), when))
    for first in range(0, len(board.losses), 10):
        shown = board.losses[first : first + 10]
        for i, case in itertools.product(range(len(board.targets)), range(2)):
            effects = [loss.effects[case][i] for loss in shown]
            cells = next(lines).split(when[case], 1)[1].split()
            assert cells == [cell(effect, words) for effect in effects]
    assert next(lines, None) is None


def rows(told: str, when: tuple[str, str]) -> list[str]:
    """Lines of the tables: a place or none, the moment, figures."""
    return [
        line
        for line in told.splitlines()
        if re.match(rf"^  [^-].{{10,}}({when[0]}|{when[1]})  ", line)
    ]


def cell(effect: EffectView, words: dict[str, str]) -> str:
    if effect.extra_h is None:
        return words[effect.effect]
    return f"+{effect.extra_h}{'!' * (effect.effect == 'long')}"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("audience", ["owner", "minusca_ops", "public"])
def test_lines_are_short_and_say_what_every_product_says(lang: str, audience: str) -> None:
    board = boards.exercise(audience)
    told = build_board_text([board], lang=lang)
    assert max(map(len, told.splitlines())) <= 88
    assert not any(line.endswith(" ") for line in told.splitlines())
    flat = " ".join(told.split())
    for words in ("EXERCICE / EXERCISE", board.frame.title[lang], board.frame.disclaimer[lang]):
        assert " ".join(words.split()) in flat
    for note in board.notes:
        assert " ".join(note[lang].split()) in flat
    for loss in board.losses:
        assert loss.title[lang] in flat


def test_without_losses_it_says_so() -> None:
    assert "No single loss lengthens the way to these places." in build_board_text(
        [boards.empty()], lang="en"
    )


def test_where_no_road_leads_there_is_nothing_to_lose() -> None:
    (tanker,) = (board for board in boards.by_vehicle() if board.key == "tanker")
    told = " ".join(build_board_text([tanker], lang="en").split())
    assert "No road leads this vehicle to any of these places" in told
    assert "No single loss" not in told


def test_long_names_keep_the_columns() -> None:
    board = boards.exercise()
    first = replace(board.targets[0], name="Un-Nom-De-Trente-Lettres-Au-Moins")
    long = replace(board, targets=(first, *board.targets[1:]))
    lines = rows(build_board_text([long], lang="en"), ("now", "rains"))
    starts = {match.start() for line in lines if (match := re.search(r"now|rains", line))}
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("hours", "km", "fr", "en"),
    [
        (0.24, 6.2, "0,2 h · 6 km", "0.2 h · 6 km"),
        (2.96, 100, "3,0 h · 100 km", "3.0 h · 100 km"),
        (11.4, 382.4, "11 h · 382 km", "11 h · 382 km"),
        (0.04, 2.3, "<0,1 h · 2 km", "<0.1 h · 2 km"),
        (None, None, "sans route", "no road"),
    ],
)
def test_short_ways_are_told_in_tenths(hours, km, fr: str, en: str) -> None:
    reach = ReachView(hours=hours, km=km, hangs_on_unknown=False)
    assert (reach_words(reach, "fr"), reach_words(reach, "en")) == (fr, en)


def test_a_place_that_turns_alone_bar_has_a_star(tmp_path: Path) -> None:
    board = boards.barred(tmp_path)
    told = build_board_text([board], lang="en")
    near, far = (f"{place.name} " for place in board.targets)
    cells = [line.split()[-1] for line in rows(told, ("now", "rains")) if near in line]
    assert cells == ["X*"]
    (way,) = (line for line in told.splitlines() if far in line and "|" in line)
    assert way.count("no road\N{NO-BREAK SPACE}*") == 2
    flat = " ".join(told.split())
    assert f"cuts off {near}*" in flat
    assert "only by a turn that the map bans, or by turning round on the road" in flat
    assert "turn that the map bans" not in build_board_text([boards.exercise()], lang="en")


def test_words_of_a_cell() -> None:
    told = [
        effect_words(EffectView(effect=e, extra_h=h), "en")
        for e, h in (("cut", None), ("long", 12), ("none", None), ("no_road", None))
    ]
    barred = EffectView(effect="cut", extra_h=None, only_by_turn=True)
    assert effect_words(barred, "en") == "CUT\N{NO-BREAK SPACE}*"
    assert told == ["CUT", "+12\N{NARROW NO-BREAK SPACE}h", "·", ""]


def test_the_heaviest_losses_are_told_in_sentences() -> None:
    board = boards.exercise()
    told = " ".join(build_board_text([board], lang="en").split())
    heaviest = max(board.losses, key=lambda loss: loss.importance)
    assert f"- {heaviest.mark} {heaviest.title.en}: today, cuts off Bambari, Alindao," in told
    assert "in the rains, cuts off Bambari, Alindao," in told
    assert "lengthens the way to Bambari +17 h, Alindao +17 h" in told


@pytest.mark.parametrize("lang", LANGS)
def test_every_vehicle_has_its_tables_and_what_all_share_is_said_once(lang: str) -> None:
    several = boards.by_vehicle()
    told = build_board_text(several, lang=lang)
    assert max(map(len, told.splitlines())) <= 88
    flat = " ".join(told.split())
    at = [told.index(f"\n{board.vehicles[lang]}\n===") for board in several]
    assert at == sorted(at)
    for board in several:
        alone = build_board_text([board], lang=lang)
        when = {"fr": ("auj.", "pluies"), "en": ("now", "rains")}[lang]
        assert "\n".join(rows(alone, when)) in "\n".join(rows(told, when))
        for note in board.notes:
            assert flat.count(" ".join(note[lang].split())) == 1
    assert flat.count(" ".join(several[0].frame.disclaimer[lang].split())) == 1
