"""
Skill of the hazard model, measured: each month is forecast from the records before it, then scored.

Score: log likelihood of the month's records in pieces of road, Poisson, in nats. All models share the month's
total, so that gains say who places the records better. Against a constant rate, raw counts mixed with an even
spread, and a planar kernel, the share of the spread and the bandwidth fitted on the past (ALGORITHMS.md f).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.risk.forward import Forecaster, Model
from cmcoord_geo.risk.memory import Memory, shipped_memories
from cmcoord_geo.risk.predictive import covered_share, fit_spread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.risk.forward import Past
    from cmcoord_geo.risk.memory import Memories

SHIPPED, CONSTANT, RAW, PLANAR = "shipped", "constant_rate", "raw_counts", "planar_kernel"
MODELS = (SHIPPED, CONSTANT, RAW, PLANAR)
#: Length of the pieces in which records are counted.
PIECE_M = 5_000.0
#: Records of a coarser precision, or farther from every road, say nothing about a piece of road.
COARSEST, WITHIN_M = 3, 25_000.0
#: Fewer records than this tell nothing, for or against.
FEWEST = 30
TOPS = (0.05, 0.10)
_BANDWIDTHS_KM = (5.0, 10.0, 20.0, 40.0, 80.0)
_DRAWS, _SEED = 4_000, 20_261_125
#: Records expected in a region and month below which its interval says nothing.
_LEAST_EXPECTED = 0.1
#: Expected records a month on a piece that part the groups of the calibration.
GROUPS = (0.0, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.03, 0.1, np.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Mean over months with the bounds of its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Piece-months of about one forecast.

    Attributes
    ----------
    low, high : float
        Expected records on a piece and month between which the group lies.
    pieces : int
        Piece-months in it.
    expected : float
    recorded : int
    """

    low: float
    high: float
    pieces: int
    expected: float
    recorded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """
    What months of forecasts were worth.

    Attributes
    ----------
    months : tuple of int
        ``12 * year + month - 1``.
    events : int
        Records scored.
    log_score : mapping
        Model to its mean log score in nats a month.
    gain : mapping
        Simple model to the gain of the shipped one over it in nats a month.
    gain_by_class, gain_by_region : mapping
        Class, or number of the region, to gains over each simple model in nats a month.
    events_by_class, events_by_region : mapping
    hit_rate : tuple of float
        Share of the records on the top 5 % and the top 10 % of road length.
    hits_by_month : tuple of (int, int)
        Records on the top 5 %, and all, of each month.
    interval_coverage : float
        Share of region-months whose count the 90 % interval holds, ties split.
    groups : tuple of Group
        Calibration.
    planar_km : float
        Bandwidth of the planar kernel in the last month.
    weights : tuple of float
        Of the shipped memories in the last month.
    """

    months: tuple[int, ...]
    events: int
    log_score: Mapping[str, float]
    gain: Mapping[str, Range]
    gain_by_class: Mapping[str, Mapping[str, Range]]
    gain_by_region: Mapping[int, Mapping[str, Range]]
    events_by_class: Mapping[str, int]
    events_by_region: Mapping[int, int]
    hit_rate: tuple[float, float]
    hits_by_month: tuple[tuple[int, int], ...]
    interval_coverage: float
    groups: tuple[Group, ...]
    planar_km: float
    weights: tuple[float, ...]

    @property
    def is_enough(self) -> bool:
        """Whether there are records enough to tell anything."""
        return self.events >= FEWEST

    @property
    def advised(self) -> str:
        """Model to rely on: the shipped one, unless a simpler one placed the records better in the mean."""
        if not self.is_enough:
            return CONSTANT
        best = max((CONSTANT, RAW, PLANAR), key=lambda name: self.log_score[name])
        return SHIPPED if self.log_score[SHIPPED] >= self.log_score[best] else best


