"""Each failure between two machines has its sentence, and none shows a password."""

from __future__ import annotations

import pytest
import requests
from requests import exceptions

from cmcoord_geo.errors import FetchError
from cmcoord_geo.io.fetch.failures import check_answer, failures_of, shown

URL = "https://me:word@maps.example/x"


def answer(status: int = 200, *, url: str = URL, kind: str = "") -> requests.Response:
    made = requests.Response()
    made.status_code, made.url = status, url
    if kind:
        made.headers["Content-Type"] = kind
    return made


@pytest.mark.parametrize(
    ("error", "words", "is_passing"),
    [
        (exceptions.SSLError(), "certificate", False),
        (exceptions.ProxyError(), "HTTPS_PROXY", False),
        (exceptions.ConnectTimeout(), "not answer any more", True),
        (exceptions.ReadTimeout(), "not answer any more", True),
        (exceptions.ConnectionError("Read timed out."), "not answer any more", True),
        (exceptions.ConnectionError("refused"), "No connection", True),
        (exceptions.ChunkedEncodingError(), "broke", True),
        (exceptions.TooManyRedirects(), "portal", False),
        (exceptions.InvalidURL(), "cannot be read", False),
    ],
)
def test_what_the_library_raises(error: Exception, words: str, *, is_passing: bool) -> None:
    with pytest.raises(FetchError, match=words) as told, failures_of(URL):
        raise error
    assert told.value.is_passing is is_passing
    assert "maps.example" in str(told.value)
    assert "word@" not in str(told.value)
    assert told.value.exit_code == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "nothing at this address: https://maps.example/x"),
        (410, "nothing"),
        (429, "busy"),
        (503, "busy"),
        (504, "busy"),
        (511, "portal"),
        (500, "error 500"),
        (403, "error 403"),
    ],
)
def test_answers_that_are_none(status: int, words: str) -> None:
    with pytest.raises(FetchError, match=words) as told:
        check_answer(answer(status, kind="text/html"), URL)
    assert "word@" not in str(told.value)


def test_a_page_is_the_portal_of_a_network() -> None:
    with pytest.raises(FetchError, match="portal"):
        check_answer(answer(kind="Text/HTML; charset=utf-8"), URL)
    check_answer(answer(kind="application/octet-stream"), URL)


def test_an_encrypted_address_is_not_left() -> None:
    with pytest.raises(FetchError, match="not encrypted"):
        check_answer(answer(url="http://maps.example/x"), URL)
    check_answer(answer(url="http://maps.example/x"), "http://maps.example/y")


def test_addresses_are_shown_without_their_password() -> None:
    assert shown(URL) == "https://maps.example/x"
    assert shown("http://maps.example/a@b") == "http://maps.example/a@b"
