"""The modules that gradual semantics are made of: aggregations and influences.

An *aggregation* puts together what a node's attackers and supporters bring; each brings the
strength of the source times the weight of the edge, attacks as negative numbers, supports as
positive ones ("pulls"). An *influence* moves the node's initial strength ``w`` by that sum ``E``.
All are differentiable but for `TOP` where two pulls are equal and `LINEAR` where ``E`` is 0; there
the slope is the one towards a stronger source.

Source: Mossakowski, Neuhaus, "Modular Semantics and Characteristics for Bipolar Weighted
Argumentation Graphs", arXiv:1807.06685.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .bipolar import FloatArray
from .evaluation_order import IntArray

Number: TypeAlias = Any
"""A float or an array of floats: the formulas below serve one node and many alike."""

LARGEST_EXPONENT: Final = 700.0


class Aggregation(Enum):
    """How pulls are put together.

    SUM: their sum. PRODUCT: ``prod(1 - attack) - prod(1 - support)``. TOP: the strongest support
    minus the strongest attack. A pull of 0 changes nothing under any of them.
    """

    SUM = 1
    PRODUCT = 2
    TOP = 3

    def of_rows(self, pulls: FloatArray, start: IntArray) -> FloatArray:
        """``E`` of each row of pulls; row ``r`` begins at ``start[r]`` and is not empty."""
        if self is Aggregation.SUM:
            return np.add.reduceat(pulls, start)
        support, attack = np.maximum(pulls, 0), np.minimum(pulls, 0)
        if self is Aggregation.PRODUCT:
            kept = np.multiply.reduceat(1 + attack, start)
            return kept - np.multiply.reduceat(1 - support, start)
        return np.maximum.reduceat(support, start) + np.minimum.reduceat(attack, start)

    def of_row(self, pulls: list[float]) -> float:
        """``E`` of one row of pulls, without numpy."""
        if self is Aggregation.SUM:
            return sum(pulls)
        if self is Aggregation.PRODUCT:
            kept = math.prod([1 + pull for pull in pulls if pull < 0])
            return kept - math.prod([1 - pull for pull in pulls if pull > 0])
        return max(0.0, *pulls) + min(0.0, *pulls)

    def slopes(self, pulls: FloatArray, start: IntArray, sign: IntArray) -> FloatArray:
        """By how much ``E`` changes with each pull; `sign` is that of its edge.

        Exact where a source of strength 1 makes a factor of the product vanish.
        """
        if self is Aggregation.SUM:
            return np.ones_like(pulls)
        size = np.abs(pulls)
        row = np.repeat(np.arange(start.size), np.diff(start, append=pulls.size))
        slopes = np.zeros_like(pulls)
        for side in (1, -1):
            mine = sign == side
            if self is Aggregation.PRODUCT:
                factor = np.where(mine, 1 - size, 1.0)
                zero = factor == 0
                product = np.multiply.reduceat(np.where(zero, 1.0, factor), start)[row]
                zeros = np.add.reduceat(zero.astype(np.int64), start)[row]
                others = np.where(zeros == zero, product / np.where(zero, 1.0, factor), 0.0)
                slopes[mine] = others[mine]
            else:
                top = np.maximum.reduceat(np.where(mine, size, -1.0), start)[row]
                first = np.flatnonzero(mine & (size == top))
                _, of_row = np.unique(row[first], return_index=True)
                slopes[first[of_row]] = 1.0
        return slopes


def exponential(exponent: FloatArray) -> FloatArray:
    """``e`` to each exponent, exponents being kept within ±700."""
    return np.exp(np.clip(exponent, -LARGEST_EXPONENT, LARGEST_EXPONENT))


def exponential_of_one(exponent: float) -> float:
    """The same for one number."""
    return math.exp(min(max(exponent, -LARGEST_EXPONENT), LARGEST_EXPONENT))


@dataclass(frozen=True, slots=True)
class Influence:
    """How an aggregate moves an initial strength.

    `value(w, energy, exp)` is the strength, in [0, 1] for ``w`` in [0, 1]; `exp` is one of the two
    exponentials above. `slopes(w, energy, rising)` are its derivatives by the energy and by
    ``w``; at a kink, the first is the one upwards where `rising`, else downwards.
    """

    value: Callable[[Number, Number, Callable[[Number], Number]], Number]
    slopes: Callable[[FloatArray, FloatArray, NDArray[np.bool_]], tuple[FloatArray, FloatArray]]


def _quadratic(w: Number, energy: Number, _: object) -> Number:
    square = energy * energy
    return w + ((energy > 0) - w) * (square / (1 + square))


def _quadratic_slopes(
    w: FloatArray, energy: FloatArray, _: object
) -> tuple[FloatArray, FloatArray]:
    denominator = 1 + energy * energy
    slope = 2 * np.abs(energy) * np.where(energy > 0, 1 - w, w) / (denominator * denominator)
    return slope, 1 / denominator


def _linear(w: Number, energy: Number, _: object) -> Number:
    return w + ((energy > 0) - w) * abs(energy)


def _linear_slopes(
    w: FloatArray, energy: FloatArray, rising: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    upper = (energy > 0) | ((energy == 0) & rising)
    return np.where(upper, 1 - w, w), 1 - np.abs(energy)


def _euler(w: Number, energy: Number, exp: Callable[[Number], Number]) -> Number:
    return 1 - (1 - w * w) / (1 + w * exp(energy))


def _euler_slopes(w: FloatArray, energy: FloatArray, _: object) -> tuple[FloatArray, FloatArray]:
    growth = exponential(energy)
    rest = 1 / (1 + w * growth)
    damped = growth * rest
    return (1 - w * w) * w * damped * rest, (2 * w + (1 - w * w) * damped) * rest


def _logistic(w: Number, energy: Number, exp: Callable[[Number], Number]) -> Number:
    return w / (w + (1 - w) * exp(-energy))


def _logistic_slopes(w: FloatArray, energy: FloatArray, _: object) -> tuple[FloatArray, FloatArray]:
    decay = exponential(-energy)
    denominator = w + (1 - w) * decay
    value = w / denominator
    return value * (1 - value), decay / denominator / denominator


def _reciprocal(w: Number, energy: Number, _: object) -> Number:
    return w / (1 - energy)


def _reciprocal_slopes(
    w: FloatArray, energy: FloatArray, _: object
) -> tuple[FloatArray, FloatArray]:
    share = 1 / (1 - energy)
    return w * share * share, share


class Modules(NamedTuple):
    """An aggregation and an influence: together a semantics."""

    aggregation: Aggregation
    influence: Influence


QUADRATIC: Final = Influence(_quadratic, _quadratic_slopes)
"""``w + (1-w) h`` where ``E > 0``, else ``w - w h``, with ``h = E² / (1 + E²)``."""
LINEAR: Final = Influence(_linear, _linear_slopes)
"""``w + (1-w) E`` where ``E > 0``, else ``w + w E``; ``E`` in [-1, 1]."""
EULER: Final = Influence(_euler, _euler_slopes)
"""``1 - (1-w²) / (1 + w e^E)``; an initial strength of 0 or 1 stays."""
LOGISTIC: Final = Influence(_logistic, _logistic_slopes)
"""``sigmoid(ln(w / (1-w)) + E)``; an initial strength of 0 or 1 stays."""
RECIPROCAL: Final = Influence(_reciprocal, _reciprocal_slopes)
"""``w / (1 - E)``; ``E`` never positive."""
