"""
Reports on roads and crossings from a table (CSV, XLSX) or a map layer (GeoJSON, GeoPackage).

One row is one report. On a network of many short segments it becomes a report on each segment that it speaks
of, all of one id.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.errors import DataError
from cmcoord_geo.io.folding import by_row
from cmcoord_geo.io.located import read_located
from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.status_roads import StatusRoads
from cmcoord_geo.io.values import ISO, parse_choice, parse_hours_of_day, parse_mass_t, word_index
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network.matching import WHOLE_SHARE
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.status_roads import Spot
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.network import RoadNetwork

State = Literal["open", "restricted", "closed", "unknown"]
#: What a restriction in words may say, one column of the table after the other.
_LIMITS = ("max_vehicle", "max_gross_t", "hours", "season")
_BETWEEN_WORDS = re.compile(r"\s*[;,+]\s*")


def read_status(
    path: str | Path,
    *,
    network: RoadNetwork,
    conventions: Conventions = ISO,
    config: StatusConfig | None = None,
) -> Reading[tuple[RoadStatus, ...]]:
    """
    Road reports of a file with the columns of ``schemas.get_table("road_status")``.

    A report on a crossing may leave the segment out; it then stands at the first segment that uses the
    crossing. A feature of a layer stands on the roads that it runs along (:mod:`..network.matching`).

    Parameters
    ----------
    path : str or Path
    network : RoadNetwork
        Segments and crossings that rows may name: the one that is planned on.
    conventions : Conventions
    config : StatusConfig, optional
        How far off a feature may lie.

    Returns
    -------
    Reading
        Counts in its report are of rows; its content has one report for each segment of a row.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table("road_status")
    text, shapes = read_located(path, table, conventions=conventions)
    limit_m = (config or StatusConfig()).match_limit_m
    roads = StatusRoads(network, shapes, limit_m=limit_m)
    found = read_records(
        text,
        table,
        lambda row: _reports(row, roads, network),
        key=lambda reports: reports[0].report_id,
        conventions=conventions,
    )
    told = roads.findings(text.file, text.sheet)
    return Reading(
        content=tuple(report for reports in found.kept for report in reports),
        findings=by_row((*found.findings, *told)),
        report=found.report,
    )


def _reports(row: Row, roads: StatusRoads, network: RoadNetwork) -> tuple[RoadStatus, ...]:
    """One report for each segment of a row."""
    spots = roads.find(row)
    max_gross_t = row.mass_t("max_gross_t")
    delay_min = row.number_or_nan("delay_min")
    told = RoadStatus(
        report_id=row.identifier("report_id"),
        segment_id="",
        crossing_id=roads.crossing_id(row),
        state=cast("State", row.choice("state") or "unknown"),
        max_vehicle=row.choice("max_vehicle"),
        max_gross_t=None if math.isnan(max_gross_t) else max_gross_t,
        hours=row.hours("hours"),
        season=row.choice("season"),
        ferry_state=row.choice("ferry_state"),
        delay_min=None if math.isnan(delay_min) else delay_min,
        reported_at=row.needed_start("reported_at"),
        expires_at=row.time("expires_at"),
        reporter=row.choice("reporter") or "unknown",
        is_verified=row.yes_no("verified"),
        note=row.text("note"),
    )
    told = _with_words(row, told)
    if not row.is_refused:
        told = _checked(row, told, _is_ferry(told, spots, network))
        spots = _speaking(row, told, spots)
    if not row.is_refused:
        roads.keep(row)
    return tuple(
        replace(
            told,
            segment_id=spot.segment_id,
            at_fraction=spot.at_fraction,
            is_part=spot.share < WHOLE_SHARE,
            share=0.0 if spot.is_spot else spot.share,
        )
        for spot in spots
    )


