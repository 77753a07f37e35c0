"""
Which option is kept, and why each other one is set aside.

Kept is the option with the fewest grave doubts; among equals the one whose driving time and exposure, each
measured against the best option, are smallest together. An armed escort is never among the options (H16).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.model import SetAside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import Route

LETTERS = "ABCDEFGH"
#: Two shares of road with information closer than this are taken for one.
_SAME_SHARE = 0.05
#: Less unpatrolled road than this is no reason.
_LEAST_KM = 10


def grave_doubts(route: Route) -> tuple[int, int, int, int]:
    """
    What weighs more than time and exposure.

    Ordnance reported, crossings of unknown capacity under a heavy convoy, nights between two places that
    even the fast pace needs, then those that the slow pace needs.
    """
    return (
        int(route.ordnance_records > 0),
        _unknown_capacities(route),
        _nights_between(route, is_certain=True),
        _nights_between(route, is_certain=False),
    )


def ranked(
    routes: Sequence[Route], mid_hours: Sequence[float], exposure: Sequence[int]
) -> tuple[int, ...]:
    """
    Order of the options, the one kept first.

    Parameters
    ----------
    routes : sequence of Route
    mid_hours : sequence of float
        Driving hours at the middle pace.
    exposure : sequence of int
        Criterion of the search, in which a road without information is never cheap.
    """
    best_h, best_exposure = min(mid_hours), max(min(exposure), 1)

    def key(i: int) -> tuple[tuple[int, int, int, int], float, int]:
        together = mid_hours[i] / best_h + exposure[i] / best_exposure
        return grave_doubts(routes[i]), round(together, 6), i

    return tuple(sorted(range(len(routes)), key=key))


def kept_because(options: Sequence[Route]) -> tuple[Said, ...]:
    """
    What speaks for the option kept; empty where it is the only one.

    Parameters
    ----------
    options : sequence of Route
        The one kept first.
    """
    if len(options) < 2:
        return ()
    kept, *others = options
    return tuple(_for(kept, others))


def _for(kept: Route, others: Sequence[Route]) -> Iterable[Said]:
    rivals = [other for other in others if grave_doubts(other) == grave_doubts(kept)]
    if not rivals:
        yield said("kept.doubts")
    if all(kept.drive_h.high <= other.drive_h.high for other in others):
        yield said("kept.time")
    is_comparable = kept.exposure.informed_share > 0 and all(
        abs(other.exposure.informed_share - kept.exposure.informed_share) <= _SAME_SHARE
        for other in others
    )
    if is_comparable and all(kept.exposure.mean <= other.exposure.mean for other in others):
        yield said("kept.exposure")
    if rivals:  # else the doubts decided, and nothing was weighed
        yield said("kept.balance" if is_comparable else "kept.balance_unknown")


def set_aside(kept: Route, other: Route, titles: Mapping[str, Said]) -> SetAside:
    """
    Why an option is not the one kept: every figure that speaks against it, none that is guessed.

    Parameters
    ----------
    kept, other : Route
    titles : mapping
        Segment id to the name of the segment.
    """
    reasons = (
        *_of_doubts(kept, other),
        *_of_time(kept, other),
        *_of_exposure(kept, other, titles),
        *_of_patrols(kept, other, len(kept.conflicts), len(other.conflicts)),
    )
    return SetAside(
        letter=other.letter,
        place_ids=other.place_ids,
        reasons=reasons or (_of_balance(kept, other),),
    )


def _of_doubts(kept: Route, other: Route) -> Iterable[Said]:
    if other.ordnance_records and not kept.ordnance_records:
        yield said("aside.ordnance", count=other.ordnance_records)
    if _unknown_capacities(other) > _unknown_capacities(kept):
        yield said("aside.capacity", count=_unknown_capacities(other))
    for is_certain in (True, False):
        count = _nights_between(other, is_certain=is_certain)
        if count > _nights_between(kept, is_certain=is_certain):
            yield said("aside.night_between", count=count)
            break


def _of_time(kept: Route, other: Route) -> Iterable[Said]:
    more_h = sorted(
        max(round(theirs - ours), 0)
        for theirs, ours in (
            (other.drive_h.low, kept.drive_h.low),
            (other.drive_h.high, kept.drive_h.high),
        )
    )
    if more_h[1]:
        hours = "–".join(str(hour) for hour in dict.fromkeys(more_h))
        yield said("aside.longer", hours=hours)


def _of_exposure(kept: Route, other: Route, titles: Mapping[str, Said]) -> Iterable[Said]:
    """
    Exposure, where it can be compared.

    A sum over the known part of a road says nothing against a road of which more is known.
    """
    lacking = kept.exposure.informed_share - other.exposure.informed_share
    is_comparable = lacking > -_SAME_SHARE and kept.exposure.informed_share > 0
    more = other.exposure.mean - kept.exposure.mean
    if is_comparable and more >= 1:
        yield said("aside.exposure", more=f"{more:.0f}")
    if is_comparable and other.worst_class > kept.worst_class > 0:
        yield said("aside.worst", name=titles.get(other.worst_segment, other.worst_segment))
    if lacking > _SAME_SHARE:
        yield said("aside.unknown", percent=f"{100 * (1 - other.exposure.informed_share):.0f}")


def _of_patrols(kept: Route, other: Route, ours: int, theirs: int) -> Iterable[Said]:
    if theirs > ours:
        yield said("aside.conflicts", count=theirs)
    if kept.coverage and other.unpatrolled_km - kept.unpatrolled_km >= _LEAST_KM:
        yield said("aside.unpatrolled", km=f"{other.unpatrolled_km:.0f}")


def _of_balance(kept: Route, other: Route) -> Said:
    """No single figure decides; exposure is named only where something is known of it."""
    is_known = kept.exposure.informed_share > 0 and other.exposure.informed_share > 0
    return said("aside.balance" if is_known else "aside.balance_time", kept=kept.letter)


def _unknown_capacities(route: Route) -> int:
    return sum(passage.is_capacity_flagged for passage in route.passages)


def _nights_between(route: Route, *, is_certain: bool) -> int:
    """Nights that fall between two places: at the fast pace already, or at either."""
    return sum(
        not halt.place_id and not (is_certain and halt.pace == "slow") for halt in route.halts
    )
