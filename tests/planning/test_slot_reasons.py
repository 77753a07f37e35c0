"""Reasons in words: what stands in the way, each kind once, with the place where it is first met."""

from __future__ import annotations

from datetime import datetime

from planning.slot_worlds import World, option_of

from cmcoord_geo.config import Ban
from cmcoord_geo.planning.slots import Slot, slots_of
from cmcoord_geo.units import BANGUI


def at(world: World, hour: int) -> Slot:
    moment = datetime(2026, 12, 2, hour, tzinfo=BANGUI)
    slots = slots_of(world.situation(), option_of(world), days=1)
    return next(slot for slot in slots if slot.depart == moment)


def test_a_shut_ferry_and_the_dark_are_told_with_their_places() -> None:
    reasons = {
        one.kind: one.said.en for one in at(World(ferry_hours="08:00-09:00", halts=()), 14).reasons
    }
    assert "08:00-09:00" in reasons["gate"]
    late = {one.kind: one.said.en for one in at(World(halts=()), 17).reasons}
    assert "late" in late
    assert all(words for words in late.values())


def test_who_waits_at_a_halt_is_told_until_when() -> None:
    ban = Ban(name="ban", hours="12:00-13:00", segments=("B-C",))
    slot = at(World(leg_km=160.0, bans=(ban,)), 8)
    assert slot.verdict == "in"
    assert any(note.kind == "tell" for note in slot.notes) or slot.halts
