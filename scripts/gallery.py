"""
Write the EXERCISE week's page and pictures into ``maps/``, the same bytes every time.

``python scripts/gallery.py`` writes; ``--check`` says whether what lies there is what would be written.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cmcoord_geo.config import Config  # noqa: E402
from cmcoord_geo.coordination.offers import offered_patrols  # noqa: E402
from cmcoord_geo.facts import data_dir, places  # noqa: E402
from cmcoord_geo.io import read_picture  # noqa: E402
from cmcoord_geo.io.corridor_answers import read_answers  # noqa: E402
from cmcoord_geo.model import MovementPlan  # noqa: E402
from cmcoord_geo.picture import OperationalPicture  # noqa: E402
from cmcoord_geo.render.board import build_board_picture  # noqa: E402
from cmcoord_geo.render.calendar import build_calendar  # noqa: E402
from cmcoord_geo.render.classmaps import build_class_picture  # noqa: E402
from cmcoord_geo.render.heatstrip import build_strip_picture  # noqa: E402
from cmcoord_geo.render.page import build_board_page, build_page  # noqa: E402
from cmcoord_geo.render.printmap import build_picture  # noqa: E402
from cmcoord_geo.render.profile import build_profile_picture  # noqa: E402
from cmcoord_geo.render.skillsheet import build_skill_picture  # noqa: E402
from cmcoord_geo.service import plan_week  # noqa: E402
from cmcoord_geo.service.isolation import (  # noqa: E402
    IsolationRequest,
    ask_boards,
    release_boards,
)
from cmcoord_geo.service.skill import SkillQuestion, ask_skill  # noqa: E402
from cmcoord_geo.service.skill_files import release_skill  # noqa: E402
from cmcoord_geo.sharing import Audience, build_product  # noqa: E402
from cmcoord_geo.sharing.class_maps import class_sheet  # noqa: E402
from cmcoord_geo.sharing.class_views import ClassSheetView  # noqa: E402
from cmcoord_geo.sharing.corridor_sheets import ask, corridor_calendar  # noqa: E402
from cmcoord_geo.sharing.corridor_views import CalendarView  # noqa: E402
from cmcoord_geo.sharing.departures import build_departures  # noqa: E402
from cmcoord_geo.sharing.isolation_views import BoardView  # noqa: E402
from cmcoord_geo.sharing.profiles import profile_sheets  # noqa: E402
from cmcoord_geo.sharing.skill_views import SkillView  # noqa: E402

MAPS = ROOT / "maps"
#: Movements whose profiles are shown: one with three roads, one whose road is in part without information.
SEVERAL, UNKNOWN = "H11", "H6"
#: Movement whose departures are shown.
DEPARTS = "EX-M05"
#: Log for the picture of skill: days from the first one on, which the months to score follow after two years.
LOG_START, LOG_DAYS, LOG_SEED = datetime(2022, 12, 1, tzinfo=UTC), 1460, 20_261_125
LOG_MONTHS = ("2024-12", "2026-11")
LOG_MANIFEST = """
as_of = 2026-11-29T17:00:00+01:00
is_exercise = true

