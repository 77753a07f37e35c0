"""The page of the board: nothing asked for, every loss and place listed, and what a reader does with it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from browser.chromium import DESKTOP, PHONE
from render import boards

from cmcoord_geo.render.page import build_board_page
from cmcoord_geo.render.page.assets import APP_PARTS, BOARD_PARTS, script
from cmcoord_geo.render.page.board import board_payload
from cmcoord_geo.render.page.skeleton import CSP_SLOT, DATA_SLOT, TITLE_SLOT

LANGS = ("fr", "en")


@pytest.fixture
def open_board(chromium, tmp_path):
    def opened(board, *, lang="fr", size=DESKTOP):
        file = tmp_path / "isolation.html"
        file.write_text(
            build_board_page(board if isinstance(board, tuple) else (board,), lang=lang),
            encoding="utf-8",
            newline="\n",
        )
        chromium.open(file, size=size)
        return chromium

    return opened


def block(page: str) -> dict:
    return json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1]
    )


def test_same_board_same_bytes_and_a_policy_that_allows_no_request() -> None:
    first, second = (build_board_page([boards.exercise()], lang="fr") for _ in range(2))
    assert first == second
    assert "default-src 'none'" in first
    assert not any(slot in first for slot in (CSP_SLOT, DATA_SLOT, TITLE_SLOT))
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", first)
    assert len(first) < 400_000


def test_no_text_of_the_data_is_markup() -> None:
    page = build_board_page([boards.hostile()], lang="en")
    data = json.dumps(block(page), ensure_ascii=False)
    assert "</script><b>" in data
    assert page.count("</script><b>") == 0


def test_payload_holds_every_loss_and_effect() -> None:
    board = boards.exercise()
    (told,) = board_payload([board], lang="fr")["boards"]
    assert [one["mark"] for one in told["losses"]] == [one.mark for one in board.losses]
    for one, loss in zip(told["losses"], board.losses, strict=True):
        for of_case, effects in zip(one["effects"], loss.effects, strict=True):
            for cell, effect in zip(of_case, effects, strict=True):
                if effect.extra_h is None:
                    assert cell == effect.effect
                else:
                    assert cell == (-effect.extra_h if effect.effect == "long" else effect.extra_h)


def test_the_two_scripts_are_different_and_whole() -> None:
    assert "drawLossMarks" in script("board.js")
    assert "drawLossMarks" not in script("app.js")
    assert "drawPositions" not in script("board.js")
    assert set(BOARD_PARTS) - set(APP_PARTS) == {"board_map", "board_panel", "board_start"}


# ------------------------------------------------------------ in a browser


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_page_opens_alone(open_board, lang, size) -> None:
    page = open_board(boards.exercise(), lang=lang, size=size)
    assert [address.rpartition("/")[2] for address in page.requests()] == ["isolation.html"]
    assert page.errors() == []
    assert page.run("return document.getElementById('alarm').hidden")
    assert page.run("return document.documentElement.lang") == lang


def test_every_felt_loss_is_listed_and_its_roads_drawn(open_board) -> None:
    board = boards.exercise()
    page = open_board(board)
    for case in range(2):
        page.run(f"cmcoord.setCase({case})")
        felt = [
            one
            for one in board.losses
            if any(e.effect in {"cut", "long", "detour"} for e in one.effects[case])
        ]
        marks = page.run(
            "return [...document.querySelectorAll('#view .lossmark')].map((n) => n.textContent)"
        )
        assert sorted(marks, key=int) == [one.mark for one in felt]
        drawn = {key for one in felt for key in one.segment_ids}
        assert page.root("roads") == str(len(drawn))
        assert page.root("targets") == str(len(board.targets))


def test_a_loss_shows_the_places_that_it_hits(open_board) -> None:
    board = boards.exercise()
    page = open_board(board, lang="en")
    bridge = next(one for one in board.losses if "CR15" in one.crossing_ids)
    page.run(f"cmcoord.select('loss', '{bridge.mark}')")
    told = page.run("return document.querySelector('tr.details').textContent")
    for place, effect in zip(board.targets, bridge.effects[0], strict=True):
        assert (f"{place.name} CUT" in told) == (effect.effect == "cut")
    assert page.run("return document.querySelectorAll('.lossmark.on').length") == 1


def test_a_reader_chooses_the_vehicle(open_board) -> None:
    several = boards.by_vehicle()
    page = open_board(several, lang="en")
    page.run("cmcoord.select('place', 'OBO')")
    options = page.run(
        "return [...document.querySelectorAll('#vehicle option')].map((n) => n.text)"
    )
    assert options == [board.vehicles.en for board in several]
    for i, board in enumerate(several):
        page.run(
            "const choice = document.getElementById('vehicle');"
            f"choice.value = '{i}'; choice.dispatchEvent(new Event('change'))"
        )
        assert page.run("return document.getElementById('vehicle').value") == str(i)
        assert page.run("return document.activeElement.id") == "vehicle"
        target = [one.place_id for one in board.targets].index("OBO")
        hits = {"cut", "long", "detour"}
        own = [one for one in board.losses if one.effects[0][target].effect in hits]
        assert page.root("roads") == str(len({key for one in own for key in one.segment_ids}))
        told = page.run("return document.querySelectorAll('tr.details .hit').length")
        assert told == len(own)
    assert page.errors() == []


def test_the_number_of_a_loss_does_not_outlive_its_vehicle(open_board) -> None:
    page = open_board(boards.by_vehicle(), lang="en")
    page.run("cmcoord.select('loss', '1'); cmcoord.setBoard(1)")
    assert page.run("return document.querySelectorAll('.lossmark.on').length") == 0


def test_without_any_road_there_is_nothing_to_lose(open_board) -> None:
    several = boards.by_vehicle()
    page = open_board(several, lang="en")
    page.run(f"cmcoord.setBoard({[board.key for board in several].index('tanker')})")
    told = page.run("return document.getElementById('view').textContent")
    assert "No road leads this vehicle to any of these places" in told


def test_what_turns_alone_bar_has_a_star_and_its_meaning(open_board, tmp_path) -> None:
    board = boards.barred(tmp_path)
    page = open_board(board, lang="en")
    why = "only by a turn that the map bans, or by turning round on the road"
    page.run(f"cmcoord.select('loss', '{board.losses[0].mark}')")
    told = page.run("return document.querySelector('tr.details').textContent")
    assert f"{board.targets[0].name} CUT *" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert why in told
    page.run("cmcoord.showTab('targets')")
    told = page.run("return document.getElementById('view').textContent")
    assert "no road *" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert why in told
    assert page.root("roads") == str(len(board.losses[0].segment_ids))
    assert page.errors() == []


def test_the_key_hides_no_place_when_the_page_opens(open_board) -> None:
    """Places in the north-west, where the key stands."""
    board = boards.exercise()
    corner = [
        replace(board.targets[i], lon=15.0 + i / 2, lat=10.5 - i / 4)
        for i in range(len(board.targets))
    ]
    page = open_board(replace(board, targets=tuple(corner)))
    spots, hidden = page.run(
        "const key = document.getElementById('key').getBoundingClientRect();"
        "const isIn = (r) => r.left > key.left && r.right < key.right"
        " && r.top > key.top && r.bottom < key.bottom;"
        "const spots = [...document.querySelectorAll('.leaflet-points-pane path')];"
        "return [spots.length, spots.filter((one) => isIn(one.getBoundingClientRect())).length]"
    )
    assert (spots, hidden) == (len(board.targets) + 2, 0)


def test_one_vehicle_needs_no_choice(open_board) -> None:
    page = open_board(boards.exercise())
    assert page.run("return document.getElementById('vehicle')") is None


def test_a_place_shows_the_losses_on_which_it_hangs(open_board) -> None:
    board = boards.exercise()
    page = open_board(board, lang="en")
    page.run("cmcoord.select('place', 'OBO')")
    target = [one.place_id for one in board.targets].index("OBO")
    own = [
        one for one in board.losses if one.effects[0][target].effect in {"cut", "long", "detour"}
    ]
    hits = page.run(
        "return [...document.querySelectorAll('tr.details .hit')].map((n) => n.textContent)"
    )
    assert [hit.split(" ")[0] for hit in hits] == [one.mark for one in own]


def test_both_languages_and_every_tab(open_board) -> None:
    page = open_board(boards.exercise())
    for lang in LANGS:
        page.run(f"cmcoord.setLanguage('{lang}')")
        for tab in ("losses", "targets", "legend"):
            page.run(f"cmcoord.showTab('{tab}')")
            assert page.run("return document.getElementById('view').textContent").strip()
    assert page.errors() == []


@pytest.mark.parametrize("name", ["hostile", "empty"])
def test_strange_boards_open_too(open_board, name) -> None:
    page = open_board(getattr(boards, name)())
    assert page.errors() == []
    assert page.run("return document.querySelectorAll('#view b b, #view script').length") == 0


def test_print_holds_the_map_and_both_moments(open_board) -> None:
    board = boards.exercise()
    page = open_board(board, lang="en")
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    told = page.run("return document.getElementById('sheets').textContent")
    for case in board.cases:
        assert case.caption.en in told
    for words in (board.notes[0].en, board.frame.title.en, "EXERCISE"):
        assert words in told
    assert page.run("return document.getElementById('mapbox').style.height") == "590px"
    page.run("window.dispatchEvent(new Event('afterprint'))")
    assert page.run("return document.getElementById('sheets').textContent") == ""
    assert page.errors() == []


def test_streets_of_a_surveyed_network(open_board, tmp_path) -> None:
    board = boards.surveyed(tmp_path)
    page = open_board(board, lang="en")
    assert page.errors() == []
    assert page.run("return document.getElementById('alarm').hidden")
    names = page.run("return [...document.querySelectorAll('.name')].map((n) => n.textContent)")
    assert {"Ville-Essai", "5.72000, 20.65000"} <= set(names)
    assert not any("km" in name for name in names)
