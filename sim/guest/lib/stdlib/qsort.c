/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sorting and searching of arrays.  qsort() is a heap sort: no recursion, no extra memory, and no
 * worst case beyond n log n.
 */
#include <stdlib.h>

typedef int compare_t(const void *, const void *);

static void
swap(char *a, char *b, size_t width)
{
	for (; width > 0; width--, a++, b++) {
		char c = *a;

		*a = *b;
		*b = c;
	}
}

static void
sift_down(char *base, size_t root, size_t n, size_t width, compare_t *compare)
{
	size_t child;

	for (; (child = 2 * root + 1) < n; root = child) {
		if (child + 1 < n && compare(base + child * width, base + (child + 1) * width) < 0)
			child++;
		if (compare(base + root * width, base + child * width) >= 0)
			return;
		swap(base + root * width, base + child * width, width);
	}
}

void
qsort(void *array, size_t n, size_t width, compare_t *compare)
{
	char *base = array;
	size_t i;

	for (i = n / 2; i > 0; i--)
		sift_down(base, i - 1, n, width, compare);
	for (i = n; i > 1; i--) {
		swap(base, base + (i - 1) * width, width);
		sift_down(base, 0, i - 1, width, compare);
	}
}

void *
bsearch(const void *key, const void *array, size_t n, size_t width, compare_t *compare)
{
	const char *base = array;

	while (n > 0) {
		const char *middle = base + n / 2 * width;
		int order = compare(key, middle);

		if (order == 0)
			return ((void *)middle);
		if (order > 0) {
			base = middle + width;
			n--;
		}
		n /= 2;
	}
	return (NULL);
}
