"""Departures of one option as their owner sees them, built from released fields alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.sharing.bands import exposure_view, window_view
from cmcoord_geo.sharing.departure_views import (
    DayView,
    OfferView,
    OptionDeparturesView,
    OtherRoadView,
    PatrolMarkView,
    ReasonView,
    SlotView,
)
from cmcoord_geo.sharing.views import WindowView
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.slot_reasons import Reason
    from cmcoord_geo.planning.slots import Slot
    from cmcoord_geo.planning.timed_search import OtherRoad

_QUARTER = timedelta(minutes=15)
_THIRD = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureRest:
    """What stands beside the slots of an option: the road, names, the sun, patrols, and when data expire."""

    option: Route
    names: Mapping[str, str]
    expires_at: datetime
    days: tuple[DayView, ...]
    patrols: tuple[PatrolMarkView, ...]
    notes: tuple[Said, ...]


def departures_view(released: Mapping[str, Any]) -> OptionDeparturesView:
    """View of the departures of one option from its released fields."""
    rest: DepartureRest = released["rest"]
    slots: tuple[Slot, ...] = released["slots"]
    numbers: dict[Reason, int] = {}
    for slot in slots:
        for reason in (*slot.reasons, *slot.notes):
            numbers.setdefault(reason, len(numbers))
    place = {slot.depart: i for i, slot in enumerate(slots)}
    asked: Slot = released["asked"]
    km: float = released["km"]
    return OptionDeparturesView(
        letter=released["letter"],
        via=tuple(rest.names.get(key) or key for key in rest.option.place_ids),
        km=round(km),
        exposure=exposure_view(rest.option.exposure),
        reasons=tuple(ReasonView(kind=reason.kind, said=reason.said) for reason in numbers),
        slots=tuple(_slot(slot, numbers, km, rest) for slot in slots),
        asked=place[asked.depart],
        offered=tuple(
            OfferView(slot=place[slot.depart], against=tuple(_against(slot, asked)))
            for slot in released["offered"]
        ),
        alike=released["alike"],
        latest=tuple(place[slot.depart] for slot in released["latest"]),
        answer=_answer(released, slots, rest),
        ask=(*released["ask"], *_to_ask(slots, rest)),
        notes=rest.notes,
        days=rest.days,
        patrols=rest.patrols,
    )


def other_road_view(released: Mapping[str, Any]) -> OtherRoadView:
    """View of the search for another road from its released fields."""
    other: OtherRoad | None = released["other"]
    names: Mapping[str, str] = released["names"]
    via = () if other is None else tuple(names.get(key) or key for key in other.via)
    counts = {name: released[name] for name in ("departures", "unsettled", "unfinished")}
    words = [
        _other_words(other, via) if other else said(f"other_road.{released['state']}", **counts)
    ]
    if counts["unfinished"]:
        words.append(said("other_road.unfinished", **counts))
    if released["is_part"]:
        words.append(said("other_road.part"))
    return OtherRoadView(
        state=released["state"],
        via=via,
        depart=None if other is None else other.depart,
        said=join(words, " "),
        **counts,
    )


def _other_words(other: OtherRoad, via: Sequence[str]) -> Said:
    """Where another road leads, from which departure on, and what it gains."""
    found = {
        "via": "–".join(via),
        "km": round(other.km),
        "apart": round(other.apart_km),
        "count": other.departures,
        "depart": _moment(other.depart),
        "arrive": _moment(_up(other.arrive)),
    }
    if other.instead is None:
        return said("other_road.arrives", **found)
    if other.gain == "presence" and other.against is not None:
        own, against = _with_and_without(other.slot), _with_and_without(other.against)
        return said("other_road.presence", own=own, against=against, **found)
    return said(f"other_road.{other.gain}", instead=_moment(_up(other.instead)), **found)


def _with_and_without(slot: Slot) -> Said:
    """Exposure of a departure without presence, with confirmed passages, and with offers too."""
    known = {
        "without": slot.exposure,
        "confirmed": slot.exposure_confirmed,
        "offered": slot.exposure_with_patrols,
    }
    words: dict[str, object] = {}
    for name, exposure in known.items():
        if exposure is not None and slot.exposure is not None:
            view = exposure_view(exposure)
            words[name] = said("other_road.range", low=view.low, high=view.high)
            words[f"{name}_off"] = _percent_off(exposure.mean, slot.exposure.mean)
    return said("other_road.exposures", **words)


def _percent_off(part: float, whole: float) -> int:
    """What is missing to the whole, in steps of 5 %, rounded down: no false precision (H4)."""
    return 5 * int(20 * (1 - part / whole) + 1e-9) if whole > 0 else 0


def _moment(moment: datetime) -> Said:
    local = moment.astimezone(BANGUI)
    return said("other_road.moment", day=said_day(local), hour=f"{local:%H:%M}")


def _up(moment: datetime) -> datetime:
    """The end of its quarter of an hour."""
    return _quarters(WindowView(start=moment, end=moment)).end


def _slot(slot: Slot, numbers: Mapping[Reason, int], km: float, rest: DepartureRest) -> SlotView:
    unpatrolled = slot.unpatrolled_km
    covered = None if unpatrolled is None else 1 - unpatrolled / km
    with_patrols = slot.exposure_with_patrols
    return SlotView(
        depart=slot.depart,
        verdict=slot.verdict,
        reasons=tuple(numbers[reason] for reason in slot.reasons),
        notes=tuple(numbers[reason] for reason in slot.notes),
        arrive=None if slot.arrive is None else _quarters(window_view(slot.arrive)),
        halts=tuple(rest.names.get(key) or key for key in slot.halts),
        meetings=slot.meetings,
        unknown_meetings=slot.unknown_meetings,
        announced=slot.announced,
        unpatrolled_km=None if unpatrolled is None else round(unpatrolled),
        cover=None if covered is None else cover_class(covered),
        exposure=None if with_patrols is None else exposure_view(with_patrols),
        is_stale=slot.depart >= rest.expires_at,
        back_by=None if slot.back_by is None else _up(slot.back_by),
    )


def cover_class(share: float) -> int:
    """
    Class of the share of a way that a patrol covered recently.

    Examples
    --------
    >>> [cover_class(share) for share in (0.0, 0.2, 0.5, 1.0)]
    [0, 1, 2, 3]
    """
    if share < 1e-6:
        return 0
    return 1 + (share > _THIRD) + (share > 2 * _THIRD)


def _quarters(window: WindowView) -> WindowView:
    """Window widened to whole quarters of an hour (H4)."""
    start, end = window.start.astimezone(BANGUI), window.end.astimezone(BANGUI)
    before = timedelta(minutes=start.minute, seconds=start.second) % _QUARTER
    after = -timedelta(minutes=end.minute, seconds=end.second) % _QUARTER
    return WindowView(start=start - before, end=end + after)


def _against(slot: Slot, asked: Slot) -> Iterable[Said]:
    """What a slot costs and gains against the one asked for."""
    if slot.depart == asked.depart:
        yield said("departures.against.same")
        return
    if asked.verdict != "in" or slot.arrive is None or asked.arrive is None:
        yield said(f"departures.against.asked_{asked.verdict}")
        return
    hours = round((slot.arrive.latest - asked.arrive.latest) / timedelta(hours=1))
    key = "same_hour" if not hours else "later" if hours > 0 else "earlier"
    yield said(f"departures.against.{key}", hours=abs(hours))
    for key, now, before in (
        ("nights", len(slot.halts), len(asked.halts)),
        ("meetings", slot.meetings or 0, asked.meetings or 0),
        ("unknown", slot.unknown_meetings or 0, asked.unknown_meetings or 0),
        ("announced", slot.announced or 0, asked.announced or 0),
        ("km", round(slot.unpatrolled_km or 0), round(asked.unpatrolled_km or 0)),
    ):
        if now != before:
            way = "more" if now > before else "less"
            change = said(f"departures.against.{way}", n=abs(now - before))
            yield said(f"departures.against.{key}", change=change)


def _to_ask(slots: Iterable[Slot], rest: DepartureRest) -> tuple[Said, ...]:
    """States that nobody knows on departures that are in and before the data expire, each once."""
    return tuple(
        dict.fromkeys(
            note.said
            for slot in slots
            if slot.verdict == "in" and slot.depart < rest.expires_at
            for note in slot.notes
            if note.kind == "unknown"
        )
    )


def _answer(released: Mapping[str, Any], slots: Sequence[Slot], rest: DepartureRest) -> Said:
    """What holds for the option as a whole."""
    answer: str = released["answer"]
    if answer == "departs":
        return _departs([slot for slot in slots if slot.verdict == "in"], rest.expires_at)
    names = ", ".join(rest.names.get(key) or key for key in released["halts_needed"])
    return said(f"departures.answer.{answer}", places=names)


def _departs(inside: Sequence[Slot], expires_at: datetime) -> Said:
    """Departures that arrive while the data hold; those after it are told apart: everything expires."""
    live = [slot for slot in inside if slot.depart < expires_at]
    more = len(inside) - len(live)
    if not live:
        return said("departures.answer.stale", count=more)
    of_day = {slot.depart.date(): slot for slot in live}
    clocks = sorted(f"{slot.depart:%H:%M}" for slot in of_day.values())
    told = said(
        f"departures.answer.{'departs' if clocks[0] < clocks[-1] else 'departs_daily'}",
        count=len(live),
        first=clocks[0],
        last=clocks[-1],
        day=said_day(live[-1].depart),
        hour=f"{live[-1].depart:%H:%M}",
    )
    return join([told, said("departures.answer.stale_too", count=more)], " ") if more else told
