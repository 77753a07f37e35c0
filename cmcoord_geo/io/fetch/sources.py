"""Servers, limits and known extracts of ``data/fetch.toml``; environment variables name other servers."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal
from urllib.parse import urlsplit

from cmcoord_geo.errors import ConfigError, DataError
from cmcoord_geo.facts import toml
from cmcoord_geo.i18n import Said, problem

Server = Literal["geofabrik", "overpass", "nominatim"]
#: All that a server learns of who asks.
AGENT = "cmcoord-geo"
#: A path such as ``africa/niger``, without its ending.
_PATH = re.compile(r"[a-z]+(?:-[a-z]+)*(?:/[a-z]+(?:-[a-z]+)*)+", re.ASCII)
_ENDING = "-latest.osm.pbf"


@cache
def table() -> Mapping[str, Any]:
    """Content of ``fetch.toml``."""
    return toml("fetch.toml")


def limit(name: str) -> float:
    """
    One of the limits.

    Examples
    --------
    >>> limit("km2_per_question")
    2500
    """
    value: float = table()["limits"][name]
    return value


def address(server: Server) -> str:
    """
    Address of a server without a slash at its end: that of its environment variable, else of the table.

    Raises
    ------
    ConfigError
        The variable holds no address of the web.
    """
    entry = table()["servers"][server]
    url = os.environ.get(entry["variable"], "").strip() or entry["url"]
    try:
        parts = urlsplit(url)
        is_fine = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_fine = is_fine and not (parts.query or parts.fragment) and parts.port != 0
    except ValueError:
        is_fine = False
    if not is_fine:
        raise problem(ConfigError, "fetch.bad_address", variable=entry["variable"])
    return str(url).rstrip("/")


def host(url: str) -> str:
    """
    Name of the machine of an address, and its port where it has one; never a password.

    Examples
    --------
    >>> host("https://me:word@mirror.example:8080/osm")
    'mirror.example:8080'
    """
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def extract_names() -> tuple[str, ...]:
    """Names of the known extracts."""
    return tuple(table()["extracts"])


def extract_label(name: str) -> Said:
    """Name of an extract as people know it; its path where it stands in no table."""
    known = table()["extracts"].get(name)
    return Said(fr=known["fr"], en=known["en"]) if known else Said(fr=name, en=name)


def extract_url(name: str) -> str:
    """
    Address of an extract.

    Parameters
    ----------
    name : str
        A known name, or a path on the server such as ``africa/niger``.

    Raises
    ------
    DataError
        It is neither.
    """
    known = table()["extracts"].get(name)
    if known is None and not _PATH.fullmatch(name):
        names = ", ".join(extract_names())
        raise problem(DataError, "fetch.unknown_extract", word=name, known=names)
    path = known["path"] if known else name
    return f"{address('geofabrik')}/{path}{_ENDING}"
