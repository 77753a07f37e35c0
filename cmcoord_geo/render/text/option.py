"""One route option as text: its figures, nights, patrols and crossings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.render.text.sheet import Sheet, joined, outward, whole
from cmcoord_geo.sharing.views import WindowView

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import ExposureView, OptionView, PassageView


def option_lines(sheet: Sheet, option: OptionView) -> Iterator[str]:
    """Head, figures and what lies on the way."""
    via = ", ".join(map(sheet.place, option.via[1:-1]))
    way = sheet.say("via", places=via) if via else sheet.say("direct")
    yield ""
    yield from sheet.paragraph(
        joined([option.letter, sheet.say(option.decision), way]), indent="  "
    )
    yield from sheet.points(option.reasons, "    ")
    yield from _figures(sheet, option)
    yield from _way(sheet, option)


def _figures(sheet: Sheet, option: OptionView) -> Iterator[str]:
    span = outward(WindowView(start=option.fast[-1][0], end=option.slow[-1][0]))
    window = WindowView(start=span[0], end=span[1])
    yield from sheet.row("length", f"{whole(option.length_km)} km")
    if option.roads:
        yield from sheet.row(
            "roads_taken", sheet.several(said[sheet.lang] for said in option.roads)
        )
    if option.assumed:
        yield from sheet.row("assumed", option.assumed[sheet.lang])
    yield from sheet.row(
        "hours", sheet.say("hours_days", hours=whole(option.drive_h), days=whole(option.days))
    )
    yield from sheet.row("arrival", sheet.window(window))
    if option.figures:
        yield from sheet.row("difference", option.figures.said[sheet.lang])
    yield from sheet.row("exposure", _exposure(sheet, option.exposure))
    yield from _with_patrols(sheet, option)
    yield from _doubt(sheet, option)
    if option.worst_segment:
        level = sheet.say(f"class_{option.worst_class}")
        yield from sheet.row("worst", f"{sheet.segment(option.worst_segment)} ({level})")
    yield from sheet.row("unpatrolled", _unpatrolled(sheet, option))
    yield from sheet.row("ordnance", ordnance_words(sheet, option))


def _with_patrols(sheet: Sheet, option: OptionView) -> Iterator[str]:
    """Exposure with what was reported, then with offers too: an offer is no presence."""
    states = {cover.is_confirmed for cover in option.cover}
    if option.exposure_confirmed and states == {True, False}:
        yield from sheet.row("with_confirmed", _exposure(sheet, option.exposure_confirmed))
    if states:
        key = "with_offered" if False in states else "with_confirmed"
        yield from sheet.row(key, _exposure(sheet, option.exposure_with_patrols))


def _unpatrolled(sheet: Sheet, option: OptionView) -> str:
    """Kilometres without presence and what exposure lies on them; those with an offer only apart."""
    parts = [f"{option.unpatrolled_km} km"]
    left = option.exposure_unpatrolled
    if left and left.informed_percent and option.cover:
        parts.append(sheet.say("unpatrolled_exposure", low=left.low, high=left.high))
    if option.offered_km:
        parts.append(sheet.say("offered_km", km=option.offered_km))
    return sheet.several(parts)


def _exposure(sheet: Sheet, exposure: ExposureView) -> str:
    if not exposure.informed_percent:
        return sheet.say("no_information")
    level = sheet.say(f"class_{exposure.exposure_class}")
    if exposure.informed_percent >= 100:
        return sheet.say("exposure_full", low=exposure.low, high=exposure.high, level=level)
    percent = 100 - exposure.informed_percent
    return sheet.say("exposure_part", low=exposure.low, level=level, percent=percent)


def _doubt(sheet: Sheet, option: OptionView) -> Iterator[str]:
    """Against the fastest option, and by class."""
    if option.compared:
        words = " ".join(one[sheet.lang] for one in option.compared.said)
        yield from sheet.row("against", words)
    told = [one for one in option.classes if one.index]
    under = [one.name[sheet.lang] for one in option.classes if one.index == 0]
    none = [one.name[sheet.lang] for one in option.classes if one.index is None]
    parts = [sheet.say("class_index", name=one.name[sheet.lang], index=one.index) for one in told]
    if under:
        parts.append(sheet.say("class_under", names=", ".join(under)))
    if none:
        parts.append(sheet.say("class_none", names=", ".join(none)))
    if parts:
        yield from sheet.row("by_class", sheet.several(parts))


def ordnance_words(sheet: Sheet, option: OptionView) -> str:
    """Reported explosive ordnance on an option; where there is none, what that does not mean."""
    if option.ordnance_records:
        return sheet.say("ordnance_some", count=option.ordnance_records, km=option.ordnance_km)
    return sheet.say("ordnance_none" if option.has_ordnance_source else "ordnance_no_source")


def _way(sheet: Sheet, option: OptionView) -> Iterator[str]:
    if option.halts:
        yield from sheet.row("nights", sheet.several(halt[sheet.lang] for halt in option.halts))
    covers = [
        sheet.say(
            "cover",
            patrol=cover.patrol_id,
            state=sheet.say("confirmed" if cover.is_confirmed else "offered"),
            km=whole(cover.km),
            age=whole(cover.age_h),
        )
        for cover in option.cover
    ]
    if covers:
        yield from sheet.row("presence", sheet.several(covers))
    told = [passage.said[sheet.lang] for passage in option.passages if passage.reported_at]
    if told:
        yield from sheet.row("crossings", sheet.several(told))
    for state, names in unreported(sheet, option.passages).items():
        yield from sheet.row("crossings_untold", sheet.both(state, sheet.several(names)))


def unreported(sheet: Sheet, passages: Sequence[PassageView]) -> dict[str, list[str]]:
    """
    Crossings that nobody reported on, by the state that is assumed of them.

    Those of one kind that bear names such as "Ponts en bois, Bambari à Alindao" are named together.
    """
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        if passage.reported_at is None:
            state = sheet.crossing_state(passage.kind, passage.state)
            name, _, where = passage.name[sheet.lang].partition(", ")
            found[state][name].append(where)
    return {
        state: [_named(name, [one for one in where if one]) for name, where in names.items()]
        for state, names in found.items()
    }


def _named(name: str, where: Sequence[str]) -> str:
    return f"{name} ({', '.join(where)})" if where else name
