"""What looks wrong on a network file, kind by kind, with the places to go to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.io.flaw_file import SUFFIXES, write_flaws
from cmcoord_geo.io.public_files import target
from cmcoord_geo.network.soundness import check_network
from cmcoord_geo.service.networks import load_network

if TYPE_CHECKING:
    from pathlib import Path

    from cmcoord_geo.network.flaws import FlawGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkChecked:
    """
    Findings about a network.

    Attributes
    ----------
    name, source, licence : str
        Of the network.
    groups : tuple of FlawGroup
        One for each kind that there is.
    """

    name: str
    source: str
    licence: str
    groups: tuple[FlawGroup, ...]


def check_network_file(
    path: Path, *, limit: int | None = None, out: Path | None = None, is_forced: bool = False
) -> NetworkChecked:
    """
    Check a network file, and write its findings as a layer where a file is named.

    Parameters
    ----------
    path : Path
    limit : int, optional
        Places of each kind that are given back; all by default. The file of ``out`` holds all.
    out : Path, optional
        ``.geojson`` or ``.gpkg``.
    is_forced : bool
        Whether a file that is already there may be replaced.

    Raises
    ------
    DataError
        The network cannot be read, or the layer not written.
    """
    if out is not None:  # a name that will not do is told before the work
        target(out, suffixes=SUFFIXES, is_forced=is_forced)
    network, facts = load_network(path)
    groups = check_network(
        network,
        unread=facts.unread,
        cut_nodes=facts.cut_nodes,
        limit=limit if out is None else None,
    )
    if out is not None:
        write_flaws(network, groups, out, is_forced=is_forced)
    return NetworkChecked(
        name=network.name,
        source=network.source,
        licence=network.licence,
        groups=tuple(replace(group, places=group.places[:limit]) for group in groups),
    )
