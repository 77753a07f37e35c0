"""Help whose own words ("Usage", "Options", ...) stand in the reader's language, as the rest of it does."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from cmcoord_geo.cli.language import system_lang
from cmcoord_geo.i18n import messages

_WORDS = "help_word."


def translated(help_text: str) -> str:
    """Help of Typer with its own words in the language of the system."""
    lang = system_lang()
    for key, word in messages().items():
        if key.startswith(_WORDS):
            help_text = help_text.replace(word.en, word[lang])
    return help_text


class Command(TyperCommand):
    """Command with such a help."""

    def get_help(self, ctx: Any) -> str:  # type: ignore[explicit-override]  # noqa: ANN401
        """Help as it is printed."""
        return translated(super().get_help(ctx))


class Group(TyperGroup):
    """Group of commands with such a help."""

    def get_help(self, ctx: Any) -> str:  # type: ignore[explicit-override]  # noqa: ANN401
        """Help as it is printed."""
        return translated(super().get_help(ctx))
