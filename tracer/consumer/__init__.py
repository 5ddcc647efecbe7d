# SPDX-License-Identifier: GPL-2.0-or-later
"""From buffers to text: records, values, printf, histograms, stacks, aggregations, and the default layout."""

from tracer.consumer.aggregations import AggregationEntry, Aggregations
from tracer.consumer.consumer import HEADING, Consumer
from tracer.consumer.messages import describe_lost, describe_wait_status, plural

__all__ = [
    "HEADING",
    "AggregationEntry",
    "Aggregations",
    "Consumer",
    "describe_lost",
    "describe_wait_status",
    "plural",
]
