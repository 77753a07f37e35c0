"""What a patrol's word is worth at the cut-off, and how many kilometres of a movement it covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from shapely import LineString, unary_union

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from shapely.geometry.base import BaseGeometry

    from cmcoord_geo.sharing.views import OptionView, PatrolView

Form = Literal["confirmed", "offered", "unverified"]
#: A reported passage counts as confirmed for this long (the footnote of the map says so).
FRESH = timedelta(hours=48)


def form_of(patrol: PatrolView, as_of: datetime) -> Form:
    """
    Form in which a patrol is drawn.

    Confirmed only when its passage was reported at most 48 h before the cut-off, never after it; offered
    only while its window has not ended at the cut-off; else unverified, and it covers nothing.
    """
    passed = patrol.passed_at
    if patrol.state == "confirmed":
        is_fresh = passed is not None and timedelta(0) <= as_of - passed <= FRESH
        return "confirmed" if is_fresh else "unverified"
    is_over = patrol.window is not None and patrol.window.end <= as_of
    return "unverified" if is_over else "offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Kilometres of an option, rounded to 5: offered + confirmed + neither = whole."""

    whole_km: int
    offered_km: int
    confirmed_km: int
    neither_km: int
    no_information_km: int


def share_of(option: OptionView, patrols: Iterable[PatrolView], as_of: datetime) -> Share:
    """Share of an option that patrols cover; a stretch counts once, confirmed before offered."""
    forms: dict[str, Form] = {}
    for patrol in patrols:
        forms[patrol.mark] = forms[patrol.patrol_id] = form_of(patrol, as_of)
    stretches: dict[str, list[tuple[float, float]]] = {"confirmed": [], "offered": []}
    for cover in option.cover:
        said = "confirmed" if cover.is_confirmed else "offered"
        if forms.get(cover.patrol_id, said) == said:
            stretches[said].append((cover.km.low, cover.km.high))
    confirmed = _union(stretches["confirmed"])
    offered = _union(stretches["offered"]).difference(confirmed)
    unknown = _union(
        (part.km.low, part.km.high) for part in option.profile if not part.exposure_class
    )
    whole = _five(option.legs[-1].km.high if option.legs else option.length_km.high)
    confirmed_km = min(_five(confirmed.length), whole)
    offered_km = min(_five(offered.length), whole - confirmed_km)
    return Share(
        whole_km=whole,
        offered_km=offered_km,
        confirmed_km=confirmed_km,
        neither_km=whole - confirmed_km - offered_km,
        no_information_km=min(_five(unknown.length), whole),
    )


def _union(stretches: Iterable[tuple[float, float]]) -> BaseGeometry:
    """Stretches of a kilometre scale, put together."""
    return unary_union([LineString([(low, 0), (high, 0)]) for low, high in stretches if high > low])


def _five(km: float) -> int:
    return 5 * round(km / 5)
