"""Profiles along the kilometres from a released product: nothing that the gate kept back can be in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.i18n.numbers import said_whole
from cmcoord_geo.sharing.profile_views import (
    FactView,
    OptionProfileView,
    PresenceView,
    ProfileSheetView,
    RoadMarkView,
    RoadStretchView,
    TownView,
)
from cmcoord_geo.sharing.roads import FERRY_STATES
from cmcoord_geo.sharing.views import RangeView
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.sharing.views import (
        CoverView,
        ExposureView,
        FiguresView,
        FrameView,
        LegView,
        MovementView,
        OptionView,
        PassageView,
        ProductView,
        RateView,
        SegmentView,
    )

#: Upper edges that an axis may have; the lowest that holds the highest mean and most of its range.
_TOPS = (1.5, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, 50.0, 100.0)
#: The range may leave the chart beyond so many times the highest mean: an arrow then says so.
_RANGE_SHARE = 1.6
#: A stop so long is a night.
_NIGHT = timedelta(hours=6)
#: Stretches of road with a shared end: km by which they may differ.
_JOINED_KM = 0.01
#: Crossings of one option that are named where somebody should ask; the others are counted.
_MOST_ASKED = 3
#: States of a crossing of which somebody should ask.
_ASK = frozenset({"unknown", "conflicting"})
_MOST_WAYS = 2


def profile_sheets(product: ProductView, config: Config) -> tuple[ProfileSheetView, ...]:
    """
    Profile of each movement of a product that has a road, in the product's order.

    Parameters
    ----------
    product : ProductView
        As released for its audience; without movements there is none.
    config : Config
        Its limits of the exposure classes.
    """
    ground = _Ground(
        segments={segment.segment_id: segment for segment in product.segments},
        places={place.place_id: place.name for place in product.places},
        patrols={patrol.patrol_id: patrol.mark for patrol in product.patrols},
        product=product,
    )
    return tuple(
        _sheet(ground, movement, config) for movement in product.movements if movement.options
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What a product holds, by id."""

    segments: Mapping[str, SegmentView]
    places: Mapping[str, str]
    patrols: Mapping[str, str]
    product: ProductView

    def name(self, place_id: str) -> str:
        return self.places.get(place_id, place_id)


def _sheet(ground: _Ground, movement: MovementView, config: Config) -> ProfileSheetView:
    rates = [part for option in movement.options for part in option.rates]
    return ProfileSheetView(
        mark=movement.mark,
        frame=_frame(ground, movement),
        limits=config.hazard.class_limits,
        top=_top(rates),
        longest_km=max(_length(option) for option in movement.options),
        options=tuple(_option(ground, option) for option in movement.options),
        notes=tuple(_notes(ground, movement)),
    )


def _frame(ground: _Ground, movement: MovementView) -> FrameView:
    start = movement.depart.start.astimezone(BANGUI)
    end = movement.depart.end.astimezone(BANGUI)
    return replace(
        ground.product.frame,
        title=said(
            "profile.title",
            origin=ground.name(movement.origin),
            destination=ground.name(movement.destination),
        ),
        subtitle=said(
            "profile.subtitle",
            mark=f"{movement.mark} {movement.movement_id}".strip(),
            vehicles=movement.vehicles,
            day=said_day(start),
            hours=f"{start:%H:%M}–{end:%H:%M}",
        ),
    )


def _top(rates: Iterable[RateView]) -> float:
    """Upper edge of the axis: a round number above what is drawn."""
    parts = [part for part in rates if part.mean is not None and part.high is not None]
    mean = max((part.mean or 0.0 for part in parts), default=0.0)
    high = max((part.high or 0.0 for part in parts), default=0.0)
    wanted = max(mean, min(high, _RANGE_SHARE * mean))
    return next((top for top in _TOPS if top >= wanted), wanted)


def _length(option: OptionView) -> float:
    return option.legs[-1].km.high


# ------------------------------------------------------------------ one option


def _option(ground: _Ground, option: OptionView) -> OptionProfileView:
    return OptionProfileView(
        letter=option.letter,
        is_kept=option.decision == "kept",
        title=_title(ground, option),
        km=_length(option),
        towns=tuple(_towns(ground, option)),
        rates=option.rates,
        roads=tuple(_roads(ground, option)),
        marks=tuple(_marks(ground, option)),
        nights=tuple(_nights(option)),
        presence=tuple(_presence(ground, option)),
        facts=tuple(_facts(option)),
        worst=_worst(option),
    )


