"""The application and its commands."""

from __future__ import annotations

import sys

import typer

from cmcoord_geo.cli.check import check
from cmcoord_geo.cli.demo import demo
from cmcoord_geo.cli.doctor import doctor
from cmcoord_geo.cli.map import map_
from cmcoord_geo.cli.options import told
from cmcoord_geo.cli.plan import plan
from cmcoord_geo.cli.template import template

app = typer.Typer(
    name="cmcoord-geo",
    help=told("app"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich doubles the start-up of --help
)
app.command("demo", help=told("demo"))(demo)
app.command("plan", help=told("plan"))(plan)
app.command("map", help=told("map"))(map_)
app.command("check", help=told("check"))(check)
app.command("template", help=told("template"))(template)
app.command("doctor", help=told("doctor"))(doctor)


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
