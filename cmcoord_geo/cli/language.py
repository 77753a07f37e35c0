"""Language of the command: asked for on its line, else of the system, French first."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Sequence

from cmcoord_geo.i18n import LANGS, Lang

OPTION = "--lang"


def system_lang() -> Lang:
    """
    Language of the system: ``CMCOORD_LANG``, then the usual variables, then the locale.

    French where the system says nothing: French is read first in the cells.
    """
    names = ("CMCOORD_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    told = [os.environ.get(name, "") for name in names]
    told.append(locale.getlocale()[0] or "")
    for word in told:
        for lang in LANGS:
            if word.casefold().startswith((lang, {"fr": "french", "en": "english"}[lang])):
                return lang
    return "fr"


def split_lang(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """
    Words of a command line without ``--lang``, and ``--lang`` with its value as it was typed.

    What stands after ``--`` is no option.
    """
    rest: list[str] = []
    asked: list[str] = []
    left = list(words)
    while left and left[0] != "--":
        word = left.pop(0)
        if word == OPTION:
            asked = [word, *left[:1]]
            left = left[1:]
        elif word.startswith(f"{OPTION}="):
            asked = [word]
        else:
            rest.append(word)
    return rest + left, asked


def asked_lang(words: Sequence[str]) -> Lang:
    """Language that a command line asks for, as far as it can be read; else that of the system."""
    _, asked = split_lang(words)
    value = "=".join(asked).removeprefix(f"{OPTION}=")
    return next((lang for lang in LANGS if lang == value), system_lang())


def help_lang() -> Lang:
    """Language of the help texts, which are built before the line is read by its commands."""
    return asked_lang(sys.argv[1:])
