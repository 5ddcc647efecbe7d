# SPDX-License-Identifier: GPL-2.0-or-later
"""From buffers to output: records, values, printf, histograms, stacks, aggregations; dtrace's layout or JSON."""

from tracer.consumer.aggregations import AggregationEntry, Aggregations
from tracer.consumer.consumer import Consumer
from tracer.consumer.messages import describe_lost, describe_wait_status, plural

__all__ = [
    "AggregationEntry",
    "Aggregations",
    "Consumer",
    "describe_lost",
    "describe_wait_status",
    "plural",
]
