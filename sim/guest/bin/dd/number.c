/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dd's numbers: decimal, octal or hexadecimal, an optional unit (b, k, m, g, t, p, w in either
 * case), and products with x or *.  Depends on nothing of the guest, so the host can test it.
 */
#include <errno.h>
#include <stdlib.h>

#include "dd.h"

static uint64_t
unit_bytes(char unit)
{
	switch (unit) {
	case 'B':
	case 'b':
		return (512);
	case 'K':
	case 'k':
		return (1ull << 10);
	case 'M':
	case 'm':
		return (1ull << 20);
	case 'G':
	case 'g':
		return (1ull << 30);
	case 'T':
	case 't':
		return (1ull << 40);
	case 'P':
	case 'p':
		return (1ull << 50);
	case 'W':
	case 'w':
		return (sizeof(int));
	default:
		return (0);
	}
}

static bool
multiply(uint64_t *value, uint64_t factor)
{
	if (factor != 0 && *value > UINT64_MAX / factor)
		return (false);
	*value *= factor;
	return (true);
}

/* Read a whole operand into *value; says whether it is no number or too large. */
enum number_error
parse_number(const char *text, uint64_t *value)
{
	enum number_error error;
	uint64_t factor;
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 0);
	if (errno == ERANGE)
		return (NUMBER_RANGE);
	if (end == text)
		return (NUMBER_ILLEGAL);
	factor = unit_bytes(*end);
	if (factor != 0) {
		if (!multiply(value, factor))
			return (NUMBER_RANGE);
		end++;
	}
	if (*end == '\0')
		return (NUMBER_OK);
	if (*end != 'x' && *end != 'X' && *end != '*')
		return (NUMBER_ILLEGAL);
	error = parse_number(end + 1, &factor);
	if (error == NUMBER_OK && !multiply(value, factor))
		error = NUMBER_RANGE;
	return (error);
}
