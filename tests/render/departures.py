"""Departure sheets of the small week, made once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sharing import week

from cmcoord_geo.config import Ban, RulesConfig
from cmcoord_geo.sharing.departure_views import DepartureSheetView, OptionDeparturesView
from cmcoord_geo.sharing.departures import build_departures

BANS = (
    Ban(name="couvre-feu", hours="13:00-05:00", weekdays=("wed",)),
    Ban(name="opération", segments=("L003",), first="2026-12-03", last="2026-12-03"),
    Ban(name="marché", effect="tell", weekdays=("tue",)),
)


@cache
def departure_sheets(days: int = 7) -> tuple[DepartureSheetView, ...]:
    """Sheets of all movements for the desk, under some bans."""
    config = replace(week.CONFIG, rules=RulesConfig(bans=BANS))
    return build_departures(week.picture(), week.plans(), week.OWNER, config, days=days).sheets


def first_option(days: int = 7) -> tuple[DepartureSheetView, OptionDeparturesView]:
    """First movement and its first option."""
    sheet = departure_sheets(days)[0]
    return sheet, sheet.options[0]