[[sources]]
id = "exercise"
name = "EXERCICE / EXERCISE"
licence = "CC0-1.0"
first = 2022-12-01
last = 2026-11-29
classes = ["robbery", "ambush", "checkpoint"]
has_export = true
"""


def gallery() -> dict[str, bytes]:
    """Every file of the gallery by name."""
    config = Config()
    picture = read_picture(data_dir() / "exercise")
    plans = plan_week(picture, config)
    products = {
        kind: build_product(picture, plans, Audience(kind=kind), config).product
        for kind in ("owner", "minusca_ops")
    }
    boards = _boards(IsolationRequest(status=data_dir() / "exercise"), config)
    (pair,) = _boards(
        IsolationRequest(
            status=data_dir() / "exercise", vehicles=("truck_6x6",), wet_vehicle="lv_4x4"
        ),
        config,
    )
    skill = _skill(config)
    owner, minusca = products["owner"], products["minusca_ops"]
    profiles = {sheet.mark: sheet for sheet in profile_sheets(owner, config)}
    classes = class_sheet(owner, picture, config)
    assert isinstance(classes, ClassSheetView)  # noqa: S101 - the owner sees exposure
    return {
        "exercise_week.html": build_page(owner, lang="fr").encode(),
        "exercise_week_fr.png": build_picture(owner, lang="fr", paper="A4", dpi=150),
        "exercise_week_en.png": build_picture(owner, lang="en", paper="A4", dpi=150),
        "exercise_corridors.html": build_page(minusca, lang="fr").encode(),
        "exercise_corridors_fr.png": build_picture(minusca, lang="fr", paper="A4", dpi=150),
        "exercise_calendar_fr.png": build_calendar(
            _calendar(picture, plans, "minusca_ops", config), lang="fr", dpi=150
        ),
        "exercise_calendar_en.png": build_calendar(
            _calendar(picture, plans, "owner", config), lang="en", dpi=150
        ),
        "exercise_departures_fr.png": _departures(picture, plans, config),
        "exercise_isolation.html": build_board_page(boards, lang="fr").encode(),
        "exercise_isolation_fr.png": build_board_picture(pair, lang="fr"),
        "exercise_isolation_en.png": build_board_picture(pair, lang="en"),
        "exercise_skill_fr.png": build_skill_picture(skill, lang="fr"),
        "exercise_skill_en.png": build_skill_picture(skill, lang="en"),
        "exercise_profile_fr.png": build_profile_picture(profiles[SEVERAL], lang="fr", dpi=150),
        "exercise_profile_en.png": build_profile_picture(profiles[UNKNOWN], lang="en", dpi=150),
        "exercise_classes_fr.png": build_class_picture(classes, lang="fr", dpi=150),
        "exercise_classes_en.png": build_class_picture(classes, lang="en", dpi=150),
    }


def _calendar(
    picture: OperationalPicture, plans: tuple[MovementPlan, ...], kind: str, config: Config
) -> CalendarView:
    """Calendar of the corridors of the exercise week, some of them answered."""
    now = picture.as_of
    issued = ask(picture, plans, config, now=now, seed=b"").issue.ledger
    answers = read_answers(
        data_dir() / "exercise" / "answers" / "answers.csv",
        corridors=issued, network=picture.network, as_of=now,
    ).content  # fmt: skip
    offers = offered_patrols(picture.network, issued, answers)
    now = max(one.answered_at for one in answers if one.answered_at)  # as when they are read
    after = replace(
        picture,
        as_of=now,
        corridors=issued,
        responses=answers,
        patrols=picture.patrols.joined(offers),
    )
    issue = ask(after, plans, config, now=now, seed=b"").issue
    return corridor_calendar(after, plans, issue, Audience(kind=kind), config, now=now)


def _departures(
    picture: OperationalPicture, plans: tuple[MovementPlan, ...], config: Config
) -> bytes:
    """Heat strip of a movement that may meet a patrol on one day, and passes after it on the next."""
    mine = [plan for plan in plans if plan.request.movement_id == DEPARTS]
    (sheet,) = build_departures(picture, mine, Audience(kind="owner"), config, days=7).sheets
    return build_strip_picture(sheet, sheet.options[0], lang="fr", dpi=150)


def _boards(request: IsolationRequest, config: Config) -> tuple[BoardView, ...]:
    """Isolation boards of the exercise week for the desk of MINUSCA."""
    return release_boards(*ask_boards(request), Audience(kind="minusca_ops"), config).boards


def _skill(config: Config) -> SkillView:
    """Skill on an invented log: the exercise week's own is too short to be scored."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "picture.toml").write_text(LOG_MANIFEST, encoding="utf-8")
        file = folder / "incidents.csv"
        file.write_text("\n".join(exercise_log()) + "\n", encoding="utf-8")
        first, last = LOG_MONTHS
        report = ask_skill(SkillQuestion(file=file, first=first, last=last))
    return release_skill(report, config)


def exercise_log() -> Iterator[str]:
    """Lines of an invented log: trouble stays some months around a town, moves on, and some is anywhere."""
    random = Random(LOG_SEED)  # noqa: S311 - an exercise
    towns = sorted(
        (place for place in places().values() if place.country == "CAF"),
        key=lambda place: place.place_id,
    )
    yield "incident_id,occurred_at,lat,lon,class,precision,source_id"
    troubled = random.sample(towns, 7)
    for day in range(LOG_DAYS - 2):
        if random.random() < 0.02:
            troubled[random.randrange(len(troubled))] = random.choice(towns)
        if random.random() > 0.24:
            continue
        town = random.choice(troubled if random.random() < 0.65 else towns)
        kind = random.choice(("robbery", "robbery", "ambush", "checkpoint"))
        moment = LOG_START + timedelta(days=day)
        lat, lon = (random.gauss(degrees, 0.07) for degrees in (town.lat, town.lon))
        yield f"EX-{day:04d},{moment:%Y-%m-%d},{lat:.4f},{lon:.4f},{kind},1,exercise"


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    is_check = parser.parse_args(arguments).check
    MAPS.mkdir(exist_ok=True)
    stale = []
    for name, content in gallery().items():
        path = MAPS / name
        if is_check:
            if not path.is_file() or path.read_bytes() != content:
                stale.append(name)
        else:
            path.write_bytes(content)
            print(f"maps/{name}  {len(content) // 1000} kB")
    if stale:
        print(f"not up to date: {', '.join(stale)}; run scripts/gallery.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
