"""What stands around every product: title, cut-off, expiry, audience, sources, disclaimer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.planning import sunrise_sunset
from cmcoord_geo.sharing.generalise import day_of
from cmcoord_geo.sharing.views import FrameView, SourceView, WindowView

if TYPE_CHECKING:
    from cmcoord_geo.config import SharingConfig
    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.audience import Audience

_DAYS, _MOST_DAYS = 7, 14
_NOON_H = 12


def frame_view(
    picture: OperationalPicture,
    audience: Audience,
    *,
    shown: Sequence[WindowView],
    config: SharingConfig,
) -> FrameView:
    """
    Frame of a product.

    Parameters
    ----------
    picture : OperationalPicture
    audience : Audience
    shown : sequence of WindowView
        Windows that the product shows; the time bar covers them. What is withheld has no part in it.
    config : SharingConfig
    """
    week = _week(picture.as_of, shown)
    last = week.end - timedelta(days=1)
    kind = audience.kind
    sources = picture.incidents.sources if kind != "minusca_ops" else ()
    return FrameView(
        title=said(f"frame.title_{kind}"),
        subtitle=said(
            "frame.subtitle", first=said_day(week.start), last=said_day(last), year=last.year
        ),
        audience=kind,
        audience_name=said(f"frame.audience_{kind}"),
        audience_note=said(f"frame.note_{kind}"),
        as_of=picture.as_of,
        expires_at=picture.as_of + timedelta(hours=config.product_hours),
        week=week,
        sun=tuple(_sun(week)),
        is_exercise=picture.is_exercise,
        is_schematic=picture.network.is_schematic,
        disclaimer=said("frame.disclaimer"),
        sources=(*_base_sources(), *map(_source, sources)),
        prefectures_note=said("frame.prefectures"),
    )


def said_day(moment: datetime) -> Said:
    """Day with its name in both languages, such as "lun. 30 nov."."""
    local = day_of(moment)
    weekday = said(f"weekday.d{local.weekday()}")
    month = said(f"month.m{local.month}")
    return said("frame.day", weekday=weekday, day=local.day, month=month)


def _week(as_of: datetime, shown: Sequence[WindowView]) -> WindowView:
    start = day_of(as_of) + timedelta(days=1 if as_of.hour >= _NOON_H else 0)
    end = start + timedelta(days=_DAYS)
    if shown:
        start = min(start, *(day_of(window.start) for window in shown))
        last = max(window.end for window in shown)
        end = max(end, day_of(last - timedelta(seconds=1)) + timedelta(days=1))
    return WindowView(start=start, end=min(end, start + timedelta(days=_MOST_DAYS)))


def _sun(week: WindowView) -> Iterable[tuple[str, datetime, datetime, datetime]]:
    """Sunrise and sunset of each day at the westernmost and the easternmost place with a road."""
    towns = [place for place in places().values() if place.country == "CAF"]
    ends = min(towns, key=lambda town: town.lon), max(towns, key=lambda town: town.lon)
    day = week.start
    while day < week.end:
        for town in ends:
            rise, fall = sunrise_sunset(town.lon, town.lat, day.date())
            yield town.place_id, day, rise.replace(microsecond=0), fall.replace(microsecond=0)
        day += timedelta(days=1)


def _base_sources() -> tuple[SourceView, ...]:
    return tuple(
        SourceView(
            name=said(f"source.{name}_name").en,
            licence=said(f"source.{name}_licence").en,
            said=said(f"source.{name}"),
        )
        for name in ("roads", "places", "base")
    )


def _source(source: Source) -> SourceView:
    key = "source.exercise" if source.is_exercise else "source.incidents"
    return SourceView(
        name=source.name,
        licence=source.licence,
        said=said(
            key,
            name=source.name,
            licence=source.licence,
            first=f"{source.first:%Y-%m-%d}",
            last=f"{source.last:%Y-%m-%d}",
        ),
    )
