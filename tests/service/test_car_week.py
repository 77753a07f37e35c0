"""A week on the CAR-like extract by commands: requests, answers, departures, conflicts, proposals."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from car_extract import write_car
from car_week import write_week
from typer.testing import CliRunner

from cmcoord_geo.cli.app import app
from cmcoord_geo.render import calendar, printmap

#: What answers to the corridors of a road, by the place where the corridor begins.
OFFERS = {"Bambari": "can", "Ippy": "partly", "Ngaza-Essai": "cannot"}
#: Words of the map for roads, and ids of its ways: no reader should meet them.
RAW = re.compile(r"\b(?<!a )(track|unclassified|primary|trunk|residential|w\d+(\.\d+)?)\b(?!\))")


@dataclass(frozen=True)
class Told:
    """What a command answered: all it said with wrapped lines joined, and its product as it is."""

    code: int
    said: str
    product: str

    @property
    def content(self) -> dict[str, Any]:
        """Product of a command that was asked for JSON."""
        found: dict[str, Any] = json.loads(self.product)
        return found


@dataclass(frozen=True)
class Week:
    """The folder after the answers were read, and what each command said on the way."""

    folder: Path
    told: dict[str, Told]
    corridors: tuple[dict[str, str], ...]


def run(*words: str | Path) -> Told:
    done = CliRunner().invoke(app, [*map(str, words), "--lang", "en"])
    return Told(done.exit_code, " ".join(done.output.split()), done.stdout)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Week:
    where = tmp_path_factory.mktemp("car")
    network = where / "car.net"
    run("network", "build", write_car(where / "car.osm"), "-o", network, "--no-links")
    folder = write_week(where / "week", network)
    told = {
        "check": run("check", folder),
        "alternatives": run("alternatives", folder, "M2"),
        "request": run("corridors", "request", folder, "--out", where / "request.csv"),
    }
    corridors = tuple(_corridors(where / "request.csv"))
    _answer(where / "answers.csv", corridors)
    told |= {
        "before": run("review", folder, "--acknowledge"),
        "answer": run("corridors", "answer", folder, where / "answers.csv"),
        "after": run("review", folder),
        "rank": run("corridors", "rank", folder, "--json"),
        "depart": run("depart", folder, "--json"),
        "deconflict": run("deconflict", folder, "--propose"),
        "conflicts": run("deconflict", folder, "--propose", "--json"),
    }
    with pytest.MonkeyPatch.context() as patch:  # pictures take most of the time, and have tests
        patch.setattr(printmap, "build_picture", lambda *_, **__: b"blank")
        patch.setattr(calendar, "build_calendar", lambda *_, **__: b"blank")
        told |= {
            "calendar": run("corridors", "calendar", folder, "--out", where / "calendar.png"),
            "map": run("map", folder, "--out", where / "map"),
        }
    return Week(folder, told, corridors)


def _corridors(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a request, each by the English half of its columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {column.rpartition(" · ")[2] or column: cell for column, cell in row.items()}


def _answer(path: Path, corridors: tuple[dict[str, str], ...]) -> None:
    """A passage on the eve for what begins in Bambari, a part of what begins in Ippy, a no, and silence."""
    columns = ["corridor_id", "answer", "km_from", "km_to", "start", "end", "valid_until"]
    rows = []
    for row in corridors:
        answer = OFFERS.get(row["from (km 0)"], "")
        window = ["", "", ""]
        if answer in {"can", "partly"}:
            window = [f"2026-{day}+01:00" for day in ("11-30T12:00", "11-30T17:00", "12-02T00:00")]
        km = ["0", "40"] if answer == "partly" else ["", ""]
        rows.append([row["corridor"], answer, *km, *window, "force", "minusca"])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*columns, "provider", "composition"], *rows])


def test_every_table_is_read(week: Week) -> None:
    told = week.told["check"]
    assert told.code == 0
    assert "0 errors" in told.said
    for rows in (
        "patrols.csv: 3 rows",
        "movements.csv: 6 rows",
        "operations.csv: 1 row ",
        "activities.csv: 2 rows",
    ):
        assert rows in told.said
    assert re.search(r"operations.csv, row 2, column road: Taken as 2 \S+, 83.2 km", told.said)


def test_alternatives_tell_the_one_road_and_whom_to_ask(week: Week) -> None:
    told = week.told["alternatives"]
    assert told.code == 0
    assert "Another road: One road only" in told.said
    assert "Q1 CHANGES THE CHOICE · Rain barrier RN5: can it be passed?" in told.said
    assert "partners and transporters at Ippy" in told.said
    assert "An armed escort is never among these options." in told.said


def test_the_request_asks_for_shared_roads_and_names_nobody(week: Week) -> None:
    told = week.told["request"]
    assert told.code == 0
    assert {row["road"] for row in week.corridors} == {"RN2", "RN5"}
    starts = {row["from (km 0)"] for row in week.corridors}
    assert {"Bambari", "Ippy", "Sibut"} <= starts
    content = (week.folder.parent / "request.csv").read_text(encoding="utf-8-sig")
    assert not re.search(r"ORG-|\bM\d\b|EX-", content)
    # beyond Grimari one organisation is alone: the desk is told, nobody else
    assert "M3: RN2, without name (minor road), Bac d’essai" in told.said


def test_answers_come_in_and_send_the_plans_back_to_review(week: Week) -> None:
    count = len(week.corridors)
    answered = sum(row["from (km 0)"] in OFFERS for row in week.corridors)
    assert f"Answers read: {count} rows; new: {answered}" in week.told["answer"].said
    after = week.told["after"].said
    assert re.search(r"M1: to review[^:]*:? ?.*new: answer about corridor", after)
    assert "M6: to review, no road takes it." in after


def test_the_rank_tells_what_stays_unmet(week: Week) -> None:
    by_start = {}
    for row in week.told["rank"].content["corridors"]:
        by_start.setdefault(row["corridor"]["first"]["name"]["en"], row)
    whole, part = by_start["Bambari"], by_start["Ippy"]
    assert (whole["unmet_km"], whole["fresh_km"]) == (0, whole["wanted_km"])
    assert 0 < part["unmet_km"] < part["wanted_km"]
    unmet = [row["unmet_km"] > 0 for row in week.told["rank"].content["corridors"]]
    assert unmet == sorted(unmet, reverse=True)


def test_departures_tell_who_may_leave_when_and_why_not(week: Week) -> None:
    sheets = {sheet["movement_id"]: sheet for sheet in week.told["depart"].content["movements"]}
    assert "bridge:condition=collapsed" in sheets["M5"]["refusal"]["en"]
    assert "RN2 102.5 km: closed by report R2" in sheets["M6"]["refusal"]["en"]
    (first,) = sheets["M1"]["options"]
    assert first["via"] == ["Bambari", "Ippy", "Ngaza-Essai", "Bria"]
    leaving = [slot for slot in first["slots"] if slot["verdict"] == "in"]
    assert leaving
    assert all(slot["depart"].startswith("2026-12-01T06") for slot in leaving)
    assert all(slot["cover"] > 0 for slot in leaving)  # the passage of the eve that was answered
    late = sheets["M2"]["options"][0]
    assert "halts needed at Ngaza-Essai" in late["answer"]["en"]
    main, other = sheets["M4"]["options"]
    assert (main["via"][1:-1], other["via"][1:-1]) == ([], ["Bokolo-Essai"])
    early = next(slot for slot in main["slots"] if slot["depart"] == "2026-12-02T07:00:00+01:00")
    assert early["meetings"] == 1
    assert any(slot["meetings"] == 0 for slot in main["slots"] if slot["verdict"] == "in")


def test_conflicts_name_both_sides_and_the_road(week: Week) -> None:
    assert week.told["deconflict"].code == week.told["conflicts"].code == 5
    rules = {rule["kind"]: rule for rule in week.told["conflicts"].content["rules"]}
    assert len(rules) == 11
    met = {(one["movement_id"], one["patrol_id"]): one for one in rules["C1"]["conflicts"]}
    assert {("M3", "P1"), ("M4", "P1")} <= set(met)
    assert met["M4", "P1"]["place"]["en"].startswith("RN2, 33 km east of Sibut")
    assert not any(patrol == "P2" for _, patrol in met)  # it had passed before the week
    (beside,) = rules["C10"]["conflicts"]
    assert "(A1 A2); Bria." in beside["said"]["en"]
    assert rules["C6"]["answer"] == "unknown"
    said = week.told["deconflict"].said
    assert "Without a road, so not looked at: M5, M6." in said
    assert not RAW.search(said.partition("***")[2])


def test_proposals_move_movements_and_say_what_stays(week: Week) -> None:
    proposals = week.told["conflicts"].content["proposals"]
    changes = {change["movement_id"]: change for change in proposals["answers"][0]}
    assert set(changes) <= {"M1", "M2", "M3", "M4"}
    for moved in (changes["M3"], changes["M4"]):  # behind the patrol, on a road freshly patrolled
        assert moved["depart"]["start"] >= "2026-12-02T09:00"
        assert any("patrol P1" in words["en"] for words in moved["removes"])
        assert moved["fresh_km"][0] < moved["fresh_km"][1]
    (stands,) = proposals["standing"]
    assert "M1, O1" in stands["en"]


def test_map_and_calendar_are_written(week: Week) -> None:
    assert (week.told["map"].code, week.told["calendar"].code) == (0, 0)
    text = (week.folder.parent / "map" / "plan.txt").read_text(encoding="utf-8")
    assert "One road only between" in text
    assert not RAW.search(text)
    assert not re.search(r"\(\d+\.\d{4}, \d+\.\d{4}\)", text)