def measure_skill(
    past: Past,
    classes: Sequence[str],
    *,
    first: int,
    last: int,
    memories: Memories | None = None,
    on_month: Callable[[int, int], None] | None = None,
) -> Skill:
    """
    Forecast and score months one after the other.

    Parameters
    ----------
    past : Past
    classes : sequence of str
        Class of each record of the past, in its order.
    first, last : int
        Months to score, see :func:`~cmcoord_geo.risk.forward.month_of`.
    memories : Memories, optional
        Of the model to measure; the shipped ones by default.
    on_month : callable, optional
        Called with the months done and those in all.
    """
    scorer = _Scorer(past, memories or shipped_memories(), last=last)
    months = tuple(range(max(first, past.first), last + 1))
    for done, month in enumerate(months, start=1):
        scorer.score(month)
        if on_month:
            on_month(done, len(months))
    return scorer.skill(months, np.array(classes, dtype=object))


class _Scorer:
    """Scores of one month after the other."""

    def __init__(self, past: Past, memories: Memories, *, last: int) -> None:
        self._past = past
        shipped = Model(
            name=SHIPPED, memories=memories.memories, prior=memories.prior, is_share=False
        )
        self._shipped = Forecaster(past, shipped, last=last)
        self._constant = Forecaster(past, _simple(CONSTANT), last=last)
        self._raw = Forecaster(past, _simple(RAW, _remembered("same")), last=last)
        self._planar = [
            Forecaster(past, _simple(PLANAR, _remembered("near", km)), last=last)
            for km in _BANDWIDTHS_KM
        ]
        self._rows: list[NDArray[np.int64]] = []
        self._gains: list[Mapping[str, NDArray[np.float64]]] = []
        self._scores: list[Mapping[str, float]] = []
        self._hits: list[NDArray[np.bool_]] = []
        self._covered: list[tuple[float, float]] = []
        self._groups = np.zeros((len(GROUPS) - 1, 3))
        self._planar_km = 0.0
        self._weights = memories.weights

    def score(self, month: int) -> None:
        past = self._past
        low, high = np.searchsorted(past.month, [month, month + 1])
        rows = np.arange(low, high)
        planar = max(self._planar, key=lambda one: one.past_score(month, one.weights(month)))
        self._planar_km = _BANDWIDTHS_KM[self._planar.index(planar)]
        models = {
            SHIPPED: self._shipped, CONSTANT: self._constant, RAW: self._raw, PLANAR: planar,
        }  # fmt: skip
        weights = {name: model.weights(month) for name, model in models.items()}
        self._weights = weights[SHIPPED]
        total = self._shipped.total(month, weights[SHIPPED])
        logs = {
            name: np.log(model.at_records(month, weights[name])) for name, model in models.items()
        }
        counts = np.unique(past.piece[rows], return_counts=True)[1]
        shared = len(rows) * np.log(total) - total - _log_factorials(counts)
        self._rows.append(rows)
        self._scores.append({name: float(log.sum() + shared) for name, log in logs.items()})
        self._gains.append({name: logs[SHIPPED] - logs[name] for name in MODELS[1:]})
        expected = total * self._shipped.everywhere(month, weights[SHIPPED])
        self._hits.append(np.array([_on_top(past, expected, rows, top) for top in TOPS]))
        self._group(expected, rows)
        self._cover(month, weights[SHIPPED])

    def _group(self, expected: NDArray[np.float64], rows: NDArray[np.int64]) -> None:
        group = np.searchsorted(GROUPS, expected, side="right") - 1
        count = len(GROUPS) - 1
        self._groups[:, 0] += np.bincount(group, minlength=count)
        self._groups[:, 1] += np.bincount(group, expected, minlength=count)
        self._groups[:, 2] += np.bincount(group[self._past.piece[rows]], minlength=count)

    def _cover(self, month: int, weights: NDArray[np.float64]) -> None:
        """Count of each region against its interval, whose width is fitted on the months before."""
        past, model = self._past, self._shipped
        months = range(past.first, month + 1)
        expected = np.array(
            [model.total(one, weights) * model.by_region(one, weights) for one in months]
        )
        recorded = np.array([_by_region(past, one) for one in months])
        spread = fit_spread(expected[:-1].ravel(), recorded[:-1].ravel())
        wanted = expected[-1] >= _LEAST_EXPECTED
        for mean, count in zip(expected[-1][wanted], recorded[-1][wanted], strict=True):
            self._covered.append((covered_share(float(mean), int(count), spread), 1.0))

    def skill(self, months: tuple[int, ...], classes: NDArray[np.object_]) -> Skill:
        past, random = self._past, np.random.default_rng(_SEED)
        rows = np.concatenate([np.zeros(0, np.int64), *self._rows])
        month = np.repeat(np.arange(len(months)), [len(one) for one in self._rows])
        gains = {
            name: np.concatenate([np.zeros(0), *(one[name] for one in self._gains)])
            for name in MODELS[1:]
        }
        draws = random.integers(0, max(len(months), 1), (_DRAWS, len(months)))

        def gain(is_wanted: NDArray[np.bool_]) -> Mapping[str, Range]:
            return {
                name: _range(_by_month(month[is_wanted], each[is_wanted], len(months)), draws)
                for name, each in gains.items()
            }

        kind, region = classes[rows], past.region[past.piece[rows]]
        hits = np.concatenate([np.zeros((2, 0), bool), *self._hits], axis=1)
        covered = np.array(self._covered).reshape(-1, 2)
        return Skill(
            months=months,
            events=len(rows),
            log_score={
                name: float(np.mean([one[name] for one in self._scores] or [np.nan]))
                for name in MODELS
            },
            gain=gain(np.ones(len(rows), bool)),
            gain_by_class={word: gain(kind == word) for word in sorted(set(kind.tolist()))},
            gain_by_region={int(i): gain(region == i) for i in np.unique(region)},
            events_by_class={
                word: int((kind == word).sum()) for word in sorted(set(kind.tolist()))
            },
            events_by_region={int(i): int((region == i).sum()) for i in np.unique(region)},
            hit_rate=(_mean(hits[0]), _mean(hits[1])),
            hits_by_month=tuple((int(one[0].sum()), one.shape[1]) for one in self._hits),
            interval_coverage=_mean(covered[:, 0]),
            groups=tuple(
                Group(
                    low=GROUPS[i],
                    high=GROUPS[i + 1],
                    pieces=int(self._groups[i, 0]),
                    expected=float(self._groups[i, 1]),
                    recorded=int(self._groups[i, 2]),
                )
                for i in range(len(GROUPS) - 1)
            ),
            planar_km=self._planar_km,
            weights=tuple(self._weights.tolist()),
        )


