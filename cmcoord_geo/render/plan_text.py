"""A product as plain text: to read on a terminal, to print, to read out by radio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Lang, Said, text
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import (
        ExposureView,
        FrameView,
        MovementView,
        OptionView,
        ProductView,
        RangeView,
        WindowView,
    )

_WIDTH = 88


def build_text(product: ProductView, *, lang: Lang = "fr") -> str:
    """
    Text of a product, for the audience of its view.

    Parameters
    ----------
    product : ProductView
    lang : str
        ``fr`` or ``en``.
    """
    return "\n".join(_Writer(product, lang).lines()) + "\n"


class _Writer:
    """Writes one product in one language."""

    def __init__(self, product: ProductView, lang: Lang) -> None:
        self._product = product
        self._lang = lang
        self._colon = " :" if lang == "fr" else ":"
        self._names = {place.place_id: place.name for place in product.places}
        self._segments: Mapping[str, str] = {
            segment.segment_id: f"{self._names.get(segment.start, segment.start)}–"
            f"{self._names.get(segment.end, segment.end)}"
            for segment in product.segments
        }

    def lines(self) -> Iterator[str]:
        frame = self._product.frame
        yield from self._head(frame)
        for movement in self._product.movements:
            yield from self._movement(movement)
        yield from self._conflicts()
        yield from self._corridors()
        yield from self._patrols()
        yield from self._closures()
        yield from self._counts()
        yield from self._foot(frame)

    def _say(self, key: str, **values: object) -> str:
        return text(f"text.{key}", self._lang, **values)

    def _title(self, words: str) -> Iterator[str]:
        yield ""
        yield words
        yield "-" * min(len(words), _WIDTH)

    def _points(self, texts: Iterable[Said | str], indent: str = "  ") -> Iterator[str]:
        for words in texts:
            plain = words if isinstance(words, str) else words[self._lang]
            yield from wrap(
                plain, _WIDTH, initial_indent=f"{indent}- ", subsequent_indent=f"{indent}  "
            )

    def _head(self, frame: FrameView) -> Iterator[str]:
        if frame.is_exercise:
            yield "*** EXERCICE / EXERCISE ***"
        yield frame.title[self._lang]
        yield frame.subtitle[self._lang]
        yield self._say("cut_off", at=_both_clocks(frame.as_of))
        yield self._say("expires", at=_both_clocks(frame.expires_at))
        yield self._say(
            "audience", name=frame.audience_name[self._lang], note=frame.audience_note[self._lang]
        )
        if frame.is_schematic:
            yield self._say("schematic")
        for words in (self._product.incidents_said, self._product.ordnance_said):
            if words:
                yield from wrap(words[self._lang], _WIDTH)

    def _movement(self, movement: MovementView) -> Iterator[str]:
        route = f"{self._place(movement.origin)} → {self._place(movement.destination)}"
        yield from self._title(f"{movement.mark} · {route} · {movement.movement_id}")
        facts = [movement.organisation, movement.vehicles[self._lang], movement.cargo]
        yield " · ".join(fact for fact in facts if fact)
        yield self._say(
            "depart", window=_window(movement.depart), season=movement.season[self._lang]
        )
        yield from self._points(movement.findings)
        if movement.refusal:
            yield from wrap(self._say("refusal", why=movement.refusal[self._lang]), _WIDTH)
        elif movement.is_one_road:
            yield self._say("one_road")
        else:
            yield self._say("options", shown=len(movement.options), exact=movement.exact_routes)
        yield from self._points(cut.said for cut in movement.cuts)
        for option in movement.options:
            yield from self._option(option)
        yield ""
        yield self._say("families")
        for family in movement.families:
            words = " ".join(part[self._lang] for part in family.said)
            yield from self._points([f"{family.name[self._lang]}{self._colon} {words}"])
        yield self._say("no_escort")

    def _option(self, option: OptionView) -> Iterator[str]:
        via = ", ".join(self._place(key) for key in option.via[1:-1]) or self._say("direct")
        yield ""
        yield f"  {option.letter} · {self._say(option.decision)} · {self._say('via', places=via)}"
        yield from self._points(option.reasons, "    ")
        rows = (
            ("length", f"{_whole(option.length_km)} km"),
            ("hours", f"{_whole(option.drive_h)} h"),
            ("days", _whole(option.days)),
            ("exposure", self._exposure(option.exposure)),
            ("with_patrols", self._exposure(option.exposure_with_patrols)),
            ("unpatrolled", f"{option.unpatrolled_km} km"),
            ("worst", self._worst(option)),
            ("ordnance", self._ordnance(option)),
        )
        for key, value in rows:
            yield f"    {self._say(key):<34}{value}"
        yield from self._points(option.halts, "    ")
        for cover in option.cover:
            state = self._say("confirmed" if cover.is_confirmed else "offered")
            words = self._say(
                "cover",
                patrol=cover.patrol_id,
                state=state,
                km=_whole(cover.km),
                age=_whole(cover.age_h),
            )
            yield from self._points([words], "    ")
        yield from self._points((passage.said for passage in option.passages), "    ")
        yield from self._points((f"! {words[self._lang]}" for words in option.warnings), "    ")

    def _exposure(self, exposure: ExposureView) -> str:
        if not exposure.informed_percent:
            return self._say("no_information")
        level = self._say(f"class_{exposure.exposure_class}")
        if exposure.informed_percent >= 100:
            return self._say("exposure_full", low=exposure.low, high=exposure.high, level=level)
        return self._say(
            "exposure_part",
            low=exposure.low,
            level=level,
            percent=100 - exposure.informed_percent,
        )

    def _worst(self, option: OptionView) -> str:
        if not option.worst_segment:
            return self._say("no_information")
        name = self._segments.get(option.worst_segment, option.worst_segment)
        return f"{name} ({self._say(f'class_{option.worst_class}')})"

    def _ordnance(self, option: OptionView) -> str:
        if option.ordnance_records:
            return self._say("ordnance_some", count=option.ordnance_records, km=option.ordnance_km)
        return self._say("ordnance_none")

    def _conflicts(self) -> Iterator[str]:
        product = self._product
        if product.frame.audience != "owner" or not product.movements:
            return
        yield from self._title(self._say("conflicts"))
        for conflict in product.conflicts:
            words = f"{conflict.mark} · {_window(conflict.window)} · {conflict.said[self._lang]}"
            yield from self._points([words])
        yield from wrap(
            self._say("no_known_conflict", at=_both_clocks(product.frame.as_of)), _WIDTH
        )

    def _corridors(self) -> Iterator[str]:
        if not self._product.corridors:
            return
        yield from self._title(self._say("corridors"))
        yield from wrap(self._say("corridor_note"), _WIDTH)
        for corridor in self._product.corridors:
            yield f"  {corridor.mark} · {corridor.corridor_id}"
            for part in corridor.stretches:
                name = self._segments[part.segment_id]
                yield f"    {name}, km {_whole(part.km)} · {_window(part.window)}"

    def _patrols(self) -> Iterator[str]:
        if not self._product.patrols:
            return
        yield from self._title(self._say("patrols"))
        for patrol in self._product.patrols:
            where = ", ".join(self._segments.get(key, key) for key, _, _ in patrol.stretches)
            window = _window(patrol.window) if patrol.window else self._say("window_unknown")
            state = self._say(patrol.state)
            about = f"{patrol.provider[self._lang]}, {patrol.composition[self._lang]}"
            yield from self._points(
                [f"{patrol.mark} ({patrol.patrol_id}) · {where} · {window} · {state} · {about}"]
            )

    def _closures(self) -> Iterator[str]:
        product = self._product
        if not product.closures:
            return
        yield from self._title(self._say("closures"))
        for closure in product.closures:
            until = self._say("until", at=_day_hour(closure.expires_at))
            yield from self._points([f"{closure.mark} · {closure.said[self._lang]} · {until}"])

    def _counts(self) -> Iterator[str]:
        product = self._product
        for key, counts in (
            ("incident_counts", product.incident_counts),
            ("movement_counts", product.movement_counts),
        ):
            if counts:
                yield from self._title(self._say(key))
                yield from self._points(
                    f"{view.area}{self._colon} {self._say('few') if view.count is None else view.count}"
                    for view in counts
                )

    def _foot(self, frame: FrameView) -> Iterator[str]:
        yield ""
        sources: Sequence[Said] = [source.said for source in frame.sources]
        yield from wrap(
            self._say("sources", sources=" · ".join(words[self._lang] for words in sources)),
            _WIDTH,
        )
        yield from wrap(frame.disclaimer[self._lang], _WIDTH)

    def _place(self, place_id: str) -> str:
        return self._names.get(place_id, place_id)


def _whole(span: RangeView) -> str:
    """Range in whole numbers, the upper one rounded up (H4)."""
    low, high = int(span.low), -int(-span.high // 1)
    return f"{low}" if low == high else f"{low}–{high}"


def _day_hour(moment: datetime) -> str:
    return f"{moment.astimezone(BANGUI):%Y-%m-%d %H:%M}"


def _both_clocks(moment: datetime) -> str:
    local = moment.astimezone(BANGUI)
    utc = local - (local.utcoffset() or moment - moment)
    return f"{local:%Y-%m-%d %H:%M} Bangui ({utc:%H:%M} UTC)"


def _window(window: WindowView) -> str:
    start, end = window.start.astimezone(BANGUI), window.end.astimezone(BANGUI)
    if start.date() == end.date():
        return f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}"
    return f"{start:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}"
