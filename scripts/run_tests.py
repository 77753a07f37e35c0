"""
Every check of the project, in the project's own environment.

Makes ``.venv`` with the test extras, then runs all the steps, also after one has failed, and ends
with a line for each. Arguments it does not know go to pytest: ``run_tests.py -k ferry``.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass

from _venv import (
    DEV_LOCK,
    PYTHON,
    ROOT,
    SetupError,
    own_environment,
    prepare,
    say,
    speak_plainly,
)

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
STEPS = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "layers": ("-c", LINT_IMPORTS),
    "types": ("-m", "mypy"),
    "docs": ("-m", "sphinx", "-W", "--keep-going", "-q", "docs", "docs/_build/html"),
    "pytest": (
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "loadfile",
    ),  # last, so that its closing line is the last of the output
}


@dataclass(frozen=True)
class Outcome:
    """How one step ended, with the last line it printed."""

    step: str
    code: int
    seconds: float
    closing: str

    @property
    def line(self) -> str:
        """Name, verdict, seconds."""
        verdict = "passed" if self.code == 0 else f"FAILED ({self.code})"
        return f"   {self.step:8} {verdict:12} {self.seconds:6.1f} s"


def run_step(step: str, extra: list[str]) -> Outcome:
    """Run one step, passing on its output line by line."""
    say(f"Step {step}", f"Étape {step}")
    started = time.monotonic()
    command = [str(PYTHON), *STEPS[step], *extra]
    closing = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**own_environment(), "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    return Outcome(step, process.returncode, time.monotonic() - started, closing)


def parse(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Tell the steps to run, in their order, from what is left for pytest."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--only", action="append", choices=list(STEPS), help="run only this step")
    known, extra = parser.parse_known_args(arguments)
    return [step for step in STEPS if step in (known.only or STEPS)], extra


def main(arguments: list[str]) -> int:
    """Prepare, run every step, sum up; 1 if any step failed."""
    speak_plainly()
    steps, extra = parse(arguments)
    try:
        prepare(DEV_LOCK)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    outcomes = [run_step(step, extra if step == "pytest" else []) for step in steps]
    say("Summary", "Bilan")
    print(*(outcome.line for outcome in outcomes), sep="\n")
    print(outcomes[-1].closing)
    return int(any(outcome.code for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
