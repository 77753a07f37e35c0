"""
A folder of files to one operational picture, with everything that is wrong with them told together.

The folder may hold ``incidents*.csv`` (or ``.xlsx``, ``.geojson``, ``.gpkg``, ``.json``), ``movements.csv``,
``patrols.csv``, ``road_status.csv``, ``consents.csv``, ``areas.csv``, ``operations.csv``,
``activities.csv``, each also as a workbook (``.xlsx``); patrols, road status, areas and operations as a map
layer too; ``picture.toml``, and the corridors that were requested with the answers to them, whose offers join
the patrols. What is missing is not known: no patrol is assumed, no consent either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from cmcoord_geo.coordination.offers import last_read, offered_patrols, read_by
from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.io.acknowledgements import NAME as ACKNOWLEDGEMENTS
from cmcoord_geo.io.announced import read_activities, read_operations
from cmcoord_geo.io.areas import read_areas
from cmcoord_geo.io.consents import read_consents
from cmcoord_geo.io.corridor_answers import read_answers
from cmcoord_geo.io.corridors import read_corridors
from cmcoord_geo.io.crosscheck import cross_findings
from cmcoord_geo.io.incident_file import SUFFIXES as INCIDENT_SUFFIXES
from cmcoord_geo.io.incident_store import BESIDE, read_incident_file
from cmcoord_geo.io.manifest import Manifest, read_manifest
from cmcoord_geo.io.merge import merge_incidents
from cmcoord_geo.io.movements import read_movements
from cmcoord_geo.io.network_file import read_network
from cmcoord_geo.io.patrols import read_patrols
from cmcoord_geo.io.status import read_status
from cmcoord_geo.io.tables import SUFFIXES, stem_of
from cmcoord_geo.model import Finding
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.placing import with_gazetteer
from cmcoord_geo.picture import OperationalPicture, Patrols
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from cmcoord_geo.config import StatusConfig
    from cmcoord_geo.io.report import Reading, ReadReport
    from cmcoord_geo.model import CorridorRequest, CorridorResponse
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Incidents

T = TypeVar("T")
M = TypeVar("M")
MANIFEST = "picture.toml"
TABLES = (
    "movements", "patrols", "road_status", "consents", "areas", "operations", "activities",
    "corridor_requests", "corridor_answers",
)  # fmt: skip
NAMES = (*(f"{table}.csv" for table in TABLES), MANIFEST)
#: How the name of each file may end, best first.
ENDINGS = {
    **dict.fromkeys(TABLES, SUFFIXES),
    **dict.fromkeys(
        ("patrols", "road_status", "areas", "operations"), (*SUFFIXES, ".geojson", ".gpkg")
    ),
}
#: Files that may lie beside the data without a word about them.
QUIET = (".md", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReading:
    """
    What a folder gave.

    Attributes
    ----------
    picture : OperationalPicture
    reports : tuple of ReadReport
        Where the rows of each file went.
    """

    picture: OperationalPicture
    reports: tuple[ReadReport, ...]


def read_picture(
    folder: str | Path,
    *,
    as_of: datetime | None = None,
    network: RoadNetwork | None = None,
    config: StatusConfig | None = None,
) -> OperationalPicture:
    """
    Operational picture of a folder; all findings about its files stand in ``picture.findings``.

    A file that cannot be read at all is a finding with row 0, and the other files go on.

    Parameters
    ----------
    folder : str or Path
    as_of : datetime, optional
        Cut-off of the data: answers about corridors that were read later do not count. Otherwise that of
        ``picture.toml`` or, if it is later, the moment at which the last answer was read; without
        ``picture.toml`` now, with a finding.
    network : RoadNetwork, optional
        Otherwise the file that ``picture.toml`` names, otherwise the bundled one. Places of the gazetteer
        are put on a surveyed one.
    config : StatusConfig, optional
        How far off its road a drawn road report may lie.

    Raises
    ------
    DataError
        The folder is not there, holds none of the files, its ``picture.toml`` cannot be read, or the network
        that it names cannot.
    """
    return read_folder(folder, as_of=as_of, network=network, config=config).picture


def read_folder(
    folder: str | Path,
    *,
    as_of: datetime | None = None,
    network: RoadNetwork | None = None,
    config: StatusConfig | None = None,
) -> FolderReading:
    """
    Operational picture of a folder and where every row of its files went.

    Parameters and errors as :func:`read_picture`.
    """
    where = Path(folder)
    names = _names(where)
    manifest = read_manifest(where / MANIFEST) if MANIFEST in names else Manifest()
    roads = _roads(where, manifest, network)
    desk = _Desk(where, tuple(name for name in names if name != manifest.network))
    cutoff = as_of or manifest.as_of
    if cutoff is None:
        desk.note("warning", MANIFEST, said("io.picture.no_cutoff"))
        cutoff = datetime.now(BANGUI).replace(microsecond=0)
    rules = manifest.conventions
    picture = OperationalPicture(
        network=roads,
        as_of=cutoff,
        incidents=_incidents(desk, names, manifest),
        patrols=desk.content(
            "patrols",
            partial(read_patrols, network=roads, conventions=rules, config=config),
            Patrols.empty(),
        ),
        status=desk.content(
            "road_status",
            partial(read_status, network=roads, conventions=rules, config=config),
            (),
        ),
        movements=desk.content(
            "movements", partial(read_movements, network=roads, conventions=rules), ()
        ),
        consents=desk.content("consents", read_consents, ()),
        areas=desk.content("areas", partial(read_areas, conventions=rules), ()),
        operations=desk.content(
            "operations",
            partial(read_operations, network=roads, conventions=rules, config=config),
            None,
        ),
        activities=desk.content(
            "activities", partial(read_activities, network=roads, conventions=rules), None
        ),
        is_exercise=manifest.is_exercise,
    )
    picture = _with_corridors(desk, picture, is_fixed=as_of is not None)
    refused_ids = desk.refused_ids.get(desk.files.get("movements", ""), ())
    findings = (
        *desk.findings,
        *cross_findings(picture, refused_ids=refused_ids, files=desk.files),
    )
    return FolderReading(picture=replace(picture, findings=findings), reports=tuple(desk.reports))


def _with_corridors(
    desk: _Desk, picture: OperationalPicture, *, is_fixed: bool
) -> OperationalPicture:
    """
    Picture with the corridors that were requested; what was answered joins the patrols.

    Either the cut-off is fixed and answers that were read later are left out, or it moves on to the last one.
    """
    roads = picture.network
    corridors: tuple[CorridorRequest, ...] = desk.content(
        "corridor_requests", partial(read_corridors, network=roads), ()
    )

    def read(path: Path) -> Reading[tuple[CorridorResponse, ...]]:
        known = partial(read_answers, path, corridors=corridors, network=roads)
        reading = known(as_of=picture.as_of)
        last = last_read(reading.content)
        if last is not None and last > picture.as_of:
            reading = known(as_of=last)
        if is_fixed:
            reading = replace(reading, content=read_by(reading.content, picture.as_of))
        return reading

    responses: tuple[CorridorResponse, ...] = desk.content("corridor_answers", read, ())
    offers = offered_patrols(roads, corridors, responses)
    return replace(
        picture,
        as_of=max(picture.as_of, last_read(responses) or picture.as_of),
        patrols=picture.patrols.joined(offers),
        corridors=corridors,
        responses=responses,
    )


def _roads(folder: Path, manifest: Manifest, network: RoadNetwork | None) -> RoadNetwork:
    """Network that was given, else that of the manifest, else the bundled one."""
    if network is None and manifest.network:
        try:
            network, _ = read_network(folder / manifest.network)
        except DataError as error:
            raise problem(
                DataError, "io.manifest.no_network",
                file=MANIFEST, name=manifest.network, reason=error.said or str(error),
            ) from error  # fmt: skip
    if network is None:
        return bundled_network()
    return network if network.traffic is None else with_gazetteer(network)


def _incidents(desk: _Desk, names: Iterable[str], manifest: Manifest) -> Incidents:
    """Incidents of every file of them, joined."""
    read = partial(
        read_incident_file, sources=manifest.sources, conventions=manifest.conventions,
        is_exercise=manifest.is_exercise,
    )  # fmt: skip
    readings = [desk.read(name, read) for name in names if _is_incidents(name)]
    joined, told = merge_incidents(
        [reading for reading in readings if reading is not None], manifest.sources
    )
    desk.findings += told
    return joined


def _names(folder: Path) -> tuple[str, ...]:
    """Names of the files in a folder, sorted."""
    try:
        names = tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_file()))
    except OSError as error:
        raise problem(DataError, "io.picture.no_folder", folder=folder.name) from error
    if not any(_is_ours(name) for name in names):
        raise problem(
            DataError,
            "io.picture.nothing",
            folder=folder.name,
            names=", ".join(("incidents*.csv", *NAMES)),
        )
    return names


def _is_incidents(name: str) -> bool:
    return name.startswith("incidents") and name.endswith(INCIDENT_SUFFIXES)


def _is_beside(name: str) -> bool:
    """Whether a file says how a file of incidents is read, or what its sources cover."""
    return name.startswith("incidents") and name.endswith(BESIDE)


def _table_of(name: str) -> str:
    """Table that a file holds by its name; empty for another file."""
    stem, ending = stem_of(name)
    return stem if ending in ENDINGS.get(stem, ()) else ""


def _is_ours(name: str) -> bool:
    return name == MANIFEST or _is_incidents(name) or _is_beside(name) or bool(_table_of(name))


class _Desk:
    """Reads the files of one folder, and keeps findings and reports in order."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self.findings: list[Finding] = []
        self.reports: list[ReadReport] = []
        #: Of each file that is there; None where it cannot be read at all.
        self.refused_ids: dict[str, Collection[str] | None] = {}
        self._folder = folder
        #: The file of each table that is there.
        self.files: dict[str, str] = {}
        for table, endings in ENDINGS.items():
            there = [f"{table}{end}" for end in endings if f"{table}{end}" in names]
            if there:
                self.files[table] = there[0]
            for name in there[1:]:
                self.note("error", name, said("table_file.twice", other=there[0]))
        for name in names:
            if not _is_ours(name) and not name.endswith((*QUIET, ACKNOWLEDGEMENTS)):
                self.note("warning", name, said("io.picture.not_read", names=", ".join(NAMES)))

    def note(self, severity: Literal["error", "warning"], file: str, reason: Said) -> None:
        """Keep a finding about a whole file."""
        self.findings.append(Finding(severity=severity, said=reason, file=file))

    def content(self, table: str, read: Callable[[Path], Reading[T]], missing: M) -> T | M:
        """Content of the file of a table; what stands for it where it is missing or cannot be read."""
        name = self.files.get(table)
        reading = None if name is None else self.read(name, read)
        return missing if reading is None else reading.content

    def read(self, name: str, read: Callable[[Path], Reading[T]]) -> Reading[T] | None:
        """Reading of a file; None where it cannot be read, which is a finding."""
        try:
            reading = read(self._folder / name)
        except DataError as error:
            reason = (
                error.said if isinstance(error.said, Said) else Said(fr=str(error), en=str(error))
            )
            self.note("error", name, reason)
            self.refused_ids[name] = None
            return None
        self.findings += reading.findings
        self.reports.append(reading.report)
        self.refused_ids[name] = reading.refused_ids
        return reading
