/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DRAM: one 16-bit DDR3 channel with open pages.
 *
 * A read finds its row open, or waits for the row to be closed and opened; the word asked for comes first, the rest of
 * the line a little later.  Lines written queue; a full queue stalls, and a read waits until the queue is empty.
 */
#include "core.h"

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Open the line's row; true if it was open. */
static bool
open_row(struct core *c, uint32_t line)
{
	uint32_t number = (uint32_t)(((uint64_t)line << LINE_SHIFT) / (uint64_t)c->p.dram_row_bytes);
	uint32_t bank = number & ((uint32_t)c->p.dram_banks - 1);
	bool open = c->t.row[bank] == number;

	c->t.row[bank] = number;
	return open;
}

/* Wait for the first word of a line. */
void
dram_read(struct core *c, uint32_t line)
{
	c->n.axi_read++;
	c->n.cycles = later(c->n.cycles, c->t.dram_free) + (uint64_t)c->p.dram_latency_cycles;
	if (!open_row(c, line))
		c->n.cycles += (uint64_t)c->p.dram_row_miss_cycles;
	c->t.filling = line;
	c->t.filled = c->n.cycles + (uint64_t)c->p.dram_rest_cycles;
}

/* Wait until all of the line read last is there. */
void
dram_wait(struct core *c)
{
	c->n.cycles = later(c->n.cycles, c->t.filled);
	c->t.filling = NO_LINE;
}

/* Queue one line's write; stalls when the queue is full. */
void
dram_write(struct core *c, uint32_t line)
{
	uint64_t room = (uint64_t)(c->p.dram_write_line_cycles * c->p.dram_write_queue);

	c->n.axi_write++;
	open_row(c, line);
	c->t.dram_free = later(c->t.dram_free, c->n.cycles) + (uint64_t)c->p.dram_write_line_cycles;
	if (c->t.dram_free > c->n.cycles + room)
		c->n.cycles = c->t.dram_free - room;
}
