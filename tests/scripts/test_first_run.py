"""The two commands of a fresh clone: idempotent, helpful when they fail, even to an old Python."""

from __future__ import annotations

import ast
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> object:
    """Import a script by name, as Python does when it is started, and forget it afterwards."""

    def load_script(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load_script


@pytest.fixture
def venv(load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The shared helper, with its environment in a folder of the test."""
    module = load("_venv")
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(f"{name}==1\n", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(module, "RUN_LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "DEV_LOCK", tmp_path / "requirements-dev.lock")
    return module


@pytest.mark.parametrize("name", ["_venv", "quickstart", "run_tests"])
def test_old_python_can_read_the_script(name: str) -> None:
    """Else an old Python answers with a syntax error instead of the sentence."""
    ast.parse((SCRIPTS / f"{name}.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_old_python_gets_a_sentence(load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    with pytest.raises(SystemExit) as refusal:
        load("_venv")
    assert "3.11 or newer is needed, this is 3.8" in str(refusal.value)
    assert "Il faut Python 3.11" in str(refusal.value)


def test_nothing_is_installed_twice(venv: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    monkeypatch.setattr(venv, "run_python", lambda *words: calls.append(words) or 0)
    monkeypatch.setattr(venv, "ask_python", lambda _: "")
    monkeypatch.setattr(venv, "link_package", lambda: None)
    venv.prepare(venv.RUN_LOCK)
    venv.prepare(venv.RUN_LOCK)
    assert len(calls) == 1
    assert {"--require-hashes", "--only-binary"} <= set(calls[0])


def test_changed_lock_is_installed_again(venv: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venv, "run_python", lambda *_: 0)
    venv.install(venv.RUN_LOCK)
    assert venv.is_installed(venv.RUN_LOCK)
    venv.RUN_LOCK.write_text("other==2\n", encoding="utf-8")
    assert not venv.is_installed(venv.RUN_LOCK)


def test_test_lock_serves_the_other(venv: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venv, "run_python", lambda *_: 0)
    venv.install(venv.RUN_LOCK)
    assert not venv.is_installed(venv.DEV_LOCK)
    venv.install(venv.DEV_LOCK)
    assert venv.is_installed(venv.RUN_LOCK)


def test_line_ends_do_not_matter(venv: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "unix").write_bytes(b"a==1\nb==2\n")
    (tmp_path / "windows").write_bytes(b"a==1\r\nb==2\r\n")
    assert venv.digest(tmp_path / "unix") == venv.digest(tmp_path / "windows")


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"requirements.lock": "x"})])
def test_broken_stamp_means_not_installed(venv: ModuleType, content: str) -> None:
    venv.STAMP.write_text(content, encoding="utf-8")
    assert not venv.is_installed(venv.RUN_LOCK)


def test_failed_installation_says_what_to_do(
    venv: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(venv, "run_python", lambda *_: 1)
    with pytest.raises(venv.SetupError, match="Without internet") as refusal:
        venv.install(venv.RUN_LOCK)
    assert "Sans internet" in str(refusal.value)
    assert not venv.STAMP.exists()


def test_missing_venv_says_what_to_do(venv: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venv.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(venv.SetupError, match="apt install python3-venv"):
        venv.make_environment()


def test_quickstart_tells_when_a_result_is_missing(
    load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load("_venv")
    quickstart = load("quickstart")
    monkeypatch.setattr(quickstart, "OUT", tmp_path)
    for name in quickstart.RESULTS[1:]:
        (tmp_path / name).touch()
    assert quickstart.point_at_results() == 1
    assert f"{tmp_path / 'map.html'}   MISSING" in capsys.readouterr().out
    (tmp_path / "map.html").touch()
    assert quickstart.point_at_results() == 0
    assert "MISSING" not in capsys.readouterr().out


def test_run_tests_goes_on_after_a_failure(
    load, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load("_venv")
    run_tests = load("run_tests")
    steps = {
        "lint": ("-c", "print('bad'); raise SystemExit(3)"),
        "pytest": ("-c", "print('2 passed')"),
    }
    monkeypatch.setattr(run_tests, "STEPS", steps)
    monkeypatch.setattr(run_tests, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run_tests, "prepare", lambda _: None)
    assert run_tests.main([]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == "2 passed"
    assert [line.split()[:2] for line in printed[-3:-1]] == [
        ["lint", "FAILED"],
        ["pytest", "passed"],
    ]


def test_run_tests_passes_the_rest_to_pytest(load) -> None:
    load("_venv")
    run_tests = load("run_tests")
    assert run_tests.parse(["--only", "pytest", "-k", "ferry", "-x"]) == (
        ["pytest"],
        ["-k", "ferry", "-x"],
    )
    assert run_tests.parse([])[0][-1] == "pytest"
