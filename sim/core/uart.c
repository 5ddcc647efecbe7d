/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two 16550-like UARTs, always ready to send.  UART0 is the console (host fd 2), UART1 the terminal
 * (fd 1, and its input).  Bytes of both wait in one queue, so their order is kept.
 */
#include "core.h"

#define	UART_DATA	0x00
#define	UART_LSR	0x14
#define	LSR_READY	0x60
#define	LSR_INPUT	0x01

uint32_t
uart_read(struct core *c, int unit, uint32_t offset)
{
	struct console *con = &c->console;
	uint8_t byte;

	if (offset == UART_LSR)
		return LSR_READY | (unit == 1 && con->in_count > 0 ? LSR_INPUT : 0);
	if (offset != UART_DATA || unit != 1 || con->in_count == 0)
		return 0;
	byte = con->input[con->in_head];
	con->in_head = (con->in_head + 1) % INPUT_BYTES;
	con->in_count--;
	return byte;
}

void
uart_write(struct core *c, int unit, uint32_t offset, uint8_t value)
{
	struct console *con = &c->console;

	if (offset != UART_DATA || con->count == CONSOLE_BYTES)
		return;
	con->data[con->count] = value;
	con->fd[con->count] = unit == 0 ? 2 : 1;
	con->count++;
	if (con->count >= CONSOLE_BYTES / 2)
		ask_stop(c, STOP_CONSOLE);	/* half full: a block writes no more than the other half */
}
