/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What dd's parts share: the two sides' files and block sizes, the running counts, and the
 * options.  A block lies in one buffer that both sides use; see dd.c.
 */
#ifndef DD_H
#define DD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* options: which operands were given, and conversions */
#define C_BS 0x0001
#define C_COUNT 0x0002
#define C_IBS 0x0004
#define C_IF 0x0008
#define C_OBS 0x0010
#define C_OF 0x0020
#define C_SEEK 0x0040
#define C_SKIP 0x0080
#define C_STATUS 0x0100
#define C_NOERROR 0x0200
#define C_NOTRUNC 0x0400
#define C_SYNC 0x0800
#define C_NOINFO 0x1000
#define C_NOXFER 0x2000

/* kinds of file */
#define K_CHR 0x1
#define K_PIPE 0x2
#define K_TAPE 0x4
#define K_REG 0x8
#define K_NOREAD 0x10

struct side {
	const char *name;
	int fd;
	unsigned int kind;	/* K_* */
	size_t block;		/* bytes */
	off_t offset;		/* blocks to skip or seek */
};

struct counts {
	uintmax_t in_full, in_part;
	uintmax_t out_full, out_part;
	uintmax_t bytes;
	uint64_t start_ns;
};

extern struct side input, output;
extern struct counts counts;
extern unsigned int options;
extern intmax_t copy_count;	/* 0: no limit, -1: count=0 */

/* args.c */
void parse_operands(char **argv);

/* number.c */
enum number_error { NUMBER_OK, NUMBER_ILLEGAL, NUMBER_RANGE };
enum number_error parse_number(const char *text, uint64_t *value);

/* position.c */
void position_input(char *buffer);
void position_output(char *buffer);

/* summary.c */
void start_clock(void);
void summary(void);
void transfer_rate(uint64_t bytes, uint64_t ns, uint64_t *microseconds, uint64_t *bytes_per_second);

#endif
