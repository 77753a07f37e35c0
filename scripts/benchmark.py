"""
Measure what is promised: start-up, planning, page, conflicts, proposals; search, networks and incidents.

CPU time of whole processes and the median of several runs; limits are those of the issue that set them.
``python scripts/benchmark.py [GROUP ...] [--runs 5]``, each group a key of ``GROUPS``.
Nothing here is a test: machines differ, so read the figures side by side.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from _conflict_figures import conflicts
from _departure_figures import departures
from _figures import ROOT, Figure, measure
from _incident_figures import incidents
from _network_figures import network
from _pareto_figures import pareto
from _proposal_figures import proposals
from _search_figures import routing
from _slot_figures import slots
from _week_figures import week

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

PLAN = ("plan", "Bangui", "Bambari", "--vehicle", "truck_6x6:4")
WHEN = ("--depart", "2026-12-01T06:00+01:00", "--as-of", "2026-11-29T17:00+01:00")
INCIDENTS = ROOT / "data" / "exercise" / "incidents.csv"


def commands(runs: int) -> list[Figure]:
    """Whole commands, as a planner starts them."""
    ours = (sys.executable, "-m", "cmcoord_geo")
    help_cpu, _ = measure((*ours, "--help"), runs=runs)
    bare_cpu, _ = measure((sys.executable, "-c", "import typer"), runs=runs)
    _, plan_wall = measure((*ours, *PLAN, *WHEN, "--incidents", str(INCIDENTS)), runs=runs)
    quick_cpu, quick_wall = measure(
        (sys.executable, "scripts/quickstart.py"), runs=max(1, runs // 2)
    )
    return [
        Figure("cmcoord-geo --help, CPU", help_cpu, "s", 0.3),
        Figure("  python -c 'import typer', CPU", bare_cpu, "s"),
        Figure("plan on the bundled network with incidents, wall", plan_wall, "s", 3.0),
        Figure("quickstart with the packages there, wall", quick_wall, "s", 15.0),
        Figure("  the same, CPU", quick_cpu, "s"),
    ]


def page(runs: int) -> list[Figure]:
    """Size of the EXERCISE week's page, and when it answers in a real browser."""
    from cmcoord_geo.config import Config
    from cmcoord_geo.facts import data_dir
    from cmcoord_geo.io import read_picture
    from cmcoord_geo.render.page import build_page
    from cmcoord_geo.service import plan_week
    from cmcoord_geo.sharing import Audience, build_product

    config = Config()
    picture = read_picture(data_dir() / "exercise")
    product = build_product(
        picture, plan_week(picture, config), Audience(kind="owner"), config
    ).product
    content = build_page(product, lang="fr").encode()
    figures = [Figure("map page", len(content) / 1000, "kB", 400.0)]
    if shutil.which("chromedriver") is None:
        return figures
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(content)
        for name, size, limit in (("desktop", (1440, 900), 1.0), ("phone", (390, 844), 1.0)):
            figures += [_ready(path, Path(folder), name, size, limit, runs)]
        figures.append(_requests(path, Path(folder)))
    return figures


def _ready(
    path: Path, folder: Path, name: str, size: tuple[int, int], limit: float, runs: int
) -> Figure:
    from browser.chromium import open_browser

    times = []
    for run in range(runs):
        with open_browser(folder / f"{name}{run}") as browser:
            browser.open(path, size=size)
            times.append(float(browser.root("ready") or "nan") / 1000)
    return Figure(f"page answers in Chromium, {name}", statistics.median(times), "s", limit)


def _requests(path: Path, folder: Path) -> Figure:
    from browser.chromium import open_browser

    with open_browser(folder / "requests") as browser:
        browser.open(path)
        others = [address for address in browser.requests() if address != path.as_uri()]
    return Figure("requests besides the page itself", float(len(others)), "", 0.0)


def search(runs: int) -> list[Figure]:
    """Search on the bundled network beside networkx, CPU."""
    import networkx as nx
    import numpy as np

    from cmcoord_geo.network import bundled_network, to_networkx
    from cmcoord_geo.routing import ArcGraph, pareto_paths, shortest_path

    network = bundled_network()
    graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head)
    length = np.repeat(np.rint(network.length_m).astype(np.int64), 2)
    rng = np.random.default_rng(7)
    costs = np.column_stack([length, np.repeat(rng.integers(1, 10**6, len(network)), 2)])
    peer = to_networkx(network)
    ends = network.node_index["BGF"], network.node_index["OBO"]
    front = _cpu(lambda: pareto_paths(graph, costs, *ends), runs)
    ours = _cpu(lambda: shortest_path(graph, length, *ends), runs)
    nodes = [list(peer.nodes)[end] for end in ends]
    theirs = _cpu(lambda: nx.shortest_path(peer, *nodes, weight="length"), runs)
    return [
        Figure("Pareto set Bangui-Obo, two criteria", front, "ms", 20.0),
        Figure("shortest path Bangui-Obo", ours, "ms"),
        Figure("  networkx, the same", theirs, "ms"),
        Figure("  ratio networkx / ours", theirs / ours, "x"),
    ]


def _cpu(call: Callable[[], object], runs: int) -> float:
    call()
    times = []
    for _ in range(max(runs, 5)):
        start = time.process_time()
        for _ in range(10):
            call()
        times.append((time.process_time() - start) / 10 * 1000)
    return statistics.median(times)


GROUPS: dict[str, Callable[[int], list[Figure]]] = {
    "commands": commands,
    "page": page,
    "search": search,
    "routing": lambda runs: [*routing(runs), *pareto(runs)],
    "network": network,
    "incidents": incidents,
    "departures": departures,
    "conflicts": conflicts,
    "proposals": proposals,
    "slots": slots,
    "week": week,
}


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    unknown = set(options.groups) - GROUPS.keys()
    if unknown:
        parser.error(f"no such group: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    groups = options.groups or GROUPS
    figures = [figure for group in groups for figure in GROUPS[group](options.runs)]
    if options.json:
        print(json.dumps([asdict(figure) for figure in figures], indent=1))
        return 0
    for figure in figures:
        print(figure.line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
