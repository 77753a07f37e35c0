"""
The project's own environment, ``.venv``: made, filled from a lock, left alone when up to date.

Standard library only. Python 3.6 can still read this file, so that an old Python ends with a
sentence and not with a syntax error. The package is reached by a relative path file instead of an
installation: nothing is built, nothing more is downloaded, the folder may hold spaces and accents
and may be moved.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is the refusal itself
    sys.exit(
        "Python 3.11 or newer is needed, this is {0}.{1}. "
        "Install it and start the script with it.\n"
        "Il faut Python 3.11 ou plus, ceci est {0}.{1}. "
        "Installez-le et lancez le script avec lui.".format(*sys.version_info[:2])
    )

import hashlib
import importlib.util
import io
import json
import os
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed-locks.json"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"  # holds everything of RUN_LOCK
FOREIGN = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH")
IS_USABLE = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
PACKAGES_FOLDER = (
    "import os, sys, sysconfig; print(os.path.relpath(sysconfig.get_path('purelib'), sys.prefix))"
)
NO_VENV = """\
This Python cannot make environments: venv or pip is missing.
On Debian or Ubuntu: sudo apt install python3-venv
Ce Python ne peut pas créer d'environnement : venv ou pip manque.
Debian ou Ubuntu : sudo apt install python3-venv"""
NO_PACKAGES = """\
The packages could not be installed; the lines above say why. Without internet: connect and
run this again, what was downloaded is kept. Ready-made packages exist for Python 3.11 to 3.14;
this is {version}.
Les paquets n'ont pas pu être installés ; les lignes ci-dessus disent pourquoi. Sans internet :
connectez-vous et relancez, ce qui est téléchargé est gardé. Les paquets existent pour
Python 3.11 à 3.14 ; ceci est {version}."""


class SetupError(Exception):
    """The environment cannot be made; the message says what to do, in English and French."""


def say(english: str, french: str) -> None:
    """Print one line of progress in both languages."""
    print(f"-- {english} / {french}", flush=True)


def speak_plainly() -> None:
    """Keep accents from ending the script on a console that cannot show them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def own_environment() -> dict[str, str]:
    """Variables for programs of ``.venv``, without those of the caller that lead elsewhere."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def run_python(*arguments: str | Path) -> int:
    """Run the Python of ``.venv`` in the project's folder; its exit code."""
    command: list[str | Path] = [PYTHON, *arguments]
    return subprocess.run(command, cwd=ROOT, env=own_environment(), check=False).returncode


def ask_python(code: str) -> str | None:
    """Print of a line of code in ``.venv``; None if there is no such Python or the line fails."""
    command = [str(PYTHON), "-c", code]
    try:
        done = subprocess.run(
            command, env=own_environment(), check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return str(done.stdout).strip()


def prepare(lock: Path) -> None:
    """
    Make ``.venv`` hold what `lock` asks for, and reach the package; do nothing if it does.

    Raises
    ------
    SetupError
        The environment cannot be made or filled.
    """
    if ask_python(IS_USABLE) is None:
        make_environment()
    if is_installed(lock):
        say("The packages are there", "Les paquets sont là")
    else:
        install(lock)
    link_package()


def make_environment() -> None:
    """Make ``.venv`` anew with the running Python."""
    if importlib.util.find_spec("ensurepip") is None:
        raise SetupError(NO_VENV)
    say("Making .venv", "Création de .venv")
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt", prompt="cmcoord-geo")
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(NO_VENV) from error


def install(lock: Path) -> None:
    """Install what `lock` pins, each file checked against its hash, nothing built from source."""
    say("Installing the packages", "Installation des paquets")
    arguments = ("--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", lock)
    if run_python("-m", "pip", "install", "--no-input", "--disable-pip-version-check", *arguments):
        version = "{}.{}".format(*sys.version_info[:2])
        raise SetupError(NO_PACKAGES.format(version=version))
    held = (lock, RUN_LOCK) if lock == DEV_LOCK else (lock,)
    STAMP.write_text(json.dumps({path.name: digest(path) for path in held}), encoding="utf-8")


def is_installed(lock: Path) -> bool:
    """Whether the last installation was made from this very lock, or from one that holds it."""
    try:
        stamps = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(stamps, dict) and stamps.get(lock.name) == digest(lock)


def digest(path: Path) -> str:
    """Fingerprint of a text file, the same with either kind of line end."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


def link_package() -> None:
    """Let ``.venv`` import the package from this folder and start it as ``cmcoord-geo``."""
    folder = ask_python(PACKAGES_FOLDER)
    if folder is None:
        raise SetupError(NO_VENV)
    packages = VENV / folder
    (packages / "cmcoord_geo.pth").write_text(
        os.path.relpath(ROOT, packages) + "\n", encoding="ascii"
    )
    if os.name == "nt":
        text = '@"%~dp0python.exe" -m cmcoord_geo %*\r\n'
        (SCRIPTS / "cmcoord-geo.cmd").write_text(text, encoding="ascii", newline="")
    else:
        launcher = SCRIPTS / "cmcoord-geo"
        text = '#!/bin/sh\nexec "$(dirname "$0")/python" -m cmcoord_geo "$@"\n'
        launcher.write_text(text, encoding="ascii")
        launcher.chmod(0o755)
