"""Entries of the legend: only what this sheet draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.render.printmap.faces import Face, text_width_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.profile_views import ProfileSheetView

KEY_FACE = Face(size_pt=6.4)
SAMPLE_MM, SPACE_MM, BETWEEN_MM = 7.0, 1.2, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """
    An entry.

    Attributes
    ----------
    kind : str
        What its sample shows: class, none, range, patrol, night, ordnance, crossing, road.
    word : str
        Which of the kind, such as the number of a class or the state of a road.
    text : str
    """

    kind: str
    word: str
    text: str

    @property
    def width_mm(self) -> float:
        """Width with its sample."""
        return SAMPLE_MM + SPACE_MM + text_width_mm(self.text, KEY_FACE)


def keys_of(view: ProfileSheetView, lang: Lang) -> tuple[Key, ...]:
    """Entries in order: the scale, what is around it, the road."""
    return (*_scale_keys(view, lang), *_mark_keys(view, lang), *_road_keys(view, lang))


def keys_in_rows(keys: Sequence[Key], width_mm: float) -> tuple[tuple[Key, ...], ...]:
    """Rows that fit a width."""
    rows: list[list[Key]] = [[]]
    used = 0.0
    for key in keys:
        if rows[-1] and used + key.width_mm > width_mm:
            rows.append([])
            used = 0.0
        rows[-1].append(key)
        used += key.width_mm + BETWEEN_MM
    return tuple(tuple(row) for row in rows)


def limit(rate: float, lang: Lang) -> str:
    """Limit of a class as a number."""
    digits = next(n for n in (0, 1, 2) if n == 2 or round(rate, n) == rate)
    return said_decimal(rate, digits=digits)[lang]


def _scale_keys(view: ProfileSheetView, lang: Lang) -> Iterator[Key]:
    edges = [limit(rate, lang) for rate in view.limits]
    lows, highs = ("", *edges), (*edges, "")
    for i, (low, high) in enumerate(zip(lows, highs, strict=True), start=1):
        words = text(f"profile.legend.class_{i}", lang, low=low, high=high)
        yield Key(kind="class", word=str(i), text=words)
    if any(not part.exposure_class for option in view.options for part in option.rates):
        yield Key(kind="none", word="", text=text("profile.legend.none", lang))
    yield Key(kind="range", word="", text=text("profile.legend.range", lang))
    highs_drawn = [part.high or 0.0 for option in view.options for part in option.rates]
    if max(highs_drawn, default=0.0) > view.top:
        yield Key(kind="beyond", word="", text=text("profile.legend.beyond", lang))


def _mark_keys(view: ProfileSheetView, lang: Lang) -> Iterator[Key]:
    states = {one.is_confirmed for option in view.options for one in option.presence}
    for is_confirmed, word in ((False, "offered"), (True, "confirmed")):
        if is_confirmed in states:
            yield Key(kind="patrol", word=word, text=text(f"profile.legend.{word}", lang))
    if any(option.nights for option in view.options):
        yield Key(kind="night", word="", text=text("profile.legend.night", lang))
    whats = [mark.what for option in view.options for mark in option.marks]
    crossings = [what for what in whats if what != "closure"]
    if crossings:
        yield Key(kind="crossing", word=crossings[0], text=text("profile.legend.crossing", lang))
    closures = [
        mark.state for option in view.options for mark in option.marks if mark.what == "closure"
    ]
    if closures:
        yield Key(kind="closure", word=closures[0], text=text("profile.legend.closure", lang))
    if any(road.ordnance_records for option in view.options for road in option.roads):
        letters = text("print.ordnance_letters", lang)
        yield Key(kind="ordnance", word=letters, text=text("profile.legend.ordnance", lang))


def _road_keys(view: ProfileSheetView, lang: Lang) -> Iterator[Key]:
    seen = {(road.state, road.is_reported) for option in view.options for road in option.roads}
    for state in ("open", "restricted", "closed", "conflicting", "unknown"):
        words = text(f"profile.legend.road_{state}", lang)
        if (state, True) in seen:
            yield Key(kind="road", word=f"{state} reported", text=words)
        if (state, False) in seen:
            default = (
                words if state == "unknown" else text("profile.legend.default", lang, state=words)
            )
            yield Key(kind="road", word=f"{state} default", text=default)
    if any(road.is_stale for option in view.options for road in option.roads):
        yield Key(kind="stale", word="", text=text("profile.legend.stale", lang))
