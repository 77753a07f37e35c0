"""Who a product is for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

AudienceKind = Literal["owner", "minusca_ops", "public"]
AUDIENCE_KINDS: tuple[AudienceKind, ...] = get_args(AudienceKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """
    One audience.

    Attributes
    ----------
    kind : str
        ``owner``, ``minusca_ops`` (G3, U3, U35, UNPOL and FPU operations) or ``public``. An unknown kind is
        withheld everything.
    organisation : str
        For ``owner``: whose own records. Empty: the desk that holds the register itself.
    segments : frozenset of str
        For ``owner``: segments of its own movements; patrol offers elsewhere are not its affair (DOMAIN.md
        4.7, "own segments").
    """

    kind: str
    organisation: str = ""
    segments: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """
    Answer of the gate when nothing may leave.

    Attributes
    ----------
    reason : str
        Key of the message table, without the record's content: ``audience``, ``purpose``, ``owner``,
        ``consent_absent``, ``consent_expired``, ``consent_withdrawn``, ``not_own_segment``, ``no_export``,
        ``no_position``, ``not_theirs``, ``future``, ``delay``, ``nothing_left``, ``no_route``.
    """

    reason: str
