"""Exposure by incident class for an audience that sees exposure; nobody else is given a small map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import incident_classes, road_classes
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_whole
from cmcoord_geo.risk import exposure_class, hazard
from cmcoord_geo.risk.coverage import known_sources
from cmcoord_geo.sharing.class_views import (
    ClassPanelView,
    ClassRoadView,
    ClassSheetView,
    PointView,
)
from cmcoord_geo.sharing.ground import shown_segments
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import Source
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.risk import Hazard
    from cmcoord_geo.sharing.views import ProductView

_NAMED_ROLES = frozenset({"capital", "cell"})


def class_sheet(
    product: ProductView, picture: OperationalPicture, config: Config
) -> ClassSheetView | None:
    """
    Small maps of a picture, for the audience of a product that was released from it.

    Exposure is for the owner of the plans alone (as on the map); points of explosive ordnance are those that
    the product holds, so that none of a source that forbids release is among them. Counts are the owner's
    own figures.

    Parameters
    ----------
    product : ProductView
    picture : OperationalPicture
    config : Config

    Returns
    -------
    ClassSheetView or None
        None: this audience sees no exposure.
    """
    if product.frame.audience != "owner":
        return None
    danger = hazard(
        picture.network,
        picture.incidents,
        at=picture.as_of,
        as_of=picture.as_of,
        config=config.hazard,
    )
    shown = shown_segments(picture.network, ())
    panels = tuple(_panels(product, picture, danger, shown, config))
    return ClassSheetView(
        frame=replace(
            product.frame,
            title=said("classmaps.title"),
            subtitle=said("classmaps.subtitle", day=said_date(picture.as_of)),
        ),
        limits=config.hazard.class_limits,
        towns=tuple(place for place in product.places if place.role in _NAMED_ROLES),
        roads=tuple(_roads(picture.network, shown)),
        panels=panels,
        notes=tuple(_notes(product, danger, panels[-1])),
    )


def _roads(network: RoadNetwork, shown: NDArray[np.int64]) -> Iterator[ClassRoadView]:
    for i in shown.tolist():
        name = network.road_class[i]
        row = road_classes().get(name)
        is_main = name == "national" if row is None else row.is_main and name != "ferry"
        line = tuple((float(lon), float(lat)) for lon, lat in network.lines[i])
        yield ClassRoadView(line=line, is_main=is_main)


def _panels(
    product: ProductView,
    picture: OperationalPicture,
    danger: Hazard,
    shown: NDArray[np.int64],
    config: Config,
) -> Iterator[ClassPanelView]:
    def levels(rate: NDArray[np.float64]) -> tuple[int, ...]:
        means = _segment_means(danger, rate)[shown].tolist()
        return tuple(exposure_class(mean, config.hazard.class_limits) for mean in means)

    known = {row.class_id: row for row in incident_classes().values() if row.is_on_road}
    yield _panel(picture, "all", tuple(known), danger.classes, levels(danger.mean))
    nothing = np.full(len(danger.pieces), np.nan)
    for name in known:
        covered = name in danger.classes
        rate = danger.by_class[danger.classes.index(name)] if covered else nothing
        yield _panel(picture, name, (name,), (name,) if covered else (), levels(rate))
    mined = [row.class_id for row in incident_classes().values() if row.is_ordnance]
    points = tuple(
        PointView(lon=one.lon, lat=one.lat, is_precise=one.is_precise)
        for one in product.incidents
        if one.is_ordnance
    )
    told = mined if danger.has_ordnance_source else []
    yield _drawn(_panel(picture, "ordnance", mined, told, ()), points)


def _drawn(panel: ClassPanelView, points: tuple[PointView, ...]) -> ClassPanelView:
    """Ordnance with its points: how many they are where some records have none, and records of any source."""
    if not panel.is_covered and panel.count:
        panel = replace(panel, period=said("classmaps.recorded", count=panel.count))
    elif len(points) < panel.count:
        words = said("classmaps.drawn", count=panel.count, drawn=len(points))
        panel = replace(panel, records=words)
    return replace(panel, points=points)


def _segment_means(danger: Hazard, rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over each segment of the pieces on which something is known; NaN where nothing is."""
    pieces = danger.pieces
    weight = np.where(np.isfinite(rate), pieces.length_m, 0.0)
    count = len(pieces.network)
    total = np.bincount(pieces.segment, weights=np.nan_to_num(rate) * weight, minlength=count)
    length = np.bincount(pieces.segment, weights=weight, minlength=count)
    means = np.full(count, np.nan)
    np.divide(total, length, out=means, where=length > 0)
    return means


def _panel(
    picture: OperationalPicture,
    key: str,
    classes: Sequence[str],
    covered: Sequence[str],
    levels: tuple[int, ...],
) -> ClassPanelView:
    incidents = picture.incidents
    counted = incidents.counted(incidents.at_s <= utc_seconds(picture.as_of))
    count = sum(1 for row in np.flatnonzero(counted).tolist() if incidents.class_id[row] in classes)
    known = known_sources(incidents, as_of=picture.as_of)
    period = _period([one for one in known if set(covered) & set(one.classes)])
    entry = incident_classes().get(key)
    title = said("classmaps.all") if entry is None else said("classmaps.class", name=entry.name)
    return ClassPanelView(
        key=key,
        title=title,
        is_covered=bool(covered),
        levels=levels,
        points=(),
        count=count,
        records=said("classmaps.records", count=said_whole(count)),
        period=period,
    )


def _period(sources: Iterable[Source]) -> Said:
    """From the first day that a source covers to the last; with several sources, how many."""
    found = list(sources)
    if not found:
        return said("classmaps.no_source")
    first, last = min(one.first for one in found), max(one.last for one in found)
    key = "classmaps.period" if len(found) == 1 else "classmaps.periods"
    return said(key, first=said_date(first), last=said_date(last), count=len(found))


def _notes(product: ProductView, danger: Hazard, mined: ClassPanelView) -> Iterator[Said]:
    yield said("classmaps.one_scale")
    if product.incidents_said is not None:
        yield product.incidents_said
    has_any = danger.has_ordnance_source or mined.count
    yield said("classmaps.ordnance" if has_any else "classmaps.no_ordnance")
    if len(mined.points) < mined.count:
        yield said("classmaps.not_drawn", count=mined.count - len(mined.points))
    yield said("classmaps.reading")
