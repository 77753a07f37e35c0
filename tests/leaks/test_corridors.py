"""No request product tells who, what or exactly when, and no two of them tell of one movement (H13, H14)."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from random import Random

import numpy as np
import openpyxl
import pytest
from leaks.scan import hits
from leaks.test_non_interference import PAIRS, base, hidden_request
from sharing import week
from sharing.week import CONFIG, MINUSCA, at, request

from cmcoord_geo.coordination import issue as issues
from cmcoord_geo.export import to_json
from cmcoord_geo.export.corridors import corridors_csv, corridors_geojson, corridors_workbook
from cmcoord_geo.io.corridors import corridors_csv as ledger_csv
from cmcoord_geo.io.workbook_writer import timeless
from cmcoord_geo.render.calendar import build_calendar
from cmcoord_geo.render.corridor_text import corridor_text
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing import corridors as gathered
from cmcoord_geo.sharing.corridor_sheets import ask, corridor_calendar, corridor_sheet

CANARIES = {
    "organisation": "KanarOrg9K1",
    "movement": "KanarMov9K2",
    "cargo": "KanarCargo9K3",
    "purpose": "KanarPurpose9K4",
    "marking": "KanarMarking9K5",
    "persons": "7919",
    "departure": "06:17:43",
    "departure UTC": "05:17:43",
    "departure, short": "06:17",
}


def marked(number: int):
    """A movement with a word of its own in every field."""
    start = at(1, 6, 17) + timedelta(seconds=43)
    return replace(
        request(f"{CANARIES['movement']}{number}", f"{CANARIES['organisation']}{number}", "SBT GRI", start),
        cargo=CANARIES["cargo"],
        purpose=CANARIES["purpose"],
        marking=CANARIES["marking"],
        persons=7919,
    )  # fmt: skip


def products(picture, plans, seed: bytes = b"1") -> dict[str, bytes]:
    """Every product of a request for the other side, and the file that is kept of it."""
    asked = ask(picture, plans, CONFIG, now=picture.as_of, seed=seed)
    sheet = corridor_sheet(picture, asked.issue, CONFIG, now=picture.as_of)
    after = replace(picture, corridors=asked.issue.ledger)
    issue = ask(after, plans, CONFIG, now=picture.as_of, seed=seed).issue
    calendar = corridor_calendar(after, plans, issue, MINUSCA, CONFIG, now=picture.as_of)
    return {
        "workbook": timeless(corridors_workbook(sheet)),
        "csv": corridors_csv(sheet),
        "geojson": corridors_geojson(sheet),
        "view": to_json(sheet, kind="corridors").encode(),
        "calendar": to_json(calendar, kind="calendar").encode(),
        "ledger": ledger_csv(asked.issue.ledger),
        **{lang: corridor_text(sheet, lang=lang).encode() for lang in ("fr", "en")},
    }


def unpacked(content: bytes) -> bytes:
    """Content, with the parts of a workbook as they read."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def marked_week():
    movements = (marked(1), marked(2))
    consents = tuple(week.consent(one.organisation) for one in movements)
    picture = week.picture(movements, consents=consents)
    return picture, plan_week(picture, CONFIG)


def test_no_word_of_a_movement_is_in_any_product() -> None:
    picture, plans = marked_week()
    found = products(picture, plans)
    assert b"Grimari" in unpacked(found["workbook"])  # control: there is something to tell
    for name, content in found.items():
        assert hits(unpacked(content), CANARIES.values()) == set(), name


def test_no_word_of_a_movement_is_in_the_drawn_calendar() -> None:
    picture, plans = marked_week()
    issue = ask(picture, plans, CONFIG, now=picture.as_of, seed=b"1").issue
    after = replace(picture, corridors=issue.ledger)
    again = ask(after, plans, CONFIG, now=picture.as_of, seed=b"1").issue
    view = corridor_calendar(after, plans, again, MINUSCA, CONFIG, now=picture.as_of)
    assert len(view.rows) == 1
    for as_pdf in (False, True):
        drawn = build_calendar(view, dpi=20, as_pdf=as_pdf)
        words = [word for word in CANARIES.values() if not word.isdigit()]  # a curve is of numbers
        assert hits(drawn, words) == set()


