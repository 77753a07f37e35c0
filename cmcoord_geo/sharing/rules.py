"""The table of field x audience (``data/sharing.toml``): one line for each field, or the gate refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cmcoord_geo.errors import SharingError
from cmcoord_geo.facts import toml
from cmcoord_geo.sharing.audience import AUDIENCE_KINDS
from cmcoord_geo.sharing.generalise import GENERALISATIONS

_ACTIONS = frozenset({"drop", "exact", *GENERALISATIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceRule:
    """What one kind of audience may ask for, and whether consent is needed (L052)."""

    purposes: tuple[str, ...]
    needs_consent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingRules:
    """
    The table.

    Attributes
    ----------
    audiences : mapping
        Kind of audience to its rule.
    fields : mapping
        Kind of record to field to kind of audience to ``drop``, ``exact`` or a generalisation.
    """

    audiences: Mapping[str, AudienceRule]
    fields: Mapping[str, Mapping[str, Mapping[str, str]]]

    def action(self, record: str, name: str, audience: str) -> str:
        """
        What happens to a field for an audience.

        Raises
        ------
        SharingError
            The table has no line for it: nothing is released by default.
        """
        try:
            return self.fields[record][name][audience]
        except KeyError:
            message = f"data/sharing.toml has no line for {record}.{name} and {audience}"
            raise SharingError(message) from None


@cache
def sharing_rules() -> SharingRules:
    """Rules that the package ships."""
    return parse_rules(toml("sharing.toml"))


def parse_rules(table: Mapping[str, Any]) -> SharingRules:
    """
    Rules of a parsed table.

    Raises
    ------
    SharingError
        An audience is missing from a line, one is named that does not exist, or a line says something that
        is neither ``drop``, ``exact`` nor a generalisation.
    """
    audiences = {
        kind: AudienceRule(purposes=tuple(rule["purposes"]), needs_consent=bool(rule["consent"]))
        for kind, rule in table["audience"].items()
    }
    fields = {kind: dict(lines) for kind, lines in table.items() if kind != "audience"}
    for kind, lines in fields.items():
        for name, line in lines.items():
            if set(line) != set(AUDIENCE_KINDS):
                message = (
                    f"data/sharing.toml: {kind}.{name} needs exactly {', '.join(AUDIENCE_KINDS)}"
                )
                raise SharingError(message)
            if unknown := set(line.values()) - _ACTIONS:
                message = f"data/sharing.toml: {kind}.{name} says {', '.join(sorted(unknown))}"
                raise SharingError(message)
    return SharingRules(audiences=audiences, fields=fields)