def _title(ground: _Ground, option: OptionView) -> Said:
    via = ", ".join(ground.name(place_id) for place_id in option.via[1:-1])
    way = said("profile.via", places=via) if via else said("profile.direct")
    return said(f"profile.{option.decision}", way=way)


def _towns(ground: _Ground, option: OptionView) -> Iterator[TownView]:
    """Places at the ends of legs; junctions without a name are none."""
    found: dict[float, str] = {}
    for leg in option.legs:
        segment = ground.segments.get(leg.segment_id)
        if segment is None:
            continue
        ends = (segment.start, segment.end) if leg.is_forward else (segment.end, segment.start)
        for place_id, km in zip(ends, (leg.km.low, leg.km.high), strict=True):
            if place_id in ground.places:
                found.setdefault(round(km, 1), ground.places[place_id])
    found[0.0] = ground.name(option.via[0])
    found[round(_length(option), 1)] = ground.name(option.via[-1])
    return (TownView(name=name, km=km) for km, name in sorted(found.items()))


def _roads(ground: _Ground, option: OptionView) -> Iterator[RoadStretchView]:
    for leg in option.legs:
        segment = ground.segments.get(leg.segment_id)
        if segment is not None:
            yield RoadStretchView(
                km=leg.km,
                state=segment.state,
                is_reported=segment.is_state_reported,
                is_stale=segment.stale_at is not None,
                ordnance_records=segment.ordnance_records,
            )


def _marks(ground: _Ground, option: OptionView) -> list[RoadMarkView]:
    found = [_crossing(passage) for passage in option.passages]
    found += [
        RoadMarkView(
            km=_km_at(leg, closure.fraction),
            what="closure",
            state=closure.state,
            label=closure.said,
            short=Said(fr=closure.mark, en=closure.mark),
        )
        for closure in ground.product.closures
        for leg in option.legs
        if leg.segment_id == closure.segment_id
    ]
    return sorted(found, key=lambda mark: (mark.km, mark.what, mark.label.fr))


def _km_at(leg: LegView, fraction: float) -> float:
    share = fraction if leg.is_forward else 1.0 - fraction
    return leg.km.low + share * (leg.km.high - leg.km.low)


def _crossing(passage: PassageView) -> RoadMarkView:
    """Crossing with its name and state; what is not known is said with a question mark."""
    is_known, is_ferry = passage.state != "unknown", passage.kind == "ferry"
    key = "profile.crossing_known" if is_known else "profile.crossing_unknown"
    state = said(f"passage.{passage.kind}_{passage.state}")
    return RoadMarkView(
        km=passage.km,
        what=passage.kind,
        state=FERRY_STATES.get(passage.state, passage.state) if is_ferry else passage.state,
        label=said(key, name=passage.name, state=state),
        short=Said(fr="", en="") if passage.state not in _ASK else said("profile.unknown"),
    )


def _nights(option: OptionView) -> Iterator[float]:
    """Km at which the slow pace stands still over a night."""
    for (start, km), (end, again) in pairwise(option.slow):
        if end - start >= _NIGHT and again - km < _JOINED_KM:
            yield km


def _presence(ground: _Ground, option: OptionView) -> Iterator[PresenceView]:
    """Presence of patrols; neighbouring stretches of one patrol are one."""
    rows = sorted(option.cover, key=lambda cover: (cover.km.low, cover.patrol_id))
    for _, group in groupby(rows, key=lambda cover: (cover.patrol_id, cover.is_confirmed)):
        for joined in _joined(list(group)):
            first = joined[0]
            mark = ground.patrols.get(first.patrol_id, first.patrol_id)
            age = RangeView(
                low=min(cover.age_h.low for cover in joined),
                high=max(cover.age_h.high for cover in joined),
            )
            key = "profile.confirmed" if first.is_confirmed else "profile.offered"
            yield PresenceView(
                km=RangeView(low=first.km.low, high=joined[-1].km.high),
                is_confirmed=first.is_confirmed,
                label=said(key, mark=mark, low=f"{age.low:.0f}", high=f"{age.high:.0f}"),
                short=Said(fr=mark, en=mark),
            )


