/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Character classes of ASCII, computed from ranges.
 * Everything above 0x7f belongs to no class.
 */
#include <ctype.h>

int
isupper(int c)
{
	return (c >= 'A' && c <= 'Z');
}

int
islower(int c)
{
	return (c >= 'a' && c <= 'z');
}

int
isalpha(int c)
{
	return (isupper(c) || islower(c));
}

int
isdigit(int c)
{
	return (c >= '0' && c <= '9');
}

int
isalnum(int c)
{
	return (isalpha(c) || isdigit(c));
}

int
isxdigit(int c)
{
	return (isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
}

int
isspace(int c)
{
	return (c == ' ' || (c >= '\t' && c <= '\r'));
}

int
isprint(int c)
{
	return (c >= ' ' && c <= '~');
}

int
tolower(int c)
{
	return (isupper(c) ? c + ('a' - 'A') : c);
}

int
toupper(int c)
{
	return (islower(c) ? c - ('a' - 'A') : c);
}
