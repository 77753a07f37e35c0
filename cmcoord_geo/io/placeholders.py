"""A point that is no place: the capital as a stand-in for "somewhere in the country"."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from cmcoord_geo.facts import places, toml
from cmcoord_geo.i18n import said
from cmcoord_geo.model import Finding
from cmcoord_geo.network.places import plain
from cmcoord_geo.units import KM_M, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmcoord_geo.io.events import Event

#: Decimals of a degree by which points are the same: about 100 m.
_DECIMALS = 3


@cache
def _rule() -> Mapping[str, Any]:
    rule: Mapping[str, Any] = toml("duplicates.toml")["placeholder"]
    return rule


def lowered(
    events: Sequence[Event], *, file: str, column: str
) -> tuple[tuple[Event, ...], tuple[Finding, ...]]:
    """
    Events with the precision of placeholders lowered to that of the country, and a finding on them.

    Many coarse records on one point in the capital say "somewhere in the country", as does a place that is
    named after the country. An exact or near record in the capital stays what it is.

    Parameters
    ----------
    events : sequence of Event
    file, column : str
        For the finding.
    """
    rule = _rule()
    points = Counter(_point(event) for event in events if event.precision >= rule["coarse_from"])
    crowded = {
        point
        for point, count in points.items()
        if count > rule["most"] and _is_capital(*point, km=rule["within_km"])
    }
    made, rows = [], []
    for event in events:
        is_coarse = event.precision >= rule["coarse_from"]
        is_stand_in = (is_coarse and _point(event) in crowded) or _is_country(event.place)
        if is_stand_in and event.precision < rule["becomes"]:
            rows.append(event.row)
            made.append(replace(event, precision=rule["becomes"]))
        else:
            made.append(event)
    if not rows:
        return tuple(made), ()
    reason = said("io.incident.placeholder", n=len(rows), row=min(rows))
    finding = Finding(severity="warning", said=reason, file=file, row=min(rows), column=column)
    return tuple(made), (finding,)


def _point(event: Event) -> tuple[float, float]:
    return round(event.lon, _DECIMALS), round(event.lat, _DECIMALS)


@lru_cache(maxsize=4096)
def _is_country(place: str) -> bool:
    """Whether a place is named after the country, or says that it is not known."""
    return plain(place) in {plain(name) for name in _rule()["names"]}


def _is_capital(lon: float, lat: float, *, km: float) -> bool:
    capital = next(place for place in places().values() if place.kind == "capital")
    return bool(geodesic_m(lon, lat, capital.lon, capital.lat)[0] <= km * KM_M)
