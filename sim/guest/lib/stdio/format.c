/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parses a format, fetches its arguments and lays out each conversion with its padding.
 * An unknown conversion is printed as it stands, so that a mistake is seen.
 */
#include "format.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct spec {
	bool left, plus, space, alternate, zero;
	int width;
	int precision;	/* -1: none */
	int size;	/* -2 hh, -1 h, 0 int, 1 long, 2 64 bits */
	char conversion;
};

#define DIGITS_MAX 24

static void
put(struct sink *sink, const char *p, size_t n)
{
	if (n > 0)
		sink->put(sink, p, n);
}

static void
pad(struct sink *sink, char c, int n)
{
	for (; n > 0; n--)
		put(sink, &c, 1);
}

static const char *
parse_count(const char *s, int *count, va_list *ap)
{
	if (*s == '*') {
		*count = va_arg(*ap, int);
		return (s + 1);
	}
	for (*count = 0; isdigit((unsigned char)*s); s++)
		*count = *count * 10 + (*s - '0');
	return (s);
}

static const char *
parse_flags(const char *s, struct spec *spec)
{
	for (;; s++) {
		switch (*s) {
		case '-':
			spec->left = true;
			break;
		case '+':
			spec->plus = true;
			break;
		case ' ':
			spec->space = true;
			break;
		case '#':
			spec->alternate = true;
			break;
		case '0':
			spec->zero = true;
			break;
		default:
			return (s);
		}
	}
}

static const char *
parse_size(const char *s, struct spec *spec)
{
	for (;; s++) {
		switch (*s) {
		case 'h':
			spec->size--;
			break;
		case 'l':
			spec->size++;
			break;
		case 'j':
		case 'q':
			spec->size = 2;
			break;
		case 'z':
		case 't':
			spec->size = 1;
			break;
		default:
			return (s);
		}
	}
}

static const char *
parse_spec(const char *s, struct spec *spec, va_list *ap)
{
	*spec = (struct spec){ .precision = -1 };
	s = parse_count(parse_flags(s, spec), &spec->width, ap);
	if (spec->width < 0) {
		spec->left = true;
		spec->width = -spec->width;
	}
	if (*s == '.')
		s = parse_count(s + 1, &spec->precision, ap);
	s = parse_size(s, spec);
	spec->conversion = *s;
	return (*s == '\0' ? s : s + 1);
}

static int64_t
fetch_signed(const struct spec *spec, va_list *ap)
{
	if (spec->size >= 2)
		return (va_arg(*ap, int64_t));
	if (spec->size == -1)
		return ((short)va_arg(*ap, int));
	if (spec->size <= -2)
		return ((signed char)va_arg(*ap, int));
	return (va_arg(*ap, int));
}

static uint64_t
fetch_unsigned(const struct spec *spec, va_list *ap)
{
	if (spec->size >= 2)
		return (va_arg(*ap, uint64_t));
	if (spec->size == -1)
		return ((unsigned short)va_arg(*ap, int));
	if (spec->size <= -2)
		return ((unsigned char)va_arg(*ap, int));
	return (va_arg(*ap, unsigned int));
}

/* Write the digits of value backwards from end and return where they begin. */
static char *
digits(char *end, uint64_t value, unsigned int base, bool upper)
{
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	char *p = end;

	for (; value > UINT32_MAX; value /= base)
		*--p = set[value % base];
	for (uint32_t low = value; low != 0; low /= base)
		*--p = set[low % base];
	return (p);
}

static void
put_number(struct sink *sink, const struct spec *spec, uint64_t value, unsigned int base, const char *sign)
{
	char text[DIGITS_MAX], *end = text + sizeof(text);
	char *p = digits(end, value, base, spec->conversion == 'X');
	int length = end - p, zeros = spec->precision < 0 ? (length == 0) : spec->precision - length, spaces;

	if (zeros < 0)
		zeros = 0;
	if (base == 8 && spec->alternate && zeros == 0)
		zeros = 1;
	spaces = spec->width - (int)strlen(sign) - zeros - length;
	if (spec->zero && !spec->left && spec->precision < 0 && spaces > 0) {
		zeros += spaces;
		spaces = 0;
	}
	if (!spec->left)
		pad(sink, ' ', spaces);
	put(sink, sign, strlen(sign));
	pad(sink, '0', zeros);
	put(sink, p, length);
	if (spec->left)
		pad(sink, ' ', spaces);
}

static void
put_signed(struct sink *sink, const struct spec *spec, int64_t value)
{
	const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";

	put_number(sink, spec, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, sign);
}

static void
put_text(struct sink *sink, const struct spec *spec, const char *s)
{
	size_t n;

	if (s == NULL)
		s = "(null)";
	n = spec->precision < 0 ? strlen(s) : strnlen(s, spec->precision);
	if (!spec->left)
		pad(sink, ' ', spec->width - (int)n);
	put(sink, s, n);
	if (spec->left)
		pad(sink, ' ', spec->width - (int)n);
}

static void
put_char(struct sink *sink, const struct spec *spec, char c)
{
	if (!spec->left)
		pad(sink, ' ', spec->width - 1);
	put(sink, &c, 1);
	if (spec->left)
		pad(sink, ' ', spec->width - 1);
}

static void
put_hex(struct sink *sink, const struct spec *spec, uint64_t value)
{
	const char *prefix = spec->conversion == 'X' ? "0X" : "0x";

	put_number(sink, spec, value, 16, spec->alternate && value != 0 ? prefix : "");
}

static void
convert(struct sink *sink, struct spec *spec, va_list *ap)
{
	switch (spec->conversion) {
	case 'd':
	case 'i':
		put_signed(sink, spec, fetch_signed(spec, ap));
		break;
	case 'u':
		put_number(sink, spec, fetch_unsigned(spec, ap), 10, "");
		break;
	case 'o':
		put_number(sink, spec, fetch_unsigned(spec, ap), 8, "");
		break;
	case 'x':
	case 'X':
		put_hex(sink, spec, fetch_unsigned(spec, ap));
		break;
	case 'p':
		put_number(sink, spec, (uintptr_t)va_arg(*ap, void *), 16, "0x");
		break;
	case 'c':
		put_char(sink, spec, va_arg(*ap, int));
		break;
	case 's':
		put_text(sink, spec, va_arg(*ap, const char *));
		break;
	default:
		if (spec->conversion != '%')
			put(sink, "%", 1);
		if (spec->conversion != '\0')
			put(sink, &spec->conversion, 1);
	}
}

void
format(struct sink *sink, const char *s, va_list arguments)
{
	struct spec spec;
	va_list ap;

	va_copy(ap, arguments);
	while (*s != '\0') {
		const char *percent = strchr(s, '%');
		size_t n = percent == NULL ? strlen(s) : (size_t)(percent - s);

		put(sink, s, n);
		s += n;
		if (*s == '%') {
			s = parse_spec(s + 1, &spec, &ap);
			convert(sink, &spec, &ap);
		}
	}
	va_end(ap);
}
