/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One transfer from or to a disk, with FreeBSD's names of its fields: what the io probes show.
 */
#ifndef _SYS_BIO_H_
#define	_SYS_BIO_H_

#include <sys/types.h>

#define	BIO_READ	0x01
#define	BIO_WRITE	0x02

#define	BIO_ERROR	0x01
#define	BIO_DONE	0x02

struct bio {
	uint8_t	bio_cmd;		/* BIO_READ, BIO_WRITE */
	uint8_t	bio_flags;		/* BIO_ERROR, BIO_DONE */
	off_t	bio_offset;		/* in the device, bytes */
	off_t	bio_pblkno;		/* the same in blocks of 512 bytes */
	long	bio_bcount;		/* bytes wanted */
	off_t	bio_length;		/* the same */
	long	bio_resid;		/* bytes not moved */
	caddr_t	bio_data;
	int	bio_error;		/* errno */
};

/* Who did the transfer, as devstat(9) counts it. */
struct devstat {
	char	device_name[16];
	int	device_number;
	int	unit_number;
};

#endif