def _speaking(row: Row, told: RoadStatus, spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Segments on which the report says something: what is open in part is not open."""
    if told.state != "open":
        return spots
    whole = tuple(spot for spot in spots if spot.share >= WHOLE_SHARE)
    if not whole:
        row.refuse("match.open_part", "state")
    elif len(whole) < len(spots):
        row.warn("match.open_in_part", "state", n=len(spots) - len(whole))
    return whole


# ---------------------------------------------------------------- restrictions in words


@cache
def _vehicle_words() -> Mapping[str, str]:
    column = get_table("road_status")["max_vehicle"]
    return word_index({value: column.words.get(value, ()) for value in column.values})


@cache
def _season_words() -> Mapping[str, str]:
    column = get_table("road_status")["season"]
    return word_index({value: column.words.get(value, ()) for value in column.values})


def _with_words(row: Row, told: RoadStatus) -> RoadStatus:
    """Report with what a restriction in words says, where no column of its own says it."""
    words = [word for word in _BETWEEN_WORDS.split(row.text("restriction")) if word.strip()]
    strange = []
    for word in words:
        key, value = _limit(word.strip())
        if not key:
            strange.append(word)
        elif not getattr(told, key):
            told = replace(told, **{key: value})
    if strange:
        row.warn("io.status.restriction_words", "restriction")
        note = " / ".join(part for part in (told.note, ", ".join(strange)) if part)
        told = replace(told, note=note)
    return told


def _limit(word: str) -> tuple[str, Any]:
    """Field of a report that a word fills, and its value; two empty texts where no rule knows it."""
    for key, parse in (
        ("max_vehicle", lambda text: parse_choice(text, _vehicle_words())),
        ("season", lambda text: parse_choice(text, _season_words())),
        ("hours", parse_hours_of_day),
        ("max_gross_t", _mass_with_unit),
    ):
        try:
            return key, parse(word)
        except DataError:
            continue
    return "", ""


def _mass_with_unit(word: str) -> float:
    """Mass of a word such as ``max 10 t``: a bare number in a remark is none."""
    bare = re.sub(r"^(?:max(?:imum)?|jusqu.à|up to)\.?\s*", "", word, flags=re.IGNORECASE)
    if not re.search(r"[a-zA-Z]", bare):
        raise DataError
    return parse_mass_t(bare)


# ---------------------------------------------------------------- sense


def _is_ferry(told: RoadStatus, spots: Iterable[Spot], network: RoadNetwork) -> bool:
    """Whether the report can speak of a ferry: its crossing is one, or one of its segments is."""
    if told.crossing_id:
        return any(
            crossing.kind == "ferry"
            for crossing in network.crossings
            if crossing.crossing_id == told.crossing_id
        )
    keys = {spot.segment_id for spot in spots}
    return any(network.road_class[network.segment_index[key]] == "ferry" for key in keys) or any(
        crossing.kind == "ferry" and keys & crossing.at_km.keys() for crossing in network.crossings
    )


def _checked(row: Row, told: RoadStatus, is_ferry: bool) -> RoadStatus:  # noqa: FBT001 - one fact of three
    """Report, with faults noted on its row where it contradicts itself."""
    if told.expires_at and told.expires_at <= told.reported_at:
        row.refuse("io.status.expired", "expires_at")
    has_limit = bool(told.max_vehicle or told.max_gross_t is not None or told.hours or told.season)
    if told.state == "restricted" and not has_limit:
        row.warn("io.status.restricted_to", "max_vehicle")
    if told.state != "restricted" and (told.max_vehicle or told.max_gross_t is not None):
        row.warn("io.status.not_restricted", "max_vehicle")
    if told.state == "closed" and told.delay_min:
        row.warn("io.status.closed_and_slow", "delay_min")
    if not told.ferry_state:
        return told
    if not is_ferry:
        row.refuse("io.status.no_ferry", "ferry_state")
    elif (told.ferry_state == "out") != (told.state == "closed"):
        row.refuse("io.status.ferry_contradicts", "ferry_state")
    elif told.ferry_state == "unknown" and told.state != "unknown":
        row.warn("io.status.ferry_unknown", "ferry_state")
        return replace(told, state="unknown")
    return told
