"""
Memories: how records of the past make records of next month likely, and how much each memory weighs.

A self-exciting point process (Mohler et al., JASA 2011) with a background: the rate at a place is the sum,
over memories, of a weight times what each record still says there at its age. Adding a record never lowers a
rate, and an older one never counts more. Weights are fitted by expectation and maximisation on records
already scored.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import ConfigError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.config import HazardConfig

PARTS = ("same", "near", "town", "even")
#: Parts that rest on records, and not on the map alone.
OF_RECORDS = ("same", "near")
_NEVER = "none"
_ROUNDS, _STILL = 500, 1e-7
#: By how much shares may miss one.
_WHOLE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """
    One memory.

    Attributes
    ----------
    name : str
    part : str
        ``same``: where a record was filed; ``near``: around it; ``town``: every town alike; ``even``: all
        roads alike by length.
    reach_m : float
        Of ``near``: distance at which its density has fallen to 1/e; 0 otherwise.
    half_life_months : float
        Infinite where it never fades.
    power : float
        Of ``near``: 1 exponential, 2 Gaussian.
    share : float
        Part of the records to come that it places, where no past is there to fit weights on.
    weight : float
        Of ``same`` and ``near``: records that follow one record, in all (branching ratio). Of ``town`` and
        ``even``: records a month on the whole network.
    """

    name: str
    part: str
    reach_m: float
    half_life_months: float
    weight: float
    power: float = 1.0
    share: float = 0.0

    def fading(
        self, age_months: NDArray[np.float64], *, recorded_months: float
    ) -> NDArray[np.float64]:
        """
        What records of an age still say, in records a month; sums to 1 over a record's life where it fades.

        Parameters
        ----------
        age_months : ndarray of float64
            Not below 0.
        recorded_months : float
            Months of recording, over which a memory that never fades is a rate.
        """
        if np.isinf(self.half_life_months):
            return np.full(age_months.shape, 1.0 / recorded_months)
        rate = np.log(2.0) / self.half_life_months
        faded: NDArray[np.float64] = rate * np.exp(-rate * age_months)
        return faded


@dataclass(frozen=True, slots=True, kw_only=True)
class Memories:
    """
    A versioned set of memories.

    Attributes
    ----------
    memories : tuple of Memory
    prior : float
        Weight of the defaults against a file's own past, in records or months.
    class_half_life_days : float
        Half-life of the classes for which the memories' own hold; others are stretched in proportion.
    version, source : str
    """

    memories: tuple[Memory, ...]
    prior: float
    class_half_life_days: float
    version: str
    source: str

    @property
    def weights(self) -> NDArray[np.float64]:
        """Default weights, shape (k,)."""
        return np.array([memory.weight for memory in self.memories])


@cache
def shipped_memories() -> Memories:
    """Memories of ``data/hazard_memories.toml``."""
    return read_memories(data_dir() / "hazard_memories.toml")


@cache
def memories_of(config: HazardConfig) -> Memories:
    """
    Memories that colour roads: those that a configuration names, or the shipped ones.

    Raises
    ------
    ConfigError
        They cannot be read, their shares do not add up to one, or the place's own memories have all.
    """
    if not config.memories:
        return shipped_memories()
    path = Path(config.memories)
    found = read_memories(path)
    whole = sum(memory.share for memory in found.memories)
    if abs(whole - 1.0) > _WHOLE:
        raise problem(ConfigError, "memory.shares", file=path.name, whole=f"{whole:g}")
    own = sum(memory.share for memory in found.memories if memory.part == "same")
    if own >= 1.0:
        raise problem(ConfigError, "memory.one_kind", file=path.name)
    return found


def read_memories(path: Path) -> Memories:
    """
    Memories of a parameter file, the shipped one or a cell's own.

    Raises
    ------
    ConfigError
        It cannot be read, or something in it is missing or out of range; the memory is named.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise problem(ConfigError, "memory.unreadable", file=path.name) from error
    rows = table.get("memories")
    if not isinstance(rows, list) or not rows:
        raise problem(ConfigError, "memory.none", file=path.name)
    memories = tuple(_memory(row, path.name) for row in rows)
    return Memories(
        memories=memories,
        prior=_number(table, "prior", path.name, "prior", least=0.0),
        class_half_life_days=_class_half_life(table, path.name),
        version=str(table.get("version", "")),
        source=str(table.get("source", "")),
    )


def _class_half_life(table: Mapping[str, Any], file: str) -> float:
    """Half-life of a class for which those of the memories hold; 120 days where the file names none."""
    key = "class_half_life_days"
    return _number(table, key, file, key, least=1.0) if key in table else 120.0


def _memory(row: Mapping[str, Any], file: str) -> Memory:
    name, part = str(row.get("name", "")), row.get("part")
    if part not in PARTS:
        raise problem(
            ConfigError, "memory.part", file=file, name=name or "?", known=", ".join(PARTS)
        )
    half_life = np.inf
    if part in OF_RECORDS and row.get("half_life_months") != _NEVER:
        half_life = _number(row, "half_life_months", file, name, least=0.05)
    reach_km = _number(row, "reach_km", file, name, least=0.1) if part == "near" else 0.0
    return Memory(
        name=name,
        part=part,
        reach_m=1000.0 * reach_km,
        half_life_months=half_life,
        weight=_number(row, "weight", file, name, least=0.0),
        share=_number(row, "share", file, name, least=0.0) if "share" in row else 0.0,
    )


def _number(row: Mapping[str, Any], key: str, file: str, name: str, *, least: float) -> float:
    value = row.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value)
        if np.isfinite(number) and number >= least:
            return number
    raise problem(ConfigError, "memory.number", file=file, name=name, key=key, least=f"{least:g}")


def fit_weights(
    likely: NDArray[np.float64],
    total: NDArray[np.float64],
    *,
    start: NDArray[np.float64],
    prior: float,
) -> NDArray[np.float64]:
    """
    Weights of memories by maximum a posteriori, given what each memory said of records before they came.

    Parameters
    ----------
    likely : ndarray of float64, shape (n, k)
        For each record already scored, what each memory of weight 1 expected at its place in its month.
    total : ndarray of float64, shape (k,)
        What each memory of weight 1 expected on the whole network, summed over the months scored.
    start : ndarray of float64, shape (k,)
        Defaults: mean of the Gamma prior of each weight.
    prior : float
        How much the defaults weigh, in units of ``total``.

    Returns
    -------
    ndarray of float64, shape (k,)
        Without a record the weights go from the defaults towards nothing as months pass.

    References
    ----------
    Dempster, Laird and Rubin (1977), JRSS B 39: expectation and maximisation.
    """
    weights = start.copy()
    for _ in range(_ROUNDS):
        shares = likely * weights
        sums = shares.sum(axis=1, keepdims=True)
        shares = np.divide(shares, sums, out=np.zeros_like(shares), where=sums > 0)
        fitted = (shares.sum(axis=0) + prior * start) / (total + prior)
        if np.abs(fitted - weights).max() < _STILL:
            return np.asarray(fitted)
        weights = fitted
    return weights
