"""Isolation boards for the tests of picture, text and page: the EXERCISE week's, and others made from it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from cmcoord_geo.config import Config
from cmcoord_geo.facts import data_dir
from cmcoord_geo.i18n import Said
from cmcoord_geo.service.isolation import IsolationRequest, ask_board, release_board
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.isolation_views import BoardView

HOSTILE = "</script><b>${x} $\\alpha$ Nom-très-long-" * 3


@cache
def exercise(audience: str = "minusca_ops") -> BoardView:
    asked = ask_board(IsolationRequest(status=data_dir() / "exercise"))
    return release_board(*asked, Audience(kind=audience), Config()).board


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


def empty() -> BoardView:
    return replace(exercise(), losses=())
