/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dd: copy blocks.  Input and output share one buffer of ibs + obs - 1 bytes: input is read at its
 * filled end, output written from its start and the rest moved down.  With bs= each block
 * goes out as it was read.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dd.h"

struct side input = { .name = "stdin", .fd = STDIN_FILENO, .block = 512 };
struct side output = { .name = "stdout", .fd = STDOUT_FILENO, .block = 512 };
struct counts counts;
unsigned int options;
intmax_t copy_count;

static char *buffer;
static size_t filled;	/* bytes waiting in the buffer */

static void
find_kind(struct side *side)
{
	struct stat st;
	int type;

	if (fstat(side->fd, &st) == -1)
		err(1, "%s", side->name);
	if (S_ISCHR(st.st_mode)) {
		if (ioctl(side->fd, FIODTYPE, &type) == 0 && (type & D_TAPE) != 0)
			side->kind |= K_TAPE;
		else
			side->kind |= K_CHR;
	} else if (S_ISREG(st.st_mode)) {
		side->kind |= K_REG;
	} else if (lseek(side->fd, 0, SEEK_CUR) == -1 && errno == ESPIPE) {
		side->kind |= K_PIPE;
	}
}

static void
open_sides(void)
{
	int creation = O_CREAT | ((options & (C_SEEK | C_NOTRUNC)) != 0 ? 0 : O_TRUNC);

	if ((options & C_IF) != 0) {
		input.fd = open(input.name, O_RDONLY);
		if (input.fd == -1)
			err(1, "%s", input.name);
	}
	find_kind(&input);
	if ((options & C_OF) != 0) {
		output.fd = open(output.name, O_RDWR | creation, DEFFILEMODE);
		if (output.fd == -1) {	/* an output that may only be written will do */
			output.fd = open(output.name, O_WRONLY | creation, DEFFILEMODE);
			output.kind |= K_NOREAD;
		}
		if (output.fd == -1)
			err(1, "%s", output.name);
	}
	find_kind(&output);
}

static void
setup(void)
{
	open_sides();
	buffer = malloc(output.block + input.block - 1);
	if (buffer == NULL)
		err(1, "input buffer");
	if (input.offset != 0)
		position_input(buffer);
	if (output.offset != 0)
		position_output(buffer);
	if ((options & (C_OF | C_SEEK | C_NOTRUNC)) == (C_OF | C_SEEK) && (output.kind & K_REG) != 0)
		if (ftruncate(output.fd, output.offset * output.block) == -1)
			err(1, "truncating %s", output.name);
	start_clock();
}

/* Write one output block, again and again if the file takes it in pieces. */
static void
write_block(const char *p, size_t n)
{
	size_t left = n;

	while (left > 0) {
		ssize_t done = write(output.fd, p, left);

		if (done == 0)
			errx(1, "%s: end of device", output.name);
		if (done == -1 && errno != EINTR)
			err(1, "%s", output.name);
		if (done == -1)
			continue;
		if ((size_t)done == output.block)
			counts.out_full++;
		else
			counts.out_part++;
		counts.bytes += done;
		p += done;
		left -= done;
	}
}

/* Write all whole blocks of the buffer, with all set what is left over too. */
static void
write_blocks(bool all)
{
	size_t at = 0, n;

	for (; filled - at >= output.block || (all && at < filled); at += n) {
		n = filled - at < output.block ? filled - at : output.block;
		write_block(buffer + at, n);
	}
	filled -= at;
	if (filled > 0 && at > 0)
		memmove(buffer, buffer + at, filled);
}

/* A read failed and noerror is set: report, step over the block; return the bytes it counts for. */
static size_t
skip_bad_block(void)
{
	warn("%s", input.name);
	summary();
	if ((input.kind & (K_PIPE | K_TAPE)) == 0 && lseek(input.fd, input.block, SEEK_CUR) == -1)
		warn("%s", input.name);
	if ((options & C_SYNC) == 0)
		return (0);
	counts.in_full++;
	return (input.block);
}

/* Read one block to the buffer's filled end; false at the end of the input. */
static bool
read_block(void)
{
	char *at = buffer + filled;
	ssize_t n;

	if ((options & C_SYNC) != 0)
		memset(at, 0, input.block);
	n = read(input.fd, at, input.block);
	if (n == 0)
		return (false);
	if (n == -1) {
		if ((options & C_NOERROR) == 0)
			err(1, "%s", input.name);
		filled += skip_bad_block();
		return (true);
	}
	if ((size_t)n == input.block)
		counts.in_full++;
	else
		counts.in_part++;
	filled += (options & C_SYNC) != 0 ? input.block : (size_t)n;
	return (true);
}

static bool
enough(void)
{
	if (copy_count <= 0)
		return (copy_count < 0);
	return (counts.in_full + counts.in_part >= (uintmax_t)copy_count);
}

static void
report_status(int sig)
{
	int saved = errno;

	summary();
	errno = saved;
}

static void
terminate(int sig)
{
	summary();
	_exit(sig + 128);
}

int
main(int argc, char **argv)
{
	parse_operands(argv);
	setup();
	signal(SIGINFO, report_status);
	signal(SIGINT, terminate);
	atexit(summary);
	while (!enough() && read_block())
		write_blocks((options & C_BS) != 0);
	write_blocks(true);
	if (close(output.fd) == -1)
		err(1, "%s", output.name);
	return (0);
}
