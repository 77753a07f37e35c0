"""Figures of departures for the benchmark: all fronts of one day over a made-up country, from end to end."""

from _figures import Figure, apart

#: Daylight by degree of longitude, rain in the afternoon or wet mornings by region, halts in all towns.
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
    return TimedArcs.of(
        roads, country.seconds, country.exposure[:, None], step_s=STEP_S, n_slots=96 * DAYS,
        speeds=speeds, speed_of=region[country.tail], windows=windows,
        window_of=zone[country.tail], halts=np.arange(int(country.n_nodes * TOWNS)),
    )
far = country.towns[np.argsort(country.x[country.towns])]
pair = int(far[4]), int(far[8])
ahead, back = distances(graph, country.seconds, pair[0]), distances(against, country.seconds, pair[1])
fastest = int(ahead[pair[1]])
is_near = ahead[country.tail] + country.seconds + back[country.head] <= 1.5 * fastest
roads = graph.keeping(is_near) if sys.argv[1] == "near" else graph
arcs = timed(roads)
timed_paths(arcs, *pair, [0])  # chains found, loops read or compiled
start = time.process_time()
found = timed_paths(arcs, *pair, np.arange(96) * STEP_S, max_labels=int(sys.argv[2]))
figures |= {"cpu_s": time.process_time() - start, "rows": len(found.arrivals), "labels": found.n_labels}
figures |= {"complete": int(found.is_complete.sum()), "answered": len(set(found.departure.tolist()))}
figures |= {"hours": fastest / 3600, "peak_mb": peak_mb()}
"""
#: Partial ways of one departure after which the search gives it up.
MOST_LABELS = 500_000


def departures(runs: int) -> list[Figure]:
    """What issue 6 asks of one pair at 96 departures, CPU; each part in a process of its own."""
    again = max(1, runs // 3)
    near = apart(DAY, "near", str(MOST_LABELS), runs=again)
    whole = apart(DAY, "whole", str(MOST_LABELS))
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
    ]


def _details(found: dict[str, float]) -> list[Figure]:
    return [
        Figure("  departures answered in full", found["complete"], "", at_least=96.0),
        Figure("  of these with a way", found["answered"], ""),
        Figure("  rows of all together", found["rows"], ""),
        Figure("  partial ways kept", found["labels"], ""),
        Figure("  most memory of the process", found["peak_mb"], "MB"),
    ]
