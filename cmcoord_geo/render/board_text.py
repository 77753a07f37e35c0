"""The isolation board as plain text: to read on a terminal, to print, to read out by radio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Lang, text
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.board_overview import overview_lines
from cmcoord_geo.render.board_words import effect_words, nothing_words, reach_words
from cmcoord_geo.render.text import Sheet

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.isolation_views import (
        BoardView,
        EffectView,
        LossView,
    )

#: Letters of a cell and of the moment before it; losses side by side.
_CELL, _CASE, _SIDE_BY_SIDE = 6, 8, 10
#: Losses told in sentences.
_HEAVIEST = 5


def build_board_text(boards: Sequence[BoardView], *, lang: Lang = "fr") -> str:
    """
    Text of isolation boards, for the audience of their views.

    Parameters
    ----------
    boards : sequence of BoardView
        One for each vehicle, of one picture, base and audience.
    lang : str
        ``fr`` or ``en``.
    """
    sheet = Sheet(boards[0], lang)
    is_one = len(boards) == 1
    lines = [*_head(sheet, boards[0])]
    if not is_one:
        lines += overview_lines(sheet, boards)
    shared = [note for note in boards[0].notes if all(note in board.notes for board in boards)]
    for board in boards:
        if not is_one:
            lines += ["", "", *_vehicle(sheet, board)]
        lines += [*_cases(sheet, board), *_most(sheet, board), *_ways(sheet, board)]
        lines += [*_tables(sheet, board), *_losses(sheet, board), ""]
        for note in board.notes:
            if note not in shared:
                lines += sheet.paragraph(note[lang])
    return "\n".join([*lines, *_foot(sheet, boards[0], shared)]) + "\n"


def _say(sheet: Sheet, key: str, **values: object) -> str:
    return text(f"isolation.text.{key}", sheet.lang, **values)


def _head(sheet: Sheet, board: BoardView) -> Iterator[str]:
    frame, lang = board.frame, sheet.lang
    if frame.is_exercise:
        yield "*** EXERCICE / EXERCISE ***"
    yield from sheet.paragraph(frame.title[lang])
    yield from sheet.paragraph(frame.subtitle[lang])
    yield ""
    audience = f"{frame.audience_name[lang]} ({frame.audience_note[lang]})"
    yield from sheet.row("audience", audience, indent="")
    yield from sheet.row("cut_off", sheet.both_clocks(frame.as_of), indent="")
    yield from sheet.row("expires", sheet.both_clocks(frame.expires_at), indent="")
    if frame.is_schematic:
        yield ""
        yield from sheet.paragraph(sheet.say("schematic"))


def _vehicle(sheet: Sheet, board: BoardView) -> Iterator[str]:
    """Heading of what one vehicle finds."""
    lines = list(sheet.paragraph(board.vehicles[sheet.lang]))
    yield from (*lines, "=" * max(map(len, lines)))


def _cases(sheet: Sheet, board: BoardView) -> Iterator[str]:
    """Moment and vehicle of both cases, and what is known then."""
    lang = sheet.lang
    yield ""
    for case in board.cases:
        head = f"{case.caption[lang]} · {case.vehicle[lang]}"
        yield from sheet.points([f"{head} · {case.season[lang]} · {case.reports[lang]}"])


def _most(sheet: Sheet, board: BoardView) -> Iterator[str]:
    """The heaviest losses in sentences, for who has no table before them."""
    if not board.losses:
        return
    yield from sheet.title(_say(sheet, "most"))
    heavy = sorted(board.losses, key=lambda loss: -loss.importance)[:_HEAVIEST]
    for loss in heavy:
        now, rains = (_hits(sheet, board, of_case) for of_case in loss.effects)
        told = (
            [_say(sheet, "both_cases", hits=now)]
            if now == rains
            else [_say(sheet, "today", hits=now), _say(sheet, "rains", hits=rains)]
        )
        name = f"{loss.mark} {loss.title[sheet.lang]}"
        yield from sheet.points([sheet.both(name, sheet.several(told))])


def _hits(sheet: Sheet, board: BoardView, effects: Sequence[EffectView]) -> str:
    """Places that a loss cuts off, and those to which it makes the way longer."""
    pairs = list(zip(board.targets, effects, strict=True))
    cut = [
        text("isolation.board.by_turn", sheet.lang, words=place.name)
        if one.only_by_turn
        else place.name
        for place, one in pairs
        if one.effect == "cut"
    ]
    longer = [
        f"{place.name} {effect_words(one, sheet.lang)}"
        for place, one in pairs
        if one.extra_h is not None
    ]
    parts = [
        _say(sheet, key, places=", ".join(names))
        for key, names in (("cuts", cut), ("lengthens", longer))
        if names
    ]
    return ", ".join(parts) or _say(sheet, "no_effect")


def _ways(sheet: Sheet, board: BoardView) -> Iterator[str]:
    yield from sheet.title(_say(sheet, "places"))
    for place in board.targets:
        now, rains = (reach_words(reach, sheet.lang) for reach in place.reach)
        mark = "?" if place.reach[0].hangs_on_unknown else " "
        both = _say(sheet, "both", today=now, rains=rains)
        yield f"  {place.name:<{_name_width(board)}} {mark}  {both}"


def _name_width(board: BoardView) -> int:
    return max(len(place.name) for place in board.targets) + 2


def _tables(sheet: Sheet, board: BoardView) -> Iterator[str]:
    yield from sheet.title(_say(sheet, "losses", base=board.base.name))
    if not board.losses:
        yield from sheet.paragraph(nothing_words(board, sheet.lang))
        return
    yield from sheet.paragraph(_say(sheet, "legend", bound=board.bound[sheet.lang]))
    for first in range(0, len(board.losses), _SIDE_BY_SIDE):
        losses = board.losses[first : first + _SIDE_BY_SIDE]
        yield ""
        yield (
            " " * (_name_width(board) + _CASE + 2)
            + "".join(f"{one.mark:>{_CELL - 1}} " for one in losses)
        ).rstrip()
        for i, place in enumerate(board.targets):
            yield from _rows(sheet, f"{place.name:<{_name_width(board)}}", losses, i)


def _rows(sheet: Sheet, name: str, losses: Sequence[LossView], target: int) -> Iterator[str]:
    """Two lines for each place: today, in the rains."""
    for n, key in enumerate(("now", "rains")):
        head = " " * len(name) if n else name
        when = text(f"isolation.board.{key}", sheet.lang)
        cells = "".join(f"{_cell(sheet, one.effects[n][target]):>{_CELL}}" for one in losses)
        yield f"  {head}{when:<{_CASE}}{cells}".rstrip()


def _cell(sheet: Sheet, effect: EffectView) -> str:
    if effect.extra_h is not None:
        return f"+{effect.extra_h}{'!' if effect.effect == 'long' else ' '}"
    kind = "by_turn" if effect.only_by_turn else effect.effect
    return text(f"isolation.text.cell_{kind}", sheet.lang)


def _losses(sheet: Sheet, board: BoardView) -> Iterator[str]:
    lang = sheet.lang
    for loss in board.losses:
        yield ""
        day = "" if loss.reported_at is None else said_day(loss.reported_at)[lang]
        basis = text(f"isolation.basis.{loss.basis}", lang, day=day)
        state = _say(sheet, "state", state=text(f"isolation.state.{loss.state}", lang), basis=basis)
        head = f"{loss.title[lang]} · {loss.what[lang]} · {state}"
        yield from sheet.points([head], indent="", sign=f"{loss.mark:>2}")
        names = sheet.several(name[lang] for name in loss.names)
        yield from sheet.paragraph(_say(sheet, "parts", names=names), indent="   ")


def _foot(sheet: Sheet, board: BoardView, notes: Sequence[Said]) -> Iterator[str]:
    """Notes that hold for every vehicle, sources, disclaimer."""
    lang = sheet.lang
    yield ""
    for note in notes:
        yield from sheet.paragraph(note[lang])
    sources = " · ".join(source.said[lang] for source in board.frame.sources)
    yield from sheet.paragraph(_say(sheet, "sources", sources=sources))
    yield from sheet.paragraph(board.frame.disclaimer[lang])
