"""Kinds of flaws have their words."""

from __future__ import annotations

from cmcoord_geo.i18n import messages
from cmcoord_geo.network.flaws import KINDS, Flaw


def test_every_kind_has_a_sentence_for_all_and_for_one() -> None:
    for kind in KINDS:
        assert {f"network_check.{kind}", f"flaw.{kind}"} <= messages().keys()


def test_a_flaw_says_nothing_that_it_was_not_told() -> None:
    flaw = Flaw(kind="unread_tag", lon=None, lat=None)
    assert (flaw.length_m, flaw.away_m, flaw.segment_ids, flaw.other_id) == (None, None, (), "")
