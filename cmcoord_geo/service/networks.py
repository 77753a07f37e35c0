"""Build, load and look at road networks of one's own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import SURFACES, vehicles
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.io.graph_file import extract_of, is_graph, read_graph
from cmcoord_geo.io.layers import is_layer
from cmcoord_geo.io.line_file import read_line_columns, read_lines
from cmcoord_geo.io.network_file import NetworkFacts, read_network, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network.carry import carry_over
from cmcoord_geo.network.carry_report import summary
from cmcoord_geo.network.osm.build import LICENCE, Built, build_network
from cmcoord_geo.network.osm.extract import joined
from cmcoord_geo.network.osm.joining import JOIN_M, join_ends, told_of
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.network.osm.extract import OsmExtract


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFiles:
    """
    How files of lines are read.

    Attributes
    ----------
    columns : Path or None
        Mapping of their columns.
    layer : str
        Layer of GeoPackages that hold several.
    licence : str
        Theirs; files of OpenStreetMap have their own.
    join_m : float or None
        Metres within which the loose end of a line is joined to another end or to the inside of a line. None:
        what rounding leaves, and nothing in files that ``network export`` wrote, whose roads share nodes.
    """

    columns: Path | None = None
    layer: str = ""
    licence: str = ""
    join_m: float | None = None


def build_network_file(
    files: Sequence[Path],
    out: Path,
    *,
    version: str,
    is_forced: bool = False,
    on_progress: Callable[[Said, float | None], None] = lambda _words, _share: None,
    lines: LineFiles | None = None,
    has_links: bool = True,
) -> tuple[RoadNetwork, NetworkFacts]:
    """
    Build one network from OpenStreetMap files, GraphML files of osmnx or files of lines, and write it.

    Ways that several files hold count once.

    Parameters
    ----------
    files : sequence of Path
    out : Path
    version : str
        Of the package, kept in the file.
    is_forced : bool
        Whether a file that is already there may be replaced.
    on_progress : callable
        Called now and then with what is being done, and the share of the file in hand that is read, if known.
    lines : LineFiles, optional
        How files of lines are read.
    has_links : bool
        Whether what the bundled links know is carried over.

    Raises
    ------
    DataError
        A file cannot be read, holds no road, or the network cannot be written.
    """
    if out.exists() and not is_forced:
        raise problem(DataError, "service.file_exists", file=out.name)
    lines = lines or LineFiles()
    mapping = read_line_columns(lines.columns) if lines.columns else None

    def read(path: Path) -> OsmExtract:
        if is_layer(path):
            return read_lines(path, layer=lines.layer, columns=mapping)
        if is_graph(path):
            return read_graph(path)
        return read_osm(
            path,
            on_progress=lambda count, share: on_progress(
                said("cli.ways", file=path.name, count=count), share
            ),
        )

    extract = joined(_with_lines_joined([(path, read(path)) for path in files], lines.join_m))
    on_progress(said("cli.joining", count=len(extract.way_ids)), None)
    name = ", ".join(path.name for path in files)
    day = f", {extract.osm_date}" if extract.osm_date else ""
    has_osm = not all(map(is_layer, files))
    built = build_network(
        extract,
        name=name,
        source=f"OpenStreetMap, {name}{day}" if has_osm else name,
        licence="; ".join(word for word in (LICENCE if has_osm else "", lines.licence) if word),
    )
    network, told = _linked(built, has_links=has_links)
    facts = NetworkFacts(
        sources={path.name: _fingerprint(path) for path in files},
        osm_date=extract.osm_date,
        built_with=version,
        told=told,
        unread=built.unread,
        cut_nodes=built.cut_nodes,
    )
    on_progress(said("cli.writing", name=out.name), None)
    write_network(network, facts, out)
    return network, facts


def build_from_graph(
    graph: nx.MultiDiGraph[Any],
    *,
    name: str = "osmnx",
    source: str = "",
    licence: str = LICENCE,
    has_links: bool = True,
) -> Built:
    """
    Build a network from a graph that osmnx made, as :func:`build_network_file` does from its GraphML.

    Access, one-way roads, limits, surfaces, barriers and fords mean what the same tags mean in an extract, as
    far as osmnx kept them: before making the graph put :func:`osmnx_way_tags` into
    ``osmnx.settings.useful_tags_way``, and ``barrier``, ``ford`` and ``access`` into ``useful_tags_node``;
    ``simplify_graph(graph, node_attrs_include=["barrier", "ford"])`` keeps their nodes. A graph holds no turn
    restrictions.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Unprojected (WGS84), directed; simplified or not; not changed. An edge of several joined ways is as
        closed as the worst of them; ``simplify_graph(graph, edge_attrs_differ=["osmid"])`` keeps them apart.
    name : str
        Of the network, and in what is said of the graph.
    source, licence : str
        Kept on the network; without a source it is OpenStreetMap and the name.
    has_links : bool
        Whether what the bundled links know is carried over.

    Returns
    -------
    Built
        The network and what a person should know of it.

    Raises
    ------
    CrsError
        The graph is projected or says no reference system.
    DataError
        It is not directed, lacks a position or ``osmid``, or holds no road.
    """
    extract = extract_of(graph, name=name)
    source = source or f"OpenStreetMap, {name}"
    built = build_network(extract, name=name, source=source, licence=licence)
    network, told = _linked(built, has_links=has_links)
    return Built(network=network, told=told)


def _linked(built: Built, *, has_links: bool) -> tuple[RoadNetwork, tuple[Said, ...]]:
    """Network with what the bundled links know of its roads, and all that is told of it."""
    network = carry_over(built.network) if has_links else built.network
    return network, (*built.told, *(summary(network.links) if network.links else ()))


def _with_lines_joined(
    read: Sequence[tuple[Path, OsmExtract]], join_m: float | None
) -> list[OsmExtract]:
    """Extracts, those of lines as one in which loose ends are joined."""
    lines = [extract for path, extract in read if is_layer(path)]
    others = [extract for path, extract in read if not is_layer(path)]
    if not lines:
        return others
    whole = joined(lines)
    if join_m is None and whole.has_nodes:
        return [*others, whole]
    within_m = JOIN_M if join_m is None else join_m
    made = join_ends(whole, within_m)
    told = (*made.extract.told, *told_of(made, within_m))
    return [*others, replace(made.extract, told=told)]


def load_network(path: Path) -> tuple[RoadNetwork, NetworkFacts]:
    """
    Load a network file.

    Raises
    ------
    DataError
        It is not there, of another kind, or damaged.
    """
    return read_network(path)


def describe_network(
    network: RoadNetwork, facts: NetworkFacts
) -> Iterator[tuple[Said, str | Said]]:
    """What a network file holds, line by line: label and value."""
    yield said("network_info.name"), network.name
    yield said("network_info.source"), network.source
    date = facts.osm_date or said("network_info.unknown_date")
    yield said("network_info.osm_date"), date
    yield said("network_info.licence"), network.licence or said("network_info.no_licence")
    for file, digest in facts.sources.items():
        yield said("network_info.fingerprint", file=file), digest
    total_m = float(network.length_m.sum())
    yield said("network_info.nodes"), f"{len(network.node_ids)}"
    yield said("network_info.segments"), f"{len(network)}"
    yield said("network_info.km"), f"{total_m / KM_M:.0f}"
    kinds = Counter(crossing.kind for crossing in network.crossings)
    for kind, count in sorted(kinds.items()):
        yield said("network_info.crossings", kind=kind), f"{count}"
    if network.places is not None and network.rivers is not None:
        yield said("network_info.places"), f"{len(network.places)}"
        yield said("network_info.rivers"), f"{len(network.rivers)}"
    for surface in (*SURFACES, "unknown"):
        of_it = np.array([word == surface for word in network.surface])
        share = 100 * float(network.length_m[of_it].sum()) / total_m
        label = said("network_info.surface", surface=said(f"surface.{surface}"))
        yield label, said("network_info.percent", share=f"{share:.0f}")
    if network.traffic is not None:
        for vehicle in vehicles().values():
            arcs = network.traffic.arcs_open([vehicle.rank])
            share = 100 * float(network.length_m[arcs[::2] | arcs[1::2]].sum()) / total_m
            label = said("network_info.open_to", vehicle=vehicle.name)
            yield label, said("network_info.percent", share=f"{share:.0f}")


def network_json(network: RoadNetwork, facts: NetworkFacts) -> dict[str, Any]:
    """
    What a network file holds, for programs: keys do not depend on a language.

    Lengths in km, shares of the length as fractions; an unknown date or licence is null.
    """
    length_m = network.length_m
    surfaces = np.array(network.surface, dtype=object)

    def share(is_meant: NDArray[np.bool_]) -> float:
        return round(float(length_m[is_meant].sum() / length_m.sum()), 4)

    found: dict[str, Any] = {
        "name": network.name,
        "source": network.source,
        "osm_date": facts.osm_date or None,
        "licence": network.licence or None,
        "fingerprints": dict(facts.sources),
        "nodes": len(network.node_ids),
        "segments": len(network),
        "km": round(float(length_m.sum()) / KM_M, 1),
        "crossings": dict(sorted(Counter(one.kind for one in network.crossings).items())),
        "places": None if network.places is None else len(network.places),
        "rivers": None if network.rivers is None else len(network.rivers),
        "surfaces": {word: share(surfaces == word) for word in (*SURFACES, "unknown")},
    }
    if network.traffic is not None:
        arcs = {key: network.traffic.arcs_open([one.rank]) for key, one in vehicles().items()}
        found["open_to"] = {key: share(arc[::2] | arc[1::2]) for key, arc in arcs.items()}
    return found


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
