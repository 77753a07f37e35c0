"""A command that was typed wrongly, told in the reader's language."""

from __future__ import annotations

from typing import Any

import typer

from cmcoord_geo.i18n import Lang, messages, text

#: Root of the errors about how a command was called; Typer shows the class only through its children.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]


def explain_usage(error: Any, lang: Lang) -> str:  # noqa: ANN401 - Typer's own classes are private
    """
    Sentence about a usage error, and where help is.

    Parameters
    ----------
    error : UsageError
    lang : str
    """
    context = error.ctx
    command = context.command_path if context else "cmcoord-geo"
    return f"{_sentence(error, lang)}\n{text('cli.usage_help', lang, command=command)}"


def _sentence(error: Any, lang: Lang) -> str:  # noqa: ANN401
    kinds = {kind.__name__ for kind in type(error).__mro__}
    parameter = getattr(error, "param", None)
    if "MissingParameter" in kinds and parameter is not None:
        return text("cli.usage_missing", lang, name=_label(parameter), help=_help(parameter, lang))
    if "NoSuchOption" in kinds:
        return text("cli.usage_option", lang, name=error.option_name)
    if "BadParameter" in kinds and parameter is not None:
        return text("cli.usage_value", lang, name=_label(parameter), help=_help(parameter, lang))
    commands = getattr(error.ctx.command, "commands", None) if error.ctx else None
    if commands:
        return text("cli.usage_command", lang, known=", ".join(commands))
    return text("cli.usage_other", lang)


def _label(parameter: Any) -> str:  # noqa: ANN401
    is_option = parameter.param_type_name == "option"
    return str(parameter.opts[0] if is_option else parameter.name)


def _help(parameter: Any, lang: Lang) -> str:  # noqa: ANN401
    """Help of a parameter, which stands in the language of the system, in that of the reader."""
    told = str(parameter.help or "")
    of_helps = (words for key, words in messages().items() if key.startswith("help."))
    same = next((words for words in of_helps if told in (words.fr, words.en)), None)
    return same[lang] if same else told
