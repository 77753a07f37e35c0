"""Why a road is coloured as it is: the records behind its figure, their age, place and doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.config import Config
from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.io import read_picture
from cmcoord_geo.io.incident_store import read_incident_file
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.asked_roads import between_places, segments_between
from cmcoord_geo.network.matching import pieces_of
from cmcoord_geo.picture import OperationalPicture, Patrols
from cmcoord_geo.risk import exposure_class, hazard
from cmcoord_geo.risk.memory import memories_of
from cmcoord_geo.risk.mixture import RESTS_ON
from cmcoord_geo.service.networks import load_network
from cmcoord_geo.units import DAY_S, to_datetime, utc_seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.risk import Hazard

#: Records that are told one by one, newest first.
_MOST = 20
#: A smaller part of a figure is told as less than one in a hundred.
_LEAST_SHARE = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyRecord:
    """
    One record behind a figure.

    Attributes
    ----------
    incident_id, class_id, source_id, place : str
    day : datetime
    age_days : int
    precision : int
        1 exact, 2 near, 3 area.
    kind : str
        ``place``: filed at a town; ``road``: on the road itself; ``coarse``.
    """

    incident_id: str
    class_id: str
    source_id: str
    place: str
    day: datetime
    age_days: int
    precision: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """
    What a figure rests on.

    Attributes
    ----------
    title : str
        Road.
    segments : tuple of str
    km : float
    exposure_class : int
        0 without information.
    mean, low, high : float or None
        Records per 100 km and month, with the 5 % and 95 % bounds; None without information.
    informed_share : float
        Part of the length about which a source speaks.
    by_class : mapping
        Class to its mean; classes that no source covers are absent.
    rests_on : mapping
        Part of the mean, as a fraction, that each thing places: records of the place (same), of the roads
        around (near), every town alike, every road alike, and the area's mean for what no source saw.
    memories : str
        Version of the parameters behind it.
    records, ordnance : tuple of WhyRecord
        Newest first; ordnance never fades.
    has_ordnance_source : bool
    last_informed : datetime or None
        Where every source ended too long ago: its last day.
    at : datetime
        Date for which it is asked.
    is_exercise : bool
    """

    title: str
    segments: tuple[str, ...]
    km: float
    exposure_class: int
    mean: float | None
    low: float | None
    high: float | None
    informed_share: float
    by_class: dict[str, float]
    rests_on: dict[str, float]
    memories: str
    records: tuple[WhyRecord, ...]
    ordnance: tuple[WhyRecord, ...]
    has_ordnance_source: bool
    last_informed: datetime | None
    at: datetime
    is_exercise: bool


def ask_why(
    road: str,
    incidents: Path,
    *,
    network: Path | None = None,
    at: datetime | None = None,
    config: Config | None = None,
) -> Why:
    """
    Records behind the figure of a road, for the desk that holds the incidents.

    Parameters
    ----------
    road : str
        Id of a segment, a way or a bundled link, or two places such as ``Sibut-Grimari``.
    incidents : Path
        File of incidents, or a folder that holds one.
    network : Path, optional
        The bundled network without it.
    at : datetime, optional
        Date; the cut-off of the folder, or now, without it.
    config : Config, optional

    Raises
    ------
    DataError
        A file cannot be read, or there is no such road.
    UnknownPlaceError
        One of two places is none, or several.
    SnapError
        One lies far from every road.
    """
    settings = config or Config()
    roads = load_network(network)[0] if network else None
    picture = _picture(incidents, roads, at)
    moment = at or picture.as_of
    found = hazard(
        picture.network, picture.incidents, at=moment, as_of=picture.as_of, config=settings.hazard
    )
    segments = _segments(picture.network, road)
    return _why(picture, found, segments, moment, settings)


def _picture(path: Path, roads: RoadNetwork | None, at: datetime | None) -> OperationalPicture:
    if path.is_dir():
        return read_picture(path, as_of=at, network=roads)
    read = read_incident_file(path)
    return OperationalPicture(
        network=roads or bundled_network(),
        as_of=at or datetime.now(tz=UTC).replace(microsecond=0),
        incidents=read.content,
        patrols=Patrols.empty(),
        findings=read.findings,
    )


def _segments(network: RoadNetwork, road: str) -> tuple[int, ...]:
    found = tuple(dict.fromkeys(pieces_of(network, road)))
    found = found or segments_between(between_places(network, road))
    if not found:
        raise problem(DataError, "why.no_road", road=road)
    return found


def _why(
    picture: OperationalPicture,
    found: Hazard,
    segments: Sequence[int],
    at: datetime,
    config: Config,
) -> Why:
    network, pieces = picture.network, found.pieces
    on_it = np.isin(pieces.segment, segments)
    known = on_it & found.is_informed
    length_m = pieces.length_m
    whole_m = float(length_m[on_it].sum())

    def mean_of(column: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float | None:
        return float(np.average(column[known], weights=length_m[known])) if known.any() else None

    mean, low, high = mean_of(found.mean), None, None
    if known.any():
        low, high = (float(np.average(b, weights=length_m[known])) for b in found.bounds(known))
    by_class = {
        name: mean_of(np.nan_to_num(found.by_class[i]))
        for i, name in enumerate(found.classes)
        if np.isfinite(found.by_class[i][on_it]).any()
    }
    titles = dict.fromkeys(network.title(i) for i in segments)
    return Why(
        title=", ".join(titles),
        segments=tuple(network.segment_ids[i] for i in segments),
        km=whole_m / 1000.0,
        exposure_class=exposure_class(
            float("nan") if mean is None else mean, config.hazard.class_limits
        ),
        mean=mean,
        low=low,
        high=high,
        informed_share=float(length_m[known].sum()) / whole_m,
        by_class={name: value for name, value in by_class.items() if value is not None},
        rests_on=_rests_on(found, known),
        memories=memories_of(config.hazard).version,
        records=_records(picture, found, found.records, segments, at),
        ordnance=_records(picture, found, found.ordnance, segments, at),
        has_ordnance_source=found.has_ordnance_source,
        last_informed=found.last_informed,
        at=at,
        is_exercise=picture.is_exercise,
    )


def _rests_on(found: Hazard, known: NDArray[np.bool_]) -> dict[str, float]:
    """Fractions of the mean over some pieces, largest first; empty without information."""
    parts = found.rests_on[:, known] @ found.pieces.length_m[known]
    whole = float(parts.sum())
    ranked = sorted(zip(RESTS_ON, parts.tolist(), strict=True), key=lambda part: -part[1])
    return {name: value / whole for name, value in ranked if value > 0}


def _records(
    picture: OperationalPicture,
    found: Hazard,
    rows: Sequence[Sequence[int]],
    segments: Sequence[int],
    at: datetime,
) -> tuple[WhyRecord, ...]:
    incidents = picture.incidents
    wanted = {row for segment in segments for row in rows[segment]}
    ordered = sorted(wanted, key=lambda row: (-int(incidents.at_s[row]), row))
    return tuple(
        WhyRecord(
            incident_id=incidents.incident_id[row],
            class_id=incidents.class_id[row],
            source_id=incidents.source_id[row],
            place=incidents.place[row],
            day=to_datetime(float(incidents.at_s[row])),
            age_days=(utc_seconds(at) - int(incidents.at_s[row])) // DAY_S,
            precision=int(incidents.precision[row]),
            kind=found.kinds[row],
        )
        for row in ordered
    )


def why_lines(why: Why) -> Iterator[Said]:
    """Answer, line by line."""
    yield said("why.title", road=why.title, km=f"{why.km:.0f}", day=f"{why.at:%Y-%m-%d}")
    if why.mean is None or why.low is None or why.high is None:
        yield said("why.nothing")
        if why.last_informed:
            yield said("why.last_informed", day=f"{why.last_informed:%Y-%m-%d}")
    else:
        yield said(
            "why.figure",
            level=why.exposure_class,
            mean=said_decimal(why.mean, digits=2),
            low=said_decimal(why.low, digits=2),
            high=said_decimal(why.high, digits=2),
            share=f"{100 * why.informed_share:.0f}",
        )
        yield from _figure_lines(why)
    others = [record for record in why.records if record.class_id not in why.by_class]
    if others:
        yield said("why.others", count=len(others))
        yield from _told(others)
    has_any = why.has_ordnance_source or why.ordnance
    yield said("why.ordnance" if has_any else "why.no_ordnance", count=len(why.ordnance))
    yield from _told(why.ordnance)


def _figure_lines(why: Why) -> Iterator[Said]:
    """What a figure is made of, and the records of its classes."""
    for name, value in why.by_class.items():
        yield said(
            "why.class", name=incident_classes()[name].name, mean=said_decimal(value, digits=2)
        )
    yield said("why.rests_on", version=why.memories)
    for name, share in why.rests_on.items():
        told = f"{100 * share:.0f}" if share >= _LEAST_SHARE else "< 1"
        yield said("why.part", name=said(f"why.rests.{name}"), share=told)
    behind = [record for record in why.records if record.class_id in why.by_class]
    yield said("why.records", count=len(behind))
    yield from _told(behind)


def _told(records: Sequence[WhyRecord]) -> Iterator[Said]:
    for record in records[:_MOST]:
        yield said(
            "why.record",
            day=f"{record.day:%Y-%m-%d}",
            age=record.age_days,
            name=incident_classes()[record.class_id].name,
            kind=said(f"why.kind.{record.kind}"),
            precision=record.precision,
            source=record.source_id,
            id=record.incident_id,
        )
    if len(records) > _MOST:
        yield said("why.more", count=len(records) - _MOST)
