"""The policy admits what stands in the page, byte for byte, and nothing else."""

from __future__ import annotations

import base64
import hashlib

import pytest

from cmcoord_geo.render.page.policy import content_policy


def source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(page: str) -> dict[str, list[str]]:
    parts = (part.split(" ") for part in content_policy(page).split("; "))
    return {name: values for name, *values in parts}


def test_each_script_and_style_is_listed_with_its_own_hash():
    page = "<style>a{}\n</style><script>\none('é')\n</script><script>two()</script>"
    found = directives(page)
    assert found["script-src"] == [source("\none('é')\n"), source("two()")]
    assert found["style-src"] == [source("a{}\n")]


@pytest.mark.parametrize("changed", ["one() ", "One()", "one()\n", "\ufeffone()"])
def test_a_script_that_is_changed_is_no_longer_listed(changed):
    assert source(changed) not in directives("<script>one()</script>")["script-src"]


def test_data_and_linked_scripts_are_not_admitted():
    page = (
        '<script type="application/json">{}</script><script src="https://a.example/x.js"></script>'
    )
    found = directives(page)
    assert found["script-src"] == found["default-src"] == ["'none'"]


def test_nothing_may_be_loaded_sent_or_rebased():
    found = directives("<style>a{}</style><script>one()</script>")
    assert found["img-src"] == ["data:"]
    for name in ("default-src", "base-uri", "form-action"):
        assert found[name] == ["'none'"]
    assert not {"connect-src", "font-src", "frame-src"} & set(found)
    assert not [value for values in found.values() for value in values if "unsafe" in value]
