"""No word of a sensitive field is in any byte that another audience gets, reads or finds (H13)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
from leaks.register import CANARIES, MINUSCA_ONLY, PUBLIC_ONLY, write_register
from leaks.scan import chunks, hits

from cmcoord_geo.cli.app import run
from cmcoord_geo.facts import toml
from cmcoord_geo.render import printmap
from cmcoord_geo.sharing import gate
from cmcoord_geo.sharing.rules import parse_rules

LANGS = ("fr", "en")
SECRET = {
    "minusca_ops": [*CANARIES.values(), *PUBLIC_ONLY.values()],
    "public": [*CANARIES.values(), *MINUSCA_ONLY.values()],
}
FILES = {"map.html", "map.png", "plan.txt", "plan.json"}
ALL = [*CANARIES.values(), *MINUSCA_ONLY.values(), *PUBLIC_ONLY.values()]


@dataclass(frozen=True)
class Run:
    """What one run of the command left behind."""

    code: int
    out: Path
    told: str

    def left(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of everything, what was told and the names themselves included."""
        yield "told", self.told.encode()
        for path in sorted(self.out.parent.rglob("*")):
            yield "name", path.relative_to(self.out.parent).as_posix().encode()
            if path.is_file():
                yield path.name, path.read_bytes()

    def hits(self, words: list[str]) -> dict[str, set[str]]:
        """Words found, by the name of what they were found in."""
        found: dict[str, set[str]] = {}
        for name, content in self.left():
            if words_here := hits(content, words):
                found.setdefault(name, set()).update(words_here)
        return found


Draw = Callable[..., Run]


@pytest.fixture
def draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Draw:
    """Run ``map`` on the register, with the working folder and the temporary folder beside the results."""
    folder = write_register(tmp_path)
    desk = tmp_path / "desk"
    (desk / "temp").mkdir(parents=True)
    monkeypatch.chdir(desk)
    monkeypatch.setattr(tempfile, "tempdir", str(desk / "temp"))
    monkeypatch.setenv("TMPDIR", str(desk / "temp"))

    def drawn(audience: str, lang: str = "fr", *words: str) -> Run:
        out = desk / "out"
        command = ["map", str(folder), "--out", str(out), "--audience", audience, "--lang", lang]
        code = run([*command, *words])
        captured = capfd.readouterr()
        return Run(code, out, captured.out.replace(str(desk), "") + captured.err)

    return drawn


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("audience", SECRET)
def test_nothing_sensitive_leaves(draw: Draw, audience: str, lang: str) -> None:
    found = draw(audience, lang)
    assert found.code == 0
    assert found.hits(SECRET[audience]) == {}
    assert {path.name for path in found.out.iterdir()} == FILES
    names = [name for name, _ in chunks((found.out / "map.png").read_bytes())]
    assert set(names) <= {"IHDR", "PLTE", "pHYs", "IDAT", "IEND"}


@pytest.mark.parametrize("audience", SECRET)
def test_no_sheet_of_movements_or_exposure_leaves(draw: Draw, audience: str) -> None:
    """Others ask for profiles and small maps, and get the product alone."""
    found = draw(audience, "en", "--profiles", "--classes")
    assert found.code == 0
    assert {path.name for path in found.out.iterdir()} == FILES
    assert found.hits(SECRET[audience]) == {}


def test_sheets_of_the_owner_have_no_text_inside(draw: Draw) -> None:
    found = draw("owner", "en", "--profiles", "--classes")
    sheets = [path for path in found.out.glob("*.png") if path.name != "map.png"]
    assert {path.name for path in sheets} >= {"classes.png", "profile_H1.png"}
    for path in sheets:
        names = {name for name, _ in chunks(path.read_bytes())}
        assert names <= {"IHDR", "PLTE", "pHYs", "IDAT", "IEND"}
    assert not hits(" ".join(path.name for path in sheets).encode(), ALL)


def test_the_owner_has_it_all(draw: Draw) -> None:
    """Control: the words are in the register, and the scan finds them where they may be."""
    found = draw("owner").hits(ALL)
    times = {
        CANARIES[name]
        for name in ("departure", "departure, UTC", "departure, seconds", "report time")
    }
    hidden = {CANARIES[name] for name in ("closed source id", "folder", "report")}
    assert found["plan.json"] >= set(ALL) - times - hidden
    assert CANARIES["departure"] in found["plan.json"]
    assert {CANARIES["organisation"], CANARIES["cargo"]} <= found["plan.txt"] & found["map.html"]