def _by_month(
    month: NDArray[np.int64], each: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    return np.bincount(month, each, minlength=count).astype(np.float64)


def _remembered(part: str, km: float = 0.0) -> Memory:
    return Memory(
        name=part,
        part=part,
        reach_m=1000.0 * km * np.sqrt(2.0),  # exp(-d²/2h²)
        half_life_months=np.inf,
        weight=0.5,
        power=2.0,
    )


def _simple(name: str, *memories: Memory) -> Model:
    """Memories that never fade, mixed with an even spread."""
    even = Memory(name="even", part="even", reach_m=0.0, half_life_months=np.inf, weight=0.5)
    return Model(name=name, memories=(*memories, even), prior=0.5, is_share=True)


def _on_top(
    past: Past, expected: NDArray[np.float64], rows: NDArray[np.int64], share: float
) -> NDArray[np.bool_]:
    """Which records lie on the pieces of the highest rate a km that make up a share of the length."""
    length_m = past.filing.pieces.length_m
    order = np.argsort(-expected / length_m, kind="stable")
    is_top = np.zeros(len(length_m), dtype=bool)
    is_top[order[np.cumsum(length_m[order]) <= share * length_m.sum()]] = True
    return np.asarray(is_top[past.piece[rows]])


def _by_region(past: Past, month: int) -> NDArray[np.int64]:
    low, high = np.searchsorted(past.month, [month, month + 1])
    return np.bincount(past.region[past.piece[low:high]], minlength=past.regions)


def _range(by_month: NDArray[np.float64], draws: NDArray[np.int64]) -> Range:
    if not len(by_month):
        return Range(mean=float("nan"), low=float("nan"), high=float("nan"))
    means = by_month[draws].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Range(mean=float(by_month.mean()), low=float(low), high=float(high))


def _mean(values: NDArray[np.generic]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _log_factorials(counts: NDArray[np.int64]) -> float:
    return float(sum(lgamma(count + 1.0) for count in counts.tolist()))
