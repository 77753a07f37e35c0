"""The isolation board as an offline page: roads by how many places hang on them, with the list beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import messages, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.page.build import finished, packed_block
from cmcoord_geo.render.page.payload import (
    frame_payload,
    ground_payload,
    place_payload,
    segment_payload,
)
from cmcoord_geo.render.page.skeleton import page_skeleton
from cmcoord_geo.render.page.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Lang, Said
    from cmcoord_geo.render.page.pack import Plain
    from cmcoord_geo.sharing import isolation_views as v

_PARTS = ("all", "board")


def build_board_page(boards: Sequence[v.BoardView], *, lang: Lang = "fr") -> str:
    """
    One offline HTML file that shows isolation boards to their audience, one vehicle at a time.

    It asks nobody for anything, as every page here (see :func:`build_page`), and the same boards give the
    same bytes.

    Parameters
    ----------
    boards : sequence of BoardView
        What one audience may see, one for each vehicle; the page opens with the first.
    lang : {"fr", "en"}
        Language in which the page opens; it holds both.

    Raises
    ------
    DataError
        A carried asset is missing or is not the file whose SHA-256 is listed.
    """
    skeleton = page_skeleton(lang, script="board.js", styles=("board.css",))
    block = packed_block(board_payload(boards, lang=lang))
    return finished(skeleton, boards[0].frame.title[lang], block)


def board_payload(boards: Sequence[v.BoardView], *, lang: Lang) -> dict[str, Plain]:
    """Everything that the page of some boards shows: what all share, then what each vehicle finds."""
    board = boards[0]
    timeline = Timeline(board.frame.week.start)
    return {
        "lang": lang,
        "texts": _texts(),
        "frame": frame_payload(board.frame, timeline),
        "base": ground_payload(board.frame.ground),
        "places": [place_payload(item) for item in board.places],
        "segments": [segment_payload(item, timeline) for item in board.segments],
        "closures": [],
        "crossings": [],
        "start": _target(board.base),
        "bound": board.bound,
        "boards": [_board(item) for item in boards],
    }


def _board(board: v.BoardView) -> dict[str, Plain]:
    """What one vehicle finds."""
    return {
        "vehicles": board.vehicles,
        "targets": [_target(item) for item in board.targets],
        "losses": [_loss(item) for item in board.losses],
        "cases": [
            {
                "caption": case.caption,
                "vehicle": case.vehicle,
                "season": case.season,
                "reports": case.reports,
            }
            for case in board.cases
        ],
        "notes": list(board.notes),
    }


def _texts() -> dict[str, Plain]:
    """The page's own texts by key."""
    return {
        key.removeprefix(f"page.{part}."): both
        for part in _PARTS
        for key, both in messages().items()
        if key.startswith(f"page.{part}.")
    }


def _target(place: v.BoardPlaceView) -> dict[str, Plain]:
    return {
        "id": place.place_id,
        "name": place.name,
        "lon": round(place.lon, 5),
        "lat": round(place.lat, 5),
        "hours": [None if reach.hours is None else round(reach.hours, 1) for reach in place.reach],
        "km": [None if reach.km is None else round(reach.km) for reach in place.reach],
        "isUnknown": [reach.hangs_on_unknown for reach in place.reach],
        "isByTurn": [reach.only_by_turn for reach in place.reach],
    }


def _loss(loss: v.LossView) -> dict[str, Plain]:
    return {
        "mark": loss.mark,
        "title": loss.title,
        "what": loss.what,
        "names": list(loss.names),
        "segments": list(loss.segment_ids),
        "at": loss.at_segment,
        "share": round(loss.at_fraction, 3),
        "fromKm": round(loss.from_km),
        "state": said(f"isolation.state.{loss.state}"),
        "basis": _basis(loss),
        "isUnknown": loss.state == "unknown",
        "importance": loss.importance,
        "effects": [[_effect(one) for one in of_case] for of_case in loss.effects],
    }


def _basis(loss: v.LossView) -> Said:
    day = "" if loss.reported_at is None else said_day(loss.reported_at)
    return said(f"isolation.basis.{loss.basis}", day=day)


def _effect(effect: v.EffectView) -> Plain:
    """The word of an effect, or the hours of a detour: negative where it is long."""
    if effect.extra_h is None:
        return "byturn" if effect.only_by_turn else effect.effect
    return -effect.extra_h if effect.effect == "long" else effect.extra_h
