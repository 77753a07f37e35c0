"""What stands around every product: title, cut-off, expiry, audience, sources, disclaimer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.dates import said_date, said_day
from cmcoord_geo.planning import sunrise_sunset
from cmcoord_geo.sharing.generalise import day_of
from cmcoord_geo.sharing.ground import ground_view
from cmcoord_geo.sharing.incidents import may_leave
from cmcoord_geo.sharing.views import FrameView, GroundView, SourceView, WindowView
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.config import SharingConfig
    from cmcoord_geo.model import Source
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.audience import Audience

#: Days of the time bar: ahead, at most, and back from the cut-off (as long as a patrol's presence counts).
_DAYS, _MOST_DAYS, _PAST_DAYS = 7, 14, 2
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
    ground = ground_view(picture.network)
    is_abroad = ground is not None and not ground.has_base
    return FrameView(
        title=said(f"frame.title_{kind}"),
        subtitle=said(
            "frame.subtitle_roads" if is_abroad else "frame.subtitle",
            first=said_day(week.start),
            last=said_day(last),
            year=last.year,
            name=picture.network.name,
        ),
        audience=kind,
        audience_name=_name_of(audience),
        audience_note=said(f"frame.note_{kind}"),
        as_of=picture.as_of,
        expires_at=config.expiry(picture.as_of),
        week=week,
        sun=tuple(_sun(week, _sunny_ends(picture.network, ground))),
        is_exercise=picture.is_exercise,
        is_schematic=picture.network.is_schematic,
        disclaimer=said("frame.disclaimer"),
        sources=(
            *_base_sources(picture.network, is_abroad=is_abroad),
            *map(source_view, _named(picture.incidents.sources, kind)),
        ),
        prefectures_note=said("frame.no_base" if is_abroad else "frame.prefectures"),
        ground=ground,
    )


def _name_of(audience: Audience) -> Said:
    """Name of an audience; of the owners of the plans one partner alone, where it is one."""
    if audience.kind == "owner" and audience.organisation:
        return said("frame.audience_partner", organisation=audience.organisation)
    return said(f"frame.audience_{audience.kind}")


def _named(sources: Iterable[Source], kind: str) -> Iterable[Source]:
    """Sources of incidents that a product names: all for the owner, for the public those that it counts."""
    if kind == "owner":
        return sources
    return (
        [source for source in sources if may_leave(source, is_own=False)]
        if kind == "public"
        else ()
    )


def _week(as_of: datetime, shown: Sequence[WindowView]) -> WindowView:
    """Whole days: the week ahead, longer for what is shown, or from its first day when that lies far off."""
    is_late = as_of.astimezone(BANGUI).hour >= _NOON_H
    start = day_of(as_of) + timedelta(days=is_late)
    oldest, farthest = day_of(as_of) - timedelta(days=_PAST_DAYS), timedelta(days=_MOST_DAYS)
    current = [window for window in shown if window.end > oldest]
    if current:
        first = max(oldest, min(day_of(window.start) for window in current))
        if first < start or first >= start + farthest:
            start = first
    ends = [day_of(window.end - timedelta(seconds=1)) + timedelta(days=1) for window in current]
    end = max([start + timedelta(days=_DAYS), *ends])
    return WindowView(start=start, end=min(end, start + farthest))


def _sunny_ends(
    network: RoadNetwork, ground: GroundView | None
) -> tuple[tuple[str, float, float], ...]:
    """Place, longitude and latitude at both ends of the day: the westernmost and the easternmost place."""
    if ground is not None and ground.extent is not None:
        west, south, east, north = ground.extent
        return tuple((network.name, lon, (south + north) / 2) for lon in (west, east))
    towns = [place for place in places().values() if place.country == "CAF"]
    ends = min(towns, key=lambda town: town.lon), max(towns, key=lambda town: town.lon)
    return tuple((town.place_id, town.lon, town.lat) for town in ends)


def _sun(
    week: WindowView, ends: Iterable[tuple[str, float, float]]
) -> Iterable[tuple[str, datetime, datetime, datetime]]:
    """Sunrise and sunset of each day at the ends."""
    day = week.start
    while day < week.end:
        for place_id, lon, lat in ends:
            rise, fall = sunrise_sunset(lon, lat, day.date())
            yield place_id, day, rise.replace(microsecond=0), fall.replace(microsecond=0)
        day += timedelta(days=1)


def _base_sources(network: RoadNetwork, *, is_abroad: bool) -> tuple[SourceView, ...]:
    own = tuple(_own_roads(network))
    if is_abroad:
        return own
    names = ("places", "base") if own else ("roads", "places", "base")
    return own + tuple(
        SourceView(
            name=said(f"source.{name}_name").en,
            licence=said(f"source.{name}_licence").en,
            said=said(f"source.{name}"),
        )
        for name in names
    )


def _own_roads(network: RoadNetwork) -> Iterable[SourceView]:
    """Source of a network of one's own; nothing for the bundled one."""
    if network.traffic is not None:
        text = said("source.own_roads", source=network.source, licence=network.licence)
        yield SourceView(name=network.source, licence=network.licence, said=text)


def source_view(source: Source) -> SourceView:
    """Name, licence and period of a source of incidents; that no licence is stated is said in words."""
    key = "source.exercise" if source.is_exercise else "source.incidents"
    return SourceView(
        name=source.name,
        licence=source.licence,
        said=said(
            key,
            name=source.name,
            licence=source.licence or said("source.no_licence"),
            first=said_date(source.first),
            last=said_date(source.last),
        ),
    )
