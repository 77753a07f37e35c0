"""Departure sheets as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.export.plain import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.sharing.departure_views import DepartureSheetView, ReturnTrapsView


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheets:
    """All sheets."""

    movements: tuple[DepartureSheetView, ...]


def departures_json(sheets: Sequence[DepartureSheetView]) -> str:
    """
    JSON of departure sheets: every slot with its reasons as places in the list of its option.

    Parameters
    ----------
    sheets : sequence of DepartureSheetView
    """
    return to_json(_Sheets(movements=tuple(sheets)), kind="departures")


def return_traps_json(view: ReturnTrapsView) -> str:
    """JSON of last departures that still get back."""
    return to_json(view, kind="return_traps")
