"""Fetch roads over the internet and build a network of them: first what it costs, then the transfer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.io.fetch.overpass import Outline, ask, outline_of, read_box
from cmcoord_geo.io.fetch.sources import address, extract_label, extract_url, host, limit
from cmcoord_geo.io.fetch.transfer import Remote, download, look_up, megabytes
from cmcoord_geo.service.networks import build_network_file

if TYPE_CHECKING:
    from cmcoord_geo.io.network_file import NetworkFacts
    from cmcoord_geo.network import RoadNetwork

#: Called with a sentence on how far the work is.
Progress = Callable[[Said], None]
_FOLDER = ".cmcoord-fetch-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOffer:
    """
    Extracts that may be fetched.

    Attributes
    ----------
    names : tuple of str
    remotes : tuple of Remote
        One for each name.
    """

    names: tuple[str, ...]
    remotes: tuple[Remote, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files as they would be kept."""
        return tuple(remote.url.rpartition("/")[2] for remote in self.remotes)

    def lines(self) -> list[Said]:
        """What it costs and where it comes from."""
        lines = []
        for name, remote in zip(self.names, self.remotes, strict=True):
            size = said("fetch.size", size=megabytes(remote.size)) if remote.size else None
            day = said("fetch.day", day=remote.day) if remote.day else None
            lines.append(
                said(
                    "fetch.offer_extract",
                    name=extract_label(name),
                    size=size or said("fetch.unknown_size"),
                    day=day or said("fetch.unknown_day"),
                    host=host(remote.place),
                )
            )
        return lines

    def bring(self, folder: Path, on_progress: Progress) -> list[Path]:
        """Files, fetched into a folder and compared with their checksums."""
        for name, remote in zip(self.files, self.remotes, strict=True):
            download(remote, folder / name, on_progress=_every_megabyte(remote, on_progress))
        return [folder / name for name in self.files]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaOffer:
    """
    An area that may be asked of Overpass.

    Attributes
    ----------
    outline : Outline
    """

    outline: Outline

    @property
    def files(self) -> tuple[str, ...]:
        """Name of the file as it would be kept."""
        west, south, east, north = self.outline.bounds
        return (f"overpass_{west:.2f}_{south:.2f}_{east:.2f}_{north:.2f}.osm.pbf",)

    def lines(self) -> list[Said]:
        """What it costs and where it comes from."""
        place = [said("fetch.offer_place", name=self.outline.name)] if self.outline.name else []
        area = said(
            "fetch.offer_area",
            km2=f"{self.outline.km2:.0f}",
            count=self.outline.questions,
            host=host(address("overpass")),
            timeout=f"{limit('timeout_s'):.0f}",
        )
        return [*place, area]

    def bring(self, folder: Path, on_progress: Progress) -> list[Path]:
        """File of all answers, in a folder."""
        answers = ask(
            self.outline,
            on_progress=lambda count: on_progress(said("fetch.answers", count=count)),
        )
        return [answers.write(folder / self.files[0])]


Offer = ExtractOffer | AreaOffer


def offer_extracts(names: Sequence[str]) -> ExtractOffer:
    """
    Ask for the size and day of extracts; nothing is downloaded.

    Raises
    ------
    DataError
        A name is neither known nor a path.
    FetchError
        An extract is not there, or the server does not answer.
    """
    once = tuple(dict.fromkeys(names))
    urls = [extract_url(name) for name in once]
    return ExtractOffer(names=once, remotes=tuple(map(look_up, urls)))


def offer_box(words: str) -> AreaOffer:
    """
    Size of a box (west, south, east, north); nobody is asked.

    Raises
    ------
    DataError
        It is no box, or too large.
    """
    return AreaOffer(outline=read_box(words))


def offer_place(place: str) -> AreaOffer:
    """
    Outline of a place, asked of Nominatim, and its size.

    Raises
    ------
    FetchError
        It is not known, has no outline, or the server does not answer.
    DataError
        It is too large.
    """
    return AreaOffer(outline=outline_of(place))


def fetch_network(
    offer: Offer,
    out: Path,
    *,
    version: str,
    keep: Path | None = None,
    is_forced: bool = False,
    on_progress: Progress = lambda _words: None,
) -> tuple[RoadNetwork, NetworkFacts]:
    """
    Fetch what was offered, and build a network file of it.

    What arrives lies in a folder of its own until it is whole; then it is kept where asked, and the
    network is built. After an error that folder is gone, and files that were there before are as they were.

    Parameters
    ----------
    offer : ExtractOffer or AreaOffer
    out : Path
        Network file.
    version : str
        Of the package, kept in the file.
    keep : Path, optional
        Folder in which to keep what was fetched.
    is_forced : bool
        Whether files that are already there may be replaced.
    on_progress : callable

    Raises
    ------
    FetchError
        It did not arrive.
    DataError
        A file is already there, cannot be written, or holds no road.
    """
    check_targets(offer, out, keep=keep, is_forced=is_forced)
    folder = keep or out.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = TemporaryDirectory(prefix=_FOLDER, dir=folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    with made as name:
        files = offer.bring(Path(name), on_progress)
        if keep:
            files = [_moved(file, keep) for file in files]
        return build_network_file(
            files,
            out,
            version=version,
            is_forced=is_forced,
            on_progress=lambda words, _share: on_progress(words),
        )


def check_targets(offer: Offer, out: Path, *, keep: Path | None, is_forced: bool) -> None:
    """
    Refuse before anything is fetched where a file is already there.

    Raises
    ------
    DataError
        A file is there and may not be replaced.
    """
    targets = [out, *(keep / name for name in offer.files if keep)]
    there = [path for path in targets if path.exists()]
    if there and not is_forced:
        names = ", ".join(path.name for path in there)
        raise problem(
            DataError, "service.exists", files=names, folder=there[0].resolve().parent.name
        )


def _moved(file: Path, folder: Path) -> Path:
    try:
        return file.replace(folder / file.name)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> DataError:
    reason = error.strerror or type(error).__name__
    return problem(DataError, "fetch.unwritable", folder=folder, reason=reason)


def _every_megabyte(remote: Remote, on_progress: Progress) -> Callable[[int], None]:
    """Progress in whole megabytes, each told once."""
    told = 0

    def tell(size: int) -> None:
        nonlocal told
        if size // 1_000_000 > told:
            told = size // 1_000_000
            of = megabytes(remote.size) if remote.size else said("fetch.question_mark")
            on_progress(said("fetch.arrived", came=told, of=of))

    return tell
