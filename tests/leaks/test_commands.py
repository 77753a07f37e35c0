"""Commands on a week tell another organisation no word of a movement that is not its own (H13, L052)."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaks.register import CANARIES, write_register
from leaks.scan import hits

from cmcoord_geo.cli.app import run

#: Of the movement of one organisation, for the other.
THEIRS = [CANARIES[name] for name in ("organisation", "movement", "withheld movement")]
OTHERS = [CANARIES[name] for name in ("other organisation", "other movement")]
NAMED = CANARIES["movement"]

COMMANDS = {
    "alternatives of another": ["alternatives", "{folder}", NAMED],
    "alternatives of nobody": ["alternatives", "{folder}", "KanarNobody"],
    "departures": ["depart", "{folder}", "--days", "1"],
    "departures of another": ["depart", "{folder}", "--days", "1", "--movement", NAMED],
    "departures of nobody": ["depart", "{folder}", "--days", "1", "--movement", "KanarNobody"],
    "conflicts and proposals": ["deconflict", "{folder}", "--propose"],
}


def told(command: list[str], folder: Path, organisation: str, capfd) -> bytes:
    """Everything that a command says to an organisation, on both channels."""
    words = [str(folder) if word == "{folder}" else word for word in command]
    run([*words, "--organisation", organisation, "--lang", "en"])
    out = capfd.readouterr()
    return (out.out + out.err).replace(str(folder), "").encode()


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_another_organisation_is_told_no_word(
    command: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    given = set(command)
    words = [word for word in THEIRS if word not in given]
    folder = write_register(tmp_path)
    assert hits(told(command, folder, CANARIES["other organisation"], capfd), words) == set()


def test_whose_it_is_and_whether_it_is_there_sound_alike(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whoever guesses an id does not learn that such a movement exists."""
    folder = write_register(tmp_path)
    for name in ("alternatives", "departures"):
        said = {
            told(COMMANDS[f"{name} of {which}"], folder, CANARIES["other organisation"], capfd)
            .replace(NAMED.encode(), b"X")
            .replace(b"KanarNobody", b"X")
            for which in ("another", "nobody")
        }
        assert len(said) == 1


def test_its_own_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Control: the scan finds what an organisation is given of itself."""
    folder = write_register(tmp_path)
    mine = CANARIES["other organisation"]
    for command in ("departures", "conflicts and proposals"):
        assert CANARIES["other movement"] in hits(
            told(COMMANDS[command], folder, mine, capfd), OTHERS
        )
