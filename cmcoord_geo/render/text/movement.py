"""One movement as text: what to do before leaving comes first, then the options, then the other ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.text.option import option_lines, unreported
from cmcoord_geo.render.text.questions import question_lines
from cmcoord_geo.render.text.sensitivity import sensitivity_lines
from cmcoord_geo.render.text.sheet import Sheet, joined, whole

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.views import ConflictView, FamilyView, MovementView


def movement_lines(
    sheet: Sheet,
    movement: MovementView,
    conflicts: Sequence[ConflictView],
    *,
    shared: Sequence[FamilyView] = (),
) -> Iterator[str]:
    """
    A movement.

    Parameters
    ----------
    sheet : Sheet
    movement : MovementView
    conflicts : sequence of ConflictView
        All of the product; those of this movement are told.
    shared : sequence of FamilyView
        Families that are told once for all movements.
    """
    route = f"{sheet.place(movement.origin)} → {sheet.place(movement.destination)}"
    yield from sheet.title(f"{movement.mark} · {route}")
    yield from _facts(sheet, movement)
    yield from _before(sheet, movement, [one for one in conflicts if one.movement == movement.mark])
    yield from _conditions(sheet, movement.conditions)
    yield from question_lines(sheet, movement)
    yield from _options(sheet, movement)
    if movement.sensitivity:
        yield from sensitivity_lines(sheet, movement.sensitivity)
    yield from _families(sheet, [one for one in movement.families if one not in shared])


def overview_lines(sheet: Sheet, movements: Sequence[MovementView]) -> Iterator[str]:
    """One line for each of several movements."""
    if len(movements) < 2:
        return
    yield from sheet.title(sheet.say("overview"))
    for movement in movements:
        yield from sheet.points([_overview(sheet, movement)], sign=f"{movement.mark:<3}")


def _overview(sheet: Sheet, movement: MovementView) -> str:
    route = f"{sheet.place(movement.origin)} → {sheet.place(movement.destination)}"
    head = [sheet.moment(movement.depart.start), route]
    if not movement.options:
        return joined([*head, sheet.say("no_way" if movement.is_kept_out else "no_road")])
    kept = movement.options[0]
    hours = sheet.say("hours_short", hours=whole(kept.drive_h), days=whole(kept.days))
    number = (
        sheet.say("one_road")
        if movement.is_one_road
        else sheet.say("several_roads", count=len(movement.options))
    )
    return joined([*head, number, hours])


def shared_families(movements: Sequence[MovementView]) -> tuple[FamilyView, ...]:
    """Families about which all of several movements are told the same."""
    if len(movements) < 2:
        return ()
    first, *others = movements
    return tuple(
        family for family in first.families if all(family in other.families for other in others)
    )


def family_words(sheet: Sheet, families: Sequence[FamilyView]) -> Iterator[str]:
    """Families as a list."""
    yield from sheet.points(
        sheet.both(family.name[sheet.lang], " ".join(part[sheet.lang] for part in family.said))
        for family in families
    )


def _facts(sheet: Sheet, movement: MovementView) -> Iterator[str]:
    persons = "" if movement.persons is None else sheet.say("persons", count=movement.persons)
    trip = "" if movement.trip == "unsaid" else sheet.say(movement.trip)
    labelled = {name: getattr(movement, name) for name in ("cargo", "purpose", "marking")}
    what = [sheet.both(sheet.say(name), words) for name, words in labelled.items() if words]
    own_id = "" if movement.movement_id == movement.mark else movement.movement_id
    head = [own_id, movement.organisation, movement.vehicles[sheet.lang]]
    when = sheet.departure(movement.depart)
    ends = map(sheet.whereabouts, (movement.origin, *movement.via, movement.destination))
    yield from sheet.paragraph(joined([*head, persons, trip]))
    yield from sheet.paragraph(" → ".join(ends))
    yield from sheet.paragraph(joined(what))
    yield from sheet.paragraph(sheet.say("depart", window=when, season=movement.season[sheet.lang]))


def _before(
    sheet: Sheet, movement: MovementView, conflicts: Sequence[ConflictView]
) -> Iterator[str]:
    """What stands between the plan and the departure; a movement without a road says so here."""
    if movement.refusal:
        key = "refusal_conditions" if movement.is_kept_out else "refusal"
        yield from sheet.paragraph(sheet.say(key, why=movement.refusal[sheet.lang]))
    missing = [one for one in movement.findings if one not in movement.closed_ways]
    kept = [option for option in movement.options if option.decision == "kept"]
    todo = [joined([one.mark, sheet.window(one.window), one.said[sheet.lang]]) for one in conflicts]
    todo += [words[sheet.lang] for option in kept for words in option.warnings]
    untold = sum(len(names) for one in kept for names in unreported(sheet, one.passages).values())
    if untold:
        todo.append(sheet.say("ask_crossings"))
    todo += [words[sheet.lang] for words in missing]
    if todo:
        yield ""
        yield sheet.say("before")
        yield from sheet.points(todo, sign="[ ]")


def _conditions(sheet: Sheet, conditions: Sequence[Said]) -> Iterator[str]:
    if conditions:
        yield ""
        yield text("condition.title", sheet.lang)
        yield from sheet.points(words[sheet.lang] for words in conditions)


def _options(sheet: Sheet, movement: MovementView) -> Iterator[str]:
    if movement.options:
        yield ""
        yield from sheet.paragraph(
            sheet.say("one_road")
            if movement.is_one_road
            else sheet.say("options", shown=len(movement.options), exact=movement.exact_routes)
        )
    if movement.tried:
        yield from sheet.paragraph(movement.tried[sheet.lang])
    yield from sheet.points(cut.said for cut in movement.cuts)
    for option in movement.options:
        yield from option_lines(sheet, option)
    if movement.closed_ways:
        yield ""
        yield from sheet.points(movement.closed_ways)


def _families(sheet: Sheet, families: Sequence[FamilyView]) -> Iterator[str]:
    yield ""
    yield sheet.say("families")
    yield from family_words(sheet, families)
    yield sheet.say("no_escort")
