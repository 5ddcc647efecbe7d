# SPDX-License-Identifier: GPL-2.0-or-later
"""libc, tried by programs compiled against it and run on the fake kernel."""

import pytest

MAIN = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <errno.h>\n#include <limits.h>\n"


@pytest.fixture
def run_c(compile_guest, run):
    def run_source(body, *args, headers="", environ=None):
        source = f"{MAIN}{headers}\nint main(int argc, char **argv) {{ {body} }}"
        return run("/test", *args, files={"/test": compile_guest(source)}, environ=environ)

    return run_source


FORMATS = ["%d", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%.3d", "%8.3d", "%x", "%#x", "%08X", "%o", "%#o", "%i"]


def test_printf_agrees_with_python(run_c):
    """Integer conversions with flags, width and precision print what Python's % operator prints."""
    values = [1, 42, 123456789]  # not 0: Python writes 0x0 where C writes 0
    body = "".join(f'printf("{f}\\n", {v});' for f in FORMATS for v in values) + "return 0;"
    wanted = [(f % v).replace("0o", "0") for f in FORMATS for v in values]
    assert run_c(body).stdout.decode().splitlines() == wanted


def test_printf_of_wide_and_narrow_types(run_c):
    """Length modifiers choose the type: 64 bits, and wrap-around at 8 and 16."""
    arguments = "LLONG_MIN, ULLONG_MAX, 300, 65537, (size_t)7, (uintmax_t)-1"
    body = f'printf("%lld %llu %hhd %hu %zu %jx", {arguments}); return 0;'
    assert run_c(body).stdout == b"-9223372036854775808 18446744073709551615 44 1 7 ffffffffffffffff"


def test_printf_of_text(run_c):
    """Strings and characters take width and precision, pointers a 0x prefix, and %% is a percent sign."""
    body = 'printf("[%5s][%-5s][%.2s][%c][%*d][%p]%%", "ab", "cd", "efg", 104, 4, 7, (void *)0x8000); return 0;'
    assert run_c(body).stdout == b"[   ab][cd   ][ef][h][   7][0x8000]%"


def test_snprintf_truncates_and_counts(run_c):
    """snprintf never writes past the buffer and returns the length it wanted."""
    body = 'char b[4]; int n = snprintf(b, sizeof(b), "%s", "abcdef"); printf("%d %s", n, b); return 0;'
    assert run_c(body).stdout == b"6 abc"


def test_printf_of_zero(run_c):
    """Zero has no prefix, one octal digit, and no digits at all with precision 0."""
    assert run_c('printf("%#x %#o [%.0d] %d", 0, 0, 0, 0); return 0;').stdout == b"0 0 [] 0"


def test_division_helpers(run_c):
    """64- and 32-bit quotients and remainders agree with Python's arithmetic, signs included."""
    pairs = [(10**18 + 7, 1000), (-(10**15), 7), (5, -3), (2**63 - 1, 2**33 + 1), (-7, 2), (3, 9)]
    body = "volatile long long a, b; volatile int c, d;"
    wanted = []
    for a, b in pairs:
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        wanted.append(f"{quotient} {a - quotient * b}")
        body += f'a = {a}LL; b = {b}LL; printf("%lld %lld\\n", a / b, a % b);'
    body += 'c = -17; d = 5; printf("%d %d %u\\n", c / d, c % d, (unsigned)c / d); return 0;'
    assert run_c(body).stdout.decode().splitlines() == [*wanted, f"-3 -2 {(2**32 - 17) // 5}"]


def test_memory_functions_at_every_alignment(run_c):
    """memset, memcpy and memmove touch exactly the bytes asked for, at any alignment and overlap."""
    body = """
	static unsigned char a[200], b[200], want[200];
	for (int n = 0; n < 80; n++) for (int at = 0; at < 8; at++) for (int from = 0; from < 8; from++) {
		for (int i = 0; i < 200; i++) a[i] = i, b[i] = want[i] = 255 - i;
		for (int i = 0; i < n; i++) want[at + i] = a[from + i];
		memcpy(b + at, a + from, n);
		if (memcmp(b, want, 200) != 0) return 1;
		for (int i = 0; i < 200; i++) b[i] = want[i] = i;
		for (int i = 0; i < n; i++) want[at + i] = from + i;
		memmove(b + at, b + from, n);
		if (memcmp(b, want, 200) != 0) return 2;
		for (int i = 0; i < n; i++) want[at + i] = from;
		if (memset(b + at, from, n) != b + at || memcmp(b, want, 200) != 0) return 3;
	}
	return 0;"""
    assert run_c(body).status == 0


def test_malloc_keeps_blocks_apart(run_c):
    """Thousands of allocations of all sizes, freed in another order, never overlap and come back when freed."""
    body = """
	static unsigned char *p[1500]; static size_t size[1500];
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 1500; i++) {
			size[i] = (i * 7919u) % (i % 50 == 0 ? 30000 : 700) + 1;
			if ((p[i] = malloc(size[i])) == NULL || ((unsigned)p[i] & 15) != 0) return 1;
			if (p[i][0] != 0xa5 || p[i][size[i] - 1] != 0xa5) return 2;
			memset(p[i], i, size[i]);
		}
		for (int i = 0; i < 1500; i++)
			for (size_t n = 0; n < size[i]; n++) if (p[i][n] != (unsigned char)i) return 3;
		for (int i = 0; i < 1500; i += 2) free(p[i]);
		for (int i = 1499; i > 0; i -= 2) {
			p[i] = realloc(p[i], size[i] * 2);
			if (p[i][0] != (unsigned char)i) return 4;
		}
		for (int i = 1; i < 1500; i += 2) free(p[i]);
	}
	return 0;"""
    result = run_c(body)
    assert result.status == 0
    assert result.calls.count("mmap") < 15


def test_calloc_zeroes_and_refuses_overflow(run_c):
    """calloc gives zeros even where freed junk was, and ENOMEM when the product does not fit."""
    body = """
	free(malloc(100)); unsigned char *p = calloc(10, 10);
	for (int i = 0; i < 100; i++) if (p[i] != 0) return 1;
	return calloc(65536, 65537) == NULL && errno == ENOMEM ? 0 : 2;"""
    assert run_c(body).status == 0


@pytest.mark.parametrize(
    ("environ", "byte"),
    [
        ({}, b"a5"),
        ({"MALLOC_CONF": "narenas:1,junk:false"}, b"0"),
        ({"MALLOC_OPTIONS": "j"}, b"0"),
        ({"MALLOC_OPTIONS": "jJ"}, b"a5"),
    ],
)
def test_junk_filling_is_a_switch(run_c, environ, byte):
    """The environment turns malloc's junk on and off."""
    body = 'printf("%x", ((unsigned char *)malloc(5000))[4999]); return 0;'
    assert run_c(body, environ=environ).stdout == byte


def test_number_parsing_clamps_and_reports(run_c):
    """strtol and friends stop at the first non-digit, honour the base and clamp with ERANGE."""
    body = """
	char *end; long a = strtol(" -0x1fz", &end, 0);
	printf("%ld %c %ld %ld", a, *end, strtol("077", NULL, 0), strtol("99999999999", NULL, 10));
	printf(" %d", errno == ERANGE);
	printf(" %llu %lld", strtoull("18446744073709551615", NULL, 10), strtoll("-9", NULL, 10)); return 0;"""
    assert run_c(body).stdout == b"-31 z 63 2147483647 1 18446744073709551615 -9"


def test_sorting_and_searching(run_c):
    """qsort orders an array that bsearch then finds its elements in."""
    headers = "static int c(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }"
    body = """
	int v[101]; for (int i = 0; i < 101; i++) v[i] = i * 37 % 101;
	qsort(v, 101, sizeof(int), c);
	for (int i = 0; i < 101; i++) if (v[i] != i || bsearch(&i, v, 101, sizeof(int), c) != &v[i]) return 1;
	int absent = 200; return bsearch(&absent, v, 101, sizeof(int), c) == NULL ? 0 : 2;"""
    assert run_c(body, headers=headers).status == 0


def test_environment(run_c):
    """getenv, setenv and unsetenv change what the program sees."""
    body = """
	setenv("B", "2", 0); setenv("A", "9", 0); setenv("C", "3", 1); unsetenv("B");
	printf("%s %s %s", getenv("A"), getenv("B"), getenv("C")); return 0;"""
    assert run_c(body, environ={"A": "1"}).stdout == b"1 (null) 3"


def test_atexit_order_and_flush(run_c):
    """atexit functions run last in, first out, and buffered output is flushed after them."""
    headers = 'static void one(void) { printf("1"); } static void two(void) { printf("2"); }'
    result = run_c("atexit(one); atexit(two); return 3;", headers=headers)
    assert (result.status, result.stdout) == (3, b"21")


def test_getopt(run_c):
    """getopt takes clusters, attached and separate arguments, and complains as the BSDs do."""
    headers = "#include <unistd.h>"
    body = """
	int c; while ((c = getopt(argc, argv, "ab:")) != -1) printf("%c%s ", c, optarg ? optarg : "");
	printf("%s", argv[optind]); return 0;"""
    result = run_c(body, "-ab1", "-b", "2", "-z", "rest", headers=headers)
    assert (result.stdout, result.stderr) == (b"a b1 b2 ? rest", b"test: illegal option -- z\n")


def test_files_through_stdio(run_c):
    """fopen, fgets, fprintf and fclose read and write files line by line."""
    body = """
	FILE *f = fopen("/new", "w"); fprintf(f, "one\\ntwo\\n"); fclose(f);
	char line[10]; f = fopen("/new", "r"); while (fgets(line, sizeof(line), f)) printf("<%s>", line);
	printf("%d", feof(f) && !ferror(f)); return fclose(f);"""
    assert run_c(body).stdout == b"<one\n><two\n>1"


def test_errors_have_names(run_c):
    """perror and strerror tell FreeBSD's texts, unknown numbers included."""
    body = 'errno = ENOENT; perror("x"); puts(strerror(9999)); return 0;'
    result = run_c(body)
    assert (result.stderr, result.stdout) == (b"x: No such file or directory\n", b"Unknown error: 9999\n")
