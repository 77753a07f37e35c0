"""Everything that is wrong with the data of a folder, at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.io import ReadReport, read_folder
from cmcoord_geo.service.networks import load_network

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    Findings about a folder.

    Attributes
    ----------
    findings : tuple of Finding
    reports : tuple of ReadReport
        Where the rows of each file went.
    errors, warnings : int
    """

    findings: tuple[Finding, ...]
    reports: tuple[ReadReport, ...]
    errors: int
    warnings: int


def check_folder(
    folder: Path, *, as_of: datetime | None = None, network: Path | None = None
) -> Checked:
    """
    Read a folder and gather its findings.

    Parameters
    ----------
    folder : Path
    as_of : datetime, optional
    network : Path, optional
        File of a road network; as :func:`~cmcoord_geo.io.read_picture` without it.

    Raises
    ------
    DataError
        The folder, or the network, cannot be read at all.
    """
    roads = load_network(network)[0] if network else None
    read = read_folder(folder, as_of=as_of, network=roads)
    findings = read.picture.findings
    errors = sum(finding.severity == "error" for finding in findings)
    return Checked(
        findings=findings,
        reports=read.reports,
        errors=errors,
        warnings=len(findings) - errors,
    )
