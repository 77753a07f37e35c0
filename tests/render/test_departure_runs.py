"""Slots that look alike become one block, and no slot is lost."""

from __future__ import annotations

from render.departures import departure_sheets

from cmcoord_geo.render.departure_runs import runs_of

OPTIONS = [option for sheet in departure_sheets() for option in sheet.options]


def test_runs_hold_every_slot_once_in_order() -> None:
    for option in OPTIONS:
        places = [
            place
            for runs in runs_of(option)
            for run in runs
            for place in range(run.first, run.last + 1)
        ]
        assert places == list(range(len(option.slots)))
        assert len(runs_of(option)) == len(option.days) == 7


def test_neighbouring_runs_differ_and_agree_with_their_slots() -> None:
    kinds = set()
    for option in OPTIONS:
        for runs in runs_of(option):
            for run in runs:
                kinds.add(run.kind)
                verdicts = {option.slots[place].verdict for place in (run.first, run.last)}
                expected = {"in": "in", "meets": "in", "fast_only": "fast_only"}.get(
                    run.kind, "out"
                )
                assert verdicts == {expected}
                assert run.kind == "in" or run.cover == 0
    assert {"in", "night", "late", "ban", "fast_only"} <= kinds


def test_a_closure_is_shown_before_the_lateness_that_follows_it() -> None:
    for option in OPTIONS:
        for runs in runs_of(option):
            for run in runs:
                slot = option.slots[run.first]
                told = {option.reasons[number].kind for number in slot.reasons}
                if run.kind == "late":
                    assert not told & {"closure", "ban", "gate"}