def test_an_area_is_one_desks_own(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    """A partner reads what an area does to its way, and neither what it is called nor where it lies."""
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"")
    found = draw("owner", "en", "--organisation", CANARIES["organisation"])
    words = [CANARIES[name] for name in ("area", "area name", "area corner")]
    assert found.hits(words) == {}
    text = " ".join((found.out / "plan.txt").read_text(encoding="utf-8").split())
    assert "Crosses the area to avoid Z1:" in text
    assert "area to avoid Z2 (" in text
    desk = draw("owner", "en", "--force").hits(words)
    assert desk["plan.json"] == set(words)
    assert desk["plan.txt"] == {CANARIES["area name"]}


def test_each_audience_has_what_it_is_owed(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"")
    assert draw("minusca_ops").hits(ALL).keys() >= {"plan.txt", "plan.json"}
    assert "plan.json" in draw("public", "fr", "--force").hits(list(PUBLIC_ONLY.values()))


@pytest.mark.parametrize(
    ("record", "field", "canary"),
    [("road_status", "note", "note"), ("road_status", "reported_at", "report time")],
)
def test_a_planted_fault_is_seen(
    draw: Draw, monkeypatch: pytest.MonkeyPatch, record: str, field: str, canary: str
) -> None:
    """One line of the table says exact where it must not: the scan turns red."""
    table = deepcopy(toml("sharing.toml"))
    table[record][field]["minusca_ops"] = "exact"
    monkeypatch.setattr(gate, "sharing_rules", lambda: parse_rules(table))
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"")
    found = draw("minusca_ops").hits(SECRET["minusca_ops"])
    assert CANARIES[canary] in found["plan.json"]


# ---------------------------------------------------------------- error paths


def spoil(folder: Path) -> None:
    """Break a row of each file in a cell that holds a canary."""
    for name, good, bad in (
        ("movements.csv", "lv_4x4:2", CANARIES["cargo"]),
        ("road_status.csv", "closed", CANARIES["note"]),
        ("incidents.csv", "6.2681", CANARIES["incident place"]),
        ("consents.csv", "minusca_ops", CANARIES["organisation"]),
        ("areas.csv", "closure", CANARIES["area name"]),
    ):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(good, bad, 1), encoding="utf-8")


@pytest.mark.parametrize("audience", SECRET)
def test_findings_are_not_quoted_to_others(
    draw: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audience: str
) -> None:
    spoil(tmp_path / CANARIES["folder"])
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"")
    found = draw(audience)
    assert found.code == 0
    assert "erreur" in found.told
    assert found.hits(SECRET[audience]) == {}


@pytest.mark.parametrize("audience", SECRET)
def test_a_refusal_to_overwrite_tells_nothing(
    draw: Draw, monkeypatch: pytest.MonkeyPatch, audience: str
) -> None:
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"")
    first, again = draw(audience), draw(audience)
    assert (first.code, again.code) == (0, 3)
    assert hits(again.told.encode(), SECRET[audience]) == set()


@pytest.mark.parametrize(
    ("error", "code"), [(RuntimeError(CANARIES["cargo"]), 1), (KeyboardInterrupt(), 130)]
)
def test_a_fault_tells_no_data_and_leaves_no_part(
    draw: Draw, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    """A crash report travels: it names the kind and the place of the fault, never a value."""

    def broken(*_: object, **__: object) -> bytes:
        raise error

    monkeypatch.setattr(printmap, "build_picture", broken)
    monkeypatch.delenv("CMCOORD_TRACEBACK", raising=False)
    found = draw("minusca_ops")
    assert found.code == code
    assert found.hits(SECRET["minusca_ops"]) == {}
    assert {path.name for path in found.out.iterdir()} == {"map.html"}


def test_the_detail_of_a_fault_is_shown_on_demand(
    draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError(CANARIES["cargo"])

    monkeypatch.setattr(printmap, "build_picture", broken)
    monkeypatch.setenv("CMCOORD_TRACEBACK", "1")
    assert CANARIES["cargo"] in draw("owner").told
