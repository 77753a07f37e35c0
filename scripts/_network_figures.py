"""Figures of real roads: building, loading and snapping, beside networkx and osmnx."""

import tempfile
from pathlib import Path

from _figures import ROOT, Figure, apart

SHARED = ROOT.parent / "shared" / "data" / "osm"
EXTRACTS = ("andorra.osm.pbf", "malta-latest.osm.pbf", "north-bayreuth.osm.gz")
BUILD = """
from cmcoord_geo.service import build_network_file
from pathlib import Path
build_network_file([Path(sys.argv[1])], Path(sys.argv[2]), version="0", is_forced=True)
figures |= {"cpu_s": time.process_time(), "peak_mb": peak_mb()}
"""
COUNTRY = """
from pathlib import Path
from build_country import make_country, write_country
write_country(make_country(int(sys.argv[2]), 1), Path(sys.argv[1]))
"""
LOAD = """
import networkx, shapely
from cmcoord_geo.io.network_file import read_network
from cmcoord_geo.network import to_networkx
before, start = resident_mb(), time.process_time()
network, _ = read_network(sys.argv[1])
figures["load_s"] = time.process_time() - start
figures["arcs"] = 2 * len(network)
loaded = resident_mb()
start = time.process_time()
graph = to_networkx(network)
figures["networkx_s"] = time.process_time() - start
figures |= {"ours_mb": loaded - before, "networkx_mb": resident_mb() - loaded}
"""
SNAP = """
import numpy as np
from cmcoord_geo.io.network_file import read_network
from cmcoord_geo.network.snap import RoadIndex
network, _ = read_network(sys.argv[1])
box = [network.lon.min(), network.lat.min()], [network.lon.max(), network.lat.max()]
points = np.random.default_rng(1).uniform(*box, (10_000, 2))
start = time.process_time()
index = RoadIndex(network)
figures["index_s"] = time.process_time() - start
start = time.process_time()
index.snap(points)
figures["snap_s"] = time.process_time() - start
if sys.argv[2] == "osmnx":
    import osmnx
    from cmcoord_geo.network import to_networkx
    graph = to_networkx(network)
    start = time.process_time()
    osmnx.distance.nearest_edges(graph, *points.T)
    figures["osmnx_s"] = time.process_time() - start
"""
OSMNX = """
import osmium, osmnx
with osmium.SimpleWriter(sys.argv[2], overwrite=True) as writer:
    for element in osmium.FileProcessor(sys.argv[1]):
        if not isinstance(element, osmium.osm.Relation):
            writer.add(element)
start = time.process_time()
osmnx.graph_from_xml(sys.argv[2])
figures |= {"cpu_s": time.process_time() - start, "peak_mb": peak_mb()}
"""
#: Size of the OpenStreetMap extract of CAR.
CAR_MB = 100.0


def network(runs: int, *, junctions: int = 240_000) -> list[Figure]:
    """Everything that issue 3 asks for, on a made-up country and on the real extracts that lie at hand."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        country = folder / "country.osm.pbf"
        apart(COUNTRY, str(country), str(junctions))
        figures, peaks = [], {}
        for path in (*(SHARED / extract for extract in EXTRACTS), country):
            if path.is_file():
                built = apart(BUILD, str(path), str(folder / f"{path.name}.network"), runs=runs)
                peaks[path.stat().st_size / 1e6] = built["peak_mb"]
                figures += _built(path, built)
        figures += _osmnx(SHARED / EXTRACTS[0], folder)
        figures += _growth(peaks)
        figures += _loaded(folder / f"{country.name}.network", runs)
        return [*figures, *_snapped(folder, country, runs)]


def _built(path: Path, built: dict[str, float]) -> list[Figure]:
    is_bound = path.name == EXTRACTS[1]
    name = f"build {path.name} ({path.stat().st_size / 1e6:.1f} MB)"
    return [
        Figure(f"{name}, CPU", built["cpu_s"], "s", 15.0 if is_bound else None),
        Figure("  its peak memory", built["peak_mb"], "MB", 600.0 if is_bound else None),
    ]


def _osmnx(path: Path, folder: Path) -> list[Figure]:
    if not path.is_file():
        return []
    peer = apart(OSMNX, str(path), str(folder / "peer.osm"))
    return [
        Figure(f"  osmnx on {path.name} as XML, CPU", peer["cpu_s"], "s"),
        Figure("  its peak memory", peer["peak_mb"], "MB"),
    ]


def _growth(peaks: dict[float, float]) -> list[Figure]:
    """Peak memory of a file of 100 MB, were it all roads, by the growth from the smallest to the largest."""
    if len(peaks) < 2:
        return []
    small, large = min(peaks), max(peaks)
    per_mb = (peaks[large] - peaks[small]) / (large - small)
    gigabytes = (peaks[large] + per_mb * (CAR_MB - large)) / 1000
    return [
        Figure("peak memory for each further MB of PBF", per_mb, "MB"),
        Figure("  so for a PBF of 100 MB, all of it roads", gigabytes, "GB", 4.0),
    ]


def _loaded(path: Path, runs: int) -> list[Figure]:
    load = apart(LOAD, str(path), runs=runs)
    return [
        Figure(f"load {load['arcs']:.0f} arcs, CPU", load["load_s"], "s", 1.0),
        Figure("  networkx graph of the same, CPU", load["networkx_s"], "s"),
        Figure("  memory", load["ours_mb"], "MB"),
        Figure("  networkx, the same", load["networkx_mb"], "MB"),
        Figure("  ours as a share of it", load["ours_mb"] / load["networkx_mb"], "x", 0.1),
    ]


def _snapped(folder: Path, country: Path, runs: int) -> list[Figure]:
    large = apart(SNAP, str(folder / f"{country.name}.network"), "alone", runs=runs)
    figures = [
        Figure("snap 10,000 points on the country, CPU", large["snap_s"], "s", 1.0),
        Figure("  its index, made once", large["index_s"], "s"),
    ]
    malta = folder / f"{EXTRACTS[1]}.network"
    if malta.is_file():
        both = apart(SNAP, str(malta), "osmnx", runs=runs)
        figures += [
            Figure(
                "snap 10,000 points on Malta, with index", both["snap_s"] + both["index_s"], "s"
            ),
            Figure("  osmnx nearest_edges, the same", both["osmnx_s"], "s"),
        ]
    return figures
