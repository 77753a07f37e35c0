"""Whether a person is there to be asked."""

from __future__ import annotations

import sys

import pytest

from cmcoord_geo.cli.asking import ask_classes, ask_columns, is_watched


def test_no_standard_input_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert not is_watched()


def test_without_a_word_or_a_column_nothing_is_asked() -> None:
    assert ask_classes((), "fr") == {}
    assert list(ask_columns(("class",), (), "fr")) == []
