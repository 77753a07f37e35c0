"""Files to records: every row is accepted, refused with its reason, or a duplicate."""

from __future__ import annotations

from cmcoord_geo.io.areas import read_areas
from cmcoord_geo.io.consents import read_consents
from cmcoord_geo.io.crosscheck import later_findings
from cmcoord_geo.io.incidents import read_incidents
from cmcoord_geo.io.movements import read_movements
from cmcoord_geo.io.patrols import read_patrols
from cmcoord_geo.io.picture import FolderReading, read_folder, read_picture
from cmcoord_geo.io.report import Reading, ReadReport
from cmcoord_geo.io.status import read_status
from cmcoord_geo.io.templates import write_template
from cmcoord_geo.io.values import Conventions

__all__ = [
    "Conventions",
    "FolderReading",
    "ReadReport",
    "Reading",
    "later_findings",
    "read_areas",
    "read_consents",
    "read_folder",
    "read_incidents",
    "read_movements",
    "read_patrols",
    "read_picture",
    "read_status",
    "write_template",
]
