/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Getting to the right place before copying: seek where the file can, else read blocks and
 * throw them away.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "dd.h"

static bool
seekable(const struct side *side)
{
	return ((side->kind & (K_CHR | K_PIPE | K_TAPE)) == 0);
}

/* Read and drop whole blocks; return how many were there. */
static off_t
skip_blocks(const struct side *side, char *buffer, off_t blocks)
{
	off_t done;

	for (done = 0; done < blocks; done++) {
		size_t got = 0;
		ssize_t n;

		while (got < side->block) {
			n = read(side->fd, buffer, side->block - got);
			if (n == -1 && errno != EINTR)
				err(1, "%s", side->name);
			if (n == 0)
				return (done);
			got += n > 0 ? n : 0;
		}
	}
	return (done);
}

void
position_input(char *buffer)
{
	if (seekable(&input)) {
		if (lseek(input.fd, input.offset * input.block, SEEK_CUR) == -1)
			err(1, "%s", input.name);
	} else if (skip_blocks(&input, buffer, input.offset) < input.offset) {
		errx(1, "skip reached end of input");
	}
}

void
position_output(char *buffer)
{
	if (seekable(&output)) {
		if (lseek(output.fd, output.offset * output.block, SEEK_CUR) == -1)
			err(1, "%s", output.name);
	} else if ((output.kind & K_NOREAD) != 0) {
		errx(1, "%s: seek needs an output that can be read", output.name);
	} else if (skip_blocks(&output, buffer, output.offset) < output.offset) {
		errx(1, "%s: seek reached end of output", output.name);
	}
}
