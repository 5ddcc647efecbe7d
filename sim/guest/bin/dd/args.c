/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dd's operands: a table gives each one's handler, the option it sets, and those it
 * may not be combined with.  Messages are dd(1)'s.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "dd.h"

struct operand {
	const char *name;
	void (*handle)(const char *name, char *value);
	unsigned int set;
	unsigned int excluded;
};

static uint64_t
get_number(const char *name, const char *text)
{
	uint64_t value = 0;

	switch (parse_number(text, &value)) {
	case NUMBER_ILLEGAL:
		errx(1, "%s: illegal numeric value", name);
	case NUMBER_RANGE:
		errx(1, "%s: %s", name, strerror(ERANGE));
	case NUMBER_OK:
		break;
	}
	return (value);
}

static size_t
get_block(const char *name, const char *text)
{
	uint64_t value = get_number(name, text);

	if (value < 1 || value > SSIZE_MAX)
		errx(1, "%s must be between 1 and %jd", name, (intmax_t)SSIZE_MAX);
	return (value);
}

static intmax_t
get_amount(const char *name, const char *text)
{
	uint64_t value = get_number(name, text);

	if (value > INTMAX_MAX)
		errx(1, "%s cannot be negative", name);
	return (value);
}

static void
set_bs(const char *name, char *value)
{
	input.block = output.block = get_block(name, value);
}

static void
set_ibs(const char *name, char *value)
{
	input.block = get_block(name, value);
}

static void
set_obs(const char *name, char *value)
{
	output.block = get_block(name, value);
}

static void
set_count(const char *name, char *value)
{
	intmax_t count = get_amount(name, value);

	copy_count = count == 0 ? -1 : count;
}

static void
set_if(const char *name, char *value)
{
	input.name = value;
}

static void
set_of(const char *name, char *value)
{
	output.name = value;
}

static void
set_skip(const char *name, char *value)
{
	input.offset = get_amount(name, value);
}

static void
set_seek(const char *name, char *value)
{
	output.offset = get_amount(name, value);
}

static void
set_status(const char *name, char *value)
{
	if (strcmp(value, "none") == 0)
		options |= C_NOINFO;
	else if (strcmp(value, "noxfer") == 0)
		options |= C_NOXFER;
	else
		errx(1, "unknown status %s", value);
}

static void
set_conv(const char *name, char *value)
{
	static const struct {
		const char *name;
		unsigned int option;
	} conversions[] = {
		{ "noerror", C_NOERROR },
		{ "notrunc", C_NOTRUNC },
		{ "sync", C_SYNC },
	};
	char *next;
	size_t i;

	for (; value != NULL; value = next) {
		next = strchr(value, ',');
		if (next != NULL)
			*next++ = '\0';
		for (i = 0; i < 3 && strcmp(conversions[i].name, value) != 0; i++)
			;
		if (i == 3)
			errx(1, "unknown conversion %s", value);
		options |= conversions[i].option;
	}
}

static const struct operand operands[] = {
	{ "bs", set_bs, C_BS, C_BS | C_IBS | C_OBS },
	{ "conv", set_conv, 0, 0 },
	{ "count", set_count, C_COUNT, C_COUNT },
	{ "ibs", set_ibs, C_IBS, C_BS | C_IBS },
	{ "if", set_if, C_IF, C_IF },
	{ "iseek", set_skip, C_SKIP, C_SKIP },
	{ "obs", set_obs, C_OBS, C_BS | C_OBS },
	{ "of", set_of, C_OF, C_OF },
	{ "oseek", set_seek, C_SEEK, C_SEEK },
	{ "seek", set_seek, C_SEEK, C_SEEK },
	{ "skip", set_skip, C_SKIP, C_SKIP },
	{ "status", set_status, C_STATUS, C_STATUS },
};

static int
compare(const void *key, const void *element)
{
	return (strcmp(key, ((const struct operand *)element)->name));
}

/* Read all operands; ends the program with status 1 at the first wrong one. */
void
parse_operands(char **argv)
{
	const size_t n = sizeof(operands) / sizeof(operands[0]);
	const struct operand *operand;
	char *name, *value;

	while ((name = *++argv) != NULL) {
		value = strchr(name, '=');
		if (value == NULL)
			errx(1, "unknown operand %s", name);
		*value++ = '\0';
		if (*value == '\0')
			errx(1, "no value specified for %s", name);
		operand = bsearch(name, operands, n, sizeof(operands[0]), compare);
		if (operand == NULL)
			errx(1, "unknown operand %s", name);
		if ((options & operand->excluded) != 0)
			errx(1, "%s: illegal argument combination or already set", name);
		options |= operand->set;
		operand->handle(name, value);
	}
}
