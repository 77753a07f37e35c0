"""What is said of an option's figures: times the fastest, what it shares, its detours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import join, said
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.sharing.views import FiguresView
from cmcoord_geo.units import HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.model import Route, RouteFigures

#: Key of a sentence and what it names.
_Part = tuple[str, dict[str, object]]
#: From here on an option is told as a multiple of the fastest.
_SLOWER = 1.05
#: Times are told no finer than this, and rounded down.
_STEP_MIN = 5
_HOUR_MIN = round(HOUR_S / MINUTE_S)


def figures_view(route: Route, *, options: int, has_stops: bool) -> FiguresView | None:
    """
    View of an option against the fastest way and the option kept; None where there is nothing to tell apart.

    Parameters
    ----------
    route : Route
    options : int
        How many there are.
    has_stops : bool
        Whether the trip leads through places that were asked for.
    """
    found = route.figures
    if found is None or options < 2:
        return None
    parts = list(_parts(found, is_kept=found.kept == route.letter, has_stops=has_stops))
    words = [said(f"difference.{key}", **values) for key, values in parts]
    return FiguresView(
        stretch=round(found.stretch, 2),
        kept=found.kept,
        road_percent=_percent(found.length_shared),
        exposure_percent=None if found.exposure_shared is None else _percent(found.exposure_shared),
        local_h=found.local_h,
        local_percent=int(100 * found.local_share),
        said=said("difference.all", parts=join(words, "; ")),
        lines=tuple(said(f"difference.line.{key}", **values) for key, values in parts),
    )


def _parts(found: RouteFigures, *, is_kept: bool, has_stops: bool) -> Iterator[_Part]:
    if found.stretch == 1:
        yield "fastest", {}
    elif found.stretch < _SLOWER:
        yield "hardly", {}
    else:
        yield "times", {"times": said_decimal(found.stretch)}
    if not is_kept:
        yield _shared(found)
    if found.stretch > 1:
        yield _local(found.local_h, has_stops=has_stops)


def _shared(found: RouteFigures) -> _Part:
    values: dict[str, object] = {"kept": found.kept, "road": _percent(found.length_shared)}
    if not values["road"]:
        return "apart", values
    if found.exposure_shared is None:
        return "road", values
    return "both", {**values, "exposure": _percent(found.exposure_shared)}


def _local(hours: float, *, has_stops: bool) -> _Part:
    minutes = int(hours * _HOUR_MIN) // _STEP_MIN * _STEP_MIN
    if not minutes:
        return "short", {"minutes": _STEP_MIN}
    whole, rest = divmod(minutes, _HOUR_MIN)
    key = "stops" if has_stops else "local"
    return key, {"time": f"{whole} h {rest:02d}" if whole else f"{rest} min"}


def _percent(share: float) -> int:
    """Whole percent; all and nothing are told only where it is so."""
    percent = round(100 * share)
    if 0.0 < share < 1.0:
        percent = min(max(percent, 1), 99)
    return percent
