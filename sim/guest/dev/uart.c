/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two serial lines, polled: unit 0 is the console, unit 1 carries users' standard input and
 * output.  Register offsets as in the AM335x manual.
 *
 * Locking: none; a byte is one store.
 */
#include <sys/systm.h>
#include <machine/machdep.h>
#include <machine/vmparam.h>

#define UART0_BASE	(0x44e09000 + DEVMAP_OFFSET)
#define UART1_BASE	(0x48022000 + DEVMAP_OFFSET)
#define UART_UNITS	2

#define UART_THR	0x00	/* write: transmit */
#define UART_RHR	0x00	/* read: received byte */
#define UART_LSR	0x14
#define LSR_DR		0x01	/* data ready */
#define LSR_THRE	0x20	/* transmitter takes a byte */

static const vm_offset_t uart_base[UART_UNITS] = { UART0_BASE, UART1_BASE };

uint32_t
uart_read_reg(int unit, u_int reg)
{

	return (*(volatile uint32_t *)(uart_base[unit] + reg));
}

void
uart_write_reg(int unit, u_int reg, uint32_t value)
{

	*(volatile uint32_t *)(uart_base[unit] + reg) = value;
}

/* The loader leaves both lines ready at 115200 8N1. */
void
uart_init(void)
{
}

void
uart_putc(int unit, int c)
{

	while ((uart_read_reg(unit, UART_LSR) & LSR_THRE) == 0)
		continue;
	uart_write_reg(unit, UART_THR, (uint32_t)c & 0xff);
}

int
uart_getc(int unit)
{

	if ((uart_read_reg(unit, UART_LSR) & LSR_DR) == 0)
		return (-1);
	return ((int)(uart_read_reg(unit, UART_RHR) & 0xff));
}

void
cnputc(int c)
{

	uart_putc(0, c);
}

int
cngetc(void)
{

	return (uart_getc(0));
}