def _joined(covers: Sequence[CoverView]) -> Iterator[list[CoverView]]:
    row: list[CoverView] = []
    for cover in covers:
        if row and cover.km.low - row[-1].km.high > _JOINED_KM:
            yield row
            row = []
        row.append(cover)
    if row:
        yield row


# ------------------------------------------------------------------ figures


def _facts(option: OptionView) -> Iterator[FactView]:
    length = _length(option)
    unknown = sum(part.km.high - part.km.low for part in option.rates if not part.exposure_class)
    rows = (
        ("length", said("profile.km", km=_whole(option.length_km))),
        ("hours", _hours(option.drive_h)),
        ("days", said("profile.days", days=_whole(option.days))),
        ("patrolled", said("profile.km", km=said_whole(max(length - option.unpatrolled_km, 0.0)))),
        ("unknown", said("profile.km", km=said_whole(unknown))),
        ("ordnance", _ordnance(option)),
        ("index", _index(option.exposure)),
    )
    yield from (FactView(name=said(f"profile.fact.{key}"), value=value) for key, value in rows)
    if option.figures and option.letter != option.figures.kept:
        yield _shared(option.figures)


def _shared(figures: FiguresView) -> FactView:
    """What an option shares with the one kept; one short row, for four options stand on a sheet."""
    key = "road" if figures.exposure_percent is None else "both"
    return FactView(
        name=said("difference.row.shared", kept=figures.kept),
        value=said(
            f"difference.row.{key}", road=figures.road_percent, exposure=figures.exposure_percent
        ),
    )


def _ordnance(option: OptionView) -> Said:
    if option.ordnance_records:
        return said("profile.ordnance", count=option.ordnance_records, km=option.ordnance_km)
    return said("profile.ordnance_none" if option.has_ordnance_source else "profile.not_known")


def _index(exposure: ExposureView) -> Said:
    """Range of the index; its upper end is not known where a part of the road is not."""
    if not exposure.informed_percent:
        return said("profile.not_known")
    key = "profile.index" if exposure.informed_percent >= 100 else "profile.index_open"
    return said(key, low=exposure.low, high=exposure.high)


def _hours(span: RangeView) -> Said:
    return said("profile.hours", hours=_whole(span)) if span.high >= 1 else said("profile.no_hour")


def _whole(span: RangeView) -> Said:
    low, high = said_whole(span.low), said_whole(span.high)
    return low if low == high else said("profile.range", low=low, high=high)


def _worst(option: OptionView) -> Said:
    known = [part for part in option.rates if part.mean is not None]
    if not known:
        return said("profile.worst_unknown")
    worst = max(known, key=lambda part: (part.mean or 0.0, -part.km.low))
    key = "profile.worst" if len(known) == len(option.rates) else "profile.worst_part"
    return said(
        key,
        low=f"{worst.km.low:.0f}",
        high=f"{worst.km.high:.0f}",
        level=worst.exposure_class,
    )


# ------------------------------------------------------------------ notes


def _notes(ground: _Ground, movement: MovementView) -> Iterator[Said]:
    frame = ground.product.frame
    if movement.depart.start >= frame.expires_at:
        yield said("profile.late")
    elif any(option.slow[-1][0] > frame.expires_at for option in movement.options):
        yield said("profile.late_part")
    asked = [words for option in movement.options for words in _to_ask(option)]
    if asked:
        yield said("profile.ask", what=join(asked, "; "))
    yield from movement.closed_ways[:_MOST_WAYS]
    if len(movement.closed_ways) > _MOST_WAYS:
        yield said("profile.more_ways", count=len(movement.closed_ways) - _MOST_WAYS)
    has_source = all(option.has_ordnance_source for option in movement.options)
    yield said("profile.no_patrol_helps" if has_source else "profile.no_ordnance_source")
    yield said("profile.reading")


def _to_ask(option: OptionView) -> Iterator[Said]:
    """Crossings whose state nobody knows, those first whose weight limit may stop the vehicle."""
    unknown = [one for one in option.passages if one.state in _ASK or one.is_flagged]
    if not unknown:
        return
    unknown.sort(key=lambda one: (not one.is_flagged, one.kind != "ferry", one.km))
    names = [said("profile.asked", name=one.name, km=f"{one.km:.0f}") for one in unknown]
    told = join(names[:_MOST_ASKED])
    more = len(names) - _MOST_ASKED
    key = "profile.asked_more" if more > 0 else "profile.asked_all"
    yield said(key, letter=option.letter, names=told, more=more)
