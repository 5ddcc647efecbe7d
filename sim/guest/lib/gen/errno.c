/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * errno itself: set by cerror and by the number parsers, never cleared by the library.
 * Shared between libc and rtld, each with its own copy.
 */
#include <errno.h>

int errno;
