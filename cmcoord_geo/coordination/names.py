"""Names for corridors that can be told by radio and say nothing of what is behind them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

#: Letters and digits that are not taken for one another by ear or by hand.
_SIGNS = "2346789ABCDEFGHJKMNPQRTVWXYZ"
_LENGTH = 5


def opaque_id(content: str, *, seed: bytes, taken: Container[str]) -> str:
    """
    Name that whoever does not hold the seed cannot lead back to the content, and that nobody has yet.

    Parameters
    ----------
    content : str
        What is asked for, and nothing of a movement.
    seed : bytes
        At most 64; new for each issue, so that a list of guesses proves nothing.
    taken : container of str
    """
    for turn in range(1000):
        told = hashlib.blake2b(f"{turn}|{content}".encode(), key=seed, digest_size=16).digest()
        number = int.from_bytes(told, "big")
        name = ""
        for _ in range(_LENGTH):
            number, sign = divmod(number, len(_SIGNS))
            name += _SIGNS[sign]
        if name not in taken:
            return name
    message = "no name is left for a corridor"
    raise ValueError(message)
