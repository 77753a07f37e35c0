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
        return text("isolation.board.cut", lang)
    if effect.extra_h is not None:
        return text("isolation.board.hours", lang, hours=effect.extra_h)
    return "" if effect.effect == "no_road" else text("isolation.board.none", lang)


def reach_words(reach: ReachView, lang: Lang) -> str:
    """Driving hours and km of a way with nothing lost, or that no road leads there."""
    if reach.hours is None or reach.km is None:
        return text("isolation.board.no_road", lang)
    hours = hours_words(reach.hours, lang)
    return text("isolation.board.reach", lang, hours=hours, km=f"{reach.km:.0f}")


def hours_words(hours: float, lang: Lang) -> str:
    """Driving hours, in tenths where they are few."""
    told = f"{hours:.1f}" if hours < _SHORT_H else f"{hours:.0f}"
    return told.replace(".", ",") if lang == "fr" else told


def nothing_words(board: BoardView, lang: Lang) -> str:
    """Why a board holds no loss: none matters, or no road leads anywhere to begin with."""
    is_away = all(reach.hours is None for place in board.targets for reach in place.reach)
    return text(f"isolation.board.{'nothing_left' if is_away else 'nothing'}", lang)
