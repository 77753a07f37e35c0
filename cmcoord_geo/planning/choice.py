"""
Which option is kept, and why each other one is set aside.

Kept is the option with the fewest grave doubts; among equals the one whose driving time and exposure, each
measured against the best option, are smallest together. An armed escort is never among the options (H16).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.model import SetAside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmcoord_geo.model import Route
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Way

LETTERS = "ABCDEFGH"


def grave_doubts(route: Route) -> tuple[int, int, int]:
    """Ordnance reported, crossings of unknown capacity under a heavy convoy, nights between two places."""
    return (
        int(route.ordnance_records > 0),
        sum(passage.is_capacity_flagged for passage in route.passages),
        sum(not halt.place_id for halt in route.halts if halt.pace != "slow"),
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

    def key(i: int) -> tuple[tuple[int, int, int], float, int]:
        together = mid_hours[i] / best_h + exposure[i] / best_exposure
        return grave_doubts(routes[i]), round(together, 6), i

    return tuple(sorted(range(len(routes)), key=key))


def set_aside(kept: Route, other: Route, names: dict[str, str]) -> SetAside:
    """Why an option is not the one kept: every figure that speaks against it, none that is guessed."""
    reasons = list(_against(kept, other, names))
    return SetAside(
        letter=other.letter,
        place_ids=other.place_ids,
        reasons=tuple(reasons) or (said("aside.balance", kept=kept.letter),),
    )


def _against(kept: Route, other: Route, names: dict[str, str]) -> Iterable[Said]:
    if other.ordnance_records and not kept.ordnance_records:
        yield said("aside.ordnance", count=other.ordnance_records)
    flagged = sum(passage.is_capacity_flagged for passage in other.passages)
    if flagged > sum(passage.is_capacity_flagged for passage in kept.passages):
        yield said("aside.capacity", count=flagged)
    nights = sum(not halt.place_id for halt in other.halts)
    if nights > sum(not halt.place_id for halt in kept.halts):
        yield said("aside.night_between", count=nights)
    longer_h = sorted(
        (other.drive_h.low - kept.drive_h.low, other.drive_h.high - kept.drive_h.high)
    )
    if longer_h[1] >= 1:
        yield said("aside.longer", low=f"{max(longer_h[0], 0):.0f}", high=f"{longer_h[1]:.0f}")
    more = other.exposure.mean - kept.exposure.mean
    if more >= 1:
        yield said("aside.exposure", more=f"{more:.0f}")
    if other.worst_class > kept.worst_class:
        yield said("aside.worst", name=names.get(other.worst_segment, other.worst_segment))
    if other.exposure.informed_share < kept.exposure.informed_share - 0.05:
        yield said("aside.unknown", percent=f"{100 * (1 - other.exposure.informed_share):.0f}")
    if len(other.conflicts) > len(kept.conflicts):
        yield said("aside.conflicts", count=len(other.conflicts))
    if kept.coverage and other.unpatrolled_km - kept.unpatrolled_km >= 10:
        yield said("aside.unpatrolled", km=f"{other.unpatrolled_km:.0f}")


def closed_way(
    network: RoadNetwork, passable: Passability, way: Way, place_ids: tuple[str, ...]
) -> SetAside:
    """Name what stands in the way of a road that is no option today."""
    shut = [segment for segment, _ in way if not passable.is_open[segment]]
    return SetAside(
        letter="",
        place_ids=place_ids,
        reasons=tuple(
            said("aside.closed", name=network.title(segment), reason=passable.reasons[segment][0])
            for segment in shut
        ),
    )
