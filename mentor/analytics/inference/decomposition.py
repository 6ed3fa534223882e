"""A difference between two ways of trading, split exactly into how often, how big and how well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A session's result as a product: trades × size of a trade × result a unit of size."""

    frequency: float
    size: float
    edge: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The parts of a difference; they add up to it."""

    frequency: float
    size: float
    edge: float

    @property
    def total(self) -> float:
        return self.frequency + self.size + self.edge


def shapley_frequency_size_edge(base: Pattern, other: Pattern) -> Split:
    """Other minus base: each factor's mean contribution over the six orders of changing them (Shapley 1953)."""
    return Split(
        frequency=_share((base.frequency, other.frequency), (base.size, other.size), (base.edge, other.edge)),
        size=_share((base.size, other.size), (base.frequency, other.frequency), (base.edge, other.edge)),
        edge=_share((base.edge, other.edge), (base.frequency, other.frequency), (base.size, other.size)),
    )


def _share(changed: tuple[float, float], one: tuple[float, float], two: tuple[float, float]) -> float:
    together, apart = one[0] * two[0] + one[1] * two[1], one[0] * two[1] + one[1] * two[0]
    return (changed[1] - changed[0]) * (2 * together + apart) / 6
