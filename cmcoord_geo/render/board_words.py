"""Words of the isolation board that picture and text share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.isolation_views import BoardView, EffectView, ReachView

#: Below so many hours a way is told in tenths of an hour.
_SHORT_H = 3.0


def effect_words(effect: EffectView, lang: Lang) -> str:
    """What a loss does to a place, as a cell of the picture says it."""
    if effect.effect == "cut":
        return _marked(text("isolation.board.cut", lang), lang, only_by_turn=effect.only_by_turn)
    if effect.extra_h is not None:
        return text("isolation.board.hours", lang, hours=effect.extra_h)
    return "" if effect.effect == "no_road" else text("isolation.board.none", lang)


def reach_words(reach: ReachView, lang: Lang) -> str:
    """Driving hours and km of a way with nothing lost, or that no road leads there."""
    if reach.hours is None or reach.km is None:
        return _marked(text("isolation.board.no_road", lang), lang, only_by_turn=reach.only_by_turn)
    hours = hours_words(reach.hours, lang)
    return text("isolation.board.reach", lang, hours=hours, km=f"{reach.km:.0f}")


def _marked(words: str, lang: Lang, *, only_by_turn: bool) -> str:
    """Words with the sign that banned turns alone bar the way."""
    return text("isolation.board.by_turn", lang, words=words) if only_by_turn else words


def hours_words(hours: float, lang: Lang) -> str:
    """Driving hours, in tenths where they are few; none is told as 0."""
    told = f"{hours:.1f}" if hours < _SHORT_H else f"{hours:.0f}"
    told = "<0.1" if told == "0.0" else told
    return told.replace(".", ",") if lang == "fr" else told


def nothing_words(board: BoardView, lang: Lang) -> str:
    """Why a board holds no loss: none matters, or no road leads anywhere to begin with."""
    is_away = all(reach.hours is None for place in board.targets for reach in place.reach)
    return text(f"isolation.board.{'nothing_left' if is_away else 'nothing'}", lang)
