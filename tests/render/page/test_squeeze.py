"""Squeezed script and style: smaller, and the same to whoever runs it."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.render.page.assets import APP_PARTS
from cmcoord_geo.render.page.squeeze import squeezed_script, squeezed_style

#: Texts that only look like comments, punctuation or the end of a text.
TEXTS = (
    "'http://a.example/x'",
    '"a // b"',
    r"'it\'s , ; // here'",
    "`${one} , ${two ? ' : ' : \"}\"} // = `",
    "`a ${`b ${c} // d`} e`",
)
CODE = ("const", "x", "=", "=>", "(", ")", "{", "}", ";", "1", "+", "return", "?", ":", "in")


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_kept_to_the_letter(text):
    assert squeezed_script(f"  say( {text} ) ; // {text}\n") == f"say({text});"


@given(st.lists(st.sampled_from(TEXTS + CODE), min_size=1))
def test_only_spaces_and_comments_are_lost(pieces):
    line = "  ".join(pieces)
    squeezed = squeezed_script(f"{line} // don't")
    assert re.sub(" ", "", squeezed) == re.sub(" ", "", line)
    assert [text for text in pieces if text in TEXTS and text not in squeezed] == []
    assert squeezed_script(squeezed) == squeezed


def test_words_stay_apart_and_lines_stay_lines():
    script = "let a = b\n\n// why\nreturn a in b\n(c)\n"
    assert squeezed_script(script) == "let a=b\nreturn a in b\n(c)"


@pytest.mark.parametrize("part", APP_PARTS)
def test_our_script_keeps_to_the_habits_that_squeezing_needs(part):
    """Every text ends on its line, and nothing is left that looks like the begin of a block comment."""
    script = (files("cmcoord_geo.render.page") / f"assets/app/{part}.js").read_text("utf-8")
    assert "/*" not in script
    squeezed = squeezed_script(script)
    assert squeezed_script(squeezed) == squeezed
    assert len(squeezed) < len(script)


def test_style_loses_comments_of_many_lines_and_keeps_descendants_apart():
    style = "/* one\n two */ #a .b ,\n#c > d:hover {\n  margin: 0 1px;\n}\n"
    assert squeezed_style(style) == "#a .b,#c > d:hover{margin:0 1px}"
