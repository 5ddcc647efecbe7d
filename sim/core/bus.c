/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where devices sit (AM335x memory map; pvctl is ours) and how Unicorn's accesses reach them.
 * An access may change the interrupt lines, so every write makes the next block look around.
 */
#include "core.h"
#define	PV_NO_STRUCTS
#include <abi/pvctl.h>

#define	UART0_BASE	0x44e09000u
#define	UART1_BASE	0x48022000u
#define	DMTIMER2_BASE	0x48040000u
#define	DMTIMER3_BASE	0x48042000u
#define	INTC_BASE	0x48200000u
#define	PAGE		0x1000u

static uint64_t
timer2_read(uc_engine *uc, uint64_t offset, unsigned size, void *user_data)
{
	struct core *c = user_data;

	device_access(c, false);
	return dmtimer_read(c, &c->timer[0], (uint32_t)offset);
}

static void
timer2_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user_data)
{
	struct core *c = user_data;

	device_access(c, true);
	dmtimer_write(c, &c->timer[0], (uint32_t)offset, (uint32_t)value);
}

static uint64_t
timer3_read(uc_engine *uc, uint64_t offset, unsigned size, void *user_data)
{
	struct core *c = user_data;

	device_access(c, false);
	return dmtimer_read(c, &c->timer[1], (uint32_t)offset);
}

static void
timer3_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user_data)
{
	struct core *c = user_data;

	device_access(c, true);
	dmtimer_write(c, &c->timer[1], (uint32_t)offset, (uint32_t)value);
}

static uint64_t
intc_mmio_read(uc_engine *uc, uint64_t offset, unsigned size, void *user_data)
{
	struct core *c = user_data;

	device_access(c, false);
	return intc_read(c, (uint32_t)offset);
}

static void
intc_mmio_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user_data)
{
	struct core *c = user_data;

	device_access(c, true);
	intc_write(c, (uint32_t)offset, (uint32_t)value);
}

static uint64_t
pvctl_mmio_read(uc_engine *uc, uint64_t offset, unsigned size, void *user_data)
{
	struct core *c = user_data;

	device_access(c, false);
	return pvctl_read(c, (uint32_t)offset);
}

static void
pvctl_mmio_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user_data)
{
	struct core *c = user_data;

	device_access(c, true);
	pvctl_write(c, (uint32_t)offset, (uint32_t)value);
}

static uint64_t
uart0_read(uc_engine *uc, uint64_t offset, unsigned size, void *user_data)
{
	device_access(user_data, false);
	return uart_read(user_data, 0, (uint32_t)offset);
}

static void
uart0_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user_data)
{
	device_access(user_data, true);
	uart_write(user_data, 0, (uint32_t)offset, (uint8_t)value);
}

static uint64_t
uart1_read(uc_engine *uc, uint64_t offset, unsigned size, void *user_data)
{
	device_access(user_data, false);
	return uart_read(user_data, 1, (uint32_t)offset);
}

static void
uart1_write(uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *user_data)
{
	device_access(user_data, true);
	uart_write(user_data, 1, (uint32_t)offset, (uint8_t)value);
}

static const struct {
	uint32_t		base;
	uc_cb_mmio_read_t	read;
	uc_cb_mmio_write_t	write;
} devices[] = {
	{ UART0_BASE, uart0_read, uart0_write },
	{ UART1_BASE, uart1_read, uart1_write },
	{ DMTIMER2_BASE, timer2_read, timer2_write },
	{ DMTIMER3_BASE, timer3_read, timer3_write },
	{ INTC_BASE, intc_mmio_read, intc_mmio_write },
	{ PV_BASE, pvctl_mmio_read, pvctl_mmio_write },
};

/* Map RAM and every device at their physical addresses. */
uc_err
bus_map(struct core *c)
{
	uc_err err = uc_mem_map_ptr(c->uc, c->ram_base, c->ram_bytes, UC_PROT_ALL, c->ram);

	for (size_t i = 0; err == UC_ERR_OK && i < NELEM(devices); i++)
		err = uc_mmio_map(c->uc, devices[i].base, PAGE, devices[i].read, c, devices[i].write, c);
	return err;
}

/* A load or store reached a device. */
void
device_access(struct core *c, bool write)
{
	if (c->timed)
		c->n.cycles += (uint64_t)c->p.device_access_cycles;
	if (write)
		c->attention = 0;
}
