"""Nothing that is flagged no_export, no word of a source and no name of a group is in any product."""

from __future__ import annotations

from pathlib import Path

import pytest
from incident_forms import ACLED, INSO, weekly
from leaks.register import CANARIES, write_register
from leaks.scan import chunks, hits
from schemas.example_rows import INCIDENT, write

from cmcoord_geo.cli.app import run
from cmcoord_geo.render import printmap
from cmcoord_geo.sharing import incidents as gatekeeper

#: A word in every field of the flagged rows and in the words of all rows; none may be in any product.
WORDS = {
    "acled id": "KanarAcled7A1",
    "acled group": "KanarGroupe7A2",
    "acled place": "KanarLieu7A3",
    "acled notes": "KanarNotes7A4",
    "inso id": "KanarInso7A5",
    "inso actor": "KanarActeur7A6",
    "inso place": "KanarAxe7A7",
    "inso impact": "KanarImpact7A8",
    "flagged id": "KanarLigne7A9",
    "flagged place": "KanarVillage7AA",
    "own words": "KanarMots7AB",
    "position": "21.34567",
}
#: In the control only: what the owner's products do hold of a row that may be in them.
SHOWN = "KanarOuvert7AC"
AUDIENCES = ("owner", "minusca_ops", "public")


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """The register of canaries, with incidents that were imported from ACLED, INSO's kind and an own log."""
    folder = write_register(tmp_path)
    (folder / "incidents.csv").unlink()
    raw = tmp_path / "raw"
    raw.mkdir()
    spot = {"latitude": "6.21", "longitude": WORDS["position"]}
    acled = ACLED | spot | {
        "actor1": WORDS["acled group"], "location": WORDS["acled place"],
        "notes": WORDS["acled notes"],
    }  # fmt: skip
    inso = INSO | spot | {
        "actor": WORDS["inso actor"], "location": WORDS["inso place"],
        "impact": WORDS["inso impact"],
    }  # fmt: skip
    log = INCIDENT | {"source_id": CANARIES["source id"], "text": WORDS["own words"]}
    flagged = {
        "incident_id": WORDS["flagged id"],
        "place": WORDS["flagged place"],
        "no_export": "yes",
    }
    files = [
        write(raw / "a.csv", [row | {"event_id_cnty": f"{WORDS['acled id']}{n}"}
                              for n, row in enumerate(weekly(acled, "event_date", "event_id_cnty"))]),
        write(raw / "i.csv", [row | {"ref": f"{WORDS['inso id']}{n}"}
                              for n, row in enumerate(weekly(inso, "date", "ref", count=24))]),
        write(raw / "log.csv", [
            log | flagged | {"lat": "6.21", "lon": WORDS["position"]},
            log | {"incident_id": SHOWN, "no_export": "no"},
        ]),
    ]  # fmt: skip
    words = ["incidents", "import", *map(str, files), "-o", str(folder / "incidents.csv")]
    assert run([*words, "--as-of", "2026-11-29T17:00+01:00"]) == 0
    return folder


def products(
    week: Path, audience: str, capfd: pytest.CaptureFixture[str], *words: str
) -> dict[str, bytes]:
    """Every file of the products for an audience, their names, and what was told."""
    capfd.readouterr()
    out = week.parent / f"out-{audience}"
    assert run(["map", str(week), "--out", str(out), "--audience", audience, *words]) == 0
    told = capfd.readouterr()
    found = {path.name: path.read_bytes() for path in out.iterdir()}
    return found | {"told": (told.out + told.err).encode(), "names": " ".join(found).encode()}


@pytest.mark.parametrize("audience", ["minusca_ops", "public"])
def test_nothing_flagged_is_in_what_others_get(
    week: Path, capfd: pytest.CaptureFixture[str], audience: str
) -> None:
    found = products(week, audience, capfd)
    assert {"map.html", "map.png", "plan.txt", "plan.json"} < set(found)
    assert {name: hits(content, WORDS.values()) for name, content in found.items()} == {
        name: set() for name in found
    }
    assert {name for name, _ in chunks(found["map.png"])} <= {
        "IHDR",
        "PLTE",
        "pHYs",
        "IDAT",
        "IEND",
    }


def test_nothing_flagged_is_in_the_files_of_the_owner_either(
    week: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are forwarded. The open row is in them: the scan sees what is there."""
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"")
    found = products(week, "owner", capfd)
    files = {name: content for name, content in found.items() if name != "told"}
    assert set().union(*(hits(content, WORDS.values()) for content in files.values())) == set()
    assert hits(found["plan.json"], [SHOWN]) == {SHOWN}
    assert all(
        word in (week / "incidents.csv").read_text(encoding="utf-8") for word in WORDS.values()
    )


def unflag(week: Path) -> None:
    """Take the flag off every row of the table."""
    path = week / "incidents.csv"
    content = path.read_text(encoding="utf-8-sig")
    assert ",yes," in content
    path.write_text(content.replace(",yes,", ",no,"), encoding="utf-8")


def owner_hits(week: Path, capfd: pytest.CaptureFixture[str]) -> set[str]:
    return hits(products(week, "owner", capfd)["plan.json"], WORDS.values())


PUBLISHED = {WORDS[key] for key in ("acled place", "inso place")}


def test_planted_faults_are_seen_and_either_flag_is_enough(
    week: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the flag of the source that of the row holds, and the reverse; without both it is red."""
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"")
    with monkeypatch.context() as planted:
        planted.setattr(gatekeeper, "may_leave", lambda *_, **__: True)
        assert owner_hits(week, capfd) == set()
    unflag(week)
    only_source = owner_hits_again(week, capfd)
    assert WORDS["flagged place"] in only_source
    assert not only_source & PUBLISHED
    monkeypatch.setattr(gatekeeper, "may_leave", lambda *_, **__: True)
    both = owner_hits_again(week, capfd)
    assert both >= PUBLISHED | {WORDS["position"], WORDS["flagged place"]}
    assert not both & {
        WORDS[key] for key in ("acled group", "acled notes", "inso actor", "own words")
    }


def owner_hits_again(week: Path, capfd: pytest.CaptureFixture[str]) -> set[str]:
    return hits(products(week, "owner", capfd, "--force")["plan.json"], WORDS.values())


def test_a_preview_as_json_holds_no_word_of_a_row(
    week: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    words = ["incidents", "preview", str(week / "incidents.csv"), "--json"]
    assert run([*words, "--as-of", "2026-11-29T17:00+01:00"]) == 0
    secret = [word for key, word in WORDS.items() if not key.endswith(" id")]
    assert hits(capfd.readouterr().out.encode(), secret) == set()
