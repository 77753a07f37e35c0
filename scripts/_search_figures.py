"""Figures of search: one pair, one to all, many to many, beside the programs that others would use."""

import gzip
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from _figures import ROOT, Figure, apart
from _search_peers import PEERS, Network, Networkx, Peer, Scipy
from country_network import country_network
from numpy.typing import NDArray

SHARED = ROOT.parent / "shared" / "data"
NEW_YORK, MALTA = SHARED / "dimacs_ny", SHARED / "osm" / "malta-latest.osm.pbf"
PAIRS, ROOTS, CORNERS = 25, 5, 100
#: A question is asked until it took so long, or so often.
LONG_S, OFTEN = 0.01, 20
#: How many times as quick as networkx, and most seconds for a matrix.
BOTH_ENDS, LANDMARKS, MATRIX_S = 25.0, 120.0, 2.5
FIRST = """
import os
os.environ["XDG_CACHE_HOME"] = sys.argv[1]
import numpy as np
from country_network import country_network
from cmcoord_geo.routing import ArcGraph, WeightedGraph, path_between
country = country_network(1, nodes=30_000)
roads = WeightedGraph.of(ArcGraph.from_arcs(country.n_nodes, country.tail, country.head), country.seconds)
start = time.process_time()
path_between(roads, 0, 1)
figures["first_s"] = time.process_time() - start
"""
SMALL = """
import numpy as np
from cmcoord_geo.network import bundled_network
from cmcoord_geo.routing import ArcGraph, WeightedGraph, path_tree, shortest_path
network = bundled_network()
graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head)
length = np.repeat(np.rint(network.length_m).astype(np.int64), 2)
ends = network.node_index["BGF"], network.node_index["OBO"]
roads = WeightedGraph.of(graph, length)
for name, call in (
    ("pair_ms", lambda: shortest_path(graph, length, *ends)),
    ("tree_ms", lambda: path_tree(roads, ends[0])),
):
    call()
    start = time.process_time()
    for _ in range(50):
        call()
    figures[name] = (time.process_time() - start) / 50 * 1000
figures["compilers"] = float("numba" in sys.modules)
"""


def routing(runs: int) -> list[Figure]:
    """Everything that issue 5 asks of searches with one criterion."""
    figures = [*_bundled(), *_first_calls()]
    for network in _networks():
        if isinstance(network, Figure):
            figures.append(network)
        else:
            figures += _measured(network, runs)
    return figures


def _bundled() -> list[Figure]:
    """Plain Python on the bundled network."""
    small = apart(SMALL)
    return [
        Figure("bundled network, one pair, costs checked, CPU", small["pair_ms"], "ms", 20.0),
        Figure("bundled network, one to all, CPU", small["tree_ms"], "ms", 20.0),
        Figure("  compilers started for them", small["compilers"], "", 0.0),
    ]


def _first_calls() -> list[Figure]:
    """What the first search of all costs, and the first of a later program."""
    with tempfile.TemporaryDirectory() as folder:
        first, later = (apart(FIRST, folder)["first_s"] for _ in range(2))
    return [
        Figure("first search of all, compiling, CPU", first, "s"),
        Figure("first search of a later program, CPU", later, "s"),
    ]


def _networks() -> Iterator[Network | Figure]:
    """Networks to search, or why there is none."""
    yield _new_york() if NEW_YORK.is_dir() else Figure("New York", note="no files: skipped")
    yield _malta() if MALTA.is_file() else Figure("Malta", note="no file: skipped")
    made = country_network(1)
    arcs = made.tail, made.head, made.seconds
    yield Network(
        "country",
        made.n_nodes,
        *arcs,
        _drawn(np.arange(made.n_nodes), PAIRS).T,
        _drawn(np.arange(made.n_nodes), CORNERS),
    )