def test_the_scan_sees_a_planted_organisation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: names made of the party would be found."""
    picture, plans = marked_week()
    monkeypatch.setattr(issues, "opaque_id", lambda *_, **__: CANARIES["organisation"])
    assert hits(unpacked(products(picture, plans)["workbook"]), CANARIES.values())


@pytest.mark.parametrize("seed", range(max(2, PAIRS // 2)))
def test_who_and_what_changes_no_byte(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a drawn week, no secret
    picture = base(chance)
    parties = sorted({one.organisation for one in picture.movements} | {"ORG-0"})
    names = {name: f"{chance.getrandbits(40):x}" for name in parties}
    movements = [hidden_request(one, chance, names) for one in picture.movements]
    chance.shuffle(movements)
    consents = tuple(week.consent(names[name]) for name in parties)
    other = replace(picture, movements=tuple(movements), consents=consents)
    first, again = (products(one, plan_week(one, CONFIG)) for one in (picture, other))
    assert again == first


def test_one_that_is_alone_leaves_no_trace() -> None:
    """The sheet with it and the sheet without it are the same bytes."""
    picture = week.picture()
    without = replace(picture, movements=picture.movements[:2])
    first, again = (products(one, plan_week(one, CONFIG)) for one in (picture, without))
    assert again == first


def test_a_lone_newcomer_changes_no_byte_of_the_next_issue() -> None:
    picture, plans = marked_week()
    first = ask(picture, plans, CONFIG, now=picture.as_of, seed=b"1").issue
    newcomer = request("M-9", "ORG-9", "SBT GRI", at(2, 9))
    later = replace(
        picture,
        corridors=first.ledger,
        movements=(*picture.movements, newcomer),
        consents=(*picture.consents, week.consent("ORG-9")),
    )
    before = products(replace(picture, corridors=first.ledger), plans, b"2")
    after = products(later, plan_week(later, CONFIG), b"2")
    assert after == before


def test_one_left_and_none_left_look_alike() -> None:
    picture, plans = marked_week()
    issued = ask(picture, plans, CONFIG, now=picture.as_of, seed=b"1").issue.ledger
    told = []
    for consents in (picture.consents[:1], ()):
        left = replace(picture, corridors=issued, consents=consents)
        told.append(products(left, plans))
    assert told[0] == told[1]


def test_k_of_one_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: with one organisation enough, the lone movement shows."""
    lone = replace(CONFIG.corridor)
    object.__setattr__(lone, "min_organisations", 1)
    planted = replace(CONFIG, corridor=lone)
    asked = gathered.asked_corridors
    monkeypatch.setattr(
        "cmcoord_geo.sharing.corridor_sheets.asked_corridors",
        lambda *words, config, **more: asked(*words, config=planted, **more),
    )
    picture = week.picture()
    without = replace(picture, movements=picture.movements[:2])
    first, again = (products(one, plan_week(one, CONFIG)) for one in (picture, without))
    assert again["csv"] != first["csv"]


def test_hidden_incidents_change_no_byte() -> None:
    picture = week.picture()
    more = week.incidents(*((f"I{i}", 19.6, 5.73, at(-3, 12)) for i in range(5)))
    other = replace(picture, incidents=more)
    plans = week.plans()
    assert products(other, plans) == products(picture, plans)
    assert not np.array_equal(other.incidents.lon, picture.incidents.lon)


def test_a_workbook_holds_its_sheets_and_nothing_beside_them() -> None:
    """No hidden sheet, row or column, no comment, no author but the library, no moment of its making."""
    picture, plans = marked_week()
    content = products(picture, plans)["workbook"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert not archive.comment
        assert not any(part.comment or part.extra for part in archive.infolist())
        names = archive.namelist()
        about = (
            archive.read("docProps/core.xml").decode() + archive.read("docProps/app.xml").decode()
        )
    assert not [
        name for name in names if re.search("comment|custom|drawing|media|vml|external", name)
    ]
    told = re.sub("<[^>]*>", " ", about).replace("2000-01-01T00:00:00Z", "").split()
    assert set(told) <= {"openpyxl", "Microsoft", "Excel", "Compatible", "/", "Openpyxl"} | {
        word for word in told if re.fullmatch(r"[0-9.]+", word)
    }
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [page.sheet_state for page in book.worksheets] == ["visible", "visible"]
    assert set(book.defined_names) == set()
    for page in book.worksheets:
        dimensions = (*page.row_dimensions.values(), *page.column_dimensions.values())
        assert not any(one.hidden for one in dimensions)
        assert not any(cell.comment or cell.hyperlink for row in page.iter_rows() for cell in row)


def test_a_drawn_calendar_says_nothing_of_its_making() -> None:
    picture, plans = marked_week()
    issue = ask(picture, plans, CONFIG, now=picture.as_of, seed=b"1").issue
    after = replace(picture, corridors=issue.ledger)
    again = ask(after, plans, CONFIG, now=picture.as_of, seed=b"1").issue
    view = corridor_calendar(after, plans, again, MINUSCA, CONFIG, now=picture.as_of)
    assert b"CreationDate" not in build_calendar(view, dpi=20, as_pdf=True)
    drawn = build_calendar(view, dpi=20)
    assert not {kind for kind in (b"tEXt", b"iTXt", b"zTXt", b"tIME", b"eXIf") if kind in drawn}
