/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers from text, and the positions of set bits.  Overflow wraps; callers check ranges.
 */
#include <sys/types.h>
#include <sys/libkern.h>

int
strtoul_digit(int c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	c |= 0x20;
	if (c >= 'a' && c <= 'z')
		return (c - 'a' + 10);
	return (64);
}

/* Base 0 takes 0x and 0 prefixes; *end is the first character not used. */
uint64_t
strtouq(const char *s, char **end, int base)
{
	const char *start = s;
	uint64_t value = 0;
	int digits = 0;

	while (*s == ' ' || *s == '\t')
		s++;
	if ((base == 0 || base == 16) && s[0] == '0' && (s[1] | 0x20) == 'x' && strtoul_digit(s[2]) < 16) {
		s += 2;
		base = 16;
	}
	if (base == 0)
		base = *s == '0' ? 8 : 10;
	for (; strtoul_digit((u_char)*s) < base; s++, digits++)
		value = value * base + strtoul_digit((u_char)*s);
	if (end != NULL)
		*end = __DECONST(char *, digits > 0 ? s : start);
	return (value);
}

unsigned long
strtoul(const char *s, char **end, int base)
{
	return ((unsigned long)strtouq(s, end, base));
}

long
strtol(const char *s, char **end, int base)
{
	char *rest;
	long value;

	if (*s != '-')
		return ((long)strtouq(s, end, base));
	value = (long)strtouq(s + 1, &rest, base);
	if (end != NULL)
		*end = rest == s + 1 ? __DECONST(char *, s) : rest;
	return (-value);
}

/* Number of the lowest set bit, counted from 1; 0 if none. */
int
ffs(int mask)
{
	return (mask == 0 ? 0 : 1 + __builtin_ctz((u_int)mask));
}

/* Number of the highest set bit, counted from 1; 0 if none. */
int
fls(int mask)
{
	return (mask == 0 ? 0 : 32 - __builtin_clz((u_int)mask));
}
