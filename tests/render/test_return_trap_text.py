"""Last departures as text: both languages, every state in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sharing import week
from sharing.test_return_traps import traps

from cmcoord_geo.i18n import said
from cmcoord_geo.render.return_trap_text import build_return_trap_text

VIEW = traps()
WHY = said("departures.past")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_state_is_told(lang: str) -> None:
    first = VIEW.traps[0]
    states = (
        replace(first, state="free", depart=None, back_by=None, because=None),
        replace(first, state="none", depart=None, back_by=None, because=WHY),
        replace(first, state="no_road", depart=None, back_by=None, because=None),
        replace(first, state="trap", depart=week.AS_OF, back_by=week.END, because=WHY),
        replace(first, state="trap", depart=week.AS_OF, back_by=week.END, because=None),
    )
    written = build_return_trap_text(replace(VIEW, traps=states), lang=lang)
    assert written.count("Bambari") == 1
    assert "EXERCI" in written
    assert "17:00" in written
    assert max(map(len, written.splitlines())) <= 88
    words = {"fr": ("rien de connu", "aucune route"), "en": ("nothing known", "no road today")}
    assert all(word in written for word in words[lang])
