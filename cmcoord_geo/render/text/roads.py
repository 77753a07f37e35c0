"""Closures, ferries and counts as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.text.sheet import Sheet, joined

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import AreaCountView, ClosureView, CrossingView, SegmentView


def closure_lines(sheet: Sheet, closures: Sequence[ClosureView]) -> Iterator[str]:
    """Reported closures and restrictions; nothing without one."""
    if not closures:
        return
    yield from sheet.title(sheet.say("closures"))
    yield from sheet.points(
        joined(
            [
                one.mark,
                one.said[sheet.lang],
                sheet.say("reported", at=sheet.day(one.reported_at)),
                sheet.say("until", at=sheet.moment(one.expires_at)),
            ]
        )
        for one in closures
    )


def crossing_lines(sheet: Sheet, crossings: Iterable[CrossingView]) -> Iterator[str]:
    """Ferries: those reported on one by one, the others together."""
    ferries = [one for one in crossings if one.kind == "ferry"]
    if not ferries:
        return
    yield from sheet.title(sheet.say("ferries"))
    untold: defaultdict[str, list[str]] = defaultdict(list)
    for one in ferries:
        state = sheet.crossing_state(one.kind, one.state)
        if one.reported_at is None:
            untold[state].append(one.name[sheet.lang])
            continue
        words = [sheet.both(one.name[sheet.lang], state)]
        words.append(sheet.say("reported", at=sheet.day(one.reported_at)))
        if one.expires_at is not None:
            words.append(sheet.say("until", at=sheet.moment(one.expires_at)))
        yield from sheet.points([joined(words)])
    for state, names in untold.items():
        head = sheet.say("untold", state=state, count=len(names))
        yield from sheet.points([sheet.both(head, sheet.several(names))])


def road_lines(sheet: Sheet, segments: Iterable[SegmentView]) -> Iterator[str]:
    """Roads that are not open, by report or by the default of the season, named together."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    streets_km: defaultdict[str, float] = defaultdict(float)
    for one in segments:
        if one.state != "open" or one.stale_at is not None:
            key = "by_report" if one.is_state_reported else "by_season"
            key = key if one.stale_at is None else "by_stale"
            head = sheet.say(key, state=text(f"state.{one.state}", sheet.lang))
            # of surveyed roads there are too many to name
            if one.title and key == "by_season":
                streets_km[head] += one.km_mid
            else:
                found[head].append(sheet.segment(one.segment_id))
    yield from sheet.title(sheet.say("roads"))
    yield from sheet.points(
        sheet.both(f"{head} ({len(names)})", ", ".join(names)) for head, names in found.items()
    )
    yield from sheet.points(sheet.both(head, f"{km:.0f} km") for head, km in streets_km.items())
    yield from sheet.paragraph(sheet.say("roads_open"))


def count_lines(sheet: Sheet, key: str, counts: Sequence[AreaCountView]) -> Iterator[str]:
    """Counts by prefecture under a title; nothing without one."""
    if not counts:
        return
    yield from sheet.title(sheet.say(key))
    yield from sheet.points(sheet.both(one.area, str(one.count)) for one in counts)
    yield from sheet.paragraph(sheet.say("few"))
