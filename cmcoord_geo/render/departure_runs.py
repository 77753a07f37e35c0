"""Slots of a day that look alike, one after the other: what picture and text show as one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.sharing.departure_views import OptionDeparturesView, SlotView

#: What a slot is shown as where several reasons hold, the first that does.
_SHOWN = (
    *(("closure", "shut"), ("ban", "ban"), ("gate", "gate"), ("arrive_by", "late")),
    *(("past", "night"), ("early", "night"), ("rest", "late"), ("late", "late"), ("halt", "late")),
)
#: Places of a way that its name tells.
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    Slots of one day that look alike.

    Attributes
    ----------
    kind : str
        ``in`` (with its class of cover), ``meets`` (a patrol may be met), ``announced`` (an
        operation, a closed area or the end of a report on the way), ``fast_only``, ``night``, ``ban``,
        ``shut``, ``gate``, ``late``.
    cover : int
        0 to 3; 0 for whatever is not ``in``.
    first, last : int
        Places of the slots among those of the option.
    reason : int or None
        The reason that is told for all of them.
    """

    kind: str
    cover: int
    first: int
    last: int
    reason: int | None


def runs_of(option: OptionDeparturesView) -> tuple[tuple[Run, ...], ...]:
    """Runs of each day, in the order of the days."""
    shown = [(i, *_look(option, slot)) for i, slot in enumerate(option.slots)]
    days = groupby(shown, key=lambda row: option.slots[row[0]].depart.astimezone(BANGUI).date())
    return tuple(tuple(_runs(list(rows))) for _, rows in days)


def _runs(rows: list[tuple[int, str, int, int | None, int]]) -> Iterator[Run]:
    for (kind, cover, reason, _), group in groupby(rows, key=lambda row: row[1:]):
        places = [row[0] for row in group]
        yield Run(kind=kind, cover=cover, first=places[0], last=places[-1], reason=reason)


def _look(option: OptionDeparturesView, slot: SlotView) -> tuple[str, int, int | None, int]:
    """Kind, class of cover, reason told, and nights of a slot."""
    nights = len(slot.halts)
    if slot.verdict == "in":
        if (slot.meetings or 0) + (slot.unknown_meetings or 0):
            return "meets", 0, None, nights
        if slot.announced:
            return "announced", 0, None, nights
        return "in", slot.cover or 0, None, nights
    kinds = {option.reasons[reason].kind: reason for reason in reversed(slot.reasons)}
    if slot.verdict == "fast_only":
        found = next((kinds[kind] for kind, _ in _SHOWN if kind in kinds), None)
        return "fast_only", 0, found, nights
    if _is_dark(option, slot):
        return "night", 0, None, 0
    return next((word, 0, kinds[kind], 0) for kind, word in _SHOWN if kind in kinds)


def _is_dark(option: OptionDeparturesView, slot: SlotView) -> bool:
    """Whether nobody drives at that hour at home, whatever else holds."""
    homes = [option.reasons[reason] for reason in slot.reasons]
    day = next(
        day
        for day in option.days
        if day.day.astimezone(BANGUI).date() == slot.depart.astimezone(BANGUI).date()
    )
    is_before = slot.depart < day.first_departure or slot.depart > day.sunset
    return is_before or any(reason.kind == "past" for reason in homes)


def few_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of a way, those in the middle left out where they are many."""
    return names if len(names) <= _MOST_NAMES else (*names[:2], "…", *names[-2:])
