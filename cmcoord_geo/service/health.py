"""Whether an installation can do its work: Python, libraries, tables, page parts, browser."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from cmcoord_geo.errors import CmcoordError
from cmcoord_geo.facts import basemap, crossings, data_dir, places, rows, vehicles
from cmcoord_geo.i18n import Said, said

LIBRARIES = (
    "numpy",
    "shapely",
    "pyproj",
    "networkx",
    "geopandas",
    "folium",
    "matplotlib",
    "astral",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    name: Said
    detail: str
    is_fine: bool
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """All checks together."""

    checks: tuple[Check, ...]


def examine() -> tuple[Check, ...]:
    """Look at everything; nothing is changed."""
    return tuple(_checks())


def _checks() -> Iterable[Check]:
    yield Check(
        name=said("doctor.python"),
        detail=f"{platform.python_version()} ({platform.system()})",
        is_fine=sys.version_info >= (3, 11),
    )
    for library in LIBRARIES:
        yield _library(library)
    yield _table(said("doctor.places"), lambda: f"{len(places())}")
    yield _table(said("doctor.roads"), lambda: f"{len(rows('roads.csv'))}")
    yield _table(said("doctor.crossings"), lambda: f"{len(crossings())}")
    yield _table(said("doctor.vehicles"), lambda: ", ".join(vehicles()))
    yield _table(said("doctor.base"), lambda: f"{len(basemap()['rivers'])}")
    yield _table(said("doctor.exercise"), lambda: _present("exercise/movements.csv"))
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("firefox")
    yield Check(
        name=said("doctor.browser"),
        detail="✓" if browser else "–",
        is_fine=browser is not None,
        is_optional=True,
    )


def _library(name: str) -> Check:
    try:
        detail, is_fine = version(name), True
    except PackageNotFoundError:
        detail, is_fine = "–", False
    return Check(name=said("doctor.library", name=name), detail=detail, is_fine=is_fine)


def _present(name: str) -> str:
    path = data_dir() / name
    if not path.is_file():
        raise FileNotFoundError(path.name)
    return f"{len(rows(name))}"


def _table(name: Said, read: Callable[[], str]) -> Check:
    try:
        return Check(name=name, detail=read(), is_fine=True)
    except (CmcoordError, OSError, KeyError, ValueError) as error:
        return Check(name=name, detail=type(error).__name__, is_fine=False)
