"""Figures of departures: every slot of two weeks on the chosen options of a movement, CPU."""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from _figures import ROOT, Figure

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

DAYS = 14


def slots(runs: int) -> list[Figure]:
    """14 days x 15 min on all options of the exercise movement that has most, and its heat strip."""
    from cmcoord_geo.config import Config
    from cmcoord_geo.facts import data_dir
    from cmcoord_geo.io import read_picture
    from cmcoord_geo.planning.situation import situation_of
    from cmcoord_geo.planning.slot_choice import departures_of
    from cmcoord_geo.render.heatstrip import build_strip_picture
    from cmcoord_geo.service import plan_week
    from cmcoord_geo.sharing import Audience
    from cmcoord_geo.sharing.departures import build_departures

    config = Config()
    picture = read_picture(data_dir() / "exercise")
    plans = plan_week(picture, config)
    plan = max(plans, key=lambda plan: len(plan.options))
    situation = situation_of(picture, plan.request, config)
    until = plan.expires_at + timedelta(days=DAYS)

    def all_options() -> None:
        for option in plan.options:
            departures_of(situation, option, days=DAYS, expires_at=until)

    owner = Audience(kind="owner")
    sheet = build_departures(picture, [plan], owner, config, days=DAYS).sheets[0]
    name = f"{DAYS} days x 15 min on {len(plan.options)} options"
    return [
        Figure(name, _cpu(all_options, runs), "s", 2.0),
        Figure(
            "heat strip of one option, PNG",
            _cpu(lambda: build_strip_picture(sheet, sheet.options[0]), runs),
            "s",
            4.0,
        ),
    ]


def _cpu(call: Callable[[], object], runs: int) -> float:
    call()
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)
