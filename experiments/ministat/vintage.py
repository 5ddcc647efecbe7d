# SPDX-License-Identifier: GPL-2.0-or-later
"""The vintages of FreeBSD's ministat that differ in their answers, as facts.

The default is the one Debian packages (20150715, FreeBSD-CURRENT of that summer): it can be installed
beside ours and held against it byte for byte. ``-q`` came later; as it was an error before, it is taken
in every vintage, but only the usage text of ``head`` lists it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Vintage:
    """What one vintage does; ``open_status`` is the exit status when a file cannot be opened."""

    name: str
    describes: str
    mean_median: bool  # an even set's median is the mean of the middle two, not the upper one
    two_pass_variance: bool  # summed around the average, not from the sum of squares
    propagated_error: bool  # the relative error accounts for the first set's own scatter
    open_status: int
    flags: str  # as the usage line shows them


VINTAGES = {
    vintage.name: vintage
    for vintage in (
        Vintage("2015", "FreeBSD 11-CURRENT of July 2015, as Debian packages it", False, False, False, 1, "Ans"),
        Vintage("2016", "FreeBSD 11.0", True, False, False, 1, "Ans"),
        Vintage("head", "FreeBSD 15-CURRENT of 2024", True, True, True, 2, "Anqs"),
    )
}
DEFAULT_VINTAGE = VINTAGES["2015"]
