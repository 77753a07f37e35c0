"""Records of a file on the roads of a network, ready to be forecast month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.incident_store import read_incident_file
from cmcoord_geo.io.manifest import Manifest, read_manifest
from cmcoord_geo.io.picture import MANIFEST
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk.filing import file_records, town_pieces
from cmcoord_geo.risk.forward import Past
from cmcoord_geo.risk.pieces import cut_into_pieces
from cmcoord_geo.risk.skill import COARSEST, PIECE_M, WITHIN_M
from cmcoord_geo.service.networks import load_network

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import Finding, Source
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Incidents

BUNDLED = "bundled"
#: A place of the gazetteer farther from every road has no road on which its records are filed.
_TOWN_M = 5_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPast:
    """
    Past of a file.

    Attributes
    ----------
    past : Past
    network : RoadNetwork
    classes : tuple of str
        Class of each record of the past, in its order.
    regions : tuple of str
        Name of each region by its number.
    left_out : mapping
        Why records were not used to how many.
    findings : tuple of Finding
        Of reading the file.
    sources : tuple of Source
        Those that the file has records of.
    is_exercise : bool
    as_of : datetime or None
        Cut-off of the data, where a ``picture.toml`` beside the file declares one.
    """

    past: Past
    network: RoadNetwork
    classes: tuple[str, ...]
    regions: tuple[str, ...]
    left_out: Mapping[str, int]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    is_exercise: bool
    as_of: datetime | None


def load_past(file: Path, network: str) -> KnownPast:
    """
    Read a file of incidents and file its records on the pieces of a network.

    What a ``picture.toml`` beside the file says of its sources holds, and whether it is an exercise.

    Parameters
    ----------
    file : Path
    network : str
        ``bundled``, or a file of a road network.

    Raises
    ------
    DataError
        The file or the network cannot be read, or no record lies on its roads.
    """
    roads = bundled_network() if network == BUNDLED else load_network(Path(network))[0]
    beside = file.parent / MANIFEST
    manifest = read_manifest(beside) if beside.is_file() else Manifest()
    read = read_incident_file(
        file,
        sources=manifest.sources,
        conventions=manifest.conventions,
        is_exercise=manifest.is_exercise,
    )
    incidents = read.content
    pieces = cut_into_pieces(roads, piece_m=PIECE_M)
    is_road = _are_on_road(incidents)
    is_counted = incidents.counted(is_road)
    filing = file_records(
        pieces,
        np.where(is_counted, incidents.lon, np.nan),
        incidents.lat,
        incidents.precision,
        coarsest=COARSEST,
        within_m=WITHIN_M,
    )
    if not len(filing.record):
        raise problem(DataError, "skill.no_record", file=file.name)
    names, region = np.unique(np.array(pieces.area, dtype=object), return_inverse=True)
    at_s = incidents.at_s[filing.record]
    past = Past(filing, at_s, town_pieces(pieces, within_m=_TOWN_M), region.astype(np.int64))
    return KnownPast(
        past=past,
        network=roads,
        classes=tuple(incidents.class_id[i] for i in filing.record[past.order].tolist()),
        regions=tuple(names.tolist()),
        left_out=_left_out(incidents, is_road, is_counted, filing.record),
        findings=read.findings,
        sources=tuple(
            source for source in incidents.sources if source.source_id in incidents.source_id
        ),
        is_exercise=manifest.is_exercise,
        as_of=manifest.as_of,
    )


def parse_months(first: str, last: str) -> tuple[int, int]:
    """
    Months as they are typed, such as ``2018-01``, as numbers.

    Raises
    ------
    DataError
        One is no month, or the first comes after the last.
    """
    months = _month(first, "--from"), _month(last, "--to")
    if months[1] < months[0]:
        raise problem(DataError, "skill.backwards", first=first, last=last)
    return months


def month_name(month: int) -> str:
    """Month as it is typed."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _month(word: str, option: str) -> int:
    year, dash, month = word.partition("-")
    is_month = dash and year.isdigit() and len(year) == 4 and month.isdigit()
    if not is_month or not 1 <= int(month) <= 12:
        raise problem(DataError, "skill.month", option=option, word=word)
    return 12 * int(year) + int(month) - 1


def _are_on_road(incidents: Incidents) -> NDArray[np.bool_]:
    """Which records are of a class that counts on roads."""
    known = incident_classes()
    return np.array([known[key].is_on_road for key in incidents.class_id], dtype=bool)


def _left_out(
    incidents: Incidents,
    is_road: NDArray[np.bool_],
    is_counted: NDArray[np.bool_],
    used: NDArray[np.int64],
) -> Mapping[str, int]:
    """Records that were not used, by reason."""
    is_used = np.isin(np.arange(len(incidents)), used)
    is_placed = np.isfinite(incidents.lon) & np.isfinite(incidents.lat)
    is_fine = (incidents.precision >= 1) & (incidents.precision <= COARSEST)
    return {
        "other_class": int((~is_road).sum()),
        "coarse": int((is_counted & ~(is_placed & is_fine)).sum()),
        "far": int((is_counted & is_placed & is_fine & ~is_used).sum()),
    }
