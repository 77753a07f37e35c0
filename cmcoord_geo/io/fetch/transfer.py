"""
One file from another machine, whole and with the checksum that stands beside it, or not at all.

A transfer that breaks is taken up where it broke, as lines in the field do; what arrives is judged by its
first bytes, so that the page of a portal is not taken for a map.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cmcoord_geo.errors import DataError, FetchError
from cmcoord_geo.i18n import problem
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.io.fetch.failures import check_answer, failures_of
from cmcoord_geo.io.fetch.sources import AGENT, host, limit
from cmcoord_geo.io.osm_file import MAX_BYTES

if TYPE_CHECKING:
    import requests

    from cmcoord_geo.i18n import Said

_AT_ONCE = 2**18
_MEGA = 1e6
#: First bytes of every .osm.pbf file, after the four of a length.
_PBF = b"\n\tOSMHeader"
_MD5 = re.compile(r"([0-9a-f]{32})(?:\s|$)", re.ASCII | re.IGNORECASE)
#: Where the part that was sent begins.
_FROM = re.compile(r"bytes (\d+)-", re.ASCII)
_NO_HEAD = (405, 501)
_HEADERS = {"User-Agent": AGENT, "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """
    A file on another machine.

    Attributes
    ----------
    url : str
        Address that was asked.
    place : str
        Address where it lies, after it was sent on.
    size : int
        Bytes; 0 where the server does not say.
    day : str
        Day of the file, ISO 8601; empty where the server does not say.
    mark : str
        Mark of this version of the file, so that no two versions are put together; may be empty.
    """

    url: str
    place: str
    size: int
    day: str
    mark: str


def megabytes(size: float) -> Said:
    """Size in millions of bytes, as it is shown."""
    return said_decimal(size / _MEGA, digits=1 if size < 100 * _MEGA else 0)


def look_up(url: str) -> Remote:
    """
    Ask for size and day of a file, not for the file.

    Raises
    ------
    FetchError
        It is not there, or the server does not answer.
    """
    import requests

    with failures_of(url):
        response = requests.head(
            url, headers=_HEADERS, timeout=limit("timeout_s"), allow_redirects=True
        )
    if response.status_code in _NO_HEAD:
        return Remote(url=url, place=url, size=0, day="", mark="")
    check_answer(response, url)
    headers = response.headers
    size = headers.get("Content-Length", "")
    return Remote(
        url=url,
        place=response.url,
        size=int(size) if size.isascii() and size.isdigit() else 0,
        day=_day(headers.get("Last-Modified", "")),
        mark=headers.get("ETag", "") or headers.get("Last-Modified", ""),
    )


def _day(word: str) -> str:
    try:
        return parsedate_to_datetime(word).date().isoformat()
    except ValueError:
        return ""


def checksum_of(url: str) -> str:
    """
    Checksum (MD5) that a server gives beside a file.

    Raises
    ------
    FetchError
        There is none, or the server does not answer.
    """
    import requests

    beside = f"{url}.md5"
    with failures_of(beside):
        response = requests.get(beside, headers=_HEADERS, timeout=limit("timeout_s"))
        check_answer(response, beside)
        found = _MD5.match(response.text.strip())
    if found is None:
        raise problem(FetchError, "fetch.no_checksum", host=host(url))
    return found[1].lower()


def download(
    remote: Remote, path: Path, *, on_progress: Callable[[int], None] = lambda _bytes: None
) -> None:
    """
    Bring a file and compare it with its checksum.

    Parameters
    ----------
    remote : Remote
    path : Path
        A temporary name: what lies there after an error is of no use.
    on_progress : callable
        Called now and then with the bytes that are there.

    Raises
    ------
    FetchError
        It did not arrive whole, is no map, or its checksum is another one.
    DataError
        There is no room for it, or the system refuses.
    """
    md5 = checksum_of(remote.url)
    with _writing(path), path.open("wb") as file:
        _check_room(path.parent, remote.size)
        _receive(remote, file, on_progress)
        file.flush()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
    if digest.hexdigest() != md5:
        raise problem(FetchError, "fetch.checksum", host=host(remote.url))


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Tell what the system says against writing a file."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise problem(
            DataError, "fetch.unwritable", folder=path.parent.parent, reason=reason
        ) from error


def _check_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size:
        needed, left = megabytes(size), megabytes(free)
        raise problem(DataError, "fetch.no_room", folder=folder.parent, needed=needed, free=left)


def _receive(remote: Remote, file: BinaryIO, on_progress: Callable[[int], None]) -> None:
    """All bytes, taken up again where the line breaks, as long as each try brings some."""
    tries = int(limit("attempts"))
    while True:
        before, tries = file.tell(), tries - 1
        try:
            for _ in _pieces(remote, file):
                on_progress(file.tell())
        except FetchError as error:
            if not error.is_passing or not tries or file.tell() <= before:
                raise
            time.sleep(limit("pause_s"))
        else:
            return


def _pieces(remote: Remote, file: BinaryIO) -> Iterator[int]:
    """Write what comes, from where the file ends."""
    import requests

    start, headers = file.tell(), dict(_HEADERS)
    if start:
        headers["Range"] = f"bytes={start}-"
        headers |= {"If-Range": remote.mark} if remote.mark else {}
    with (
        failures_of(remote.place),
        requests.get(
            remote.place, headers=headers, timeout=limit("timeout_s"), stream=True
        ) as response,
    ):
        check_answer(response, remote.url)
        _go_to(response, file, start)
        for piece in response.iter_content(_AT_ONCE):
            if not file.tell():
                _check_kind(piece, remote)
            file.write(piece)
            if file.tell() > min(remote.size or MAX_BYTES, MAX_BYTES):
                raise problem(FetchError, "fetch.too_long", host=host(remote.url))
            yield len(piece)
    if file.tell() < remote.size or not file.tell():
        came, of = megabytes(file.tell()), megabytes(remote.size)
        facts = {"is_passing": True}
        raise problem(FetchError, "fetch.truncated", facts, host=host(remote.url), came=came, of=of)


def _go_to(response: requests.Response, file: BinaryIO, start: int) -> None:
    """Go to where the answer begins: at the place asked for, or at the start of another version."""
    if response.status_code != 206:
        file.seek(0)
        file.truncate()
        return
    begins = _FROM.match(response.headers.get("Content-Range", ""))
    if begins is None or int(begins[1]) != start:
        raise problem(FetchError, "fetch.not_understood", host=host(response.url))


def _check_kind(piece: bytes, remote: Remote) -> None:
    """Refuse what does not begin as a map does."""
    if piece.lstrip()[:1] == b"<":
        raise problem(FetchError, "fetch.portal", host=host(remote.url))
    if piece[4:15] != _PBF:
        raise problem(FetchError, "fetch.no_map", host=host(remote.url))
