# SPDX-License-Identifier: GPL-2.0-or-later
"""What can go wrong in an experiment; every message is one line, ready to be shown.

ExperimentError
├── PlanError       a plan is malformed: file, line, what was found and what was expected
├── RunError        one run failed; the others go on
├── ResultsError    a results directory cannot be written, or cannot be read
├── CompareError    the samples do not support the comparison asked for
├── ClusterError    a Dask cluster cannot be reached, or cannot make the runs
├── ReportError     a report cannot be written
└── OutputError     standard output cannot be written
"""

from __future__ import annotations


class ExperimentError(Exception):
    """Base of all errors of this package."""


class PlanError(ExperimentError):
    """A plan is malformed or does not exist."""


class RunError(ExperimentError):
    """One run failed."""


class ResultsError(ExperimentError):
    """A results directory cannot be written or read."""


class CompareError(ExperimentError):
    """The samples do not support the comparison asked for."""


class ClusterError(ExperimentError):
    """A Dask cluster cannot be reached, or cannot make the runs."""


class ReportError(ExperimentError):
    """A report cannot be written."""


class OutputError(ExperimentError):
    """Standard output cannot be written."""
