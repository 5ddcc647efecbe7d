# SPDX-License-Identifier: GPL-2.0-or-later
"""What a comparison is to be judged by: a leaf module."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """``confidence`` and ``margin`` (of equivalence, of the base's mean) in percent; ``power`` as a fraction.

    ``resamples`` and ``seed`` are the bootstrap's: the same samples always give the same interval.
    """

    confidence: float = 95.0
    margin: float = 5.0
    power: float = 0.8
    resamples: int = 9999
    seed: int = 1

    @property
    def level(self) -> float:
        """The confidence as a fraction."""
        return self.confidence / 100

    @property
    def alpha(self) -> float:
        """The chance of a false alarm."""
        return 1 - self.level
