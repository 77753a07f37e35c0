"""Help whose own words ("Usage", "Options", ...) stand in the reader's language, as the rest of it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand, TyperGroup

from cmcoord_geo.cli.language import help_lang, split_lang
from cmcoord_geo.i18n import messages, text

_WORDS = "help_word."
#: What Typer calls the kinds of values, and our words for them.
_TYPES = {
    "<str>": "help_type.text",
    "<list[str]>": "help_type.text",
    "<path>": "help_type.path",
    "<list[Path]>": "help_type.path",
    "<int>": "help_type.whole",
    "<int range>": "help_type.whole",
    "<float>": "help_type.number",
    "<float range>": "help_type.number",
}


def translated(help_text: str) -> str:
    """Help of Typer with its own words in the language of the reader."""
    lang = help_lang()
    for key, word in messages().items():
        if key.startswith(_WORDS):
            help_text = help_text.replace(word.en, word[lang])
    return help_text


def _named(parameter: str) -> str:
    """Name of a parameter with the kind of its value in the language of the reader."""
    for typed, key in _TYPES.items():
        parameter = parameter.replace(typed, f"<{text(key, help_lang())}>")
    return parameter


def _help(command: Any, ctx: Any) -> str:  # noqa: ANN401 - Typer's own classes are private
    """Help as it is printed: translated before its columns are laid out, so that they stay columns."""
    formatter = ctx.make_formatter()
    write = formatter.write_dl

    def write_translated(rows: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:  # noqa: ANN401
        write([(_named(name), translated(told)) for name, told in rows], *args, **options)

    formatter.write_dl = write_translated
    command.format_help(ctx, formatter)
    return translated(formatter.getvalue().rstrip("\n"))


class Command(TyperCommand):
    """Command with such a help."""

    def get_help(self, ctx: Any) -> str:  # type: ignore[explicit-override]  # noqa: ANN401
        """Help as it is printed."""
        return _help(self, ctx)


class Group(TyperGroup):
    """Group of commands with such a help; ``--lang`` before a command holds for it."""

    def get_help(self, ctx: Any) -> str:  # type: ignore[explicit-override]  # noqa: ANN401
        """Help as it is printed."""
        return _help(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # type: ignore[explicit-override]  # noqa: ANN401
        """Hand ``--lang`` on to the command; without a command there is help."""
        rest, asked = split_lang(args)
        command = next((i for i, word in enumerate(rest) if not word.startswith("-")), None)
        if command is not None:
            rest[command + 1 : command + 1] = asked
        return list(super().parse_args(ctx, rest or ["--help"]))
