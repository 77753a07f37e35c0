"""
Which slots are offered: a few among those that are alike, drawn so that advice is no timetable.

If everybody who asks were told the one best slot, convoys would bunch there, and whoever knew the rule would
know the hour. The draw is seeded by all that the movement says but whose it is, and the option: the same
question has the same answer, and nobody who does not hold the request can make the draw again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.planning.course import unknown_crossings
from cmcoord_geo.planning.fingerprints import fingerprint
from cmcoord_geo.planning.slots import halts_needed, slots_of, way_of
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import Route, TimeSpan
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slots import Slot

#: Slots are drawn from so many days where more are shown, so that commands that show a week or more agree.
OFFER_DAYS = 7
#: Two slots of one day that are offered lie this far apart where they can.
_APART = timedelta(hours=1)
Answer = Literal["departs", "fast_only", "halts", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionDepartures:
    """
    Departures of one option.

    Attributes
    ----------
    letter : str
    km : float
    slots : tuple of Slot
    asked : Slot
        The first slot of the window asked for that is in, else the first slot of the window.
    is_window_alike : bool
        No slot is better than any of the window asked for that is in.
    offered : tuple of Slot
        A few that are alike and of which none is better, by time.
    alike : int
        How many they were drawn from.
    latest : tuple of Slot
        Last slot of each day that arrives at every pace; days without one are left out.
    answer : str
        ``departs``; ``fast_only``: no slot arrives at the slow pace; ``halts``: none arrives without a night
        where none is agreed; ``no``.
    halts_needed : tuple of str
        Places of those nights.
    ask : tuple of Said
        What nobody knows of the ferries on the way.
    """

    letter: str
    km: float
    slots: tuple[Slot, ...]
    asked: Slot
    is_window_alike: bool
    offered: tuple[Slot, ...]
    alike: int
    latest: tuple[Slot, ...]
    answer: Answer
    halts_needed: tuple[str, ...]
    ask: tuple[Said, ...]


def departures_of(
    situation: Situation, option: Route, *, days: int, expires_at: datetime
) -> OptionDepartures:
    """
    Departures of an option over some days.

    Parameters
    ----------
    situation : Situation
        Of the request that the option answers.
    option : Route
    days : int
        1 to 14.
    expires_at : datetime
        A slot after it is offered only where none before it is in.
    """
    slots = slots_of(situation, option, days=days)
    inside = [slot for slot in slots if slot.verdict == "in"]
    km = option.legs[-1].km.high
    rules = situation.config.rules
    alike = _alike(_offerable(slots, expires_at), km * rules.alike_share)
    nameless = replace(situation.request, organisation="")
    key = f"{rules.seed}|{fingerprint(nameless)}|{option.letter}"
    needed = () if inside else halts_needed(situation, option, days=days)
    window = situation.request.depart
    within = [slot for slot in inside if window.earliest <= slot.depart <= window.latest]
    return OptionDepartures(
        letter=option.letter,
        km=km,
        slots=slots,
        asked=_asked(slots, window),
        is_window_alike=bool(within) and all(slot in alike for slot in within),
        offered=drawn(alike, key=key, count=rules.offered),
        alike=len(alike),
        latest=_latest(inside),
        answer=_answer(slots, needed),
        halts_needed=needed,
        ask=tuple(unknown_crossings(situation, way_of(situation.network, option))),
    )


def _offerable(slots: Sequence[Slot], expires_at: datetime) -> list[Slot]:
    """Slots that are in: of the days of an offer and before the data expire, as far as there are such."""
    week = slots[0].depart + timedelta(days=OFFER_DAYS)
    inside = [slot for slot in slots if slot.verdict == "in"]
    known = [slot for slot in inside if slot.depart < expires_at]
    return [slot for slot in known if slot.depart < week] or known or inside


def _asked(slots: Sequence[Slot], window: TimeSpan) -> Slot:
    later = [slot for slot in slots if slot.depart >= window.earliest] or [slots[-1]]
    inside = (slot for slot in later if slot.depart <= window.latest and slot.verdict == "in")
    return next(inside, later[0])


def _answer(slots: Iterable[Slot], needed: Sequence[str]) -> Answer:
    verdicts = {slot.verdict for slot in slots}
    if "in" in verdicts:
        return "departs"
    if needed:
        return "halts"
    return "fast_only" if "fast_only" in verdicts else "no"


def _alike(slots: Sequence[Slot], km: float) -> list[Slot]:
    """Slots with the fewest conflicts, then nights, whose unpatrolled road is within some km of the least."""

    def rank(slot: Slot) -> tuple[bool, int, int]:
        has_no_return = any(note.kind == "no_return" for note in slot.notes)
        return has_no_return, (slot.met or 0) + (slot.announced or 0), len(slot.halts)

    if not slots:
        return []
    least = min(map(rank, slots))
    best = [slot for slot in slots if rank(slot) == least]
    limit = min(slot.unpatrolled_km or 0.0 for slot in best) + km
    return [slot for slot in best if (slot.unpatrolled_km or 0.0) <= limit]


def drawn(slots: Sequence[Slot], *, key: str, count: int) -> tuple[Slot, ...]:
    """
    Draw some slots, by time: on different days as far as there are such, else an hour apart.

    Each slot has its own number from the key, so that a slot more or less changes nothing about the others.

    Parameters
    ----------
    slots : sequence of Slot
    key : str
    count : int
    """

    def lot(slot: Slot) -> bytes:
        return hashlib.sha256(f"{key}|{slot.depart.timestamp():.0f}".encode()).digest()

    ordered = sorted(slots, key=lot)
    chosen: list[Slot] = []
    for apart in (_are_days_apart, _are_hours_apart, _are_two):
        for slot in ordered:
            if len(chosen) < count and all(apart(slot, other) for other in chosen):
                chosen.append(slot)
    return tuple(sorted(chosen, key=lambda slot: slot.depart))


def _are_days_apart(one: Slot, other: Slot) -> bool:
    return _day(one) != _day(other)


def _are_hours_apart(one: Slot, other: Slot) -> bool:
    return abs(one.depart - other.depart) >= _APART


def _are_two(one: Slot, other: Slot) -> bool:
    return one.depart != other.depart


def _latest(inside: Iterable[Slot]) -> tuple[Slot, ...]:
    last = {_day(slot): slot for slot in inside}
    return tuple(last.values())


def _day(slot: Slot) -> date:
    return slot.depart.astimezone(BANGUI).date()
