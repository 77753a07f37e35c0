"""What goes wrong between two machines, as sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cmcoord_geo.errors import FetchError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.fetch.sources import host

if TYPE_CHECKING:
    import requests

#: Answers of a server that has too much to do.
BUSY = (429, 503, 504)
#: Words of the library when a server falls silent in the middle of its answer.
_SILENT = "timed out"


@contextmanager
def failures_of(url: str) -> Iterator[None]:
    """
    Turn what the library raises about a connection into the sentence of it.

    Parameters
    ----------
    url : str
        Address that is asked.

    Raises
    ------
    FetchError
        Passing, where asking again may help.
    """
    import requests

    try:
        yield
    except requests.exceptions.RequestException as error:
        raise _explained(error, url) from error


def _explained(error: requests.exceptions.RequestException, url: str) -> FetchError:
    from requests import exceptions

    kinds: tuple[tuple[type[Exception], str], ...] = (
        (exceptions.SSLError, "fetch.certificate"),
        (exceptions.ProxyError, "fetch.proxy"),
        (exceptions.Timeout, "fetch.timeout"),
        (exceptions.ConnectionError, "fetch.unreachable"),
        (exceptions.ChunkedEncodingError, "fetch.broken"),
        (exceptions.TooManyRedirects, "fetch.portal"),
    )
    key = next((word for kind, word in kinds if isinstance(error, kind)), "fetch.not_understood")
    if key == "fetch.unreachable" and _SILENT in str(error).lower():
        key = "fetch.timeout"
    is_passing = key in ("fetch.timeout", "fetch.unreachable", "fetch.broken")
    return problem(FetchError, key, {"is_passing": is_passing}, host=host(url))


def check_answer(response: requests.Response, url: str) -> None:
    """
    Refuse an answer that is none.

    Parameters
    ----------
    response : requests.Response
        Its status and headers; the content need not be there.
    url : str
        Address that was asked.

    Raises
    ------
    FetchError
        Sent on from an encrypted to a plain connection, not there, busy, another error, or a page.
    """
    asked, status = host(url), response.status_code
    if url.startswith("https:") and response.url.startswith("http:"):
        raise problem(FetchError, "fetch.downgrade", host=asked)
    if status == 511:
        raise problem(FetchError, "fetch.portal", host=asked)
    if status in (404, 410):
        raise problem(FetchError, "fetch.missing", host=asked, url=shown(url))
    if status in BUSY:
        raise problem(FetchError, "fetch.busy", host=asked)
    if status >= 400:
        raise problem(FetchError, "fetch.status", host=asked, status=status)
    if response.headers.get("Content-Type", "").lower().startswith("text/html"):
        raise problem(FetchError, "fetch.portal", host=asked)


def shown(url: str) -> str:
    """
    Address as a person may see it: without name and password.

    Examples
    --------
    >>> shown("https://me:word@mirror.example/osm/chad")
    'https://mirror.example/osm/chad'
    """
    scheme, _, rest = url.partition("://")
    machine, slash, path = rest.partition("/")
    return f"{scheme}://{machine.rpartition('@')[2]}{slash}{path}"
