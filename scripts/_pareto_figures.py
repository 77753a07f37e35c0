"""Figures of exact Pareto sets: New York's published queries, and a made-up country from end to end."""

from _figures import ROOT, Figure, apart

NEW_YORK = ROOT.parent / "shared" / "data" / "dimacs_ny"
FIRST = """
def first_call(graph, costs, pair):
    start = time.process_time()
    pareto_paths(graph, costs, *pair)
    figures["first_s"] = time.process_time() - start
def cpu_s(*question, **options):
    start = time.process_time()
    found = pareto_paths(*question, **options)
    assert found.is_complete
    return time.process_time() - start, found
"""
QUERIES = f"""
import gzip, pathlib, statistics
import numpy as np
from cmcoord_geo.routing import ArcGraph, pareto_paths
{FIRST}
def arcs(kind):
    with gzip.open(pathlib.Path(sys.argv[1]) / f"USA-road-{{kind}}.NY.gr.gz", "rt") as lines:
        return np.array([line.split()[1:] for line in lines if line[0] == "a"], dtype=np.int64)
distance, seconds = arcs("d"), arcs("t")
assert (distance[:, :2] == seconds[:, :2]).all()
graph = ArcGraph.from_arcs(int(distance[:, :2].max()), distance[:, 0] - 1, distance[:, 1] - 1)
costs = np.column_stack([distance[:, 2], seconds[:, 2]])
pairs = np.loadtxt(pathlib.Path(sys.argv[1]) / "NY-queries", dtype=np.int64) - 1
first_call(graph, costs, pairs[0])
taken = [cpu_s(graph, costs, *pair) for pair in pairs]
times = [1000 * time for time, _ in taken]
figures |= {{"median_ms": statistics.median(times), "mean_ms": statistics.mean(times), "max_ms": max(times)}}
figures |= {{"rows": sum(len(found.costs) for _, found in taken), "peak_mb": peak_mb()}}
"""
ACROSS = f"""
import numpy as np
from country_network import country_network
from cmcoord_geo.routing import ArcGraph, pareto_paths
{FIRST}
country = country_network(1)
graph = ArcGraph.from_arcs(country.n_nodes, country.tail, country.head)
columns = country.seconds, country.exposure, country.metres
costs = np.column_stack(columns[:int(sys.argv[1])])
epsilon = float(sys.argv[2])
far = country.towns[np.argsort(country.x[country.towns])]
pair = int(far[0]), int(far[-1])
first_call(graph, costs, pair) if epsilon == 0 else pareto_paths(graph, costs, *pair, epsilon=epsilon)
whole = [cpu_s(graph, costs, *pair, epsilon=epsilon) for _ in range(5)]
figures |= {{"whole_s": sorted(time for time, _ in whole)[2], "rows": len(whole[0][1].costs)}}
if epsilon == 0:
    fastest = int(whole[0][1].costs[0, 0])
    for stretch in (1.5, 1.2):
        times = [cpu_s(graph, costs, *pair, bound=(stretch * fastest, None))[0] for _ in range(5)]
        figures[f"{{stretch}}_s"] = sorted(times)[2]
figures["peak_mb"] = peak_mb()
"""
EXACT = """
import numpy as np
from country_network import country_network
from cmcoord_geo.routing import ArcGraph, pareto_paths
country = country_network(1)
graph = ArcGraph.from_arcs(country.n_nodes, country.tail, country.head)
costs = np.column_stack([country.seconds, country.exposure, country.metres])
far = country.towns[np.argsort(country.x[country.towns])]
start = time.process_time()
found = pareto_paths(graph, costs, int(far[0]), int(far[-1]))
figures |= {"s": time.process_time() - start, "complete": float(found.is_complete), "rows": len(found.costs)}
figures |= {"labels": found.n_labels, "peak_mb": peak_mb()}
"""
DIFFERENT = """
import numpy as np
from country_network import country_network
from cmcoord_geo.routing import (
    ArcGraph, EndTrees, Recorded, choose_diverse, option_figures, pareto_paths,
    replacement_costs, single_via_paths, stretch_limit,
)
country = country_network(1)
graph = ArcGraph.from_arcs(country.n_nodes, country.tail, country.head)
costs = np.column_stack([country.seconds, country.exposure])
far = country.towns[np.argsort(country.x[country.towns])]
pair = int(far[0]), int(far[-1])
metres, roads = country.metres[::2].astype(float), np.arange(graph.n_arcs) // 2
recorded = Recorded(value=country.exposure[::2].astype(float), known=np.ones(len(metres)))
def trees():
    return EndTrees.between(graph, country.seconds, *pair)
def different(ends, front):
    limit = stretch_limit(ends.best, 1.5)
    over = single_via_paths(ends, max_stretch=1.5, min_plateau=0.05)
    arcs = [*front.paths, *(path.arcs for path in over)]
    segments = [path // 2 for path in arcs]
    first = (0, len(front.paths) - 1)
    choice = choose_diverse(segments, metres, recorded=recorded, first=first)
    round_each = replacement_costs(ends, groups=roads)
    cuts = np.flatnonzero(round_each.costs > limit)
    chosen = [arcs[place] for place in choice.chosen]
    detours = [round_each.path(place) for place in cuts.tolist()]
    return len(arcs), chosen, len(cuts), detours
ends = trees()
front = pareto_paths(graph, costs, *pair, bound=(stretch_limit(ends.best, 1.5), None))
def cpu(call, name):
    taken = []
    for _ in range(8):
        start = time.process_time()
        found = call()
        taken.append(time.process_time() - start)
    figures[f"{name}_first_s"] = taken[0]
    figures[f"{name}_ms"] = sorted(taken[1:])[3] * 1000
    return found
cpu(trees, "trees")
found = cpu(lambda: different(ends, front), "different")
figures |= {"candidates": found[0], "options": len(found[1]), "cuts": found[2]}
of_each = cpu(lambda: [option_figures(ends, path) for path in found[1]], "figures")
for name in ("stretch", "sharing"):
    figures[name] = float(max(getattr(each, name) for each in of_each[1:]))
figures["local"] = float(min(each.local or ends.best / 4 for each in of_each[1:]) / ends.best)
"""
SMALL = """
import numpy as np
from cmcoord_geo.network import bundled_network
from cmcoord_geo.routing import ArcGraph, pareto_paths
network = bundled_network()
graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head)
length = np.repeat(np.rint(network.length_m).astype(np.int64), 2)
costs = np.column_stack([length, np.repeat(np.random.default_rng(7).integers(1, 10**6, len(network)), 2)])
ends = network.node_index["BGF"], network.node_index["OBO"]
start = time.process_time()
pareto_paths(graph, costs, *ends)
figures["first_ms"] = (time.process_time() - start) * 1000
start = time.process_time()
for _ in range(50):
    pareto_paths(graph, costs, *ends)
figures["ms"] = (time.process_time() - start) / 50 * 1000
figures["compilers"] = float("numba" in sys.modules)
"""


