/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The paravirtual control device of abi/pvctl.h: a write to PV_EVENT stops the machine for the host
 * at the end of the block.
 */
#include <string.h>

#include "core.h"
#define	PV_NO_STRUCTS
#include <abi/pvctl.h>

static void
announce(struct core *c, uint32_t number)
{
	struct event *event = &c->pv.queue[(c->pv.head + c->pv.count) % EVENTS];

	event->number = number;
	memcpy(event->arg, c->pv.arg, sizeof(event->arg));
	if (c->pv.count < EVENTS)
		c->pv.count++;
	ask_stop(c, STOP_EVENT);
}

uint32_t
pvctl_read(struct core *c, uint32_t offset)
{
	switch (offset) {
	case PV_ID:
		return PV_MAGIC;
	case PV_STATUS:
		return c->pv.status;
	case PV_MAILBOX:
		return (uint32_t)(c->ram_base + c->ram_bytes - (uint64_t)c->p.mailbox_bytes);
	case PV_MAILBOX_BYTES:
		return (uint32_t)c->p.mailbox_bytes;
	}
	if (offset >= PV_ARG0 && offset < PV_ARG0 + sizeof(c->pv.arg))
		return c->pv.arg[(offset - PV_ARG0) / 4];
	return 0;
}

void
pvctl_write(struct core *c, uint32_t offset, uint32_t value)
{
	if (offset == PV_EVENT) {
		announce(c, value);
	} else if (offset == PV_STATUS) {
		c->pv.status &= ~value;
	} else if (offset >= PV_ARG0 && offset < PV_ARG0 + sizeof(c->pv.arg)) {
		c->pv.arg[(offset - PV_ARG0) / 4] = value;
	}
}