def _drawn(nodes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Two rows of different nodes."""
    return np.random.default_rng(5).choice(nodes, (2, count), replace=False)


def _new_york() -> Network:
    """Graph of the 9th DIMACS Implementation Challenge, distances; the published queries."""
    with gzip.open(NEW_YORK / "USA-road-d.NY.gr.gz", "rt") as lines:
        arcs = np.array([line.split()[1:] for line in lines if line[0] == "a"], dtype=np.int64)
    pairs = np.loadtxt(NEW_YORK / "NY-queries", dtype=np.int64)[:PAIRS] - 1
    tail, head, cost = (arcs[:, 0] - 1, arcs[:, 1] - 1, arcs[:, 2])
    count = int(arcs[:, :2].max())
    return Network("New York", count, tail, head, cost, pairs, _drawn(np.arange(count), CORNERS))


def _malta() -> Network:
    """Roads of the extract, metres; pairs that are joined."""
    from cmcoord_geo.io.network_file import read_network
    from cmcoord_geo.routing import UNREACHABLE, ArcGraph, distances
    from cmcoord_geo.service import build_network_file

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "malta.network"
        build_network_file([MALTA], path, version="0", is_forced=True)
        roads, _ = read_network(path)
    metres = np.repeat(np.rint(roads.length_m).astype(np.int64), 2)
    arcs = roads.tail, roads.head, metres
    graph = ArcGraph.from_arcs(len(roads.node_ids), *arcs[:2])
    reached = np.flatnonzero(distances(graph, metres, 0) != UNREACHABLE)
    drawn = _drawn(reached, PAIRS).T, _drawn(reached, CORNERS)
    return Network("Malta", graph.n_nodes, *arcs, *drawn)


def _measured(network: Network, runs: int) -> list[Figure]:
    """Our searches and those of each peer, one network."""
    from cmcoord_geo.routing import (
        ArcGraph,
        Landmarks,
        WeightedGraph,
        cost_matrix,
        path_between,
        path_tree,
    )

    name = network.name
    graph = ArcGraph.from_arcs(network.n_nodes, network.tail, network.head)
    ready = _cpu(lambda: _ready(WeightedGraph.of(graph, network.cost)), runs)
    roads = WeightedGraph.of(graph, network.cost, small=0)
    marked, marks = _once(lambda: Landmarks.of(roads))
    peers = [peer(network) if _is_there(peer) else None for peer in PEERS]
    roots = network.pairs[:ROOTS, 0].tolist()
    for call in (path_between, lambda _, *pair: marks.path(*pair)):
        call(roads, *network.pairs[0].tolist())

    pair = _each(lambda s, t: path_between(roads, s, t), network.pairs)
    guided = _each(marks.path, network.pairs)
    others = _beside(peers, "one_pair", lambda peer: _each(peer.one_pair, network.pairs))
    slow = next(f.value for f in others if f.name.endswith(Networkx.name))
    figures = [
        Figure(f"{name}: costs checked and laid out, CPU", ready, "ms"),
        Figure(f"{name}: {len(marks.nodes)} landmarks chosen, CPU", marked, "s"),
        Figure(f"{name}: one pair, both ends, median CPU", pair, "ms"),
        Figure(f"{name}: one pair, landmarks, median CPU", guided, "ms"),
        *others,
        Figure("  networkx Dijkstra / both ends", slow / pair, "x", at_least=BOTH_ENDS),
        Figure("  networkx Dijkstra / landmarks", slow / guided, "x", at_least=LANDMARKS),
    ]
    tree = _each(lambda root: path_tree(roads, root), [[root] for root in roots])
    others = _beside(peers, "one_to_all", lambda p: _each(p.one_to_all, [[root] for root in roots]))
    fast = next(f.value for f in others if f.name.endswith(Scipy.name))
    figures += [
        Figure(f"{name}: one to all, median CPU", tree, "ms"),
        *others,
        Figure("  scipy / ours", fast / tree, "x", at_least=1.0),
    ]
    before = time.process_time()
    start = time.perf_counter()
    cost_matrix(roads, *network.corners, threads=2)
    wall, cpu = time.perf_counter() - start, time.process_time() - before
    size = f"{CORNERS} x {CORNERS}"
    return [
        *figures,
        Figure(f"{name}: {size} matrix, two threads, wall", wall, "s", MATRIX_S),
        Figure("  the same, CPU", cpu, "s"),
        Figure("  processors that it was given", cpu / wall, "x"),
        *_beside(
            peers, "matrix", lambda peer: _once(lambda: peer.matrix(*network.corners))[0], "s"
        ),
    ]


def _ready(roads: object) -> None:
    """Rows in both directions."""
    for reverse in (False, True):
        roads.rows(reverse=reverse)  # type: ignore[attr-defined]


def _is_there(peer: type[Peer]) -> bool:
    """Whether a peer is installed."""
    try:
        __import__(peer.package)
    except ImportError:
        return False
    return True


def _beside(
    peers: list[Peer | None], question: str, ask: Callable[[Peer], float], unit: str = "ms"
) -> list[Figure]:
    """What each peer takes for a question that it answers."""
    figures = []
    for kind, peer in zip(PEERS, peers, strict=True):
        if question not in kind.answers:
            continue
        name = f"  {kind.name}"
        figures.append(
            Figure(name, note="not installed") if peer is None else Figure(name, ask(peer), unit)
        )
    return figures


def _each(call: Callable[..., object], questions: NDArray[np.int64] | list[list[int]]) -> float:
    """Median CPU time of one question, in ms; short ones are asked several times over."""
    found = []
    for row in np.asarray(questions).tolist():
        spent, times = 0.0, 0
        while spent < LONG_S and times < OFTEN:
            spent, times = spent + _once(lambda row=row: call(*row))[0], times + 1
        found.append(spent / times * 1000)
    return statistics.median(found)


def _cpu(call: Callable[[], object], runs: int) -> float:
    """Median CPU time of several runs after a first one, in ms."""
    call()
    return statistics.median(_once(call)[0] * 1000 for _ in range(max(runs, 3)))


def _once(call: Callable[[], object]) -> tuple[float, object]:
    """CPU seconds of one call, and its answer."""
    start = time.process_time()
    answer = call()
    return time.process_time() - start, answer