def pareto(runs: int) -> list[Figure]:
    """What issue 5 asks of Pareto sets, CPU; each network in a process of its own."""
    return [*_bundled(), *_new_york(runs), *_country(runs), *_different(runs)]


def _bundled() -> list[Figure]:
    small = apart(SMALL)
    return [
        Figure("Pareto set, bundled network, first call", small["first_ms"], "ms", 20.0),
        Figure("  later calls", small["ms"], "ms", 20.0),
        Figure("  compilers started for them", small["compilers"], "", 0.0),
    ]


def _new_york(runs: int) -> list[Figure]:
    if not NEW_YORK.is_dir():
        return []
    found = apart(QUERIES, str(NEW_YORK), runs=max(1, runs // 3))
    return [
        Figure("Pareto sets, New York, 50 queries, median", found["median_ms"], "ms", 120.0),
        Figure("  mean", found["mean_ms"], "ms", 300.0),
        Figure("  longest", found["max_ms"], "ms"),
        Figure("  rows of all together", found["rows"], ""),
        Figure("  first call: chains found, loops read or compiled", found["first_s"], "s"),
        Figure("  most memory of the process", found["peak_mb"], "MB"),
    ]


def _country(runs: int) -> list[Figure]:
    again = max(1, runs // 3)
    two, three = (apart(ACROSS, n, e, runs=again) for n, e in (("2", "0"), ("3", "0.01")))
    exact = apart(EXACT)
    return [
        Figure("Pareto set across the country, two criteria", two["whole_s"], "s", 0.9),
        Figure("  rows", two["rows"], ""),
        Figure("  time at most 1.5 x the fastest", two["1.5_s"], "s", 0.5),
        Figure("  time at most 1.2 x the fastest", two["1.2_s"], "s"),
        Figure("  first call: chains found, loops read or compiled", two["first_s"], "s"),
        Figure("  most memory of the process", two["peak_mb"], "MB"),
        Figure("three criteria, exact, until memory is used up, compiling", exact["s"], "s"),
        Figure("  complete", exact["complete"], ""),
        Figure("  rows proven by then", exact["rows"], ""),
        Figure("  partial paths kept", exact["labels"], ""),
        Figure("  most memory of the process", exact["peak_mb"], "MB", 1800.0),
        Figure("three criteria, epsilon 1 %", three["whole_s"], "s", 3.0),
        Figure("  rows", three["rows"], ""),
        Figure("  most memory of the process", three["peak_mb"], "MB", 1500.0),
    ]


def _different(runs: int) -> list[Figure]:
    found = apart(DIFFERENT, runs=max(1, runs // 3))
    name = "four different options or one road only, after the front"
    return [
        Figure(
            "trees from both ends, across the country, with the bound on time",
            found["trees_ms"],
            "ms",
        ),
        Figure(name, found["different_ms"], "ms", 60.0),
        Figure("  candidates: Pareto set and ways over other nodes", found["candidates"], ""),
        Figure("  options chosen", found["options"], ""),
        Figure("  highest stretch of one", found["stretch"], "x"),
        Figure("  most that one shares with the fastest", found["sharing"], ""),
        Figure("  local optimality of the worst, as a share of the fastest", found["local"], ""),
        Figure("  the three measured for all of them, CPU", found["figures_ms"], "ms"),
        Figure("  roads whose loss breaks the bound, each with its detour", found["cuts"], ""),
        Figure("  first call: loops read or compiled", found["different_first_s"], "s"),
    ]
