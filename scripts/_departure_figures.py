"""Figures of departures for the benchmark: all fronts of one day over a made-up country, from end to end."""

from _figures import Figure, apart

#: Daylight by degree of longitude, rain in the afternoon or wet mornings by region, halts in all towns;
#: patrols in squares of 20 km on the most exposed roads, worth 60 % at first and half of that a day later.
DAY = """
import numpy as np
from country_network import TOWNS, country_network
from cmcoord_geo.routing import ArcGraph, TimedArcs, WindowClass, distances, timed_paths
DAY_S, STEP_S, DAYS = 86_400, 900, 5
country = country_network(1)
graph = ArcGraph.from_arcs(country.n_nodes, country.tail, country.head)
against = ArcGraph.from_arcs(country.n_nodes, country.head, country.tail)
def timed(roads):
    zone = np.maximum(country.x // 110_600, 0).astype(np.int64)
    dawn = [20_160 - 240 * each for each in range(int(zone.max()) + 1)]
    windows = [
        WindowClass([first + DAY_S * day for day in range(DAYS)],
                    [first + 40_320 + DAY_S * day for day in range(DAYS)])
        for first in dawn
    ]
    hours = np.arange(96 * DAYS) % 96 / 4
    speeds = np.full((3, 96 * DAYS), 1000)
    speeds[1, (hours >= 14) & (hours < 18)] = 600
    speeds[2, (hours >= 3) & (hours < 9)] = 800
    region = (country.x // 200_000 + country.y // 200_000).astype(np.int64) % 3
    costs, factors, factor_of = country.exposure[:, None], None, None
    if sys.argv[3] != "nobody":
        costs = np.repeat(costs, 2, axis=1)
        factors, factor_of = presence()
    return TimedArcs.of(
        roads, country.seconds, costs, step_s=STEP_S, n_slots=96 * DAYS, speeds=speeds,
        speed_of=region[country.tail], factors=factors, factor_of=factor_of, windows=windows,
        window_of=zone[country.tail], halts=np.arange(int(country.n_nodes * TOWNS)),
    )
def presence():
    cell = (country.x // 20_000 + 100 * (country.y // 20_000)).astype(np.int64)[country.tail]
    exposed = np.bincount(cell[is_near], weights=country.exposure[is_near])
    hot = np.argsort(-exposed, kind="stable")[:60]
    rng = np.random.default_rng(7)
    if sys.argv[3] == "passed":
        seen, first = hot, rng.integers(-96, 0, 60)
    else:
        seen, first = rng.choice(hot, 24, replace=False), rng.integers(0, 3 * 96, 24)
    age = np.arange(96 * DAYS) - first[:, None]
    fresh = np.where((age >= 0) & (age < 192), 0.5 ** (age / 96.0), 0.0)
    shares = np.ceil(100 * (1 - 0.6 * fresh)).astype(np.int64)
    profile = np.ones(int(cell.max()) + 1, np.int64)
    profile[seen] = 2 + np.arange(len(seen))
    whole = np.ones((1, 96 * DAYS), np.int64)
    return np.vstack((whole, 100 * whole, shares)), np.column_stack((0 * cell, profile[cell]))
def better(roads):
    # of a way with 5 % less exposure under presence than the fastest and the least exposed one
    plain = TimedArcs.of(
        roads.graph, roads.seconds, roads.costs[:, :1], step_s=STEP_S, n_slots=roads.n_slots,
        speeds=roads.speeds, speed_of=roads.speed_of, windows=roads.windows,
        window_of=roads.window_of, halts=roads.halts,
    )
    found, bounds = timed_paths(plain, *pair, np.arange(96) * STEP_S), np.zeros((96, 3))
    for number in np.unique(found.departure).tolist():
        own = np.flatnonzero(found.departure == number)
        least = []
        for row in (int(own[0]), int(own[-1])):
            arcs, enters = found.plan(row)
            factor = roads.factors[roads.factor_of[arcs, 1], enters // STEP_S]
            least.append(int((roads.costs[arcs, 1] * factor).sum()))
        latest = found.arrivals[own[-1]] - number * STEP_S
        bounds[number] = latest, found.costs[own[0], 0], 0.95 * min(least)
    return bounds
far = country.towns[np.argsort(country.x[country.towns])]
pair = int(far[4]), int(far[8])
ahead, back = distances(graph, country.seconds, pair[0]), distances(against, country.seconds, pair[1])
fastest = int(ahead[pair[1]])
is_near = ahead[country.tail] + country.seconds + back[country.head] <= 1.5 * fastest
roads = graph.keeping(is_near) if sys.argv[1] == "near" else graph
arcs = timed(roads)
bound = better(arcs) if sys.argv[3] == "offered" else None
timed_paths(arcs, *pair, [0], max_labels=1)  # chains found, loops read or compiled
start = time.process_time()
found = timed_paths(arcs, *pair, np.arange(96) * STEP_S, bound=bound, max_labels=int(sys.argv[2]))
figures |= {"cpu_s": time.process_time() - start, "rows": len(found.arrivals), "labels": found.n_labels}
figures |= {"complete": int(found.is_complete.sum()), "answered": len(set(found.departure.tolist()))}
figures |= {"hours": fastest / 3600, "peak_mb": peak_mb()}
"""
#: Partial ways of one departure after which the search gives it up.
MOST_LABELS = 500_000


#: The same where presence is searched as `depart` does.
MOST_UNDER_PRESENCE = 20_000


def departures(runs: int) -> list[Figure]:
    """What issue 6 asks of one pair at 96 departures, CPU; each part in a process of its own."""
    again = max(1, runs // 3)
    near = apart(DAY, "near", str(MOST_LABELS), "nobody", runs=again)
    whole = apart(DAY, "whole", str(MOST_LABELS), "nobody")
    passed = apart(DAY, "near", str(MOST_LABELS), "passed", runs=again)
    offered = apart(DAY, "near", str(MOST_UNDER_PRESENCE), "offered", runs=again)
    return [
        Figure("96 departures, on roads within 1.5 x the fastest", near["cpu_s"], "s", 3.0),
        Figure("  hours that the fastest drives", near["hours"], "h"),
        *_details(near),
        Figure(
            "96 departures, on all roads of the country",
            whole["cpu_s"] if whole["complete"] == 96 else None,
            "s",
            15.0,
            note=f"MISSED: gave up after {whole['cpu_s']:.1f} s",
        ),
        *_details(whole),
        Figure(
            "the first with exposure under presence too, 60 patrols of the day before",
            passed["cpu_s"],
            "s",
        ),
        *_details(passed),
        Figure("ways that gain 5 % by it, 24 patrols offered in three days", offered["cpu_s"], "s"),
        Figure("  departures answered in full", offered["complete"], ""),
        Figure("  partial ways kept", offered["labels"], ""),
    ]


def _details(found: dict[str, float]) -> list[Figure]:
    return [
        Figure("  departures answered in full", found["complete"], "", at_least=96.0),
        Figure("  of these with a way", found["answered"], ""),
        Figure("  rows of all together", found["rows"], ""),
        Figure("  partial ways kept", found["labels"], ""),
        Figure("  most memory of the process", found["peak_mb"], "MB"),
    ]
