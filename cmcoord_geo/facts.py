"""
The shipped tables of ``data/``, read once: the one place that knows where they lie.

The wheel carries them as ``cmcoord_geo/_data``; in a checkout they are the repository's ``data/``.
"""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Said, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Surfaces in falling quality (DOMAIN.md 5.2).
SURFACES = ("paved", "paved_bad", "laterite", "degraded", "track")


@cache
def data_dir() -> Path:
    """
    Folder of the shipped tables.

    Raises
    ------
    DataError
        Neither the wheel's nor a checkout's folder is there.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_data", here.parent / "data"):
        if (folder / "gazetteer.csv").is_file():
            return folder
    raise problem(DataError, "facts.missing")


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a shipped CSV table, as text."""
    with (data_dir() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def toml(name: str) -> Mapping[str, Any]:
    """Content of a shipped TOML table."""
    return tomllib.loads((data_dir() / name).read_text(encoding="utf-8"))


@cache
def basemap() -> Mapping[str, Any]:
    """Country, neighbours, rivers and prefectures for drawing (``data/basemap.json``)."""
    content: Mapping[str, Any] = json.loads(
        (data_dir() / "basemap.json").read_text(encoding="utf-8")
    )
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    One place of the gazetteer.

    Attributes
    ----------
    place_id : str
    name : str
    alt_names : tuple of str
        Other spellings and old names.
    lon, lat : float
        Degrees.
    country : str
        ISO 3166-1 alpha-3.
    prefecture_2021, prefecture_legacy : str
        By the law of January 2021 (20) and before (17).
    has_cell, has_contact : bool
        A CMCoord cell meets here (L091); the leaflet lists a contact point here (L092).
    kind : str
        capital, town, village, border_crossing, border_town_foreign.
    airstrip : str
        Code of the airstrip, empty when none is known or it is listed as closed.
    airstrip_km : float or None
        From the place to the airstrip as it is listed.
    airstrip_status : str
        ``listed`` or ``reported``: that it is known, not that it can be used.
    confidence : str
        Of the coordinates: high, medium, low.
    season_zone : str
    """

    place_id: str
    name: str
    alt_names: tuple[str, ...]
    lon: float
    lat: float
    country: str
    prefecture_2021: str
    prefecture_legacy: str
    has_cell: bool
    has_contact: bool
    kind: str
    airstrip: str
    airstrip_km: float | None
    airstrip_status: str
    confidence: str
    season_zone: str


@cache
def places() -> Mapping[str, Place]:
    """Gazetteer by place id."""
    return {row["place_id"]: _place(row) for row in rows("gazetteer.csv")}


def _place(row: Mapping[str, str]) -> Place:
    roles = {role.strip() for role in row["leaflet_role"].split(";")}
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        alt_names=tuple(name.strip() for name in row["alt_names"].split(";") if name.strip()),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        country=row.get("country") or "CAF",
        prefecture_2021=row["prefecture_2021"],
        prefecture_legacy=row["prefecture_legacy17"],
        has_cell="cmcoord_cell" in roles,
        has_contact="contact" in roles,
        kind=row["type"],
        airstrip="" if row["airstrip_status"] == "closed" else row["airstrip_ident"],
        airstrip_km=float(row["airstrip_km"]) if row["airstrip_km"] else None,
        airstrip_status=row["airstrip_status"],
        confidence=row["coord_confidence"],
        season_zone=row["season_zone"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """
    One vehicle profile.

    Attributes
    ----------
    vehicle_id : str
    name : Said
    rank : int
        Order in which roads close: motorbike 0, lv_4x4 1, truck_6x6 2, heavy_truck 3, tanker 4.
    payload_t : float
        Tonnes that one vehicle carries.
    gross_t, min_bridge_capacity_t : float
        Tonnes: weight on the road, and what a bridge or ferry must carry.
    range_km : float
    min_vehicles : int
        Smallest convoy by default; a lone vehicle warns.
    kmh : mapping
        Moving speed by (surface, season), 0 where the profile does not drive.
    doubt : mapping
        Season to relative doubt of the speed, such as 0.25.
    """

    vehicle_id: str
    name: Said
    rank: int
    payload_t: float
    gross_t: float
    min_bridge_capacity_t: float
    range_km: float
    min_vehicles: int
    kmh: Mapping[tuple[str, str], float]
    doubt: Mapping[str, float]


@cache
def vehicles() -> Mapping[str, Vehicle]:
    """
    Vehicle profiles by id, in the order in which roads close to them.

    The patrol's pace, which carries nothing, is no vehicle of a humanitarian movement (L041).
    """
    table = [row for row in rows("vehicles.csv") if float(row["payload_t"]) > 0]
    return {row["vehicle_id"]: _vehicle(rank, row) for rank, row in enumerate(table)}


def _vehicle(rank: int, row: Mapping[str, str]) -> Vehicle:
    column = {surface: surface.replace("_", "") for surface in SURFACES}
    return Vehicle(
        vehicle_id=row["vehicle_id"],
        name=Said(fr=row["name_fr"], en=row["name_en"]),
        rank=rank,
        payload_t=float(row["payload_t"]),
        gross_t=float(row["gross_t"]),
        min_bridge_capacity_t=float(row["min_bridge_capacity_t"]),
        range_km=float(row["range_km"]),
        min_vehicles=int(row["min_vehicles_default"]),
        kmh={
            (surface, season): float(row[f"kmh_{column[surface]}_{season}"])
            for surface in SURFACES
            for season in ("dry", "wet")
        },
        doubt={season: float(row[f"uncertainty_pct_{season}"]) / 100 for season in ("dry", "wet")},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClass:
    """
    One class of recorded security event (DOMAIN.md 2.8).

    Attributes
    ----------
    class_id : str
    letter : str
        Mark on maps.
    name : Said
    is_on_road : bool
        Part of exposure.
    has_patrol_credit : bool
        Fresh patrol presence may lower it: ambush, robbery, illegal checkpoint only (hazard H11).
    is_ordnance : bool
        Its own layer; never decays to nothing by time alone.
    half_life_days : float
        Days in which a record's weight halves; infinite for ordnance.
    """

    class_id: str
    letter: str
    name: Said
    is_on_road: bool
    has_patrol_credit: bool
    is_ordnance: bool
    half_life_days: float


@cache
def incident_classes() -> Mapping[str, IncidentClass]:
    """Incident classes by id."""
    return {
        row["class_id"]: IncidentClass(
            class_id=row["class_id"],
            letter=row["letter"],
            name=Said(fr=row["name_fr"], en=row["name_en"]),
            is_on_road=row["on_road"] == "yes",
            has_patrol_credit=row["patrol_credit"] == "yes",
            is_ordnance=row["is_ordnance"] == "yes",
            half_life_days=float(row["half_life_days"] or "inf"),
        )
        for row in rows("incident_classes.csv")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonZone:
    """
    Rains of one zone (DOMAIN.md 2.8): never two global switches.

    Attributes
    ----------
    zone_id : str
    name : Said
    wet_from, wet_to : tuple of (month, day)
        First and last day of the rains.
    shoulder_days : int
        Days before the first and after the last in which either season may hold.
    """

    zone_id: str
    name: Said
    wet_from: tuple[int, int]
    wet_to: tuple[int, int]
    shoulder_days: int


@cache
def season_zones() -> Mapping[str, SeasonZone]:
    """Season zones by id."""
    return {
        row["zone_id"]: SeasonZone(
            zone_id=row["zone_id"],
            name=Said(fr=row["name_fr"], en=row["name_en"]),
            wet_from=_month_day(row["wet_from"]),
            wet_to=_month_day(row["wet_to"]),
            shoulder_days=int(row["shoulder_days"]),
        )
        for row in rows("season_zones.csv")
    }


def _month_day(word: str) -> tuple[int, int]:
    month, day = word.split("-")
    return int(month), int(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadClass:
    """
    One class of road of a surveyed network.

    Attributes
    ----------
    is_main : bool
        Shown on every product.
    detour : float
        How many km of a main road a person would rather name than one km of this: "the road from A to B"
        is the main one, also where a track is shorter.
    is_corridor: bool
        A patrol may be asked for there; not in the street where a convoy loads.
    """

    is_main: bool
    detour: float
    is_corridor: bool


@cache
def road_classes() -> Mapping[str, RoadClass]:
    """Classes of roads; ``other`` stands for every class that has no row."""
    return {
        row["road_class"]: RoadClass(
            is_main=row["is_main"] == "yes",
            detour=float(row["detour"]),
            is_corridor=row["is_corridor"] == "yes",
        )
        for row in rows("road_classes.csv")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """
    A bridge, ferry, ford, border crossing, checkpoint or rain barrier, shared by the segments that use it.

    Attributes
    ----------
    crossing_id : str
    kind : str
        bridge, ferry, ford, border, checkpoint, rain_barrier.
    name : Said
    at_km : mapping
        Segment id to km from the segment's start; None where the place on the segment is not known.
    capacity_t : float or None
        Tonnes; None = unknown, which is not unlimited.
    default_state : str
        Before any report: running, passable or unknown.
    confidence : str
    hours : str
        Hours of service as the source writes them, such as ``Mo-Su 06:00-18:00``; empty = not said.
    aliases : tuple of str
        Ids that another source has for it.
    """

    crossing_id: str
    kind: str
    name: Said
    at_km: Mapping[str, float | None]
    capacity_t: float | None
    default_state: str
    confidence: str
    hours: str = ""
    aliases: tuple[str, ...] = ()

    def answers_to(self, crossing_id: str) -> bool:
        """Whether an id is one of this crossing."""
        return crossing_id == self.crossing_id or crossing_id in self.aliases


@cache
def crossings() -> tuple[Crossing, ...]:
    """Crossings in the order of the table."""
    return tuple(_crossing(row) for row in rows("crossings.csv"))


def _crossing(row: Mapping[str, str]) -> Crossing:
    known = dict(part.split(":") for part in row["km_from_start"].split(";") if part)
    return Crossing(
        crossing_id=row["crossing_id"],
        kind=row["kind"],
        name=Said(fr=row["name_fr"], en=row["name_en"]),
        at_km={
            key: float(known[key]) if key in known else None
            for key in row["segment_ids"].split(";")
            if key
        },
        capacity_t=float(row["capacity_t"]) if row["capacity_t"] else None,
        default_state=row["default_state"],
        confidence=row["confidence"],
        hours=row["hours"],
    )
