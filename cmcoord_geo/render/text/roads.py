"""Closures, ferries and counts as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.text.sheet import Sheet, joined

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import AreaCountView, ClosureView, CrossingView, SegmentView

#: Surveyed roads that are named under one state; the others are counted.
_MOST_ROADS = 12


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
    surveyed: defaultdict[str, list[SegmentView]] = defaultdict(list)
    unnamed_km: defaultdict[str, float] = defaultdict(float)
    for one in segments:
        if one.state == "open" and one.stale_at is None:
            continue
        key = "by_report" if one.is_state_reported else "by_season"
        key = key if one.stale_at is None else "by_stale"
        head = sheet.say(key, state=text(f"state.{one.state}", sheet.lang))
        if not one.title:
            found[head].append(sheet.segment(one.segment_id))
        elif key == "by_season":  # of these there are too many to name
            unnamed_km[head] += one.km_mid
        else:
            surveyed[head].append(one)
    yield from sheet.title(sheet.say("roads"))
    yield from sheet.points(
        sheet.both(f"{head} ({len(names)})", ", ".join(names)) for head, names in found.items()
    )
    yield from sheet.points(
        sheet.both(head, sheet.several(_surveyed(sheet, roads))) for head, roads in surveyed.items()
    )
    yield from sheet.points(sheet.both(head, f"{km:.0f} km") for head, km in unnamed_km.items())
    yield from sheet.paragraph(sheet.say("roads_open"))


def _surveyed(sheet: Sheet, roads: Iterable[SegmentView]) -> Iterator[str]:
    """
    Surveyed roads in one name for all their pieces, the longest first; of many, the others as a number.

    No km: a report closes all of a piece, and may speak of a part of it.
    """
    km: defaultdict[str, float] = defaultdict(float)
    ends: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in roads:
        km[one.title] += one.km_mid
        ends[one.title] |= dict.fromkeys(filter(sheet.is_place, (one.start, one.end)))
    longest = sorted(km, key=lambda title: (-km[title], title))
    for title in longest[:_MOST_ROADS]:
        names = [sheet.place(key) for key in ends[title]]
        sign = "–" if len(names) == 2 else ", "
        yield f"{title} ({sign.join(names)})" if names else title
    if longest[_MOST_ROADS:]:
        yield sheet.say("more_roads", count=len(longest) - _MOST_ROADS)


def count_lines(sheet: Sheet, key: str, counts: Sequence[AreaCountView]) -> Iterator[str]:
    """Counts by prefecture under a title; nothing without one."""
    if not counts:
        return
    yield from sheet.title(sheet.say(key))
    yield from sheet.points(sheet.both(one.area, str(one.count)) for one in counts)
    yield from sheet.paragraph(sheet.say("few"))
