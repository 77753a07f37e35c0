"""The sheet that a text is written on: one language, one width, names, dates, wrapped lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Lang, Said, text
from cmcoord_geo.i18n.dates import said_date, said_day
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.sharing.conflict_views import ConflictsView
    from cmcoord_geo.sharing.isolation_views import BoardView
    from cmcoord_geo.sharing.views import (
        AlternativesView,
        PlaceView,
        ProductView,
        RangeView,
        SegmentView,
        WindowView,
    )

WIDTH = 88
_LABEL = 26
#: States that views of ferries name in their own way.
_STATES = {"running": "open", "out": "closed"}
#: Surveyed roads that are named of many in a row.
_MOST_ROADS = 4
_QUARTER = timedelta(minutes=15)


class Sheet:
    """
    Words, names and dates of one product in one language.

    Parameters
    ----------
    product : ProductView, BoardView, ConflictsView, AlternativesView or None
        None: nothing is named by its id.
    lang : str
    """

    def __init__(
        self, product: ProductView | BoardView | ConflictsView | AlternativesView | None, lang: Lang
    ) -> None:
        self.lang = lang
        self._places: dict[str, PlaceView] = {}
        self._segments: dict[str, SegmentView] = {}
        if product is None:
            return
        self._places = {place.place_id: place for place in product.places}
        self._segments = {segment.segment_id: segment for segment in product.segments}

    # words

    def say(self, key: str, **values: object) -> str:
        """Sentence of the table ``text``."""
        return text(f"text.{key}", self.lang, **values)

    def both(self, name: str, words: str) -> str:
        """Name and words with the colon of the language."""
        return self.say("pair", name=name, words=words)

    def crossing_state(self, kind: str, state: str) -> str:
        """State of a ferry, bridge, ford or border crossing in words."""
        return text(f"passage.{kind}_{_STATES.get(state, state)}", self.lang)

    def place(self, place_id: str) -> str:
        """Name of a place."""
        known = self._places.get(place_id)
        return known.name if known else place_id

    def whereabouts(self, place_id: str) -> str:
        """Place as it was understood: name, id, prefecture, position (H5)."""
        known = self._places.get(place_id)
        if known is None:
            return place_id
        if not known.prefecture:  # a place or point of a surveyed network: its id says nothing more
            return known.name if known.name[:1].isdigit() else self.position(place_id)
        return f"{self.position(place_id)} [{place_id}], {known.prefecture}"

    def position(self, place_id: str) -> str:
        """Name of a place with its latitude and longitude, as far as they are known."""
        known = self._places.get(place_id)
        if known is None:
            return place_id
        return f"{known.name} {known.lat:.3f} N {known.lon:.3f} E"

    def ends(self, segment_id: str) -> tuple[str, ...]:
        """Place ids at both ends of a segment."""
        known = self._segments.get(segment_id)
        return (known.start, known.end) if known else ()

    def segment(self, segment_id: str) -> str:
        """Name of a segment by its ends, after its own where it was surveyed."""
        known = self._segments.get(segment_id)
        ends = "–".join(map(self.place, self.ends(segment_id))) or segment_id
        if known is None or not known.title:
            return ends
        road = said_road(known.title)[self.lang]
        is_told = any(end != "…" for end in self.ends(segment_id))
        return f"{road} ({ends})" if is_told else road

    def is_place(self, place_id: str) -> bool:
        """Whether an end of a segment is a place; of a surveyed road it may be another road."""
        return place_id in self._places

    def surveyed(self, segment_ids: Iterable[str]) -> str:
        """Surveyed roads by name, the longest with their km, and the places at both ends; else nothing."""
        known = [self._segments[key] for key in segment_ids if key in self._segments]
        if not known or not all(segment.title for segment in known):
            return ""
        km: dict[str, float] = {}
        for segment in known:
            km[segment.title] = km.get(segment.title, 0.0) + segment.km_mid
        longest = sorted(km, key=lambda title: -km[title])[:_MOST_ROADS]
        names = ", ".join(
            f"{said_road(title)[self.lang]} {said_decimal(km[title])[self.lang]} km"
            for title in km
            if title in longest
        )
        passed = [key for segment in known for key in (segment.start, segment.end)]
        ends = list(dict.fromkeys(self.place(key) for key in passed if self.is_place(key)))
        return f"{names} ({'–'.join(dict.fromkeys((ends[0], ends[-1])))})" if ends else names

    def several(self, parts: Iterable[str]) -> str:
        """Parts in a row, with the sign of the language between them."""
        return self.say("list_sign").join(parts)

    # numbers and dates

    def day(self, moment: datetime) -> str:
        """Day with its name (H7)."""
        return said_day(moment)[self.lang]

    def moment(self, moment: datetime) -> str:
        """Day and hour in Bangui."""
        return f"{self.day(moment)} {clock(moment)}"

    def both_clocks(self, moment: datetime) -> str:
        """Day, year and hour in Bangui and UTC."""
        date = said_date(moment)[self.lang]
        return self.say("clocks", date=date, hour=clock(moment), utc=_utc(moment))

    def departure(self, window: WindowView) -> str:
        """Window in Bangui and UTC."""
        utc = f"{_utc(window.start)}–{_utc(window.end)}"
        return self.say("both_clocks", window=self.window(window), utc=utc)

    def hours(self, window: WindowView) -> str:
        """Hours of a window within a day; with its days where it goes beyond."""
        return self.window(window).removeprefix(f"{self.day(window.start)} ")

    def window(self, window: WindowView) -> str:
        """Window in Bangui; the second day, and a second hour, only where it differs."""
        start, end = window.start.astimezone(BANGUI), window.end.astimezone(BANGUI)
        if start == end:
            return self.moment(start)
        if start.date() == end.date():
            return f"{self.moment(start)}–{clock(end)}"
        return f"{self.moment(start)} – {self.moment(end)}"

    # lines

    def title(self, words: str) -> Iterator[str]:
        """Title of a part, underlined."""
        yield ""
        lines = wrap(words, WIDTH, break_on_hyphens=False)
        yield from lines
        yield "-" * max(map(len, lines), default=0)

    def paragraph(self, words: str, indent: str = "") -> Iterator[str]:
        """Wrapped words."""
        yield from wrap(
            words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )

    def points(
        self, texts: Iterable[Said | str], indent: str = "  ", sign: str = "-"
    ) -> Iterator[str]:
        """Wrapped list."""
        hanging = indent + " " * (len(sign) + 1)
        for words in texts:
            plain = words if isinstance(words, str) else words[self.lang]
            yield from wrap(
                plain,
                WIDTH,
                initial_indent=f"{indent}{sign} ",
                subsequent_indent=hanging,
                break_on_hyphens=False,
            )

    def row(self, key: str, words: str, indent: str = "    ") -> Iterator[str]:
        """Label and its words, wrapped beside the label."""
        head = f"{indent}{self.say(key):<{_LABEL}}"
        yield from wrap(
            words,
            WIDTH,
            initial_indent=head,
            subsequent_indent=" " * len(head),
            break_on_hyphens=False,
        ) or [head.rstrip()]


def whole(span: RangeView) -> str:
    """Range in whole numbers, the upper one rounded up (H4)."""
    low, high = int(span.low), -int(-span.high // 1)
    return f"{low}" if low == high else f"{low}–{high}"


def outward(window: WindowView) -> tuple[datetime, datetime]:
    """Window widened to whole quarters of an hour: no false precision (H4)."""
    start, end = window.start.astimezone(BANGUI), window.end.astimezone(BANGUI)
    before, after = _past_quarter(start), _past_quarter(end)
    return start - before, end + (_QUARTER - after if after else timedelta())


def km(span: RangeView) -> str:
    """Kilometres from one to another, or so many when they begin at 0."""
    shown = whole(span) if span.low else f"{-int(-span.high // 1)}"
    return f"{shown}\N{NO-BREAK SPACE}km"


def joined(parts: Sequence[str], separator: str = " · ") -> str:
    """Parts that say something, in a row."""
    return separator.join(part for part in parts if part)


def _past_quarter(moment: datetime) -> timedelta:
    return timedelta(minutes=moment.minute, seconds=moment.second) % _QUARTER


def clock(moment: datetime) -> str:
    """Hour in Bangui."""
    return f"{moment.astimezone(BANGUI):%H:%M}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%H:%M}"
