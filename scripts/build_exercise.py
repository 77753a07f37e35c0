"""
Make the EXERCISE week in ``data/exercise/`` from its story in ``exercise.toml``.

The same story and seed give the same bytes on every machine. Run it with the project's Python::

    python scripts/build_exercise.py
"""

from __future__ import annotations

import csv
import random
import sys
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmcoord_geo.network import bundled_network
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cmcoord_geo.network import RoadNetwork

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "scripts" / "exercise.toml"
FOLDER = ROOT / "data" / "exercise"
#: When the other side received the request for corridors, relayed it and answered.
RECEIVED, RELAYED, ANSWERED = (f"2026-11-29T{at}+01:00" for at in ("17:20", "17:40", "19:30"))
EXERCISE = "EXERCICE / EXERCISE"
#: Share of records that are known only as "in or around" the nearer town.
IN_TOWN = 0.2
#: Degrees by which a record lies off the line that the schematic map draws.
OFF_ROAD = 0.03


def main() -> int:
    """Write the folder and say what it holds."""
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))
    network = bundled_network()
    FOLDER.mkdir(parents=True, exist_ok=True)
    tables = {
        "incidents": incidents(story, network),
        "movements": map(movement, story["movements"]),
        "consents": (
            {"audience": "minusca_ops", "withdrawn": "no"} | row for row in story["consents"]
        ),
        "patrols": (row for entry in story["patrols"] for row in patrol(entry)),
        "road_status": story["road_status"],
        "operations": story["operations"],
        "activities": story["activities"],
        "corridor_answers": map(answer, story["answers"]),
    }
    for name, rows in tables.items():
        path = FOLDER / NAMES.get(name, f"{name}.csv")
        path.parent.mkdir(exist_ok=True)
        print(f"{path.relative_to(FOLDER).as_posix()}: {write_table(path, name, rows)}")
    (FOLDER / "picture.toml").write_text(manifest(story["picture"]), encoding="utf-8", newline="\n")
    return 0


#: Files that do not bear the name of their table: the answers are no part of the week before they are read.
NAMES = {"corridor_answers": "answers/answers.csv"}
#: Tables of which columns that no row has are not written.
SHORT = ("incidents", "corridor_answers")


def write_table(path: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows in the order of the schema's columns; returns how many."""
    rows = list(rows)
    columns = [column.name for column in get_table(table).columns]
    if table in SHORT:
        columns = [name for name in columns if any(name in row for row in rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007 - told below
            writer.writerow(row)
    return count


def movement(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Row of a movement: its window in two columns, its marking as all of them are marked."""
    row = {key: value for key, value in entry.items() if key != "depart"}
    earliest, latest = entry["depart"]
    marking = "drapeau et logo (EXERCICE)"
    return row | {"depart_earliest": earliest, "depart_latest": latest, "marking": marking}


def answer(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Row of an answer: the request came in, went to the unit and was answered within the evening."""
    row = {key: value for key, value in entry.items() if key != "km"} | {"received_at": RECEIVED}
    if "answer" not in entry:
        return row | {"remark": EXERCISE}
    km_from, km_to = entry.get("km", ("", ""))
    return row | {
        "km_from": km_from, "km_to": km_to, "relayed_at": RELAYED, "answered_at": ANSWERED,
        "remark": EXERCISE,
    }  # fmt: skip


def patrol(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows of a patrol: one for each road between the places that it passes."""
    row = {key: value for key, value in entry.items() if key not in {"places", "window", "km"}}
    start, end = entry["window"]
    km_from, km_to = entry.get("km", ("", ""))
    for here, there in zip(entry["places"], entry["places"][1:], strict=False):
        yield row | {
            "from_place": here, "to_place": there, "km_from": km_from, "km_to": km_to,
            "start": start, "end": end,
        }  # fmt: skip


def incidents(story: Mapping[str, Any], network: RoadNetwork) -> list[dict[str, Any]]:
    """
    Invented records near the roads that the story names.

    Only ``Random.random`` is drawn from, whose sequence is the same for a seed on every Python.
    """
    rng = random.Random(story["seed"])  # noqa: S311 - an invented week, no secret
    plan = story["incidents"]
    rows = [
        record(rng, plan, period, network)
        for period in plan["periods"]
        for _ in range(period["records"])
    ]
    rows.sort(key=lambda row: (row["occurred_at"], row["lat"], row["lon"]))
    source = story["picture"]["source"]["id"]
    return [
        {"incident_id": f"EX-{n:04d}", "source_id": source} | row for n, row in enumerate(rows, 1)
    ]


def record(
    rng: random.Random, plan: Mapping[str, Any], period: Mapping[str, Any], network: RoadNetwork
) -> dict[str, Any]:
    """One record: a day, a road, a class, a place along the road and how exactly it is known."""
    days = (period["last"] - period["first"]).days + 1
    day = period["first"] + timedelta(days=int(rng.random() * days))
    segment_id = drawn(rng, plan["segments"])
    segment = network.segment_index[segment_id]
    is_ordnance = rng.random() < plan["ordnance"].get(segment_id, 0.0)
    class_id = "ordnance" if is_ordnance else drawn(rng, plan["classes"])
    share, off_lon, off_lat, exactness = (rng.random() for _ in range(4))
    (lon, lat), (lon_2, lat_2) = network.lines[segment][0], network.lines[segment][-1]
    here, there = network.ends(segment)
    where = {"occurred_at": day.isoformat(), "class": class_id}
    if exactness < IN_TOWN:
        town = (here, lat, lon) if share < 0.5 else (there, lat_2, lon_2)
        return where | {
            "place": town[0],
            "lat": f"{town[1]:.4f}",
            "lon": f"{town[2]:.4f}",
            "precision": 2,
        }
    km = round(share * network.length_km(segment))
    return where | {
        "lat": f"{lat + share * (lat_2 - lat) + OFF_ROAD * (2 * off_lat - 1):.4f}",
        "lon": f"{lon + share * (lon_2 - lon) + OFF_ROAD * (2 * off_lon - 1):.4f}",
        "precision": 1 if exactness < 0.55 else 2 if exactness < 0.85 else 3,
        "place": f"{here} – {there}, PK {km}",
    }


def drawn(rng: random.Random, weights: Mapping[str, float]) -> str:
    """One of the words, in proportion to its weight."""
    rest = rng.random() * sum(weights.values())
    for word, weight in weights.items():
        rest -= weight
        if rest < 0:
            return word
    return list(weights)[-1]


def manifest(picture: Mapping[str, Any]) -> str:
    """Text of ``picture.toml``."""
    source = picture["source"]
    classes = ["ambush", "robbery", "checkpoint", "abduction", "attack", "clash", "ordnance"]
    lines = [
        "# EXERCICE / EXERCISE: invented data, made by scripts/build_exercise.py. Données inventées.",
        f"as_of = {picture['as_of']}",
        "is_exercise = true",
        "",
        "[[sources]]",
        *(f'{key} = "{source[key]}"' for key in ("id", "name", "licence")),
        f"first = {source['first']}",
        f"last = {source['last']}",
        f"classes = {array(classes)}",
        f"areas = {array(source['areas'])}",
        "has_export = true",
        f'note = {{ fr = "{source["note_fr"]}", en = "{source["note_en"]}" }}',
    ]
    return "\n".join([*lines, ""])


def array(words: Iterable[str]) -> str:
    """Words as a TOML array."""
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


if __name__ == "__main__":
    sys.exit(main())
