"""Figures of incidents to roads at the size of a country, beside shapely in the same run."""

import tempfile
from pathlib import Path

from _figures import ROOT, Figure, apart
from _network_figures import BUILD, COUNTRY

PREPARE = """
import numpy as np, shapely
from cmcoord_geo.io.network_file import read_network
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.scale import metres_per_degree
network, _ = read_network(sys.argv[1])
random = np.random.default_rng(1)
roads = random.integers(0, len(network), 50_000)
lonlat = network.lines.points[network.lines.first[roads]] + random.normal(0, 0.02, (50_000, 2))
def cpu(call):
    start = time.process_time()
    answer = call()
    return time.process_time() - start, answer
"""
JOIN = (
    PREPARE
    + """
from cmcoord_geo.network.near import lines_within
middle = np.array([21.0, 7.0])
scale = metres_per_degree(middle[1:])[0]
points, lines = (lonlat - middle) * scale, Lines((network.lines.points - middle) * scale, network.lines.first)
one, within = np.ones_like(points), 5_000.0
figures["first_s"], _ = cpu(lambda: lines_within(points[:9], lines, within_m=within, scale=one, small=0))
figures["ours_s"], near = cpu(lambda: lines_within(points, lines, within_m=within, scale=one))
def alone():
    return lines_within(points, lines, within_m=within, scale=one, is_measuring=False)
figures["alone_s"], pairs = cpu(alone)
figures["own_frames_s"], _ = cpu(lambda: lines_within(lonlat, network.lines, within_m=within))
owner = np.repeat(np.arange(len(lines)), np.diff(lines.first))
drawn = np.asarray(shapely.linestrings(lines.points, indices=owner))
spots = shapely.points(points)
figures["tree_s"], tree = cpu(lambda: shapely.STRtree(drawn))
def ask():
    return tree.query(spots, predicate="dwithin", distance=within)
figures["dwithin_s"], (position, line) = cpu(ask)
order = np.lexsort([line, position])
position, line = position[order], line[order]
figures["distance_s"], away = cpu(lambda: shapely.distance(spots[position], drawn[line]))
each = np.repeat(np.arange(len(points)), near.count)
rows = np.repeat(near.begin - np.cumsum(near.count) + near.count, near.count) + np.arange(len(each))
rows = rows[np.lexsort([near.line[rows], each])]
def in_order(found):
    run = np.repeat(np.arange(len(points)), found.count)
    at = np.repeat(found.begin - np.cumsum(found.count) + found.count, found.count) + np.arange(len(run))
    return found.line[at[np.lexsort([found.line[at], run])]]
if not (np.array_equal(position, each) and np.array_equal(line, near.line[rows])):
    raise SystemExit("the pairs differ from shapely's")
if not (np.array_equal(pairs.count, near.count) and np.array_equal(line, in_order(pairs))):
    raise SystemExit("the pairs differ from shapely's")
apart_m = float(np.abs(near.away_m[rows] - away).max())
figures |= {"lines": len(lines), "pairs": len(line), "apart_m": apart_m}
"""
)
KERNEL = (
    PREPARE
    + """
from datetime import UTC, datetime
from cmcoord_geo.config import HazardConfig
from cmcoord_geo.picture import Incidents
from cmcoord_geo.risk.attribution import attribute
from cmcoord_geo.risk.pieces import cut_into_pieces
config, count = HazardConfig(), len(lonlat)
words = ("",) * count
incidents = Incidents(
    incident_id=tuple(map(str, range(count))), class_id=words, source_id=words, place=words, sources=(),
    lon=lonlat[:, 0], lat=lonlat[:, 1], at_s=np.zeros(count, np.int64),
    precision=random.integers(1, 4, count).astype(np.int8),
)
figures["pieces_s"], pieces = cpu(lambda: cut_into_pieces(network, piece_m=config.piece_m))
figures["attribute_s"], spread = cpu(lambda: attribute(incidents, pieces, config=config))
figures["mass_s"], mass = cpu(lambda: spread.mass(np.ones(count)))
figures["again_s"], _ = cpu(lambda: spread.mass(np.ones(count)))
on_road = sum(kind in ("place", "road") for kind in spread.kind)
figures |= {"arcs": 2 * len(network), "lost": abs(float(mass.sum()) / on_road - 1.0)}
figures["segment_s"], _ = cpu(lambda: spread.shares_on(int(roads[0])))
"""
)
HAZARD = (
    PREPARE
    + """
from datetime import UTC, datetime, timedelta
from cmcoord_geo.config import HazardConfig
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.model import Source
from cmcoord_geo.picture import Incidents
from cmcoord_geo.risk import hazard
from cmcoord_geo.units import utc_seconds
config, count, now = HazardConfig(), len(lonlat), datetime(2026, 11, 1, tzinfo=UTC)
names = [entry.class_id for entry in incident_classes().values() if entry.is_on_road]
ago_s = random.integers(0, 700 * 86_400, count)
first, source_id = now - timedelta(days=700), "log"
log = Source(source_id=source_id, name="", licence="", first=first, last=now, classes=tuple(names))
incidents = Incidents(
    incident_id=tuple(map(str, range(count))), class_id=tuple(random.choice(names, count).tolist()),
    source_id=("log",) * count, place=("",) * count, sources=(log,), lon=lonlat[:, 0], lat=lonlat[:, 1],
    at_s=utc_seconds(now) - ago_s, precision=random.integers(1, 4, count).astype(np.int8),
)
figures["hazard_s"], found = cpu(lambda: hazard(network, incidents, at=now, as_of=now, config=config))
figures["classes"] = len(found.classes)
"""
)
UCDP = """
from datetime import datetime
from pathlib import Path
from cmcoord_geo.config import HazardConfig
from cmcoord_geo.io import read_incidents
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk import hazard
from cmcoord_geo.units import BANGUI
start, day = time.process_time(), datetime(2021, 1, 15, tzinfo=BANGUI)
read = read_incidents(Path(sys.argv[1])).content
hazard(bundled_network(), read, at=day, as_of=day, config=HazardConfig())
figures |= {"rows": len(read), "import_s": time.process_time() - start}
"""
REAL = ROOT.parent / "shared" / "data" / "real" / "ucdp_ged" / "ucdp_ged_car_1991_2020.csv"


