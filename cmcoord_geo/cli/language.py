"""Language of the command: asked for, else of the system, French first."""

from __future__ import annotations

import locale
import os

from cmcoord_geo.i18n import LANGS, Lang


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
