"""Another slot: one answer for the plan, its alternatives and the departures of the option kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cmcoord_geo.i18n import join, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.planning.conflicts import Week
from cmcoord_geo.planning.conflicts.copresence import closures
from cmcoord_geo.planning.slot_choice import OFFER_DAYS, departures_of
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_choice import OptionDepartures
    from cmcoord_geo.planning.slots import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class AnotherSlot:
    """
    The first slot drawn for an option, where it does better than the way as it was asked for.

    Attributes
    ----------
    slot : Slot or None
        None where no slot is offered, or none does better.
    said : tuple of Said
        What it changes, or why there is none.
    more : tuple of Said
        What it asks for, and what else was drawn.
    """

    slot: Slot | None
    said: tuple[Said, ...]
    more: tuple[Said, ...] = ()


def another_slot(situation: Situation, plan: MovementPlan) -> AnotherSlot:
    """
    Another slot for the option kept: one that `depart` offers.

    Parameters
    ----------
    situation : Situation
    plan : MovementPlan
        With its options, as they were asked for.
    """
    kept = plan.options[0]
    found = departures_of(situation, kept, days=OFFER_DAYS, expires_at=plan.expires_at)
    if not found.offered:
        places = _names(situation, found.halts_needed)
        told = said(f"departures.answer.{found.answer}", places=places)
        return AnotherSlot(slot=None, said=(told,))
    slot = found.offered[0]
    asked = _Asked.of(situation, plan)
    if found.is_window_alike and not _is_better(situation, slot, asked):
        told = said("another_slot.none", days=OFFER_DAYS)
        alike = said("alternatives.slot_alike", count=found.alike, days=OFFER_DAYS)
        return AnotherSlot(slot=None, said=(told,), more=(alike,))
    return AnotherSlot(
        slot=slot,
        said=tuple(_said_of(slot, asked)),
        more=tuple(_more_of(situation, found)),
    )


class _Asked(NamedTuple):
    """What the option kept meets as it was asked for."""

    km: float
    meetings: int
    closures: int
    unpatrolled_km: float

    @classmethod
    def of(cls, situation: Situation, plan: MovementPlan) -> _Asked:
        kept = plan.options[0]
        week = Week(picture=situation.picture, plans=(plan,), config=situation.config)
        return cls(
            kept.legs[-1].km.high, len(kept.conflicts), len(closures(week).conflicts),
            kept.unpatrolled_km,
        )  # fmt: skip


def _is_better(situation: Situation, slot: Slot, asked: _Asked) -> bool:
    """Whether a slot meets less than the way as it was asked for, or clearly follows more."""
    met, before = (slot.met or 0) + (slot.announced or 0), asked.meetings + asked.closures
    if met != before:
        return met < before
    spare_km = asked.km * situation.config.rules.alike_share
    return (slot.unpatrolled_km or 0.0) < asked.unpatrolled_km - spare_km


def _said_of(slot: Slot, asked: _Asked) -> Iterator[Said]:
    """What a slot brings against the departure asked for."""
    yield said(
        "family.time_better",
        when=_when(slot),
        conflicts=slot.met or 0,
        before=asked.meetings,
        km=f"{slot.unpatrolled_km or 0.0:.0f}",
        km_before=f"{asked.unpatrolled_km:.0f}",
    )
    if slot.announced != asked.closures:
        yield said("another_slot.announced", before=asked.closures, count=slot.announced or 0)


def _more_of(situation: Situation, found: OptionDepartures) -> Iterator[Said]:
    """Nights of the first slot drawn, and the others drawn."""
    slot, *others = found.offered
    if slot.halts:
        yield said("alternatives.slot_nights", places=_names(situation, slot.halts))
    if others:
        times = join([_when(one) for one in others], "; ")
        yield said("alternatives.slot_drawn", count=found.alike, days=OFFER_DAYS, times=times)


def _when(slot: Slot) -> Said:
    local = slot.depart.astimezone(BANGUI)
    return said("alternatives.slot", day=said_day(local), hour=f"{local:%H:%M}")


def _names(situation: Situation, place_ids: Iterable[str]) -> str:
    names = dict(zip(situation.network.node_ids, situation.network.node_names, strict=True))
    return ", ".join(names[key] for key in place_ids)
