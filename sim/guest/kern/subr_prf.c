/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * printf for the kernel: to the console, or into a buffer.
 *
 * Conversions: d i u x X o p c s % with flags - 0 + # space, width, precision, h hh l ll j z t q.
 * No locking; the console is polled.
 */
#include <sys/systm.h>
#include <machine/machdep.h>

struct prf_spec {
	bool	left, zero, plus, space, alt, upper;
	int	width, precision;	/* precision -1: none given */
	int	longs;			/* 0 int, 1 long, 2 long long */
	int	shorts;
};

struct prf_out {
	void	(*put)(int, void *);
	void	*arg;
	int	count;
};

void
prf_putc(struct prf_out *out, int c)
{
	out->put(c, out->arg);
	out->count++;
}

void
prf_pad(struct prf_out *out, int c, int n)
{
	while (n-- > 0)
		prf_putc(out, c);
}

/* Writes the digits of v backwards from end; returns the first. */
char *
prf_digits(char *end, uint64_t v, u_int base, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	while (v > 0xffffffff) {
		*--end = digits[v % base];
		v /= base;
	}
	for (u_int w = (u_int)v; w > 0; w /= base)
		*--end = digits[w % base];
	return (end);
}

void
prf_number(struct prf_out *out, const struct prf_spec *spec, uint64_t v, u_int base, const char *sign)
{
	char buf[32], *end = buf + sizeof(buf), *p = prf_digits(end, v, base, spec->upper);
	int digits = end - p, zeroes = 0, width;

	if (spec->alt && base == 16 && v != 0)
		sign = spec->upper ? "0X" : "0x";
	if (spec->alt && base == 8)
		zeroes = 1;
	if (spec->precision > digits)
		zeroes = spec->precision - digits;
	if (digits == 0 && zeroes == 0 && spec->precision != 0)
		zeroes = 1;
	width = spec->width - digits - (int)strlen(sign);
	if (spec->zero && !spec->left && spec->precision < 0 && width > zeroes)
		zeroes = width;
	width -= zeroes;
	if (!spec->left)
		prf_pad(out, ' ', width);
	while (*sign != '\0')
		prf_putc(out, *sign++);
	prf_pad(out, '0', zeroes);
	while (p < end)
		prf_putc(out, *p++);
	if (spec->left)
		prf_pad(out, ' ', width);
}

void
prf_string(struct prf_out *out, const struct prf_spec *spec, const char *s)
{
	int len;

	if (s == NULL)
		s = "(null)";
	len = spec->precision >= 0 ? (int)strnlen(s, spec->precision) : (int)strlen(s);
	if (!spec->left)
		prf_pad(out, ' ', spec->width - len);
	for (int i = 0; i < len; i++)
		prf_putc(out, s[i]);
	if (spec->left)
		prf_pad(out, ' ', spec->width - len);
}

uint64_t
prf_argument(const struct prf_spec *spec, bool is_signed, va_list *ap)
{
	if (spec->longs == 2)
		return (va_arg(*ap, uint64_t));
	if (spec->shorts == 1)
		return (is_signed ? (uint64_t)(short)va_arg(*ap, int) : (u_short)va_arg(*ap, u_int));
	if (spec->shorts == 2)
		return (is_signed ? (uint64_t)(signed char)va_arg(*ap, int) : (u_char)va_arg(*ap, u_int));
	return (is_signed ? (uint64_t)va_arg(*ap, int) : va_arg(*ap, u_int));
}

/* Flags, width, precision and length after a '%'; returns where the conversion letter is. */
const char *
prf_parse(const char *f, struct prf_spec *spec, va_list *ap)
{
	bzero(spec, sizeof(*spec));
	spec->precision = -1;
	for (;; f++) {
		if (*f == '-')
			spec->left = true;
		else if (*f == '0')
			spec->zero = true;
		else if (*f == '+')
			spec->plus = true;
		else if (*f == ' ')
			spec->space = true;
		else if (*f == '#')
			spec->alt = true;
		else
			break;
	}
	if (*f == '*') {
		spec->width = va_arg(*ap, int);
		f++;
	}
	for (; *f >= '0' && *f <= '9'; f++)
		spec->width = spec->width * 10 + *f - '0';
	if (*f == '.') {
		spec->precision = 0;
		if (*++f == '*') {
			spec->precision = va_arg(*ap, int);
			f++;
		}
		for (; *f >= '0' && *f <= '9'; f++)
			spec->precision = spec->precision * 10 + *f - '0';
	}
	for (;; f++) {
		if (*f == 'l')
			spec->longs++;
		else if (*f == 'h')
			spec->shorts++;
		else if (*f == 'j' || *f == 'q')
			spec->longs = 2;
		else if (*f != 'z' && *f != 't')
			return (f);
	}
}

void
prf_signed(struct prf_out *out, const struct prf_spec *spec, int64_t v)
{
	if (v < 0)
		prf_number(out, spec, -(uint64_t)v, 10, "-");
	else
		prf_number(out, spec, (uint64_t)v, 10, spec->plus ? "+" : spec->space ? " " : "");
}

void
prf_convert(struct prf_out *out, struct prf_spec *spec, int letter, va_list *ap)
{
	char one[2];

	switch (letter) {
	case 'd':
	case 'i':
		prf_signed(out, spec, (int64_t)prf_argument(spec, true, ap));
		break;
	case 'u':
		prf_number(out, spec, prf_argument(spec, false, ap), 10, "");
		break;
	case 'o':
		prf_number(out, spec, prf_argument(spec, false, ap), 8, "");
		break;
	case 'X':
		spec->upper = true;
		/* FALLTHROUGH */
	case 'x':
		prf_number(out, spec, prf_argument(spec, false, ap), 16, "");
		break;
	case 'p':
		prf_number(out, spec, (uintptr_t)va_arg(*ap, void *), 16, "0x");
		break;
	case 'c':
		one[0] = (char)va_arg(*ap, int);
		one[1] = '\0';
		prf_string(out, spec, one);
		break;
	case 's':
		prf_string(out, spec, va_arg(*ap, const char *));
		break;
	default:
		prf_putc(out, letter);
		break;
	}
}

/* Formats through put(character, arg); returns how many characters there were. */
int
kvprintf(const char *fmt, void (*put)(int, void *), void *arg, va_list ap)
{
	struct prf_out out = { .put = put, .arg = arg };
	struct prf_spec spec;
	va_list args;

	va_copy(args, ap);
	for (; *fmt != '\0'; fmt++) {
		if (*fmt != '%') {
			prf_putc(&out, *fmt);
			continue;
		}
		fmt = prf_parse(fmt + 1, &spec, &args);
		if (*fmt == '\0')
			break;
		prf_convert(&out, &spec, *fmt, &args);
	}
	va_end(args);
	return (out.count);
}

void
prf_console(int c, void *arg)
{
	cnputc(c);
}

int
vprintf(const char *fmt, va_list ap)
{
	return (kvprintf(fmt, prf_console, NULL, ap));
}

int
printf(const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vprintf(fmt, ap);
	va_end(ap);
	return (n);
}
