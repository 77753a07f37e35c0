"""Figures of a week on a country-size network for the benchmark: each command in a process of its own."""

import tempfile
from pathlib import Path

from _country_week import write_week
from _figures import Figure, apart

MOVEMENTS, PATROLS = 20, 15
#: What any command of a week may take.
MOST_CPU_S, MOST_MB = 60.0, 2000.0
COUNTRY = """
from pathlib import Path
from build_country import make_country, write_country
from cmcoord_geo.service import build_network_file
roads = Path(sys.argv[1])
write_country(make_country(240_000, 1), roads)
build_network_file([roads], Path(sys.argv[2]), version="benchmark")
"""
COMMAND = """
import contextlib, os
from cmcoord_geo.cli.app import run
with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
    with contextlib.redirect_stderr(nowhere):
        run(sys.argv[1:])
figures |= {"cpu_s": time.process_time(), "peak_mb": peak_mb()}
"""
#: Commands by what they are called here; W stands for the folder of the week, O for one to write into.
COMMANDS = {
    "check": ("check", "W"),
    "map with all sheets": ("map", "W", "--out", "O/map", "--profiles", "--classes"),
    "depart, all movements": ("depart", "W", "--out", "O/depart"),
    "alternatives of one movement": ("alternatives", "W", "EX-M01"),
    "deconflict --propose": ("deconflict", "W", "--propose", "--out", "O/conflicts"),
    "corridors request": ("corridors", "request", "W", "--out", "O/request.xlsx"),
    "corridors rank": ("corridors", "rank", "W"),
    "corridors calendar": ("corridors", "calendar", "W", "--out", "O/calendar.png"),
    "review": ("review", "W"),
}


def week(_: int) -> list[Figure]:
    """CPU and memory of the commands of a week of 20 movements on 295,200 roads."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        network, tables = folder / "country.network", folder / "week"
        apart(COUNTRY, str(folder / "country.osm.pbf"), str(network))
        write_week(network, tables, movements=MOVEMENTS, patrols=PATROLS, seed=1)
        for title, words in COMMANDS.items():
            spent = apart(
                COMMAND,
                *(
                    word.replace("O/", f"{folder}/") if word != "W" else str(tables)
                    for word in words
                ),
            )
            found += [
                Figure(f"week on a country: {title}, CPU", spent["cpu_s"], "s", MOST_CPU_S),
                Figure("  most memory", spent["peak_mb"], "MB", MOST_MB),
            ]
    return found
