/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * getopt: single-letter options, with arguments where the letter is followed by a colon.
 * Messages have the form the BSDs print.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

static const char *place = "";	/* the rest of the cluster being read */

static int
complain(const char *options, const char *text)
{
	if (opterr && *options != ':')
		fprintf(stderr, "%s: %s -- %c\n", getprogname(), text, optopt);
	return ('?');
}

static int
take_argument(int argc, char *const argv[], const char *options)
{
	if (*place != '\0') {
		optarg = (char *)place;
	} else if (optind >= argc) {
		place = "";
		return (*options == ':' ? ':' : complain(options, "option requires an argument"));
	} else {
		optarg = argv[optind++];
	}
	place = "";
	return (optopt);
}

int
getopt(int argc, char *const argv[], const char *options)
{
	const char *found;

	optarg = NULL;
	if (*place == '\0') {
		if (optind >= argc || argv[optind][0] != '-' || argv[optind][1] == '\0')
			return (-1);
		place = argv[optind++] + 1;
		if (strcmp(place, "-") == 0) {
			place = "";
			return (-1);
		}
	}
	optopt = *place++;
	found = optopt == ':' ? NULL : strchr(options, optopt);
	if (found == NULL)
		return (complain(options, "illegal option"));
	return (found[1] == ':' ? take_argument(argc, argv, options) : optopt);
}
