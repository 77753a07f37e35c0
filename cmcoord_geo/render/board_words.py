"""Words of the isolation board that picture and text share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.isolation_views import EffectView, ReachView

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
    told = f"{reach.hours:.1f}" if reach.hours < _SHORT_H else f"{reach.hours:.0f}"
    decimal = told.replace(".", ",") if lang == "fr" else told
    return text("isolation.board.reach", lang, hours=decimal, km=f"{reach.km:.0f}")
