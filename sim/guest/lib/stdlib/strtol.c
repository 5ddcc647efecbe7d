/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers from text.  One scanner reads sign, base prefix and digits into 64 bits; the public
 * functions clamp its result to their type and set errno to ERANGE where it does not fit.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

struct scan {
	unsigned long long value;	/* magnitude */
	bool negative;
	bool overflow;
};

static int
digit_value(int c)
{
	if (isdigit(c))
		return (c - '0');
	return (isalpha(c) ? tolower(c) - 'a' + 10 : 99);
}

static const char *
scan_prefix(const char *s, int *base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && digit_value(s[2]) < 16;

	if (hex && (*base == 0 || *base == 16)) {
		*base = 16;
		return (s + 2);
	}
	if (*base == 0)
		*base = s[0] == '0' ? 8 : 10;
	return (s);
}

static struct scan
scan_number(const char *text, char **end, int base)
{
	struct scan scan = { 0, false, false };
	const char *s = text, *first;
	int digit;

	while (isspace((unsigned char)*s))
		s++;
	if (*s == '-' || *s == '+')
		scan.negative = *s++ == '-';
	first = s = scan_prefix(s, &base);
	for (; (digit = digit_value((unsigned char)*s)) < base; s++) {
		unsigned long long next = scan.value * base + digit;

		if (scan.value > (ULLONG_MAX - digit) / (unsigned)base)
			scan.overflow = true;
		scan.value = next;
	}
	if (end != NULL)
		*end = (char *)(s == first ? text : s);
	return (scan);
}

static long long
clamp_signed(struct scan scan, long long min, long long max)
{
	unsigned long long limit = scan.negative ? -(unsigned long long)min : (unsigned long long)max;

	if (scan.overflow || scan.value > limit) {
		errno = ERANGE;
		return (scan.negative ? min : max);
	}
	return (scan.negative ? (long long)-scan.value : (long long)scan.value);
}

static unsigned long long
clamp_unsigned(struct scan scan, unsigned long long max)
{
	if (scan.overflow || scan.value > max) {
		errno = ERANGE;
		return (max);
	}
	return (scan.negative ? -scan.value : scan.value);
}

long
strtol(const char *restrict s, char **restrict end, int base)
{
	return (clamp_signed(scan_number(s, end, base), LONG_MIN, LONG_MAX));
}

long long
strtoll(const char *restrict s, char **restrict end, int base)
{
	return (clamp_signed(scan_number(s, end, base), LLONG_MIN, LLONG_MAX));
}

unsigned long
strtoul(const char *restrict s, char **restrict end, int base)
{
	return (clamp_unsigned(scan_number(s, end, base), ULONG_MAX));
}

unsigned long long
strtoull(const char *restrict s, char **restrict end, int base)
{
	return (clamp_unsigned(scan_number(s, end, base), ULLONG_MAX));
}

uintmax_t
strtoumax(const char *restrict s, char **restrict end, int base)
{
	return (strtoull(s, end, base));
}

int
atoi(const char *s)
{
	return (strtol(s, NULL, 10));
}
