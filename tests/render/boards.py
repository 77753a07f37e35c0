"""Isolation boards for the tests of picture, text and page: the EXERCISE week's, and others made from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from osm_streets import WAYS, turn, write_streets
from osm_world import write_world

from cmcoord_geo.config import Config
from cmcoord_geo.facts import data_dir
from cmcoord_geo.i18n import Said
from cmcoord_geo.service import build_network_file
from cmcoord_geo.service.isolation import IsolationRequest, ask_boards, release_boards
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.isolation_views import BoardView
from cmcoord_geo.units import BANGUI

HOSTILE = "</script><b>${x} $\\alpha$ Nom-très-long-" * 3


@cache
def exercise(audience: str = "minusca_ops") -> BoardView:
    """The board as it was designed: a truck today, a light vehicle in the rains."""
    asked = IsolationRequest(
        status=data_dir() / "exercise", vehicles=("truck_6x6",), wet_vehicle="lv_4x4"
    )
    (board,) = release_boards(*ask_boards(asked), Audience(kind=audience), Config()).boards
    return board


@cache
def by_vehicle(audience: str = "minusca_ops") -> tuple[BoardView, ...]:
    """The boards of every vehicle."""
    asked = ask_boards(IsolationRequest(status=data_dir() / "exercise"))
    return release_boards(*asked, Audience(kind=audience), Config()).boards


def crowded(times: int = 4) -> BoardView:
    """More places and losses than any sheet holds."""
    board = exercise()
    losses = tuple(
        replace(one, mark=str(n), effects=tuple(of_case * times for of_case in one.effects))
        for n, one in enumerate(board.losses * times, start=1)
    )
    return replace(board, targets=board.targets * times, losses=losses)


def hostile() -> BoardView:
    """Names that are long, and that another program would take for something to do."""
    board = exercise()
    words = Said(fr=HOSTILE, en=HOSTILE)
    return replace(
        board,
        base=replace(board.base, name=HOSTILE),
        targets=tuple(replace(one, name=f"{HOSTILE} {i}") for i, one in enumerate(board.targets)),
        losses=tuple(
            replace(one, title=words, what=words, names=(words,), state="conflicting")
            for one in board.losses
        ),
        cases=tuple(replace(case, season=words, reports=words) for case in board.cases),
    )


def surveyed(folder: Path) -> BoardView:
    """Board on hand-made streets, one of them too short for a line."""
    roads = folder / "w.network"
    build_network_file([write_world(folder / "w.osm")], roads, version="1")
    as_of = datetime(2026, 12, 15, 7, tzinfo=BANGUI)
    asked = IsolationRequest(
        network=roads,
        base="Village-Essai",
        targets=("Ville-Essai", "5.72000,20.65000"),
        vehicles=("lv_4x4",),
        as_of=as_of,
    )
    (board,) = release_boards(*ask_boards(asked), Audience(kind="owner"), Config()).boards
    first, *others = board.segments
    speck = replace(first, line=(first.line[0], first.line[0]))
    lost = replace(board.losses[0], at_segment=first.segment_id)
    return replace(board, segments=(speck, *others), losses=(lost, *board.losses[1:]))


def barred(folder: Path) -> BoardView:
    """
    A block of streets round which one way leads past a banned turn, and a street that two such turns bar.

    The first place is cut off by the loss of the street in the north, though open roads lead to it from the
    south; the second one has no road, though two open ones lead to it.
    """
    roads = folder / "s.network"
    bans = (
        turn("no_left_turn", 2122, "22", 1222),
        turn("no_straight_on", 1112, "12", 1213),
        turn("no_right_turn", 1222, "12", 1213),
    )
    gone = tuple(way for way in WAYS if way not in {1112, 1121, 1222, 2122, 1213})
    build_network_file([write_streets(folder / "s.osm", *bans, without=gone)], roads, version="1")
    asked = IsolationRequest(
        network=roads,
        base="5.785,20.51",
        targets=("5.785,20.52", "5.79,20.525"),
        vehicles=("lv_4x4",),
        as_of=datetime(2026, 12, 15, 7, tzinfo=BANGUI),
    )
    (board,) = release_boards(*ask_boards(asked), Audience(kind="owner"), Config()).boards
    return board


def empty() -> BoardView:
    return replace(exercise(), losses=())