def incidents(runs: int, *, junctions: int = 240_000) -> list[Figure]:
    """Both numerical parts of issue 4, on a made-up country; compiled before, by a run of their own."""
    with tempfile.TemporaryDirectory() as name:
        pbf, path = Path(name) / "country.osm.pbf", Path(name) / "country.network"
        apart(COUNTRY, str(pbf), str(junctions))
        apart(BUILD, str(pbf), str(path))
        return [*_joined(path, runs), *_spread(path, runs), *_exposed(path, runs)]


def _joined(path: Path, runs: int) -> list[Figure]:
    apart(JOIN, str(path))
    join = apart(JOIN, str(path), runs=runs)
    dwithin = join["tree_s"] + join["dwithin_s"]
    peer = dwithin + join["distance_s"]
    return [
        Figure(
            f"50,000 incidents within 5 km of {join['lines']:.0f} roads, CPU",
            join["ours_s"], "s", 5.0,
        ),
        Figure("  each in a plane of its own", join["own_frames_s"], "s", 5.0),
        Figure("  first call of a program, from the cache", join["first_s"], "s"),
        Figure("  pairs, in millions", join["pairs"] / 1e6, ""),
        Figure("  shapely STRtree dwithin, pairs alone", dwithin, "s"),
        Figure("  shapely, pairs and their distances as ours", peer, "s"),
        Figure("  ours, pairs alone", join["alone_s"], "s", 5.0),
        Figure("  ours, pairs alone, as a share of shapely dwithin", join["alone_s"] / dwithin, "x", 0.1),
        Figure("  ratio shapely dwithin / ours with distances", dwithin / join["ours_s"], "x"),
        Figure("  ours as a share of shapely's pairs and distances", join["ours_s"] / peer, "x", 0.1),
        Figure("  largest difference, in nanometres", join["apart_m"] * 1e9, "", 1.0),
    ]  # fmt: skip


def _spread(path: Path, runs: int) -> list[Figure]:
    kernel = apart(KERNEL, str(path), runs=runs)
    whole = kernel["attribute_s"] + kernel["mass_s"]
    return [
        Figure(
            f"50,000 incidents on {kernel['arcs']:.0f} arcs, kernel of mass one", whole, "s", 15.0
        ),
        Figure("  roads cut in pieces, once", kernel["pieces_s"], "s"),
        Figure("  the same with other weights", kernel["again_s"], "s"),
        Figure("  shares of all on one segment", kernel["segment_s"], "s"),
        Figure("  mass lost, in millionths", kernel["lost"] * 1e6, "", 1.0),
    ]


def _exposed(path: Path, runs: int) -> list[Figure]:
    """Exposure of a whole country, and of the real file where it lies beside the repository."""
    country = apart(HAZARD, str(path), runs=runs)
    figures = [
        Figure(
            f"exposure of every road by six memories, {country['classes']:.0f} classes",
            country["hazard_s"], "s",
        )
    ]  # fmt: skip
    if not REAL.is_file():
        return figures
    real = apart(UCDP, str(REAL), runs=runs)
    rows = f"UCDP, {real['rows']:.0f} rows, import to exposure on the bundled network"
    return [*figures, Figure(rows, real["import_s"], "s", 2.0)]
