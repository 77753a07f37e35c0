"""The application and its commands."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.alternatives import alternatives
from cmcoord_geo.cli.check import check
from cmcoord_geo.cli.corridors import corridors
from cmcoord_geo.cli.deconflict import deconflict
from cmcoord_geo.cli.demo import demo
from cmcoord_geo.cli.depart import depart
from cmcoord_geo.cli.doctor import doctor
from cmcoord_geo.cli.fetch import fetch
from cmcoord_geo.cli.help import Command, Group
from cmcoord_geo.cli.incidents import incidents
from cmcoord_geo.cli.isolation import isolation
from cmcoord_geo.cli.language import asked_lang
from cmcoord_geo.cli.map import map_
from cmcoord_geo.cli.network import network
from cmcoord_geo.cli.options import told
from cmcoord_geo.cli.place import place
from cmcoord_geo.cli.plan import plan
from cmcoord_geo.cli.replay import replay
from cmcoord_geo.cli.review import review
from cmcoord_geo.cli.skill import skill
from cmcoord_geo.cli.template import template
from cmcoord_geo.cli.usage import UsageError, explain_usage
from cmcoord_geo.cli.why import why
from cmcoord_geo.i18n import Lang, text

FAULT, USAGE, INTERRUPTED = 1, 2, 130
PROGRAM = "cmcoord-geo"

app = typer.Typer(
    name=PROGRAM,
    cls=Group,
    help=told("app"),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich doubles the start-up of --help
)
_COMMANDS: Mapping[str, Callable[..., None]] = {
    "demo": demo,
    "plan": plan,
    "alternatives": alternatives,
    "map": map_,
    "review": review,
    "deconflict": deconflict,
    "depart": depart,
    "place": place,
    "isolation": isolation,
    "check": check,
    "template": template,
    "doctor": doctor,
}
network.command("fetch", cls=Command, help=told("network_fetch"))(fetch)
app.add_typer(network, name="network")
incidents.command("skill", cls=Command, help=told("incidents_skill"))(skill)
incidents.command("replay", cls=Command, help=told("incidents_replay"))(replay)
incidents.command("why", cls=Command, help=told("incidents_why"))(why)
app.add_typer(incidents, name="incidents")
app.add_typer(corridors, name="corridors")
for name, job in _COMMANDS.items():
    app.command(name, cls=Command, help=told(name))(job)


def main() -> None:
    """Run the command and leave with its exit code."""
    console.prepare_streams()
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """
    Run the command with these words.

    Returns
    -------
    int
        Exit code: 0 ok, 1 a fault of the program, 2 usage, 3 data or configuration refused, 4 no route,
        5 a conflict stands, 130 interrupted.
    """
    lang = asked_lang(words)
    try:
        code = app(list(words), standalone_mode=False, prog_name=PROGRAM)
    except UsageError as error:
        console.note(explain_usage(error, lang))
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except Exception as error:  # a traceback quotes data, so it is shown on demand only (H13)
        return _tell_fault(error, lang)
    if code == INTERRUPTED:
        console.note(text("cli.interrupted", lang))
    return int(code or 0)


def _tell_fault(error: Exception, lang: Lang) -> int:
    """Name the kind and the place of a fault, without its message."""
    if os.environ.get("CMCOORD_TRACEBACK"):
        console.note("".join(traceback.format_exception(error)))
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    console.note(text("cli.fault", lang, kind=type(error).__name__, where=where))
    return FAULT
